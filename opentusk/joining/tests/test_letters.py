"""Proves who is written to, that each letter leads somewhere, and that the clock reminds without pestering."""

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone

from opentusk.bodies.models import Membership
from opentusk.bodies.tokens import key_in, new_key, token_of
from opentusk.joining import actions
from opentusk.joining.letters import CONFIRM, PAGE, about_accreditation
from opentusk.joining.models import Accreditation, Agreement
from opentusk.joining.models import AccreditationStatus as S
from opentusk.joining.tests.conftest import STEPS
from opentusk.joining.tests.files import PEOPLE, request_of
from opentusk.journal.actors import SYSTEM
from opentusk.journal.models import Task
from opentusk.journal.tasks import run_next

pytestmark = pytest.mark.django_db
REQUESTER, DESK = "ufficio@comune.example", "opendata@example.org"


def post() -> list[tuple[str, str]]:
    """Let the worker write what waits; reader and subject of each letter, and none left behind."""
    mail.outbox.clear()
    while run_next():
        pass
    assert not Task.objects.exclude(status=Task.Status.DONE).exists()
    return [(letter.to[0], letter.subject) for letter in mail.outbox]


def test_the_address_is_proved_by_the_letter_only():
    row = actions.request_accreditation(request_of())

    assert post() == [(REQUESTER, "Conferma la richiesta di adesione a OpenTusk")]
    token = re.search(r"/adesione/conferma/(\S+)", mail.outbox[0].body)[1]
    assert key_in(CONFIRM, token) == row.key
    assert key_in(PAGE, token) is None


def test_a_token_of_another_row_purpose_or_hand_opens_nothing():
    key = new_key()
    token = token_of(PAGE, key)

    assert key_in(PAGE, token) == key
    for wrong in ("", "x", key, token[:-1], token[:-1] + ("0" if token[-1] != "0" else "1"), new_key() + token[32:]):
        assert key_in(PAGE, wrong) is None
    assert key_in(CONFIRM, token) is None


@pytest.mark.parametrize(
    ("status", "readers"),
    [
        (S.UNDER_REVIEW, [REQUESTER]),
        (S.INTEGRATION_REQUESTED, [REQUESTER]),
        (S.REJECTED, [REQUESTER]),
        (S.ACT_UPLOADED, [REQUESTER, DESK]),
        (S.SCHEME_SIGNED, [REQUESTER, DESK]),
        (S.TRANSMITTED, [REQUESTER]),
        (S.ACTIVE, [REQUESTER, "dpo@comune.example", "referente@comune.example", "rtd@comune.example"]),
        (S.SUSPENDED, ["referente@comune.example"]),
        (S.ENDED, ["referente@comune.example"]),
    ],
)
def test_each_step_is_told_to_those_it_concerns(status, readers, bring):
    before = {S.REJECTED: S.UNDER_REVIEW, S.ACT_UPLOADED: S.UNDER_REVIEW, S.ENDED: S.ACTIVE}
    order = [S.REQUESTED, S.UNDER_REVIEW, S.INTEGRATION_REQUESTED, S.ACT_UPLOADED, S.SCHEME_SIGNED, S.TRANSMITTED,
             S.ACTIVE, S.SUSPENDED]  # fmt: skip
    row = bring(before.get(status) or order[order.index(status) - 1])
    post()

    STEPS[status](row)

    assert sorted(reader for reader, _subject in post()) == sorted(readers)
    assert all("http://localhost:8000" in letter.body for letter in mail.outbox)
    assert all("%(" not in letter.body + letter.subject for letter in mail.outbox)


def test_every_letter_to_a_requester_is_whole(bring):
    from opentusk.joining.letters import _TO_REQUESTER

    row = bring(S.INTEGRATION_REQUESTED)
    for name in _TO_REQUESTER:
        letter = about_accreditation(name, row)
        assert letter.to == (REQUESTER,)
        assert "%(" not in letter.subject + letter.text


def test_the_referente_comes_in_by_the_welcome_letter(bring, client):
    bring(S.ACTIVE)
    post()
    welcome = next(letter for letter in mail.outbox if letter.to == ["referente@comune.example"])
    path = re.search(r"localhost:8000(/accedi/collegamento/\S{20,})", welcome.body)[1]

    client.post(path)

    assert client.session["_auth_user_id"] == str(Membership.objects.get().user_id)


@pytest.mark.parametrize(
    ("status", "reader"),
    [
        (S.REQUESTED, DESK),
        (S.UNDER_REVIEW, REQUESTER),
        (S.INTEGRATION_REQUESTED, REQUESTER),
        (S.ACT_UPLOADED, REQUESTER),
        (S.SCHEME_SIGNED, REQUESTER),
        (S.TRANSMITTED, REQUESTER),
    ],
)
def test_whoever_lets_a_request_wait_is_reminded_and_not_again_before_as_long(status, reader, bring):
    row = bring(status)
    post()
    now, days = row.waits_since, Agreement.current().reminder_days
    assert actions.remind(now=now + timedelta(days=days)) == 0

    assert actions.remind(now=now + timedelta(days=days, minutes=1)) == 1
    assert [to for to, _subject in post()] == [reader]
    assert actions.remind(now=now + timedelta(days=days, minutes=2)) == 0
    assert actions.remind(now=now + timedelta(days=2 * days, minutes=2)) == 1


def test_once_the_people_are_named_the_desk_is_reminded_to_activate(bring):
    row = bring(S.TRANSMITTED)
    actions.name_people(row, PEOPLE, by=SYSTEM)
    post()

    actions.remind(now=timezone.now() + timedelta(days=30))

    assert [to for to, _subject in post()] == [DESK]


@pytest.mark.parametrize("status", [S.ACTIVE, S.SUSPENDED, S.ENDED, S.REJECTED])
def test_what_is_over_is_not_reminded(status, bring):
    bring(status)

    assert actions.remind(now=timezone.now() + timedelta(days=1000)) == 0


def test_how_long_to_wait_is_the_desks_to_say(bring):
    row = bring()
    actions.change_agreement({"reminder_days": 3}, by=SYSTEM)

    assert actions.remind(now=row.waits_since + timedelta(days=4)) == 1


def test_a_letter_about_a_row_that_is_gone_is_not_written():
    row = actions.request_accreditation(request_of())
    Accreditation.objects.filter(pk=row.pk).delete()

    assert post() == []
