"""Proves when data are late, who hears first, and what a producer announces."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from opentusk.catalog.actions import create_draft, publish
from opentusk.catalog.models import Dataset
from opentusk.catalog.tests.records import EU, trees
from opentusk.journal.actors import SYSTEM
from opentusk.notices.actions import announce_change, judge_lateness
from opentusk.notices.archiving import archive_months
from opentusk.notices.errors import NotAllowed
from opentusk.notices.lateness import verdict_of
from opentusk.notices.models import Event, Lateness
from opentusk.notices.tests.conftest import told
from opentusk.notices.working_days import add_working_days, is_working_day
from opentusk.people.actors import actor_of
from opentusk.people.models import User

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("day", "works"),
    [("2026-04-06", False), ("2026-04-07", True), ("2026-04-25", False), ("2026-11-21", False), ("2026-11-24", True),
     ("2026-12-06", False), ("2026-12-07", True), ("2026-12-08", False)],
)  # fmt: skip
def test_offices_are_closed_on_national_holidays_and_weekends(day, works):
    assert is_working_day(date.fromisoformat(day)) is works


def test_working_days_jump_over_easter():
    assert add_working_days(date(2026, 4, 2), 2) == date(2026, 4, 7)


def dataset(lecce, frequency: str, modified: str) -> Dataset:
    record = trees(accrual_periodicity=f"{EU}frequency/{frequency}", modified=modified)
    return publish(create_draft(record, holder=lecce, by=SYSTEM), by=SYSTEM)


@pytest.mark.parametrize(
    ("frequency", "modified", "today", "late"),
    [
        ("ANNUAL", "2025-01-10", "2026-06-01", False),
        ("ANNUAL", "2025-01-10", "2026-08-01", True),
        ("MONTHLY", "2026-09-01", "2026-10-14", False),
        ("MONTHLY", "2026-09-01", "2026-10-20", True),
        ("WEEKLY", "2026-11-02", "2026-11-12", False),
        ("WEEKLY", "2026-11-02", "2026-11-13", True),
        ("NEVER", "2001-01-01", "2026-11-24", False),
        ("IRREG", "2001-01-01", "2026-11-24", False),
    ],
)
def test_the_promise_has_a_tolerance(lecce, frequency, modified, today, late):
    verdict = verdict_of(dataset(lecce, frequency, modified), today=date.fromisoformat(today))

    assert verdict.is_late is late


def test_the_body_hears_first_readers_one_tolerance_later_and_the_return_is_told_once(lecce):
    row = dataset(lecce, "MONTHLY", "2026-09-01")
    steps = []
    for today in ("2026-10-01", "2026-10-20", "2026-10-21", "2026-11-20", "2026-11-21"):
        judge_lateness([row], today=date.fromisoformat(today))
        told()
        late = Event.objects.filter(type="dataset.late")
        steps.append((late.count(), late.filter(is_public=True).count()))
    row.modified = "2026-11-22"
    judge_lateness([row], today=date(2026, 11, 23))
    told()

    assert steps == [(0, 0), (1, 0), (1, 0), (2, 1), (2, 1)]
    assert Event.objects.filter(type="dataset.back_on_time", is_public=True).count() == 1
    assert not Lateness.objects.exists()


def test_an_announcement_is_told_and_stands_on_the_page_until_its_day(client, published, ada):
    on = timezone.localdate() + timedelta(days=20)
    client.force_login(ada)

    answer = client.post(
        f"/scrivania/dataset/{published.pk}/annuncia",
        {"text": "La colonna comune avrà il codice ISTAT", "on": on.isoformat(), "columns": "comune, provincia"},
    )
    told()
    page = client.get(f"/dataset/{published.slug}").content.decode()

    assert answer.status_code == 302
    assert "La colonna comune avrà il codice ISTAT" in page
    assert Event.objects.order_by("-seq").first().payload["columns"] == ["comune", "provincia"]


def test_the_past_cannot_be_announced_and_strangers_announce_nothing(client, published, ada):
    client.force_login(ada)
    past = client.post(f"/scrivania/dataset/{published.pk}/annuncia", {"text": "x", "on": "2020-01-01"})

    assert past.status_code == 400
    with pytest.raises(NotAllowed):
        stranger = actor_of(User.objects.create_user("bruno@example.org"))
        announce_change(published, text="x", on=date(2030, 1, 1), columns=(), by=stranger)


def test_a_month_that_is_over_becomes_a_file_of_the_portals_own_dataset(published):
    told()
    Event.objects.update(at=timezone.make_aware(timezone.datetime(2026, 9, 12, 10, 0)))

    first = archive_months(today=date(2026, 11, 2))
    again = archive_months(today=date(2026, 11, 2))

    own = Dataset.objects.get(identifier="r_puglia:eventi-del-portale")
    stored = own.distributions.order_by("position").first().series.versions.get().stored
    assert (first, again) == (["2026-09", "2026-10"], [])
    assert stored.path.read_text().splitlines()[1].count("dataset.published") == 1
