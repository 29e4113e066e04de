"""Proves how links are asked: by HEAD through the guarded client, rarely when they answer, never when refused."""

from datetime import timedelta

import pytest
from django.utils import timezone

from opentusk.catalog.actions import withdraw
from opentusk.catalog.tests.records import distribution
from opentusk.journal.actors import SYSTEM
from opentusk.outbound.tests.local_server import Page, serving
from opentusk.quality.actions import check_links, score_datasets
from opentusk.quality.models import DatasetScore, UrlCheck


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
    assert [method for method, _path, _headers in site.asked] == ["HEAD"]
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
