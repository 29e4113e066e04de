"""The look for personal data in the rows of a store, before anybody else can see them.

A table is judged as a whole, as that of a file is, so that one row is neither a small group nor a list of names. A
small table is looked at whole after every write, or a list would pass that comes a row at a time. Of a large one the
new rows are looked at alone, and the newest ones, whoever brought them, among some of all the others; when either are
suspect, all rows are looked at. New rows that are a large table themselves, with every column, are only looked at
alone: among others, a share or a small group of theirs could but be smaller.
"""

from collections.abc import Sequence

from opentusk.kit.datastore.segments import Contents, Workbench
from opentusk.kit.datastore.shapes import SourceField
from opentusk.kit.datastore.staging import RAW, Batch
from opentusk.kit.personal import find_personal
from opentusk.kit.problems import Severity
from opentusk.kit.queries.compiling import quoted
from opentusk.kit.tables.shapes import Column, PersonalFinding

_STOPPING = frozenset({Severity.BLOCKS, Severity.MAJOR})
_SMALL = 5_000  # rows up to which a table is looked at whole
_NEWEST, _PLACES, _OF_EACH = 2_500, 4, 625  # opening a place costs as much as thousands of its rows


def suspicions_in_batch(
    bench: Workbench, batch: Batch, contents: Contents, names: Sequence[str]
) -> tuple[PersonalFinding, ...]:
    """What is suspected now that the batch is among the rows; `names` are those of the contents' columns in a file."""
    if contents.rows > _SMALL:
        told = dict(zip((field.id for field in contents.fields), names, strict=True))
        found = _look(bench, RAW, batch.fields, [told[field.id] for field in batch.fields])
        is_table = batch.rows > _SMALL and len(batch.fields) == len(contents.fields) and not batch.has_gaps
        if not (_is_suspect(found) or (not is_table and _is_suspect(_look_at_some(bench, contents, names)))):
            return ()
    return suspicions_in_all(bench, contents, names)


def suspicions_in_all(bench: Workbench, contents: Contents, names: Sequence[str]) -> tuple[PersonalFinding, ...]:
    """What is suspected in all the rows."""
    bench.texts(contents, "all_rows")
    return _look(bench, "all_rows", contents.fields, names)


def _look_at_some(bench: Workbench, contents: Contents, names: Sequence[str]) -> tuple[PersonalFinding, ...]:
    """What is suspected in the newest rows, and in a few from every part of the table."""
    first, last = contents.segments[0].first, contents.segments[-1].last
    newest = last - _NEWEST + 1
    step = max(_OF_EACH, (newest - first) // _PLACES)
    older = [(start, min(start + _OF_EACH, newest) - 1) for start in range(first, newest, step)]
    bench.some_texts(contents, "some_rows", [*older, (newest, last)])
    return _look(bench, "some_rows", contents.fields, names)


def _is_suspect(found: Sequence[PersonalFinding]) -> bool:
    return any(one.severity in _STOPPING for one in found)


def _look(
    bench: Workbench, view: str, fields: Sequence[SourceField], names: Sequence[str]
) -> tuple[PersonalFinding, ...]:
    cells = ", ".join(f"{quoted(field.name)} AS {quoted(name)}" for field, name in zip(fields, names, strict=True))
    bench.connection.execute(f"CREATE OR REPLACE TEMP VIEW looked_at AS SELECT {cells} FROM {view}")  # noqa: S608
    columns = [
        Column(name=name, label=field.id, type=field.kind.column) for field, name in zip(fields, names, strict=True)
    ]
    return find_personal(bench.connection, "looked_at", columns)
