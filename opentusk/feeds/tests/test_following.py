"""Proves that the feeds follow the journal: what is public is in them, what is not is out, nothing else moves."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone
from pyoxigraph import NamedNode

from opentusk.bodies.events import BodiesEvent
from opentusk.catalog.actions import change_record, create_draft, restore, withdraw
from opentusk.catalog.models import Dataset
from opentusk.catalog.records import agent_record, to_record
from opentusk.catalog.tests.records import trees
from opentusk.feeds.actions import refresh_datasets, write_lists
from opentusk.feeds.models import FeedFragment, FeedPage, FeedQuarantine
from opentusk.feeds.tests.conftest import publish_one
from opentusk.feeds.tests.reading import graph_of, hydra, identifiers, walk
from opentusk.journal.actions import record
from opentusk.journal.actors import SYSTEM
from opentusk.journal.models import Entry, Task
from opentusk.journal.reactions import deliver_all
from opentusk.kit.rdf.namespaces import FOAF
from opentusk.kit.rdf.syntaxes import Syntax

pytestmark = pytest.mark.django_db


def files(directory) -> dict[str, int]:
    return {str(path): path.stat().st_mtime_ns for path in directory.rglob("*.gz")}


def page(client, number=1, extension="ttl", **query):
    return client.get(f"/catalog.{extension}", {"page": number, **query})


def rename(dataset, title):
    dataset.refresh_from_db()
    changed = replace(to_record(dataset), title={"it": title})
    change_record(dataset, changed, by=SYSTEM, expected=dataset.checksum)
    deliver_all()


@transaction.atomic
def change_name(agent, name):
    agent.name = name
    agent.save(update_fields=["name"])
    record(BodiesEvent.AGENT_CHANGED, agent, by=SYSTEM)


def names_of(graph, agent):
    return [value.value for value in graph.values(NamedNode(agent_record(agent).iri), FOAF("name"))]


def test_a_published_dataset_is_in_the_complete_feed_and_in_that_of_its_titolare(client, catalogue, lecce):
    assert walk(client, "/catalog.ttl") == [dataset.identifier for dataset in catalogue]
    assert walk(client, f"/catalog.ttl?fq=organization:{lecce.slug}") == [row.identifier for row in catalogue[:5]]
    assert walk(client, "/catalog.ttl?fq=organization:C_A662") == [row.identifier for row in catalogue[5:]]


def test_a_draft_is_in_no_feed(client, catalogue, lecce):
    create_draft(trees("c_e506:bozza"), holder=lecce, by=SYSTEM)
    deliver_all()

    assert "c_e506:bozza" not in walk(client, "/catalog.ttl")


def test_a_withdrawn_dataset_leaves_the_feed_at_once_and_the_others_stay_on_their_pages(client, catalogue):
    before = [identifiers(graph_of(page(client, number).content)) for number in (1, 2, 3)]

    withdraw(catalogue[1], by=SYSTEM, reason="superato")
    deliver_all()

    after = [identifiers(graph_of(page(client, number).content)) for number in (1, 2, 3)]
    before[0].remove(catalogue[1].identifier)
    assert after == before
    assert hydra(graph_of(page(client).content))["totalItems"] == "6"


def test_a_restored_dataset_comes_back_at_the_end(client, catalogue):
    withdraw(catalogue[0], by=SYSTEM, reason="errore")
    deliver_all()

    restore(Dataset.objects.get(pk=catalogue[0].pk), by=SYSTEM)
    deliver_all()

    assert walk(client, "/catalog.ttl")[-1] == catalogue[0].identifier


def test_a_page_that_would_be_empty_in_the_middle_is_closed(client, catalogue):
    for dataset in catalogue[:3]:
        withdraw(dataset, by=SYSTEM, reason="superato")
    deliver_all()

    assert walk(client, "/catalog.ttl") == [dataset.identifier for dataset in catalogue[3:]]
    assert page(client, 3).status_code == 404
    assert FeedPage.objects.of_feed("", "dcatap_it").count() == 2


def test_the_last_page_goes_when_its_last_dataset_goes(client, catalogue):
    withdraw(catalogue[6], by=SYSTEM, reason="superato")
    deliver_all()

    assert "next" not in hydra(graph_of(page(client, 2).content))
    assert page(client, 3).status_code == 404


def test_a_feed_without_datasets_is_not_served_as_an_empty_one(client, catalogue, bari):
    for dataset in catalogue:
        withdraw(dataset, by=SYSTEM, reason="chiusura")
    deliver_all()

    assert page(client).status_code == 503
    assert page(client, fq=f"organization:{bari.slug}").status_code == 404


def test_an_edit_writes_only_the_pages_of_its_dataset_and_moves_nobody(client, catalogue, feeds_dir):
    before = files(feeds_dir)

    rename(catalogue[4], "Alberi, nuovo titolo")

    new = {path for path in files(feeds_dir) if path not in before}
    assert {path.rpartition("-")[0].removeprefix(f"{feeds_dir}/") for path in new if "/dcatap" in path} == {
        f"{profile}/{feed}/2" for profile in ("dcatap_it", "dcatap_3") for feed in ("catalogo", "enti/c_e506")
    }
    assert walk(client, "/catalog.ttl") == [dataset.identifier for dataset in catalogue]
    assert "Alberi, nuovo titolo" in page(client, 2).content.decode()


def test_files_that_nothing_names_any_more_are_deleted(catalogue, feeds_dir):
    count = len(files(feeds_dir))

    rename(catalogue[4], "Alberi, nuovo titolo")

    assert len(files(feeds_dir)) == count


def test_the_same_state_written_again_changes_no_file(catalogue, feeds_dir):
    before = files(feeds_dir)

    refresh_datasets([dataset.pk for dataset in catalogue])

    moved = {path for path, time in files(feeds_dir).items() if before.get(path) != time}
    assert moved == set()


def test_every_page_says_the_same_in_every_syntax(client, catalogue):
    for profile in ("dcatap_it", "dcatap_3"):
        graphs = {
            syntax: graph_of(page(client, 1, syntax.value, profiles=profile).content, syntax) for syntax in Syntax
        }
        # Each syntax pages through documents of its own, so the links differ and nothing else does.
        said = {
            syntax: {str(triple) for triple in graph.triples() if "hydra" not in str(triple)}
            for syntax, graph in graphs.items()
        }
        assert len({frozenset(statements) for statements in said.values()}) == 1


def test_a_body_with_a_new_name_has_it_on_all_its_datasets(client, lecce):
    publish_one(lecce, "alberi", publisher=agent_record(lecce), creator=(agent_record(lecce),))
    deliver_all()

    change_name(lecce, "Città di Lecce")
    deliver_all()

    graph = graph_of(page(client).content)
    assert names_of(graph, lecce) == ["Città di Lecce"]


def test_a_dataset_that_cannot_be_written_is_left_out_and_told_and_the_page_stays_whole(client, catalogue):
    broken = catalogue[1]
    broken.record["landing_page"] = "https://dati.example.org/ a<b"
    broken.save(update_fields=["record"])

    refresh_datasets([broken.pk])

    assert broken.identifier not in walk(client, "/catalog.ttl")
    assert len(walk(client, "/catalog.ttl")) == 6
    assert FeedQuarantine.objects.get().dataset == broken
    assert Entry.objects.about(broken).newest_first()[0].event == "feeds.dataset_quarantined"
    assert broken.title in client.get("/federazione/esclusi").content.decode()


def test_a_mended_dataset_leaves_the_quarantine(client, catalogue):
    broken = catalogue[1]
    sound = dict(broken.record)
    broken.record["landing_page"] = "https://dati.example.org/ a<b"
    broken.save(update_fields=["record"])
    refresh_datasets([broken.pk])

    broken.record = sound
    broken.save(update_fields=["record"])
    refresh_datasets([broken.pk])

    assert not FeedQuarantine.objects.exists()
    assert broken.identifier in walk(client, "/catalog.ttl")


def test_a_duplicate_is_in_no_feed(client, catalogue):
    Dataset.objects.filter(pk=catalogue[2].pk).update(duplicate_of=catalogue[0])

    refresh_datasets([catalogue[2].pk])

    assert catalogue[2].identifier not in walk(client, "/catalog.ttl")


def test_demonstration_rows_stay_at_home_unless_the_portal_is_a_demonstration(client, catalogue, settings):
    Dataset.objects.filter(pk=catalogue[0].pk).update(is_demo=True)
    refresh_datasets([catalogue[0].pk])
    shown = walk(client, "/catalog.ttl")

    settings.DEMO_IN_FEEDS = False
    refresh_datasets([catalogue[0].pk])

    assert catalogue[0].identifier in shown
    assert catalogue[0].identifier not in walk(client, "/catalog.ttl")


def test_an_older_reading_never_overwrites_a_newer_fragment(catalogue):
    FeedFragment.objects.update(as_of=10**9)
    stale = catalogue[0]
    stale.record["title"] = {"it": "Vecchio"}
    stale.save(update_fields=["record"])
    before = list(FeedFragment.objects.values_list("texts__packed", flat=True))

    refresh_datasets([stale.pk])

    assert [bytes(packed) for packed in FeedFragment.objects.values_list("texts__packed", flat=True)] == [
        bytes(packed) for packed in before
    ]


def test_the_lists_are_asked_for_once_for_a_burst_of_changes(catalogue, bari):
    write_lists()
    Task.objects.all().delete()

    publish_one(bari, "altro")
    deliver_all()
    publish_one(bari, "altro-ancora")
    deliver_all()

    waiting = Task.objects.filter(function="opentusk.feeds.tasks.update_lists")
    assert waiting.count() == 1
    assert waiting.get().next_attempt_at > timezone.now() + timedelta(seconds=30)


def test_the_first_lists_do_not_wait(catalogue):
    task = Task.objects.get(function="opentusk.feeds.tasks.update_lists")

    assert task.next_attempt_at <= timezone.now()
