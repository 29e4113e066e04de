"""Proves that who works for a body hears of its work by role, as long as the role lasts, and nobody else ever does."""

from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from opentusk.bodies.actions import add_member, end_membership
from opentusk.bodies.models import Membership
from opentusk.catalog.actions import restore, withdraw
from opentusk.journal.actors import SYSTEM
from opentusk.journal.models import Entry
from opentusk.notices.actions import judge_links
from opentusk.notices.models import Event, LinkTrouble
from opentusk.notices.tests.conftest import told
from opentusk.people.models import User
from opentusk.quality.links import remember_addresses
from opentusk.quality.models import UrlCheck
from opentusk.subscriptions.actions import follow_work, unsubscribe, unsubscribe_all
from opentusk.subscriptions.links import token_of
from opentusk.subscriptions.models import InboxNotice, Subscriber, Subscription
from opentusk.subscriptions.tasks import follow as follow_entries
from opentusk.subscriptions.tests.conftest import everything_happens, following, letters

pytestmark = pytest.mark.django_db
URL = "https://dati.example.org/alberi.csv"
BROKEN = "Non risponde dal"


@pytest.fixture
def link(published) -> UrlCheck:
    remember_addresses({published.pk: [URL]})
    return UrlCheck.objects.get(url=URL)


def breaks(link: UrlCheck, days: int = 4) -> None:
    """The address has not answered for so many days."""
    link.state, link.status, link.failures = UrlCheck.State.FAILING, 404, 5
    link.since = timezone.now() - timedelta(days=days)
    link.save()
    judge_links(now=timezone.now())


def answers(link: UrlCheck) -> None:
    link.state, link.status = UrlCheck.State.OK, 200
    link.save()
    judge_links(now=timezone.now())


def employ(lecce, email: str = "referente@example.org", role=Membership.Role.REFERENTE) -> Membership:
    return add_member(lecce, email=email, role=role, by=SYSTEM)


def test_a_new_member_gets_the_notices_of_the_role_and_loses_them_with_it(lecce):
    membership = employ(lecce)
    employ(lecce, "altra@example.org")
    follow_entries(list(Entry.objects.filter(event="bodies.member_added")))
    begun = set(Subscription.objects.filter(subscriber__user=membership.user).values_list("scope_key", "channel"))

    end_membership(membership, by=SYSTEM)
    follow_work()

    assert begun == {("c_e506", "inbox"), ("c_e506", "mail")}
    assert not Subscription.objects.filter(subscriber__user=membership.user).exists()


def test_the_body_hears_of_a_broken_link_before_its_followers(client, lecce, link):
    referente = employ(lecce).user
    follow_work()
    following()
    breaks(link)

    everything_happens()

    assert [letter.to for letter in mail.outbox if BROKEN in letter.body] == [["referente@example.org"]]
    client.force_login(referente)
    page = client.get("/avvisi/posta").content.decode()
    assert BROKEN in page and f"/scrivania/dataset/{link.datasets.get().pk}" in page

    breaks(link, days=7)
    everything_happens()
    assert [letter.to for letter in mail.outbox if BROKEN in letter.body][1:] == [["rita@example.org"]]


def test_the_return_of_a_link_is_told_to_the_body_alone_when_readers_never_heard(lecce, link):
    employ(lecce)
    follow_work()
    following()
    breaks(link)
    answers(link)

    everything_happens()

    assert [letter.to for letter in mail.outbox if "Risponde di nuovo" in letter.body] == [["referente@example.org"]]


def test_who_lost_the_role_between_matching_and_sending_hears_nothing_and_reads_nothing(client, lecce, link):
    membership = employ(lecce)
    employ(lecce, "altra@example.org")
    follow_work()
    breaks(link)
    everything_happens()
    before = len(letters())
    client.force_login(membership.user)
    could_read = BROKEN in client.get("/avvisi/posta").content.decode()
    answers(link)
    Membership.objects.filter(pk=membership.pk).update(ended_at=timezone.now())

    everything_happens()

    assert could_read
    assert BROKEN not in client.get("/avvisi/posta").content.decode()
    assert [letter.to for letter in mail.outbox[before:] if "Risponde" in letter.body] == [["altra@example.org"]]


