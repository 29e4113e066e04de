"""Proves what is told, to whom, when, how often, and that nothing that is not public ever leaves."""

import smtplib
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from django.core import mail
from django.core.mail import EmailMultiAlternatives
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from opentusk.catalog.actions import change_record, create_draft, publish, restore, withdraw
from opentusk.catalog.models import Dataset
from opentusk.catalog.records import to_record
from opentusk.catalog.tests.records import trees
from opentusk.journal.actors import SYSTEM
from opentusk.notices.models import Event
from opentusk.notices.tests.conftest import told
from opentusk.notices.tests.test_events import new_data
from opentusk.search.actions import rebuild_index
from opentusk.subscriptions.actions import match_new, pause, prepare_due, send_due
from opentusk.subscriptions.actions.sending import CLAIMED
from opentusk.subscriptions.links import token_of
from opentusk.subscriptions.models import Delivery, Subscriber
from opentusk.subscriptions.rhythms import due_at
from opentusk.subscriptions.tests.conftest import LATER, everything_happens, following, letters

pytestmark = pytest.mark.django_db


def rename(dataset: Dataset, title: str) -> None:
    dataset.refresh_from_db()
    record = replace(to_record(dataset), title={"it": title})
    change_record(dataset, record, by=SYSTEM, expected=dataset.checksum)


def prepared() -> datetime:
    """Everything new is matched and made into deliveries, to be sent at the time that is given."""
    now = timezone.now() + LATER
    told()
    match_new()
    prepare_due(now=now)
    return now


def test_a_letter_about_new_data_leads_to_the_rows_that_differ(published):
    following()
    new_data(published, added=1, changed=2, key=("codice",))

    everything_happens()

    page = "http://localhost:8000/dataset/c_e506-alberi/tabella/t/versioni/2"
    assert f"Le righe diverse: {page}" in letters()[-1]
    assert f'href="{page}"' in mail.outbox[-1].alternatives[0].content


def at(text: str) -> datetime:
    return timezone.make_aware(datetime.fromisoformat(text))


@pytest.mark.parametrize(
    ("rhythm", "now", "pressing", "due"),
    [
        ("daily", "2026-11-24 19:00", True, "2026-11-25 08:00"),
        ("daily", "2026-11-24 07:00", True, "2026-11-24 08:00"),
        ("daily", "2026-11-27 19:00", True, "2026-11-30 08:00"),
        ("daily", "2026-12-07 09:00", True, "2026-12-09 08:00"),
        ("weekly", "2026-11-24 19:00", True, "2026-11-30 08:00"),
        ("weekly", "2026-11-30 07:59", True, "2026-11-30 08:00"),
        ("weekly", "2026-11-30 08:01", True, "2026-12-07 08:00"),
        ("weekly", "2026-04-01 10:00", True, "2026-04-07 08:00"),
        ("at_once", "2026-11-24 19:00", True, "2026-11-24 19:10"),
        ("at_once", "2026-11-24 19:00", False, "2026-11-25 08:00"),
    ],
)
def test_everybody_hears_in_their_own_rhythm(rhythm, now, pressing, due):
    assert due_at(rhythm, at(now), is_pressing=pressing) == at(due)


def test_a_follower_hears_once_of_several_things(published):
    following()
    rename(published, "Alberi di Lecce")
    withdraw(published, by=SYSTEM, reason="superato")
    restore(published, by=SYSTEM)

    assert everything_happens() == 1
    assert everything_happens() == 0
    assert "Descrizione modificata: titolo." in letters()[0] and "Di nuovo pubblicato." in letters()[0]


@pytest.mark.parametrize(
    ("kind", "key", "hears"),
    [("portal", "", True), ("holder", "c_e506", True), ("theme", "ENVI", True), ("theme", "GOVE", False),
     ("place", "Lecce", True), ("place", "Bari", False)],
)  # fmt: skip
def test_each_scope_hears_of_its_own(published, kind, key, hears):
    following(kind, key)
    rename(published, "Alberi di Lecce")

    assert everything_happens() == int(hears)


def test_one_person_gets_one_letter_for_everything(published):
    following()
    following("portal", "")
    following("holder", "c_e506")
    rename(published, "Alberi di Lecce")

    assert everything_happens() == 1
    assert letters()[0].count("Descrizione modificata") == 1


def test_the_end_of_a_batch_cuts_nobodys_letter_in_two(published, monkeypatch):
    monkeypatch.setattr("opentusk.subscriptions.actions.sending._BATCH", 1)
    following()
    following("theme", "ENVI")
    following("place", "Lecce", email="bruno@example.org")
    rename(published, "Alberi di Lecce")

    everything_happens()

    assert sorted(letter.to[0] for letter in mail.outbox if "Descrizione" in letter.body) == [
        "bruno@example.org",
        "rita@example.org",
    ]


