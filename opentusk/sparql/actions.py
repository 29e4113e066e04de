"""Writing the store: following the journal, and making it again."""

import shutil
from collections.abc import Collection, Sequence

from pyoxigraph import NamedNode, Store

from opentusk.bodies.events import BodiesEvent
from opentusk.catalog.models import Dataset
from opentusk.catalog.records import iris
from opentusk.feeds.events import FeedsEvent
from opentusk.feeds.records import last_entry
from opentusk.journal.models import Entry
from opentusk.sparql.graphs import (
    catalogue_statements,
    graph_of,
    quads_of,
    replace_graph,
    shown_datasets,
    statements_of,
)
from opentusk.sparql.places import (
    building_path,
    holding_the_pen,
    note_position,
    position,
    publish_snapshot,
    replace_store,
    store_path,
)

_AT_ONCE = 500
_ABOUT_DATASETS = ("catalog.", FeedsEvent.DATASET_QUARANTINED, FeedsEvent.DATASET_RELEASED)


def catch_up() -> None:
    """Bring the store up to the journal, and let readers see it when something changed.

    The store has its own place in the journal, so nothing is missed however often or seldom this is called.
    """
    if not store_path().exists():
        rebuild_store()
        return
    with holding_the_pen():
        while entries := list(Entry.objects.after(position())[:_AT_ONCE]):
            _follow(_datasets_of(entries))
            note_position(entries[-1].seq)


def rebuild_store() -> int:
    """Make the store from rows beside the old one, and put it in its place; how many datasets are in it."""
    with holding_the_pen():
        as_of = last_entry()
        count = _build()
        replace_store()
        publish_snapshot(Store(store_path()))
        note_position(as_of)
    return count


def _datasets_of(entries: Sequence[Entry]) -> set[int]:
    """The datasets that these entries touch."""
    datasets = {entry.subject_id for entry in entries if entry.event.startswith(_ABOUT_DATASETS)}
    bodies = {entry.subject_id for entry in entries if entry.event == BodiesEvent.AGENT_CHANGED}
    return datasets.union(Dataset.objects.filter(rights_holder__in=bodies).values_list("pk", flat=True))


def _follow(dataset_ids: Collection[int]) -> None:
    if not dataset_ids:
        return
    store = Store(store_path())
    shown = {row.pk: row for row in shown_datasets().filter(pk__in=dataset_ids)}
    rows = list(Dataset.objects.filter(pk__in=dataset_ids))
    changed = [
        replace_graph(store, graph_of(row), statements_of(shown[row.pk]) if row.pk in shown else set())
        for row in rows
        if row.record.get("iri")
    ]
    if len(rows) < len(dataset_ids):
        changed.append(_forget_deleted(store))
    if any(changed):
        replace_graph(store, NamedNode(iris().catalog()), catalogue_statements())
        publish_snapshot(store)


def _forget_deleted(store: Store) -> bool:
    """Take away the graphs of rows that are gone, which nothing names any more; whether there were any."""
    known = {NamedNode(iri) for iri in shown_datasets().values_list("record__iri", flat=True) if iri}
    orphans = [
        name
        for name in store.named_graphs()
        if isinstance(name, NamedNode) and name not in known and name.value != iris().catalog()
    ]
    for name in orphans:
        replace_graph(store, name, set())
    return bool(orphans)


def _build() -> int:
    shutil.rmtree(building_path(), ignore_errors=True)
    store = Store(building_path())
    count = 0
    for row in shown_datasets().in_feed_order().iterator(chunk_size=_AT_ONCE):
        statements = statements_of(row)
        store.extend(quads_of(graph_of(row), statements))
        count += bool(statements)
    store.extend(quads_of(NamedNode(iris().catalog()), catalogue_statements()))
    store.flush()
    return count
