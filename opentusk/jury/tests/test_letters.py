"""Proves that a juror hears by letter, in the own language, and that what the letter says opens and is kept nowhere."""

import re

import pytest
from django.core import mail
from django.test import Client

from opentusk.hackathon.models import Juror
from opentusk.journal.actors import SYSTEM
from opentusk.journal.models import Entry, Task
from opentusk.journal.tasks import run_next
from opentusk.jury import actions
from opentusk.people.models import User

pytestmark = pytest.mark.django_db
PAGE = "/scrivania/hackathon/hackathon-2026/giurati"


@pytest.fixture
def desk(staff) -> Client:
    client = Client()
    client.force_login(User.objects.get(pk=staff.user_id))
    return client


def letters() -> list:
    while run_next():
        pass
    sent, mail.outbox = mail.outbox, []
    return sent


@pytest.mark.parametrize(
    ("language", "subject", "said"),
    [
        ("it", "Sei nella giuria di Hackathon 2026", "Il codice che ti chiederà:"),
        ("en", "You are on the jury of Hackathon 2026", "The code it will ask you for:"),
    ],
)
def test_who_is_invited_gets_the_way_in(desk, hackathon, settings, caplog, language, subject, said):
    desk.post(PAGE, {"office": "ARTI", "email": "J@example.org", "language": language, "is_president": "on"})

    (letter,) = letters()
    address = re.search(r"\S+/giuria/(\S+)", letter.body)
    code = re.search(rf"{said} (\d{{6}})\n", letter.body).group(1)
    assert (letter.to, letter.subject, letter.alternatives) == (["j@example.org"], subject, [])
    assert address.group().startswith(settings.SITE_URL)
    door = f"/giuria/{address.group(1)}"
    juror = Client()
    assert juror.post(door, {"code": code})["Location"] == f"{door}/progetti"
    assert juror.post(f"{door}/conflitti", {})["Location"] == f"{door}/progetti"
    kept = [list(rows.values()) for rows in (Juror.objects, Task.objects, Entry.objects)]
    assert address.group(1) not in str(kept) + caplog.text
    assert code not in caplog.text


def test_the_letter_goes_again_as_it_was_and_never_to_somebody_replaced(desk, hackathon):
    juror, secret, _code = actions.invite_juror(hackathon, by=SYSTEM, office="ARTI", email="j@example.org")
    (first,) = letters()

    for _press in range(2):
        desk.post(f"{PAGE}/{juror.pk}/lettera")
    (again,) = letters()
    actions.replace_juror(juror, by=SYSTEM)
    refused = desk.post(f"{PAGE}/{juror.pk}/lettera", follow=True).content.decode()

    assert first.body == again.body and secret in again.body
    assert "Nel frattempo" in refused and letters() == []


def test_whoever_is_replaced_before_the_letter_goes_gets_none(hackathon):
    juror, _secret, _code = actions.invite_juror(hackathon, by=SYSTEM, office="ARTI", email="j@example.org")
    actions.replace_juror(juror, by=SYSTEM)

    assert letters() == []
