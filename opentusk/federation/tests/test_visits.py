"""Proves that who reads is counted beside the answer: nothing is lost, nothing slows down, nobody is followed."""

import json
import timeit
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.http import HttpResponse
from django.test import RequestFactory

from opentusk.federation import visits
from opentusk.federation.models import Visit
from opentusk.federation.noting import NoteVisits, line_of
from opentusk.federation.visits import collect_visits, forget_old_visits

pytestmark = pytest.mark.django_db
CKAN = "python-requests/2.32.3"
SEARCH = "/api/3/action/package_search"


def soon() -> datetime:
    """When the file of this minute is finished."""
    return datetime.now(UTC) + timedelta(minutes=3)


def get(client, address, agent=CKAN, **headers):
    return client.get(address, headers={"user-agent": agent, **headers})


def test_a_harvester_that_pages_through_is_one_visit(client, catalogue):
    client.head("/catalog.rdf", headers={"user-agent": CKAN})
    for number in (1, 2, 3, 4):
        get(client, f"/catalog.rdf?page={number}")
    get(client, "/catalog.ttl?fq=organization:comune-di-lecce", agent="Vert.x-WebClient/4.5")

    assert collect_visits(now=soon()) == 6

    whole, lecce = Visit.objects.order_by("pk")
    assert (whole.reader, whole.door, whole.asked, whole.scope) == (CKAN, "feed", "/catalog.rdf", "")
    assert (whole.requests, whole.pages, whole.last_page) == (5, [1, 2, 3], 3)
    assert whole.statuses == {"200": 4, "404": 1} and whole.failures == 1
    assert (lecce.scope, lecce.asked) == ("comune-di-lecce", "/catalog.ttl?fq=organization%3Acomune-di-lecce")


def test_requests_of_later_minutes_go_on_with_the_visit_and_a_pause_ends_it(client, catalogue, settings):
    folder = Path(settings.VISITS_DIR)
    folder.mkdir()
    start = datetime(2026, 11, 21, 6, 0, tzinfo=UTC).timestamp()

    def arrive(minute, page):
        line = [start + minute * 60, "feed", "", "/catalog.rdf", page, 200, CKAN]
        (folder / f"{int(start // 60) + minute}-1.log").write_text(json.dumps(line) + "\n")
        collect_visits(now=datetime.fromtimestamp(start + (minute + 3) * 60, UTC))

    for minute, page in ((0, 1), (10, 2), (35, 3), (66, 1)):
        arrive(minute, page)

    assert [visit.pages for visit in Visit.objects.order_by("started_at")] == [[1, 2, 3], [1]]


@pytest.mark.parametrize(
    ("address", "door", "page", "scope"),
    [
        ("/api/3/action/package_search?rows=100&start=200&fq=organization:lecce", "ckan", 3, "lecce"),
        ('/api/action/package_search?q=title:x+AND+organization:"lecce"', "ckan", 1, "lecce"),
        ("/api/3/action/package_search?rows=0&start=5", "ckan", 1, ""),
        ("/catalog.rdf?page=99999999999999&fq=-organization:lecce", "feed", 1_000_000, ""),
        ("/feed/changes.trig?page=x", "changes", 1, ""),
        ("/data.json", "data_json", 1, ""),
        ("/api/v1/datasets?q=alberi&page=2", "search", 2, ""),
    ],
)
def test_what_was_asked_is_read_from_the_address(address, door, page, scope):
    line = line_of(RequestFactory().get(address), 200, at=1.0)

    assert (line.door, line.page, line.scope) == (door, page, scope)
    assert "page=" not in line.asked and "start=" not in line.asked and "rows=" not in line.asked


@pytest.mark.parametrize(
    ("address", "asked"),
    [
        ("/api/3/action/user_list?email=ada@example.org", "/api/3/action/user_list"),
        ("/api/3/action/inventata-7", "/api/3/action/…"),
        (
            "/api/3/action/package_search?q=Mario+Rossi&fq=tags:x+-organization:lecce",
            f"{SEARCH}?fq=-organization%3Alecce",
        ),
        ("/api/v1/datasets?q=Mario+Rossi", "/api/v1/datasets"),
        ("/api/v1/datasets/alberi", "/api/v1/datasets…"),
        ("/catalog.inventata", "/catalog.…"),
        ("/catalog.ttl?profile=dcat_ap_it&x=7", "/catalog.ttl?profile=dcat_ap_it"),
        ("/data.json?x=7", "/data.json"),
    ],
)
def test_free_text_and_invented_addresses_are_not_kept(address, asked):
    assert line_of(RequestFactory().get(address), 200, at=1.0).asked == asked


