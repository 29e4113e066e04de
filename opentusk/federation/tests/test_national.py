"""Proves that what the national catalogue shows is read like a client of CKAN, and every difference explained."""

import json
from datetime import timedelta

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from opentusk.bodies.errors import NotAllowed
from opentusk.catalog.actions import create_draft, withdraw
from opentusk.catalog.models import Dataset
from opentusk.catalog.tests.records import trees
from opentusk.federation.actions import ask_for_due_readings, ask_for_reading, read_national
from opentusk.federation.comparing import OurDataset, compare, day_of
from opentusk.federation.errors import SwitchedOff, TooSoon
from opentusk.federation.models import NationalReading
from opentusk.federation.national import ShownDataset
from opentusk.federation.tests.conftest import package
from opentusk.federation.words import why_of
from opentusk.feeds.actions import refresh_datasets
from opentusk.journal.actors import SYSTEM
from opentusk.journal.models import Entry, Task
from opentusk.journal.reactions import deliver_all
from opentusk.journal.tasks import run_next
from opentusk.people.actors import actor_of

pytestmark = pytest.mark.django_db


def read(agent) -> NationalReading:
    read_national(agent, now=timezone.now())
    return NationalReading.objects.get(agent=agent)


def said(reading, kind) -> list[str]:
    return [f"{one['identifier']}: {why_of(one)}" for one in reading.findings if one["kind"] == kind]


def test_a_body_that_is_shown_as_it_is_has_no_differences(catalogue, lecce, national):
    national.packages = [package(f"c_e506:alberi-{number}") for number in range(5)]
    national.packages.append(package("c_a662:piste-0", holder_identifier="c_a662"))

    reading = read(lecce)

    assert (reading.ours, reading.shown, reading.findings, reading.fault) == (5, 5, [], "")
    assert reading.newest == "2026-11-21T07:12:03.428194"


def test_every_difference_has_its_reason(catalogue, lecce, national):
    Dataset.objects.filter(identifier="c_e506:alberi-0").update(published_at=timezone.now() - timedelta(days=40))
    withdraw(catalogue[2], by=SYSTEM, reason="Sbagliato")
    Dataset.objects.filter(identifier="c_e506:alberi-3").update(is_territorial=True)
    refresh_datasets([catalogue[3].pk])
    create_draft(trees("c_e506:bozza"), holder=lecce, by=SYSTEM)
    deliver_all()
    national.packages = [
        # alberi-0 is missing for 40 days, alberi-1 for none.
        package("c_e506:alberi-2"),
        package("c_e506:alberi-3", organization={"title": "RNDT"}),
        package("c_e506:alberi-4", modified="01-03-2025"),
        package("C_E506:alberi-4~~1", holder_identifier="C_E506", organization={"title": "Comune di Lecce"}),
        package("alberi-0", id="vecchio", title="Alberi di una volta"),
        package("c_e506:altro", title="Una cosa mai vista", organization={"title": "Comune di Lecce"}),
        package("c_e506:bozza"),
    ]

    reading = read(lecce)

    missing, extra, double, older = (said(reading, kind) for kind in ("missing", "extra", "duplicated", "older"))
    assert [words.partition(":")[2].split(":")[0] for words in missing] == ["alberi-0", "alberi-1"]
    assert "scrivi alla redazione" in missing[0] and "sta arrivando" in missing[1]
    assert any("alberi-2" in words and "ritirato qui" in words for words in extra)
    assert any("alberi-3" in words and "RNDT" in words for words in extra)
    assert any(words.startswith("alberi-0") and "senza il codice IPA" in words for words in extra)
    assert any("altro" in words and "non lo conosce" in words for words in extra)
    assert any("bozza" in words and "Qui è una bozza" in words for words in extra)
    assert len(extra) == 5
    assert len(double) == 1 and "2 volte" in double[0] and "Regione Puglia, Comune di Lecce" in double[0]
    assert len(older) == 1 and "1 marzo 2025" in older[0].lower()


def test_all_pages_are_read_however_few_datasets_are_on_one(catalogue, lecce, national):
    national.packages = [package(f"c_e506:molti-{number}") for number in range(1_200)]
    assert read(lecce).shown == 1_200
    assert [asked["start"] for _method, asked in national.asked] == ["0", "1000"]

    national.most_rows = 500
    national.asked.clear()
    assert read(lecce).shown == 1_200
    assert [asked["start"] for _method, asked in national.asked] == ["0", "500", "1000"]


