"""Proves that the newsletter goes to whoever agrees when it is sent, once, and that one press ends it."""

import re
from itertools import product

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from opentusk.community import actions
from opentusk.community.errors import IllegalMove, NotAllowed
from opentusk.community.models import Mailing, Newsletter
from opentusk.journal.models import Task
from opentusk.people.actors import actor_of
from opentusk.people.belonging import everything_zipped, leave
from opentusk.people.consents import give_consent, withdraw_consent
from opentusk.people.models import Consent, User

pytestmark = pytest.mark.django_db
NEWSLETTER = Consent.Purpose.NEWSLETTER


def reader(name: str, *, is_confirmed: bool = True) -> User:
    user = User.objects.create_user(f"{name}@example.org", confirmed_at=timezone.now() if is_confirmed else None)
    give_consent(user, NEWSLETTER)
    return user


@pytest.fixture
def draft(carla) -> Newsletter:
    return actions.save_newsletter(
        None, by=actor_of(carla), subject="Si apre la consultazione", body="Ciao.\n\nhttps://dati.example.org"
    )


def receivers() -> list[str]:
    return [letter.to[0].partition("@")[0] for letter in mail.outbox]


def test_invariant_25_only_consents_that_stand_when_it_is_sent_once_each(client, carla, draft):
    people = {name: reader(name) for name in ("dora", "elio", "fede", "gino")}
    reader("mai-confermata", is_confirmed=False)
    User.objects.create_user("senza@example.org", confirmed_at=timezone.now())
    withdraw_consent(people["elio"], NEWSLETTER)
    actions.begin_sending(draft, by=actor_of(carla))
    assert Task.objects.filter(function="opentusk.community.tasks.send_newsletter").count() == 1

    assert actions.send_batch(draft.pk, most=1)
    withdraw_consent(people["fede"], NEWSLETTER)
    leave(people["dora"])
    assert actions.send_batch(draft.pk)
    assert not actions.send_batch(draft.pk)
    assert not actions.send_batch(draft.pk)

    assert receivers() == ["dora", "gino"]
    draft.refresh_from_db()
    assert (draft.state, draft.recipients_count) == ("sent", 2)
    assert not Mailing.objects.exists()
    page = client.get(f"/newsletter/{draft.pk}").content.decode()
    assert "inviata a 2 persone" in page
    assert "example.org</a>" in page


def test_invariant_25_one_press_ends_it_without_signing_in(carla, draft):
    dora = reader("dora")
    actions.begin_sending(draft, by=actor_of(carla))
    actions.send_batch(draft.pk)
    letter = mail.outbox[0]
    address = re.match(r"<(https?://[^/]+)(/newsletter/annulla/[^>]+)>", letter.extra_headers["List-Unsubscribe"])[2]
    assert letter.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert address in letter.body
    stranger = Client(enforce_csrf_checks=True)

    assert stranger.get(address).status_code == 200
    assert Consent.objects.standing().exists()
    for _time in range(2):
        assert stranger.post(address, {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert not Consent.objects.standing().exists()
    assert stranger.post(address[:-3] + "abc").status_code == 404
    give_consent(dora, NEWSLETTER)
    leave(dora)
    assert stranger.post(address).status_code == 404


@pytest.mark.parametrize(("before", "after"), list(product(Newsletter.State.values, repeat=2)))
def test_every_pair_of_states_of_a_newsletter(carla, draft, before, after):
    Newsletter.objects.filter(pk=draft.pk).update(state=before)
    moves = {"draft": lambda: actions.save_newsletter(draft, by=actor_of(carla), subject="a", body="b")}
    moves["sending"] = lambda: actions.begin_sending(draft, by=actor_of(carla))
    moves["sent"] = lambda: actions.send_batch(draft.pk)
    may = after in Newsletter.MOVES[before] or (before, after) == ("draft", "draft")
    if may or after == "sent":
        moves[after]()
    else:
        with pytest.raises(IllegalMove):
            moves[after]()
    draft.refresh_from_db()
    assert draft.state == (after if may else before)


def test_the_desk_writes_looks_and_tries_on_itself(client, carla, draft, ada):
    client.force_login(carla)
    page = client.get(f"/scrivania/newsletter/{draft.pk}").content.decode()
    assert "Anteprima" in page
    client.post(f"/scrivania/newsletter/{draft.pk}/prova")

    assert receivers() == ["carla"]
    assert mail.outbox[0].subject.startswith("[")
    draft.refresh_from_db()
    assert draft.state == "draft"
    assert client.get(f"/newsletter/{draft.pk}").status_code == 404
    client.force_login(ada)
    assert client.get("/scrivania/newsletter").status_code == 403
    with pytest.raises(NotAllowed):
        actions.begin_sending(draft, by=actor_of(ada))


def test_while_it_is_sent_the_person_may_see_that_it_is_theirs(carla, draft):
    dora = reader("dora")
    actions.begin_sending(draft, by=actor_of(carla))
    actions.send_batch(draft.pk)

    assert everything_zipped(dora)
    assert Mailing.objects.get().user == dora