def test_what_somebody_did_is_no_news_to_them(lecce, published, link):
    user = employ(lecce).user
    following("dataset", "c_e506:alberi", user=user, email="")
    follow_work()
    breaks(link)
    withdraw(published, by=SYSTEM, reason="superato")
    restore(published, by=SYSTEM)
    told()
    Event.objects.update(caused_by=user.pk)

    everything_happens()

    assert not [text for text in letters() if "Ritirato" in text or BROKEN in text]
    assert not InboxNotice.objects.exists()


def test_notices_of_a_role_are_paused_and_stay_as_they_were_tuned(client, lecce, link):
    user = employ(lecce).user
    follow_work()
    subscriber = Subscriber.objects.get(user=user)
    for subscription in subscriber.subscriptions.all():
        unsubscribe(subscription)
    follow_work()
    breaks(link)

    assert everything_happens() == 0
    unsubscribe_all(subscriber)
    page = client.get(f"/avvisi/{token_of(subscriber)}").content.decode()
    assert "Il lavoro per Comune di Lecce" in page and "in pausa" in page


def test_nobody_can_follow_the_work_of_a_body_from_outside(client, lecce):
    for kind in ("body", "desk"):
        answer = client.post("/segui", {"kind": kind, "key": "c_e506", "email": "curiosa@example.org"})
        assert answer.status_code in {400, 404}
    assert not Subscription.objects.exists()


_STEPS = ("join", "leave", "suspend", "follow", "break", "answer", "withdraw", "restore", "roles", "send")


@given(steps=st.lists(st.sampled_from(_STEPS), max_size=12))
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_sequence_tells_what_is_not_public_to_who_has_no_right(lecce, published, link, steps):
    _clean(lecce, published, link)
    for number, step in enumerate(steps):
        _step(step, number, lecce, published, link)
        now_right = set(Membership.objects.valid().values_list("user__email", flat=True))
        if step == "send":
            before = len(mail.outbox)
            everything_happens()
            public = Event.objects.public().filter(type__startswith="link.").exists()
            for letter in mail.outbox[before:]:
                if "/scrivania/" in letter.body or (BROKEN in letter.body and not public):
                    assert letter.to[0] in now_right
            for notice in InboxNotice.objects.select_related("subscriber__user"):
                assert notice.subscriber.user_id is not None


def _clean(lecce, published, link) -> None:
    Subscriber.objects.all().delete()
    Membership.objects.all().delete()
    LinkTrouble.objects.all().delete()
    lecce.status = "active"
    lecce.save(update_fields=["status"])
    published.refresh_from_db()
    if published.is_withdrawn:
        restore(published, by=SYSTEM)
    answers(link)
    everything_happens()
    mail.outbox.clear()


def _step(step: str, number: int, lecce, published, link) -> None:
    published.refresh_from_db()
    match step:
        case "join":
            employ(lecce, f"p{number}@example.org", Membership.Role.values[number % 5])
        case "leave":
            Membership.objects.filter(ended_at__isnull=True).update(ended_at=timezone.now())
        case "suspend":
            lecce.status = "suspended" if lecce.status == "active" else "active"
            lecce.save(update_fields=["status"])
        case "follow":
            following("holder", "c_e506", email=f"r{number}@example.org")
            User.objects.get_or_create(email=f"u{number}@example.org")
        case "break":
            breaks(link, days=4 + number % 2 * 3)
        case "answer":
            answers(link)
        case "withdraw" if published.is_published:
            withdraw(published, by=SYSTEM, reason="prova")
        case "restore" if published.is_withdrawn:
            restore(published, by=SYSTEM)
        case "roles":
            follow_work()
