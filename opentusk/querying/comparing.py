"""What did not fit a table, and what differs between two of its versions; of personal columns not a word."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from opentusk.kit.queries.compiling import quoted
from opentusk.kit.queries.encoding import json_rows
from opentusk.kit.queries.engine import Engine
from opentusk.kit.queries.shapes import Heading, Shape, TableRef
from opentusk.kit.tables.changes import CHANGE, TableDiff
from opentusk.kit.tables.shapes import ROW_NUMBER, Column, ColumnType
from opentusk.querying.documents import joined
from opentusk.querying.limits import LIMITS
from opentusk.querying.subjects import Subject
from opentusk.tables.display import shown

EXCEPTION_COLUMNS = (
    Heading("row", "row", ColumnType.INTEGER),
    Heading("column", "column", ColumnType.TEXT),
    Heading("text", "text", ColumnType.TEXT),
)
# A whole line of the source shows every cell of it, so it is told of but not shown beside a personal column.
_EXCEPTIONS = """
SELECT "row", "column", CASE WHEN "column" = '' AND $1 THEN NULL ELSE "text" END FROM {table}
WHERE NOT list_contains($2::VARCHAR[], "column") ORDER BY "row", "column" LIMIT $3 OFFSET $4
"""
_COUNT = 'SELECT count(*) FROM {table} WHERE NOT list_contains($1::VARCHAR[], "column")'


def exceptions_of(engine: Engine, subject: Subject, *, offset: int, limit: int) -> tuple[list[tuple[object, ...]], int]:
    """The cells and lines of the source that did not fit, and how many they are."""
    personal = [column for column in subject.ref.columns if column.is_personal]
    hidden = [name for column in personal for name in (column.name, column.label)]
    file = subject.version.found().exceptions_parquet
    ref = TableRef(key=f"{subject.ref.key}/{file.name}", parquet=file, columns=())
    rows = engine.fetch(ref, _EXCEPTIONS, [bool(personal), hidden, limit, offset], seconds=LIMITS.page)
    total = engine.fetch(ref, _COUNT, [hidden], seconds=LIMITS.page)[0][0]
    return rows, int(str(total))


def differing_rows(
    engine: Engine, old: Subject, new: Subject, diff: TableDiff, *, limit: int
) -> tuple[tuple[Heading, ...], list[tuple[object, ...]]]:
    """The first rows that differ: what became of each, its number, and the columns that may be shown.

    The two states of a changed row follow each other, before and after.
    """
    known = _shown_columns(old, new)
    ref = replace(new.ref, key=f"diff {diff.rows}", parquet=diff.rows)
    there = [column for name, column in known.items() if name in engine.columns_of(ref)]
    names = ", ".join(quoted(name) for name in (CHANGE, ROW_NUMBER, *(column.name for column in there)))
    keys = [quoted(name) for name in diff.key] or [quoted(ROW_NUMBER)]
    order = ", ".join([*keys, f"{quoted(CHANGE)} DESC", quoted(ROW_NUMBER)])
    sql = f"SELECT {names} FROM {{table}} ORDER BY {order} LIMIT {limit}"  # noqa: S608 - names of known columns
    columns = (
        Heading(CHANGE, CHANGE, ColumnType.TEXT),
        Heading(ROW_NUMBER, ROW_NUMBER, ColumnType.INTEGER),
        *(Heading(column.name, column.label, column.type) for column in there),
    )
    return columns, engine.fetch(ref, sql, seconds=LIMITS.query)


def diff_document(engine: Engine, old: Subject, new: Subject, diff: TableDiff, *, limit: int) -> str:
    """The counts of a comparison, and the first rows that differ."""
    columns, rows = differing_rows(engine, old, new, diff, limit=limit)
    known = _shown_columns(old, new)
    differing = diff.added + diff.removed + 2 * diff.changed
    meta = {
        "from": old.version.number,
        "to": new.version.number,
        "key": [name for name in diff.key if name in known],
        "added": diff.added,
        "removed": diff.removed,
        "changed": diff.known_changed,
        "per_column": {name: count for name, count in diff.per_column.items() if name in known},
        "columns_added": [name for name in diff.added_columns if name in known],
        "columns_removed": [name for name in diff.removed_columns if name in known],
        "columns_retyped": [name for name in diff.retyped if name in known],
        "truncated": differing > len(rows),
    }
    return joined(json_rows(columns, rows, Shape.OBJECTS, labels=False), meta=meta)


def _shown_columns(old: Subject, new: Subject) -> dict[str, Column]:
    """Personal in one of the two is personal in both: the rows that differ come from both."""
    hidden = {column.name for column in (*old.ref.columns, *new.ref.columns) if column.is_personal}
    return {column.name: column for column in (*old.ref.shown, *new.ref.shown) if column.name not in hidden}


_SHORT = 24  # characters


@dataclass(frozen=True)
class Cell:
    """A value in words; `before` is set where it was another one."""

    now: str
    before: str | None = None

    @property
    def is_short(self) -> bool:
        """Whether it is better not broken in two lines: a code, a number, a day."""
        return len(self.now) + len(self.before or "") <= _SHORT


@dataclass(frozen=True)
class Difference:
    """A row that was added, removed or changed."""

    change: str
    cells: tuple[Cell, ...]


def differences_of(rows: Sequence[Sequence[object]]) -> list[Difference]:
    """The rows as people read them: the two states of a changed row as one; half of one at the end is left out."""
    found, before = [], None
    for change, _number, *values in rows:
        texts = [shown(value) for value in values]
        if change == "before":
            before = texts
        elif change == "after" and before is not None:
            pairs = zip(texts, before, strict=True)
            found.append(Difference("changed", tuple(Cell(now, was if was != now else None) for now, was in pairs)))
        else:
            found.append(Difference(str(change), tuple(map(Cell, texts))))
    return found
