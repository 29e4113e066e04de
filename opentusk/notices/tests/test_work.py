"""Proves what the people of a body hear of, by role: links, reminders, what waits; never of their own doing."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.core import mail
from django.utils import timezone

from opentusk.bodies.actions import add_member, request_membership
from opentusk.bodies.models import Membership
from opentusk.catalog.actions import change_record, open_hold
from opentusk.catalog.models import Hold
from opentusk.catalog.records import to_record
from opentusk.journal.actors import SYSTEM
from opentusk.journal.models import Entry, Task
from opentusk.notices.actions import judge_lateness, judge_links, tell_of_expiring_tokens, tell_of_waiting_columns
from opentusk.notices.events import NoticesEvent
from opentusk.notices.models import Event, LinkTrouble
from opentusk.notices.permissions import heard_at_desk, heard_at_work
from opentusk.notices.tasks import tell_of_token
from opentusk.notices.tests.conftest import told
from opentusk.notices.tests.test_time import dataset
from opentusk.people.actors import actor_of
from opentusk.people.models import ApiToken, User
from opentusk.quality.links import remember_addresses
from opentusk.quality.models import UrlCheck

pytestmark = pytest.mark.django_db
URL = "https://dati.example.org/alberi.csv"


@pytest.fixture
def link(published) -> UrlCheck:
    remember_addresses({published.pk: [URL]})
    return UrlCheck.objects.get(url=URL)


def failing(link: UrlCheck, **ago: int) -> None:
    link.state, link.status, link.failures = UrlCheck.State.FAILING, 404, 3
    link.since = timezone.now() - timedelta(**ago)
    link.save()


def link_events() -> list[tuple[str, bool]]:
    told()
    return list(Event.objects.filter(type__startswith="link.").order_by("seq").values_list("type", "is_public"))


def test_an_hour_of_404_tells_nobody(link):
    failing(link, hours=1)

    judge_links(now=timezone.now())

    assert link_events() == []


def test_two_checks_are_too_few_however_long_ago(link):
    failing(link, days=5)
    link.failures = 2
    link.save()

    judge_links(now=timezone.now())

    assert link_events() == []


def test_after_three_days_the_body_hears_three_days_later_readers_and_the_return_once(link):
    failing(link, days=3, hours=1)
    now = timezone.now()
    steps = []
    for days in (0, 1, 3, 4):
        judge_links(now=now + timedelta(days=days))
        steps.append(len(link_events()))
    link.state, link.status, link.failures = UrlCheck.State.OK, 200, 0
    link.save()
    judge_links(now=now + timedelta(days=5))
    judge_links(now=now + timedelta(days=6))

    assert steps == [1, 1, 2, 2]
    assert link_events() == [("link.broken", False), ("link.broken", True), ("link.restored", True)]
    assert not LinkTrouble.objects.exists()


def test_a_return_before_readers_heard_is_not_for_readers(link):
    failing(link, days=4)
    judge_links(now=timezone.now())
    link.state = UrlCheck.State.OK
    link.save()

    judge_links(now=timezone.now())

    assert link_events() == [("link.broken", False), ("link.restored", False)]


@pytest.mark.parametrize(
    ("frequency", "modified", "today", "reminded"),
    [
        ("ANNUAL", "2025-06-10", "2026-06-01", False),
        ("ANNUAL", "2025-06-10", "2026-06-05", True),
        ("MONTHLY", "2026-09-01", "2026-09-27", False),
        ("MONTHLY", "2026-09-01", "2026-09-29", True),
        ("DAILY", "2026-09-01", "2026-09-02", False),
    ],
)
def test_a_body_is_reminded_shortly_before_and_once(lecce, frequency, modified, today, reminded):
    row = dataset(lecce, frequency, modified)

    judge_lateness([row], today=date.fromisoformat(today))
    judge_lateness([row], today=date.fromisoformat(today))

    assert told().count("dataset.due_soon") == int(reminded)
    assert not Event.objects.public().filter(type="dataset.due_soon").exists()


def test_columns_that_wait_for_a_week_are_told_once(published):
    open_hold(published, Hold.Kind.SCHEMA_CHANGE, facts={}, by=SYSTEM)

    for days in (6, 8, 9):
        tell_of_waiting_columns(now=timezone.now() + timedelta(days=days))

    assert told().count("file.change_waiting") == 1


def test_the_owner_of_a_key_is_written_to_once_before_it_expires(ada):
    in_days = {days: timezone.now() + timedelta(days=days) for days in (10, 40)}
    for days, moment in in_days.items():
        ApiToken.objects.create(user=ada, name=f"fra {days}", start="ot_", token_hash=str(days), expires_at=moment)

    tell_of_expiring_tokens(now=timezone.now())
    tell_of_expiring_tokens(now=timezone.now())
    for task in Task.objects.filter(function="opentusk.notices.tasks.tell_of_token"):
        tell_of_token(**task.arguments)

    assert Entry.objects.filter(event=NoticesEvent.TOKEN_EXPIRING).count() == 1
    assert [letter.to for letter in mail.outbox] == [["ada@example.org"]]
    assert "«fra 10»" in mail.outbox[0].body


def heard(email: str, lecce) -> set[str]:
    told()
    user = User.objects.get(email=email)
    return {event.type for event in heard_at_work(user.pk, lecce, Event.objects.all())}


def test_each_role_hears_of_its_own(lecce, published, ada, link):
    roles = Membership.Role
    for role in (roles.REFERENTE, roles.DPO, roles.RTD):
        add_member(lecce, email=f"{role}@example.org", role=role, by=SYSTEM)
    User.objects.create_user("estranea@example.org")
    failing(link, days=4)
    judge_links(now=timezone.now())
    request_membership(lecce, User.objects.create_user("nuova@example.org"), role=roles.REDATTORE)

    assert {"link.broken", "membership.requested"} <= heard("referente@example.org", lecce)
    assert heard("rtd@example.org", lecce) == {"link.broken"}
    assert heard("dpo@example.org", lecce) == set()
    assert heard("ada@example.org", lecce) == set()
    assert heard("estranea@example.org", lecce) == set()


def test_who_writes_hears_of_what_they_touched_and_not_of_what_they_did(lecce, published, ada, link):
    published.refresh_from_db()
    renamed = replace(to_record(published), title={"it": "Alberi di Lecce"})
    change_record(published, renamed, by=actor_of(ada), expected=published.checksum)
    failing(link, days=4)
    judge_links(now=timezone.now())
    assert heard("ada@example.org", lecce) == {"link.broken"}

    Event.objects.filter(type="link.broken").update(caused_by=ada.pk)
    assert heard("ada@example.org", lecce) == set()


def test_only_the_desk_hears_for_the_desk(published, ada):
    open_hold(published, Hold.Kind.SCHEMA_CHANGE, facts={}, by=SYSTEM)
    tell_of_waiting_columns(now=timezone.now() + timedelta(days=8))
    told()
    desk = User.objects.create_user("redazione@example.org", desk_role=User.DeskRole.EDITOR)

    assert [event.type for event in heard_at_desk(desk.pk, Event.objects.all())] == ["file.change_waiting"]
    assert heard_at_desk(ada.pk, Event.objects.all()) == []
