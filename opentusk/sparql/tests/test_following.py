"""Proves that the store holds what the feeds hold, whatever happens to the catalogue, and nothing else."""

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pyoxigraph import DefaultGraph, NamedNode, RdfFormat, Store, Triple, parse

from opentusk.bodies.events import BodiesEvent
from opentusk.catalog.actions import change_record, create_draft, restore, withdraw
from opentusk.catalog.models import Dataset
from opentusk.catalog.records import iris, to_record
from opentusk.catalog.tests.records import trees
from opentusk.feeds.tests.conftest import publish_one
from opentusk.journal.actions import record
from opentusk.journal.actors import SYSTEM
from opentusk.journal.models import Task
from opentusk.journal.reactions import deliver_all
from opentusk.journal.tasks import run_next
from opentusk.kit.rdf.namespaces import HYDRA
from opentusk.sparql.actions import catch_up, rebuild_store
from opentusk.sparql.graphs import as_kept
from opentusk.sparql.places import current_snapshot

pytestmark = pytest.mark.django_db
_DATED = ("http://purl.org/dc/terms/modified",)


def whole() -> set[Triple]:
    """What is asked when no graph is named."""
    store = Store.read_only(str(current_snapshot()))
    return {quad.triple for quad in store.quads_for_pattern(None, None, None, DefaultGraph())}


def graphs() -> dict[str, set[Triple]]:
    store = Store.read_only(str(current_snapshot()))
    return {
        name.value: {quad.triple for quad in store.quads_for_pattern(None, None, None, name)}
        for name in store.named_graphs()
    }


def feed(client) -> set[Triple]:
    """What the pages of the catalogue say, without their paging."""
    found, number = set(), 1
    while (page := client.get("/catalog.nt", {"page": number})).status_code == 200:
        found |= {quad.triple for quad in parse(page.content, RdfFormat.N_TRIPLES)}
        number += 1
    said = as_kept(triple for triple in found if "hydra" not in str(triple))
    return said - dates_of_catalogue(said)


def dates_of_catalogue(triples) -> set[Triple]:
    """Each page keeps the date of when it was written; the store has one date."""
    catalogue = NamedNode(iris().catalog())
    return {triple for triple in triples if triple.subject == catalogue and triple.predicate.value in _DATED}


def settle() -> None:
    deliver_all()
    catch_up()


def rename(dataset, title) -> None:
    dataset.refresh_from_db()
    change_record(dataset, replace(to_record(dataset), title={"it": title}), by=SYSTEM, expected=dataset.checksum)


def test_the_store_holds_exactly_what_the_feeds_hold(client, store):
    assert whole() - dates_of_catalogue(whole()) == feed(client)
    assert len(dates_of_catalogue(whole())) == 1
    assert set(graphs()) == {iris().catalog(), *(dataset.record["iri"] for dataset in store)}
    assert set().union(*graphs().values()) == whole()
    assert HYDRA("totalItems").value not in str(whole())


def test_drafts_withdrawn_datasets_and_duplicates_are_never_in_it(client, store, lecce):
    draft = create_draft(trees("c_e506:segreto", title={"it": "Segreto"}), holder=lecce, by=SYSTEM)
    withdraw(store[0], by=SYSTEM, reason="Dati sbagliati")
    Dataset.objects.filter(pk=store[1].pk).update(duplicate_of=store[2])
    rename(store[1], "Un doppione")
    settle()

    said = str(whole())
    assert draft.record["iri"] not in said and "Segreto" not in said
    assert store[0].record["iri"] not in said
    assert "Un doppione" not in said
    assert whole() - dates_of_catalogue(whole()) == feed(client)


def test_a_body_that_is_renamed_has_one_name(client, store, lecce):
    lecce.name = "Città di Lecce"
    lecce.save(update_fields=["name"])
    record(BodiesEvent.AGENT_CHANGED, lecce, by=SYSTEM)
    settle()

    assert "Città di Lecce" in str(whole()) and "Comune di Lecce" not in str(whole())


def test_rows_that_are_deleted_leave_the_store(store):
    withdraw(store[0], by=SYSTEM, reason="Via")
    iri = store[0].record["iri"]
    store[0].delete()
    settle()

    assert iri not in graphs()


def test_a_burst_of_changes_is_one_piece_of_work_and_one_snapshot(store):
    before = current_snapshot()
    for number, dataset in enumerate(store):
        rename(dataset, f"Nuovo titolo {number}")
    deliver_all()

    assert Task.objects.filter(key="sparql:store", status="waiting").count() == 1
    while run_next():
        pass
    assert int(current_snapshot().name) == int(before.name) + 1
    assert "Nuovo titolo 6" in str(whole())


def test_what_changes_nothing_makes_no_snapshot(store):
    before = current_snapshot()
    record(BodiesEvent.AGENT_CHANGED, store[0].rights_holder, by=SYSTEM)
    settle()

    assert current_snapshot() == before


def test_old_snapshots_are_thrown_away_but_not_the_last_ones(store):
    for number in range(5):
        rename(store[0], f"Titolo {number}")
        settle()

    kept = sorted(int(path.name) for path in current_snapshot().parent.iterdir())
    assert kept == [4, 5, 6] and current_snapshot().name == "6"


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    steps=st.lists(
        st.tuples(st.sampled_from(("publish", "rename", "withdraw", "restore")), st.integers(0, 2), st.booleans()),
        max_size=12,
    )
)
def test_any_history_gives_what_a_rebuild_gives(lecce, steps):
    rebuild_store()
    datasets: dict[int, Dataset] = {
        number: Dataset.objects.get(identifier=f"c_e506:gioco-{number}")
        for number in range(3)
        if Dataset.objects.filter(identifier=f"c_e506:gioco-{number}").exists()
    }
    for number, (verb, which, is_settled) in enumerate(steps):
        _step(verb, which, number, lecce, datasets)
        if is_settled:
            settle()
    settle()
    followed, named = whole(), graphs()

    rebuild_store()

    assert followed == whole() and named == graphs()


def _step(verb, which, number, lecce, datasets):
    dataset = datasets.get(which)
    if dataset is None:
        datasets[which] = publish_one(lecce, f"gioco-{which}")
        return
    dataset.refresh_from_db()
    if verb == "rename" and dataset.is_published:
        rename(dataset, f"Titolo {number}")
    elif verb == "withdraw" and dataset.is_published:
        withdraw(dataset, by=SYSTEM, reason="Prova")
    elif verb == "restore" and dataset.is_withdrawn:
        restore(dataset, by=SYSTEM)
