"""Proves that a rebuild makes the feeds from rows alone, publishes all of it or nothing, and mends what was lost."""

import shutil

import pytest

from opentusk.catalog.actions import withdraw
from opentusk.feeds.actions import refresh_datasets
from opentusk.feeds.errors import BuildRefused
from opentusk.feeds.models import FeedBuild, FeedFragment, FeedPage, FeedQuarantine, FragmentText, SharedNode
from opentusk.feeds.rebuilding import rebuild_feeds
from opentusk.feeds.tests.conftest import publish_one
from opentusk.feeds.tests.reading import walk
from opentusk.journal.actors import SYSTEM
from opentusk.journal.models import Entry
from opentusk.journal.reactions import deliver_all

pytestmark = pytest.mark.django_db


def break_record(dataset):
    dataset.record["landing_page"] = "https://dati.example.org/ a<b"
    dataset.save(update_fields=["record"])


def etags(client):
    return [client.get(f"/catalog.ttl?page={number}")["ETag"] for number in (1, 2, 3)]


def test_everything_can_be_made_again_from_rows(client, catalogue, feeds_dir):
    before = walk(client, "/catalog.ttl")
    for model in (FeedPage, FragmentText, FeedFragment, SharedNode):
        model.objects.all().delete()
    shutil.rmtree(feeds_dir)

    build = rebuild_feeds()

    assert walk(client, "/catalog.ttl") == before
    assert (build.outcome, build.datasets) == (FeedBuild.Outcome.PUBLISHED, 7)


def test_a_rebuild_of_what_is_already_right_changes_no_tag(client, catalogue):
    rebuild_feeds()
    before = etags(client)

    rebuild_feeds()

    assert etags(client) == before


def test_a_rebuild_fills_the_holes_that_withdrawals_left(client, catalogue):
    withdraw(catalogue[0], by=SYSTEM, reason="superato")
    withdraw(catalogue[4], by=SYSTEM, reason="superato")
    deliver_all()

    rebuild_feeds()

    assert list(FeedPage.objects.of_feed("", "dcatap_it").values_list("datasets", flat=True)) == [3, 2]
    expected = [catalogue[place].identifier for place in (1, 2, 3, 5, 6)]
    assert walk(client, "/catalog.ttl") == expected


def test_a_rebuild_deletes_what_killed_writers_left(catalogue, feeds_dir):
    rebuild_feeds()
    named = set(feeds_dir.rglob("*.gz"))
    orphan = feeds_dir / "dcatap_it/catalogo/9-000000000000000000000000.ttl.gz"
    orphan.write_bytes(b"")
    SharedNode.objects.create(digest="0" * 24, iri="https://example.org/nobody", packed=b"")

    rebuild_feeds()

    assert set(feeds_dir.rglob("*.gz")) == named
    assert not SharedNode.objects.filter(digest="0" * 24).exists()


def test_one_broken_dataset_is_left_out_of_a_rebuild(client, lecce):
    datasets = [publish_one(lecce, f"alberi-{number}") for number in range(12)]
    deliver_all()
    break_record(datasets[5])

    build = rebuild_feeds()

    assert (build.datasets, build.quarantined) == (11, 1)
    assert datasets[5].identifier not in walk(client, "/catalog.ttl")


def test_a_rebuild_that_would_lose_many_datasets_is_refused_and_the_last_good_files_stay(client, catalogue):
    rebuild_feeds()
    before = etags(client)
    for dataset in catalogue[:2]:
        break_record(dataset)

    with pytest.raises(BuildRefused):
        rebuild_feeds()

    assert etags(client) == before
    assert len(walk(client, "/catalog.ttl")) == 7
    assert FeedQuarantine.objects.count() == 2
    assert Entry.objects.newest_first()[0].event == "feeds.build_refused"


def test_withdrawals_explain_a_drop(client, catalogue):
    for dataset in catalogue[:4]:
        withdraw(dataset, by=SYSTEM, reason="chiusura")

    build = rebuild_feeds()

    assert build.outcome == FeedBuild.Outcome.PUBLISHED
    assert walk(client, "/catalog.ttl") == [dataset.identifier for dataset in catalogue[4:]]


def test_a_change_after_a_refused_rebuild_keeps_the_others_on_their_page(client, catalogue):
    for dataset in catalogue[:2]:
        break_record(dataset)
    with pytest.raises(BuildRefused):
        rebuild_feeds()

    withdraw(catalogue[2], by=SYSTEM, reason="superato")
    refresh_datasets([catalogue[2].pk])

    assert walk(client, "/catalog.ttl") == [catalogue[place].identifier for place in (0, 1, 3, 4, 5, 6)]