def test_a_server_that_does_not_page_is_not_compared_and_not_asked_for_ever(catalogue, lecce, national):
    national.packages = [package(f"c_e506:molti-{number}") for number in range(1_200)]
    national.answer = (200, national.search({"fq": 'holder_identifier:("c_e506")', "rows": 1000, "start": 0}))

    reading = read(lecce)

    assert (reading.read_at, reading.findings, reading.fault) == (None, [], "partial 1000/1200")
    assert len(national.asked) == 2


def test_a_door_that_turns_away_get_is_asked_by_post(catalogue, lecce, national):
    national.turns_away_get = True
    national.packages = [package("c_e506:alberi-0")]

    assert read(lecce).shown == 1
    assert [method for method, _asked in national.asked] == ["GET", "POST"]


@pytest.mark.parametrize(
    ("answer", "fault"),
    [
        ((502, b"Bad gateway"), "status 502"),
        ((200, b"<html>"), "no_json"),
        ((200, b'{"success": false, "error": {}}'), "no_json"),
        ((200, b'{"success": true, "result": {"count": "x", "results": []}}'), "no_json"),
        ((200, b"[" * 100_000), "no_json"),
    ],
)
def test_what_goes_wrong_is_told_and_the_last_good_reading_stays(catalogue, lecce, national, answer, fault):
    national.packages = [package("c_e506:alberi-0")]
    read(lecce)
    national.answer = answer

    reading = read(lecce)

    assert (reading.shown, reading.fault) == (1, fault)
    assert Entry.objects.newest_first().first().event == "federation.national_failed"


def test_it_is_asked_once_an_hour_by_those_who_may_and_never_when_switched_off(
    catalogue, lecce, bari, ada, national, settings
):
    now, by = timezone.now(), actor_of(ada)
    ask_for_reading(lecce, by=by, now=now)
    with pytest.raises(TooSoon) as refusal:
        ask_for_reading(lecce, by=by, now=now + timedelta(minutes=20))
    with pytest.raises(NotAllowed):
        ask_for_reading(bari, by=by, now=now)
    settings.NATIONAL_API = ""
    with pytest.raises(SwitchedOff):
        ask_for_reading(lecce, by=by, now=now + timedelta(days=1))
    ask_for_due_readings(now=now + timedelta(days=30))

    assert refusal.value.minutes == 41
    assert list(Task.objects.filter(key__startswith="federation").values_list("arguments", flat=True)) == [
        {"agent_id": lecce.pk}
    ]


def test_every_body_of_the_feed_is_read_once_a_week(catalogue, lecce, bari, national):
    now = timezone.now()
    ask_for_due_readings(now=now)
    ask_for_due_readings(now=now + timedelta(days=6))
    while run_next():
        pass

    assert NationalReading.objects.filter(read_at__isnull=False).count() == 2
    ask_for_due_readings(now=now + timedelta(days=8))
    assert Task.objects.filter(key__startswith="federation", status="waiting").count() == 2


NAMES = st.sampled_from(["c_e506:a", "C_E506:A", "c_e506:a~~1", "a", "c_e506:b", "b~~2", ""])
DATES = st.sampled_from(["", "2026-01-01", "01-02-2026", "2026-01-01T10:00:00", "ieri", "99-99-9999"])
AWAY = st.sampled_from(["", "", "withdrawn", "draft", "duplicate", "territorial", "demo", "quarantine"])


@given(
    st.lists(st.tuples(NAMES, DATES, AWAY), max_size=5, unique_by=lambda row: row[0].lower().partition("~")[0]),
    st.lists(st.tuples(NAMES, st.sampled_from(["Alberi", ""]), DATES), max_size=6),
)
def test_every_finding_of_any_two_catalogues_can_be_stored_and_said(ours, shown):
    today = timezone.localdate()
    mine = [
        OurDataset(identifier=name, title="x", modified=day, slug="x", since=today, away=away)
        for name, day, away in ours
    ]
    theirs = [
        ShownDataset(identifier=name, title=title, modified=day, touched="", organization="", address="")
        for name, title, day in shown
    ]

    findings = json.loads(json.dumps([one.to_json() for one in compare(mine, theirs, today=today)]))

    assert all("{" not in why_of(finding) and why_of(finding) for finding in findings)
    keys = {name.lower().partition("~")[0] for name, _title, _day in shown}
    missing = {one["identifier"].lower().partition("~")[0] for one in findings if one["kind"] == "missing"}
    assert missing == {name.lower().partition("~")[0] for name, _day, away in ours if not away} - keys


def test_days_are_read_however_they_are_written():
    assert [day_of(text) for text in ("2026-09-12T10:00:00Z", "12-09-2026", "12/09/2026", "2026", "")] == [
        "2026-09-12", "2026-09-12", "2026-09-12", "", "",
    ]  # fmt: skip
