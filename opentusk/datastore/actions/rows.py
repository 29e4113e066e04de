"""Rows of a store are added, changed, deleted."""

from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import Any

from opentusk.catalog.permissions import can_edit, require
from opentusk.datastore.actions.turning import Change, change_store
from opentusk.datastore.models import Store
from opentusk.journal.actors import Actor
from opentusk.kit.datastore.asking import decoded
from opentusk.kit.datastore.errors import bad
from opentusk.kit.datastore.filters import read_filters
from opentusk.kit.datastore.segments import Contents, Workbench
from opentusk.kit.datastore.shapes import ID, Source
from opentusk.kit.datastore.staging import check_records, stage
from opentusk.kit.queries.compiling import Compiler
from opentusk.kit.queries.shapes import TableRef


class Method(StrEnum):
    """How rows are written."""

    UPSERT = "upsert"
    INSERT = "insert"
    UPDATE = "update"


def write_rows(
    store: Store,
    records: Sequence[Mapping[str, Any]],
    method: Method,
    *,
    by: Actor,
    is_dry: bool = False,
    wants_rows: bool = False,
) -> Change:
    """Add or change rows, all or none; `answer` are these, when they are wanted. Raises BadAsk."""
    require(can_edit(by, store.distribution.dataset), "write", store.distribution.dataset)
    records = check_records(records)

    def make(bench: Workbench, contents: Contents) -> Change:
        batch = stage(bench.connection, records, contents.fields, bench.folder)
        if method is Method.INSERT:
            if batch.has_ids:
                raise bad("records", f'"{ID}" is given by the portal')
            after = bench.insert(contents, batch)
        else:
            after = bench.change(contents, batch, inserts=method is Method.UPSERT)
        rows = bench.rows_written(contents, after, by_key=method is not Method.INSERT) if wants_rows else None
        return Change(after, batch=batch, answer=rows)

    return change_store(store, make, by=by, is_dry=is_dry)


def delete_rows(store: Store, filters: object, *, by: Actor, wants_rows: bool = False) -> Change:
    """Delete the rows that a filter finds; `answer` are they, when they are wanted. Raises BadAsk."""
    require(can_edit(by, store.distribution.dataset), "write", store.distribution.dataset)
    given = decoded("filters", filters)

    def make(bench: Workbench, contents: Contents) -> Change:
        where = read_filters(_source(contents, bench), given)
        gone: object = None
        if wants_rows:
            compiler = Compiler()
            condition = " AND ".join(compiler.condition(one) for one in where) or "TRUE"
            gone = bench.rows_of(contents, condition, compiler.parameters)
        return Change(bench.delete(contents, where), is_looser=True, answer=gone)

    return change_store(store, make, by=by)


def _source(contents: Contents, bench: Workbench) -> Source:
    files = tuple(bench.folder / segment.file for segment in contents.segments)
    ref = TableRef(key="", parquet=files[0], columns=(), parts=files)
    return Source(ref=ref, fields=contents.fields, rows=contents.rows)