def test_what_readers_invent_in_a_day_is_counted_together(db, settings, monkeypatch):
    monkeypatch.setattr(visits, "_MOST_READERS", 2)
    monkeypatch.setattr(visits, "_MOST_ADDRESSES", 3)
    monkeypatch.setattr(visits, "_MOST_PAGES", 4)
    folder = Path(settings.VISITS_DIR)
    folder.mkdir()
    start = int(datetime(2026, 11, 21, 6, 0, tzinfo=UTC).timestamp())
    for minute in (0, 1):
        lines = [[start + minute * 60 + n, "feed", f"e{n}", f"/catalog.ttl?fq={n}", n, 200, CKAN] for n in range(1, 9)]
        lines += [[start + minute * 60 + n, "feed", "", "/catalog.ttl", 1, 200, f"r{n}"] for n in range(1, 9)]
        (folder / f"{start // 60 + minute}-1.log").write_text("".join(json.dumps(line) + "\n" for line in lines))
        collect_visits(now=datetime.fromtimestamp(start + (minute + 3) * 60, UTC))

    kept = {(visit.reader, visit.asked): visit for visit in Visit.objects.all()}
    assert {reader for reader, _asked in kept} == {CKAN, "r1", "…"} and len(kept) == 6
    assert kept[CKAN, "…"].requests == 10 and kept[CKAN, "…"].scope == ""
    assert len(kept[CKAN, "…"].pages) == 4 and kept[CKAN, "…"].last_page == 8
    assert kept["…", "/catalog.ttl"].requests == 14


def test_nothing_tells_where_a_reader_came_from_and_what_it_says_is_cut(client, catalogue, settings):
    get(client, "/catalog.ttl", agent="x" * 5_000 + "\n\x00", **{"x-forwarded-for": "192.0.2.77"})
    written = "".join(path.read_text() for path in Path(settings.VISITS_DIR).iterdir())
    collect_visits(now=soon())

    assert "192.0.2" not in written and "127.0.0.1" not in written
    assert len(Visit.objects.get().reader) == 200
    assert list(Path(settings.VISITS_DIR).iterdir()) == []


def test_the_file_of_this_minute_waits_and_a_line_cut_short_costs_only_itself(client, catalogue, settings):
    get(client, "/catalog.ttl")
    assert collect_visits(now=datetime.now(UTC)) == 0
    path = next(Path(settings.VISITS_DIR).iterdir())
    path.write_text(path.read_text() + '[12.5,"feed","')

    assert collect_visits(now=soon()) == 1


def test_other_addresses_are_not_noted_and_a_full_disk_keeps_nobody_from_reading(client, catalogue, settings):
    get(client, "/")
    assert not Path(settings.VISITS_DIR).exists()
    Path(settings.VISITS_DIR).write_text("a file where the folder should be")

    assert get(client, "/catalog.ttl").status_code == 200


def test_noting_costs_a_small_part_of_half_a_millisecond(settings):
    note = NoteVisits(lambda request: HttpResponse())
    request = RequestFactory().get("/catalog.rdf?page=2", headers={"user-agent": CKAN})
    bare = RequestFactory().get("/dataset/alberi")

    noted = min(timeit.repeat(lambda: note(request), number=200, repeat=5)) / 200
    unnoted = min(timeit.repeat(lambda: note(bare), number=200, repeat=5)) / 200

    assert noted - unnoted < 0.000_25


def test_visits_of_long_ago_are_forgotten(client, catalogue):
    get(client, "/catalog.ttl")
    collect_visits(now=soon())

    forget_old_visits(now=soon() + timedelta(days=399))
    assert Visit.objects.count() == 1
    forget_old_visits(now=soon() + timedelta(days=401))
    assert Visit.objects.count() == 0