def test_families_and_quiet_leave_out_what_was_not_wanted(published):
    following(families=2, email="dati@example.org")
    following(is_quiet=True, email="quieta@example.org")
    rename(published, "Alberi di Lecce")
    assert everything_happens() == 0

    withdraw(published, by=SYSTEM, reason="superato")
    assert everything_happens() == 1
    assert mail.outbox[-1].to == ["quieta@example.org"]


def test_nobody_hears_of_what_is_no_longer_public_but_of_its_withdrawal(published):
    following()
    rename(published, "Nome segreto")
    told()
    match_new()
    withdraw(published, by=SYSTEM, reason="conteneva un errore")

    everything_happens()

    assert len(letters()) == 1
    assert "Ritirato. Motivo: conteneva un errore" in letters()[0]
    assert "Descrizione modificata" not in letters()[0]


def test_a_saved_search_tells_of_what_begins_to_match_and_only_once(published, lecce):
    rebuild_index()
    following("search", "q=fontane")
    fountains = publish(
        create_draft(trees("c_e506:fontane", title={"it": "Fontane pubbliche"}), holder=lecce, by=SYSTEM), by=SYSTEM
    )
    rebuild_index()
    assert everything_happens() == 1
    assert "Fontane pubbliche" in letters()[0] and "Alberi" not in letters()[0]

    rename(fountains, "Fontane di Lecce")
    rebuild_index()
    assert everything_happens() == 0


def test_a_harvest_of_many_is_one_letter_with_the_worst_first_and_how_many_more(published, lecce):
    following("holder", "c_e506")
    for number in range(60):
        publish(create_draft(trees(f"c_e506:d{number}"), holder=lecce, by=SYSTEM), by=SYSTEM)
    withdraw(published, by=SYSTEM, reason="superato")

    assert everything_happens() == 1
    assert letters()[0].count("\n* ") + letters()[0].startswith("* ") == 50
    assert "E altri 11" in letters()[0]


def test_who_is_paused_hears_nothing_and_then_only_of_what_comes(published):
    subscription = following()
    subscription.paused_at = timezone.now()
    subscription.save(update_fields=["paused_at"])
    rename(published, "Uno")
    assert everything_happens() == 0

    subscription.paused_at = None
    subscription.save(update_fields=["paused_at"])
    rename(published, "Due")

    assert everything_happens() == 1


def test_a_server_that_is_down_is_tried_again_with_the_same_id(published, settings, monkeypatch):
    following()
    rename(published, "Alberi di Lecce")
    now = prepared()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9
    send_due(now=now)
    first = Delivery.objects.get()
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"

    send_due(now=now + timedelta(minutes=5))

    second = Delivery.objects.get()
    assert (first.status, second.status, first.pk) == ("retrying", "sent", second.pk)
    assert first.fault
    assert mail.outbox[-1].extra_headers["Message-ID"].startswith(f"<{first.pk}@")


def test_what_one_worker_has_taken_no_other_sends_until_it_is_clear_that_the_first_died(published, monkeypatch):
    following()
    rename(published, "Alberi di Lecce")
    now = prepared()
    with pytest.raises(RuntimeError), monkeypatch.context() as broken:
        broken.setattr("opentusk.subscriptions.channels.mail.letter_of", _die)
        send_due(now=now)

    assert send_due(now=now + CLAIMED / 2) == 0
    assert send_due(now=now + CLAIMED) == 1
    assert mail.outbox[-1].extra_headers["Message-ID"].startswith(f"<{Delivery.objects.get().pk}@")


def test_a_delivery_with_nothing_left_to_say_is_not_counted_as_handed_over(published):
    following()
    subscription = following("portal", "", email="bruno@example.org")
    rename(published, "Alberi di Lecce")
    now = prepared()
    pause(subscription)

    assert send_due(now=now) == 1
    assert sorted(Delivery.objects.values_list("status", flat=True)) == ["empty", "sent"]


def test_everybody_is_written_to_in_their_language(client, published):
    following()
    mary = following(email="mary@example.org", language="en").subscriber
    rename(published, "Alberi di Lecce")
    everything_happens()
    before = {letter.to[0]: letter for letter in mail.outbox}

    client.post(f"/avvisi/{token_of(mary)}/lingua", {"language": "it"})
    rename(published, "Alberi")
    everything_happens()

    assert "Descrizione modificata: titolo." in before["rita@example.org"].body
    assert "Description changed: title." in before["mary@example.org"].body
    assert "Description changed" in before["mary@example.org"].subject
    assert '<html lang="en">' in before["mary@example.org"].alternatives[0][0]
    after = next(letter for letter in reversed(mail.outbox) if letter.to == ["mary@example.org"])
    assert "Descrizione modificata: titolo." in after.body


