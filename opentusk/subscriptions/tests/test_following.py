"""Proves that one follows without an account, confirms, changes, and is forgotten in one press."""

from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone

from opentusk.subscriptions.actions import follow, forget_unconfirmed
from opentusk.subscriptions.errors import TooMany, UnknownScope
from opentusk.subscriptions.links import token_of
from opentusk.subscriptions.models import Subscriber, Subscription
from opentusk.subscriptions.tests.conftest import everything_happens, following, letters, link_in
from opentusk.subscriptions.tests.test_delivering import rename

pytestmark = pytest.mark.django_db


def test_a_stranger_follows_confirms_hears_and_leaves_in_one_press(
    client, published, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        asked = client.post("/segui", {"kind": "dataset", "key": "c_e506:alberi", "email": "Rita@example.org"})
    assert "Guarda la posta" in asked.content.decode()
    rename(published, "Alberi di Lecce")
    assert everything_happens() == 0

    page = client.get(link_in(mail.outbox[0].body, "conferma"))
    assert "Conferma" in page.content.decode() and Subscription.objects.get().confirmed_at is None
    client.post(link_in(mail.outbox[0].body, "conferma"))
    rename(published, "Alberi monumentali di Lecce")
    assert everything_happens() == 1

    header = next(letter.extra_headers for letter in mail.outbox if "X-OpenTusk-Events" in letter.extra_headers)
    assert header["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    address = header["List-Unsubscribe"].split(">")[0].removeprefix("<http://localhost:8000")
    ended = client.post(address, {"List-Unsubscribe": "One-Click"})
    assert ended.status_code == 200
    assert not Subscriber.objects.exists()
    assert client.post(address).status_code == 200
    rename(published, "Alberi")
    assert everything_happens() == 0


def test_following_what_is_followed_already_tells_nobody_and_changes_nothing(published):
    first = following()

    again = follow("dataset", "c_e506:alberi", email="rita@example.org", rhythm="weekly")

    assert again.pk == first.pk
    assert Subscription.objects.get().rhythm == "daily"


@pytest.mark.parametrize(
    ("kind", "key"),
    [("dataset", "c_e506:inesistente"), ("holder", "c_zzzz"), ("theme", "XXXX"), ("inventato", "x"),
     ("table", "non-un-numero"), ("place", "")],
)  # fmt: skip
def test_only_what_is_there_and_public_can_be_followed(published, kind, key):
    with pytest.raises(UnknownScope):
        follow(kind, key, email="rita@example.org")


def test_a_draft_cannot_be_followed_and_looks_as_if_it_were_not_there(client, published):
    published.status = "draft"
    published.save(update_fields=["status"])

    assert client.get("/segui?kind=dataset&key=c_e506:alberi").status_code == 404


def test_nobody_follows_without_end(monkeypatch, published):
    monkeypatch.setattr("opentusk.subscriptions.actions.following.MOST_SUBSCRIPTIONS", 2)
    following()
    following("portal", "")

    with pytest.raises(TooMany):
        follow("holder", "c_e506", email="rita@example.org")


def test_what_was_never_confirmed_is_forgotten_after_a_week(published):
    follow("dataset", "c_e506:alberi", email="rita@example.org")
    following("portal", "", email="bruno@example.org")
    now = timezone.now()

    assert forget_unconfirmed(now + timedelta(days=6)) == 0
    forget_unconfirmed(now + timedelta(days=8))

    assert [subscriber.email for subscriber in Subscriber.objects.all()] == ["bruno@example.org"]


def test_the_address_of_another_opens_nothing(client, published):
    subscription = following()
    other = following("portal", "", email="bruno@example.org")
    token = token_of(other.subscriber)

    assert client.post(f"/avvisi/{token}/{subscription.uuid}", {"step": "end"}).status_code == 404
    assert client.get(f"/avvisi/{token}x").status_code == 404
    assert client.get(f"/avvisi/{token}").content.decode().count("Tutto il portale") >= 1


def test_one_tunes_pauses_and_ends_from_the_page(client, published):
    subscription = following()
    address = f"/avvisi/{token_of(subscription.subscriber)}/{subscription.uuid}"

    client.post(address, {"step": "tune", "rhythm": "weekly", "families": ["data"], "is_quiet": "on"})
    client.post(address, {"step": "pause"})
    subscription.refresh_from_db()
    tuned = (subscription.rhythm, subscription.families, subscription.is_quiet, subscription.paused_at is not None)
    client.post(address, {"step": "resume"})
    ended = client.post(address, {"step": "end"})

    assert tuned == ("weekly", 2, True, True)
    assert "cancellati" in ended.content.decode()
    assert not Subscriber.objects.exists()


def test_the_trial_shows_what_would_have_been_told(client, published):
    subscription = following()

    page = client.get(f"/avvisi/{token_of(subscription.subscriber)}/{subscription.uuid}/prova").content.decode()

    assert "Pubblicato." in page


def test_an_account_follows_at_once_and_reads_its_inbox(client, published, ada):
    client.force_login(ada)
    client.post("/segui", {"kind": "dataset", "key": "c_e506:alberi", "inbox": "1"})
    rename(published, "Alberi di Lecce")
    everything_happens()

    page = client.get("/avvisi/posta").content.decode()
    counted = client.get("/").content.decode()
    client.post("/avvisi/posta")
    after = client.get("/avvisi/posta").content.decode()

    assert "1 avviso da leggere" in page and "Descrizione modificata: titolo." in page
    assert "Avvisi (1)" in counted
    assert "0 avvisi da leggere" in after
    assert letters() == []


def test_a_program_that_fills_in_everything_is_not_subscribed(client, published):
    client.post("/segui", {"kind": "portal", "email": "spam@example.org", "website": "https://spam.example.org"})

    assert not Subscriber.objects.exists()
