"""Proves how links are asked: by HEAD through the guarded client, rarely when they answer, never when refused."""

from datetime import timedelta

import pytest
from django.utils import timezone

from opentusk.catalog.actions import create_draft, withdraw
from opentusk.catalog.tests.records import EU, distribution, trees
from opentusk.journal.actors import ANONYMOUS, SYSTEM
from opentusk.journal.tasks import run_next
from opentusk.outbound.tests.local_server import Page, serving
from opentusk.quality.actions import ask_for_check, check_links, score_datasets
from opentusk.quality.errors import NotAllowed, TooSoon
from opentusk.quality.looking import is_another_type
from opentusk.quality.models import DatasetScore, UrlCheck, UrlResult


@pytest.fixture
def site(settings, tmp_path):
    settings.VAR_DIR = tmp_path
    with serving() as running:
        settings.OUTBOUND_ALLOWED_PRIVATE = [running.place]
        yield running


@pytest.fixture
def offered(publish_trees, site):
    """A dataset with one file on that server."""
    url = site.url("/alberi.csv")
    dataset = publish_trees(distribution=(distribution("alberi", access_url=url, download_url=(url,)),))
    score_datasets([dataset.pk])
    return dataset


def is_due_again() -> None:
    UrlCheck.objects.update(next_check_at=timezone.now())


def test_an_address_is_asked_with_head_and_its_dataset_is_scored_again(offered, site):
    site.pages["/alberi.csv"] = Page(b"specie,altezza\n")
    before = DatasetScore.objects.get().total

    assert check_links(limit=10) == 1

    check = UrlCheck.objects.get()
    assert site.asked[0][0] == "HEAD"
    assert (check.state, check.status) == ("ok", 200)
    assert check.last_ok_at == check.checked_at
    assert DatasetScore.objects.get().total - before == 80


def test_an_address_that_answers_is_left_alone_for_days(offered, site):
    site.pages["/alberi.csv"] = Page(b"")
    check_links(limit=10)

    assert check_links(limit=10) == 0
    assert UrlCheck.objects.get().next_check_at > timezone.now() + timedelta(days=6)


def test_an_address_that_fails_keeps_since_when_and_its_last_good_day(offered, site):
    site.pages["/alberi.csv"] = Page(b"")
    check_links(limit=10)
    site.pages["/alberi.csv"] = Page(status=405)
    is_due_again()
    check_links(limit=10)
    first = UrlCheck.objects.get()
    is_due_again()
    check_links(limit=10)
    second = UrlCheck.objects.get()

    assert (second.state, second.status, second.failures) == ("failing", 405, 2)
    assert second.since == first.since
    assert second.last_ok_at < second.since
    assert second.next_check_at - second.checked_at > first.next_check_at - first.checked_at


def test_an_address_inside_our_own_network_is_refused_not_asked(offered, site, settings):
    settings.OUTBOUND_ALLOWED_PRIVATE = []

    check_links(limit=10)

    assert (UrlCheck.objects.get().state, site.asked) == ("refused", [])


def test_no_more_addresses_are_asked_than_the_batch_has(publish_trees, site):
    for number in range(3):
        url = site.url(f"/{number}")
        score_datasets(
            [publish_trees(f"n{number}", distribution=(distribution("x", access_url=url, download_url=(url,)),)).pk]
        )

    assert check_links(limit=2) == 2
    assert check_links(limit=2) == 1


def test_an_address_that_nobody_offers_any_more_is_forgotten(offered, site):
    withdraw(offered, by=SYSTEM, reason="errore")
    score_datasets([offered.pk])

    assert check_links(limit=10) == 0
    assert not UrlCheck.objects.exists()


def test_a_server_that_refuses_head_loses_its_points_and_people_are_told_that_they_reach_it(offered, site):
    def only_get(door):
        door.send_response(405 if door.command == "HEAD" else 200)
        door.send_header("Content-Type", "text/csv")
        door.send_header("Content-Length", "15")
        door.end_headers()
        if door.command == "GET":
            door.wfile.write(b"specie,altezza\n")

    site.pages["/alberi.csv"] = only_get
    before = DatasetScore.objects.get().total

    check_links(limit=10)

    check = UrlCheck.objects.get()
    assert (check.state, check.status, check.get_status) == ("failing", 405, 200)
    assert check.answers_only_get
    assert DatasetScore.objects.get().total == before


CSV, HTML = f"{EU}file-type/CSV", b"<!doctype html><title>Accedi</title>"
BEHIND = [
    (b"specie,altezza\nleccio,12\n", {}, False),
    (HTML, {}, True),
    (b"%PDF-1.7 ", {}, True),
    (b"PK\x03\x04rest", {}, True),
    (b"PK\x03\x04rest", {"package_format": "application/zip"}, False),
    (b'{"a": 1}', {"format": f"{EU}file-type/GEOJSON"}, False),
    (b"<a/>", {"format": None}, False),
]


@pytest.mark.parametrize(("body", "declared", "is_another"), BEHIND)
def test_what_is_behind_an_address_is_compared_with_what_was_declared(offered, site, body, declared, is_another):
    site.pages["/alberi.csv"] = Page(body, headers={"Content-Type": "text/csv; charset=utf-8"})

    check_links(limit=10)

    check = UrlCheck.objects.get()
    assert (check.media_type, check.byte_size) == ("text/csv", len(body))
    assert is_another_type(distribution("alberi", **{"format": CSV, **declared}), check) is is_another


def test_the_last_twenty_results_are_kept(offered, site):
    site.pages["/alberi.csv"] = Page(b"")
    for _time in range(23):
        is_due_again()
        check_links(limit=1)

    assert UrlResult.objects.count() == UrlResult.KEPT
    assert UrlResult.objects.order_by("-pk")[0].state == "ok"


def test_whoever_looks_after_a_dataset_has_it_checked_now_but_not_again_and_again(offered, site):
    site.pages["/alberi.csv"] = Page(b"specie\n")
    check_links(limit=10)
    UrlCheck.objects.update(checked_at=timezone.now() - timedelta(minutes=5))

    ask_for_check(offered, by=SYSTEM)
    while run_next():
        pass

    assert UrlResult.objects.count() == 2
    with pytest.raises(TooSoon):
        ask_for_check(offered, by=SYSTEM)


def test_strangers_do_not_have_other_people_s_addresses_checked(offered):
    with pytest.raises(NotAllowed):
        ask_for_check(offered, by=ANONYMOUS)


def test_the_addresses_of_a_draft_are_checked_before_it_is_published(publish_trees, site):
    url = site.url("/bozza.csv")
    site.pages["/bozza.csv"] = Page(b"specie\n")
    holder = publish_trees().rights_holder
    part = distribution("bozza", access_url=url, download_url=(url,))
    draft = create_draft(trees("c_e506:bozza", distribution=(part,)), holder=holder, by=SYSTEM)

    ask_for_check(draft, by=SYSTEM)
    while run_next():
        pass

    assert UrlCheck.objects.get(url=url).state == "ok"
    assert not DatasetScore.objects.filter(dataset=draft).exists()