def test_addresses_that_do_not_exist_do_not_stop_the_others(published, monkeypatch):
    send = EmailMultiAlternatives.send

    def refuse(self, fail_silently=False):
        if self.to[0] != "z@example.org":
            raise smtplib.SMTPRecipientsRefused({self.to[0]: (550, b"no such mailbox")})
        return send(self)

    for number in range(8):
        following(email=f"r{number}@example.org")
    following(email="z@example.org")
    rename(published, "Alberi di Lecce")
    monkeypatch.setattr(EmailMultiAlternatives, "send", refuse)

    assert everything_happens() == 1


@pytest.mark.parametrize(("code", "status"), [(550, "dead"), (451, "retrying")])
def test_an_address_that_does_not_exist_is_not_tried_again(published, monkeypatch, code, status):
    def refuse(self, fail_silently=False):
        raise smtplib.SMTPRecipientsRefused({self.to[0]: (code, b"no such mailbox")})

    subscription = following()
    rename(published, "Alberi di Lecce")
    monkeypatch.setattr(EmailMultiAlternatives, "send", refuse)

    everything_happens()

    subscriber = Subscriber.objects.get(pk=subscription.subscriber_id)
    assert Delivery.objects.get().status == status
    assert (subscriber.bounced_at is not None) is (code == 550)


@pytest.mark.parametrize("way", ["button", "confirmation"])
def test_an_address_that_works_again_is_written_to_again(client, published, way):
    subscription = following()
    subscriber = subscription.subscriber
    Subscriber.objects.update(bounced_at=timezone.now())
    page = f"/avvisi/{token_of(subscriber)}"
    rename(published, "Alberi di Lecce")
    everything_happens()
    assert "rifiuta le nostre lettere" in client.get(page).text

    client.post(f"{page}/riscrivimi" if way == "button" else f"{page}/conferma/{subscription.uuid}")

    assert "rifiuta le nostre lettere" not in client.get(page).text
    rename(published, "Alberi")
    everything_happens(at=timezone.now() + 2 * LATER)
    assert len(letters()) == 1


def test_matching_can_die_anywhere_and_misses_nothing(published, monkeypatch):
    following()
    rename(published, "Alberi di Lecce")
    told()

    with pytest.raises(RuntimeError), monkeypatch.context() as broken:
        broken.setattr("opentusk.subscriptions.actions.matching._spread", _die)
        match_new()
    match_new()
    with pytest.raises(RuntimeError), monkeypatch.context() as broken:
        broken.setattr("opentusk.subscriptions.actions.sending._parts", _die)
        prepare_due(now=timezone.now() + LATER)

    assert everything_happens() == 1


def _die(*_anything):
    raise RuntimeError("the worker died")


def _publish(dataset: Dataset, number: int) -> None:
    if dataset.status == "draft":
        publish(dataset, by=SYSTEM)


def _withdraw(dataset: Dataset, number: int) -> None:
    if dataset.is_published:
        withdraw(dataset, by=SYSTEM, reason="prova")


def _restore(dataset: Dataset, number: int) -> None:
    if dataset.is_withdrawn:
        restore(dataset, by=SYSTEM)


def _rename(dataset: Dataset, number: int) -> None:
    rename(dataset, f"Segreto {number}")


def _follow(dataset: Dataset, number: int) -> None:
    following("portal", "", email=f"p{number}@example.org")
    if dataset.is_published:
        following(email=f"r{number}@example.org")


def _tell(dataset: Dataset, number: int) -> None:
    told()
    match_new()


def _send(dataset: Dataset, number: int) -> None:
    everything_happens()


_STEPS = st.lists(st.sampled_from([_publish, _withdraw, _restore, _rename, _follow, _tell, _send]), max_size=10)


@given(steps=_STEPS)
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_sequence_tells_anybody_what_is_not_public(lecce, steps):
    Event.objects.all().delete()
    Dataset.objects.all().delete()
    Subscriber.objects.all().delete()
    mail.outbox = []
    dataset = create_draft(trees(title={"it": "Segreto 0"}), holder=lecce, by=SYSTEM)
    for number, step in enumerate(steps, start=1):
        dataset.refresh_from_db()
        before = len(letters())

        step(dataset, number)

        dataset.refresh_from_db()
        fresh = "".join(letters()[before:])
        if dataset.status == "draft":
            assert "Segreto" not in fresh
        if not dataset.is_published:
            assert "Pubblicato." not in fresh
            assert "Descrizione modificata" not in fresh
