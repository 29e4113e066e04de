"""One write at a time for each store: new files first, then the row that points at them, in one short transaction.

Writers on one machine wait for one another at a file lock, which a writer that dies lets go. The pointer moves only
from the state that the write began with, under a lock of the row, so that writers on two machines cannot lose each
other's rows either: the later one begins again.
"""

import fcntl
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb
from django.conf import settings
from django.db import transaction
from django.utils import timezone

from opentusk.datastore.actions.settling import settle
from opentusk.datastore.errors import Contended, StoreGone
from opentusk.datastore.events import DatastoreEvent
from opentusk.datastore.models import Store, StoreState, api_names, field_json
from opentusk.journal.actions import record
from opentusk.journal.actors import Actor
from opentusk.kit.datastore.cells import literal
from opentusk.kit.datastore.looking import suspicions_in_all, suspicions_in_batch
from opentusk.kit.datastore.segments import Contents, Workbench
from opentusk.kit.datastore.staging import Batch
from opentusk.kit.queries.errors import OverBudget
from opentusk.kit.tables.shapes import PersonalFinding
from opentusk.quality.findings import finding_of, finding_to_json, stopping, together

_MOST_ATTEMPTS = 8


@dataclass(frozen=True)
class Change:
    """What a write makes: the new rows, the batch that must be looked at, and what the caller wants to know of it.

    `batch` None with `is_looser`: rows or columns went, so what was suspected may be gone too.
    """

    contents: Contents
    batch: Batch | None = None
    is_looser: bool = False
    answer: object = None


Make = Callable[[Workbench, Contents], Change]


def change_store(store: Store, make: Make, *, by: Actor, is_dry: bool = False, begins: bool = False) -> Change:
    """Let `make` write, look at what it wrote, and point at it. With `is_dry` nothing is kept.

    Raises BadAsk from `make`, Contended.
    """
    for _attempt in range(_MOST_ATTEMPTS):
        with _turn_of(store) as folder, _workbench(folder) as bench:
            before = _as_it_is(store)
            kept: Contents | None = None
            try:
                change = make(bench, before.head.contents() if before.head else _nothing())
                findings = _suspicions(bench, before, change)
                if is_dry:
                    return change
                _flush(bench, folder)
                if _point(before, change, findings, by, begins=begins):
                    kept = change.contents
                    return change
            except duckdb.OutOfMemoryException as fault:
                raise OverBudget("memory") from fault
            finally:
                bench.discard(kept)
    raise Contended


def rehearse(make: Make) -> None:
    """Let `make` write where nobody reads it, so that it refuses before anything is there. Raises BadAsk."""
    with TemporaryDirectory(dir=_spill()) as folder, _workbench(Path(folder)) as bench:
        try:
            make(bench, _nothing())
        except duckdb.OutOfMemoryException as fault:
            raise OverBudget("memory") from fault


@contextmanager
def _turn_of(store: Store) -> Iterator[Path]:
    folder = store.folder
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield folder


@contextmanager
def _workbench(folder: Path) -> Iterator[Workbench]:
    config = {
        "memory_limit": f"{settings.QUERY_MEMORY}MB",
        "threads": settings.QUERY_THREADS,
        "temp_directory": str(_spill()),
        "autoinstall_known_extensions": False,
        "autoload_known_extensions": False,
        "TimeZone": "UTC",
    }
    with duckdb.connect(":memory:") as connection:
        for name, value in config.items():
            connection.execute(f"SET {name} = {_setting(value)}")
        yield Workbench(connection, folder)


def _spill() -> Path:
    spill = Path(settings.VAR_DIR) / "spill"
    spill.mkdir(parents=True, exist_ok=True)
    return spill


def _setting(value: object) -> str:
    return str(value).lower() if isinstance(value, bool | int) else literal(str(value))


def _as_it_is(store: Store) -> Store:
    found = Store.objects.with_states().filter(pk=store.pk).first()
    if found is None:
        raise StoreGone
    return found


def _nothing() -> Contents:
    return Contents(fields=(), key=(), segments=(), next_id=1)


def _suspicions(bench: Workbench, before: Store, change: Change) -> list[PersonalFinding]:
    """What is suspected in all the rows after the change."""
    known = [finding_of(stored) for stored in before.head.findings] if before.head else []
    names = api_names(change.contents.fields)
    if change.batch is not None:
        found = suspicions_in_batch(bench, change.batch, change.contents, names)
        return together(known, stopping(found))
    if known and change.is_looser:
        return stopping(suspicions_in_all(bench, change.contents, names))
    return known


def _flush(bench: Workbench, folder: Path) -> None:
    """Bring the new files to the disk before a row names them."""
    for name in (*bench.made, "."):
        path = folder / name
        if path.exists():
            number = os.open(path, os.O_RDONLY)
            try:
                os.fsync(number)
            finally:
                os.close(number)


@transaction.atomic
def _point(before: Store, change: Change, findings: list[PersonalFinding], by: Actor, *, begins: bool) -> bool:
    """Point at the new state; False when another write was quicker."""
    store = Store.objects.select_for_update(of=("self",), no_key=True).filter(pk=before.pk).first()
    if store is None or store.number != before.number:
        return False
    store.distribution = before.distribution
    contents = change.contents
    state = StoreState.objects.create(
        store=store,
        number=store.number + 1,
        fields=[field_json(field) for field in contents.fields],
        segments=[segment.as_json() for segment in contents.segments],
        rows=contents.rows,
        findings=[finding_to_json(finding) for finding in findings],
    )
    store.number, store.next_id, store.key = state.number, contents.next_id, list(contents.key)
    store.head, store.written_at, store.written_by_id = state, timezone.now(), by.user_id
    store.save(update_fields=["number", "next_id", "key", "head", "written_at", "written_by"])
    settle(store, by=by)
    dataset = before.distribution.dataset
    facts = {"table": str(before.distribution.uuid), "rows": state.rows, "state": state.number}
    event = DatastoreEvent.STORE_MADE if begins else DatastoreEvent.ROWS_WRITTEN
    record(event, dataset, by=by, facts=facts)
    return True
