"""The rows of one call: checked, and brought into DuckDB with the types of their columns.

They go through a JSON file, which DuckDB reads ten times faster than values handed over one by one; Python only touches
records with what such a file cannot say. Every cell is kept as it was given or refused with its place.
"""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import uuid4

import duckdb
import orjson

from opentusk.kit.datastore.cells import NARROW, literal
from opentusk.kit.datastore.errors import BadAsk, bad
from opentusk.kit.datastore.kinds import Kind
from opentusk.kit.datastore.shapes import ID, SourceField
from opentusk.kit.queries.compiling import quoted
from opentusk.kit.tables.shapes import ColumnType

POSITION, GIVEN = "_pos", "_given"
RAW, BATCH = "raw_batch", "batch"
_STAGED = "staged"
_LONGEST_ROW = 16_000_000  # bytes
_NUL = re.compile(rb"(?<!\\)(?:\\\\)*\\u0000")
_INT8 = 2**63


@dataclass(frozen=True)
class Batch:
    """The rows as they are staged in the table `batch`: `_pos`, `_id` when any gives it, then these fields.

    With `has_gaps` not every record gives every field; then `_given` says which, a `1` or a `0` for each.
    """

    fields: tuple[SourceField, ...]
    rows: int
    has_ids: bool
    has_gaps: bool


def check_records(records: object) -> list[dict[str, Any]]:
    """The records of a call. Raises BadAsk for what is no list of objects."""
    if records is None:
        return []
    if not isinstance(records, list):
        raise bad("records", "Records has to be a list of dicts")
    if not set(map(type, records)) <= {dict}:
        number = next(number for number, record in enumerate(records) if type(record) is not dict)
        if number == 0:
            raise bad("records", "The first row is not a json object")
        raise BadAsk({"records": [f'row "{number + 1}" is not a json object'], "records_row": number})
    return records


def names_in(records: Sequence[Mapping[str, Any]]) -> list[str]:
    """Every name that some record gives, in the order in which they first occur."""
    first = dict.fromkeys(records[0]) if records else {}
    others = set().union(*records) - first.keys()
    return [*first, *sorted(others, key=str)]


def stage(
    connection: duckdb.DuckDBPyConnection,
    records: Sequence[Mapping[str, Any]],
    fields: Sequence[SourceField],
    folder: Path,
) -> Batch:
    """Put the records into `batch` with their types, and their texts into `raw_batch`. Raises BadAsk."""
    names = names_in(records)
    known = {field.id: field for field in fields}
    if unknown := [name for name in names if name not in known and name != ID]:
        raise bad("fields", f'fields "{", ".join(unknown)}" do not exist')
    if not names:
        raise bad("records", "records without any field")
    used = tuple(field for field in fields if field.id in set(names))
    has_gaps = any(len(record) != len(names) for record in records)
    batch = Batch(used, len(records), ID in names, has_gaps)
    file = folder / f"batch-{uuid4().hex}.json"
    try:
        content, keys = _written(records, batch)
        if b"\\u0000" in content and _NUL.search(content):
            raise bad("records", "A string literal cannot contain NUL (0x00) characters.")
        file.write_bytes(content)
        _load(connection, file, batch, keys)
    finally:
        file.unlink(missing_ok=True)
    _refuse_lost(connection, batch)
    return batch


def _written(records: Sequence[Mapping[str, Any]], batch: Batch) -> tuple[bytes, list[str]]:
    """The records as JSON whose cells are texts, numbers or nothing; and the keys of the batch's fields in it."""
    # DuckDB does not tell capital letters from small ones in the names of columns.
    ids = [field.id for field in batch.fields]
    is_plain = len({name.lower() for name in ids}) == len(ids) and not any(one.kind.is_json for one in batch.fields)
    if is_plain:
        try:
            content = orjson.dumps(list(_with_given(records, batch)) if batch.has_gaps else records)
        except TypeError:
            content = b""
        if content.count(b"[") == 1 and content.count(b"{") == batch.rows:
            return content, ids
    try:
        return orjson.dumps(list(_plain(records, batch))), [field.name for field in batch.fields]
    except TypeError:
        raise bad("records", "a text is no valid Unicode") from None


def _with_given(records: Sequence[Mapping[str, Any]], batch: Batch) -> Iterator[dict[str, Any]]:
    """The records with the mark of what they give; most of them give the same as others."""
    marks: dict[tuple[str, ...], str] = {}
    for record in records:
        names = tuple(record)
        if names not in marks:
            marks[names] = "".join("1" if field.id in record else "0" for field in batch.fields)
        yield {**record, GIVEN: marks[names]}


def _plain(records: Sequence[Mapping[str, Any]], batch: Batch) -> Iterator[dict[str, Any]]:
    """The records with cells that any column can take, under the names of the table."""
    for record in _with_given(records, batch):
        cells = {one.name: _cell(record[one.id], one.kind) for one in batch.fields if one.id in record}
        yield {GIVEN: record[GIVEN], ID: _cell(record.get(ID), None), **cells}


def _cell(value: Any, kind: Kind | None) -> Any:
    if value is None:
        return None
    if isinstance(value, list | dict) or (kind is not None and kind.is_json):
        return json.dumps(value, ensure_ascii=False)
    return str(value) if type(value) is int and not -_INT8 <= value < _INT8 else value


def _load(connection: duckdb.DuckDBPyConnection, file: Path, batch: Batch, keys: Sequence[str]) -> None:
    try:
        _read(connection, file, batch, keys, _LONGEST_ROW)
    except duckdb.InvalidInputException:
        # Longer rows need larger buffers, which most calls do well without.
        try:
            _read(connection, file, batch, keys, file.stat().st_size + 1)
        except (duckdb.InvalidInputException, duckdb.OutOfMemoryException):
            raise bad("records", "a row is too long to be kept") from None


def _read(connection: duckdb.DuckDBPyConnection, file: Path, batch: Batch, keys: Sequence[str], longest: int) -> None:
    names = [*keys, *([ID] if batch.has_ids else []), *([GIVEN] if batch.has_gaps else [])]
    columns = ", ".join(f"{literal(name)}: 'VARCHAR'" for name in names)
    how = f"format = 'array', auto_detect = false, maximum_object_size = {longest}, columns = {{{columns}}}"
    raw = [(field, _raw_sql(quoted(key), field.kind)) for key, field in zip(keys, batch.fields, strict=True)]
    cells = [GIVEN] if batch.has_gaps else []
    cells += [f"TRY_CAST({ID} AS BIGINT) AS {ID}"] if batch.has_ids else []
    cells += [f"{cast_sql(text, field.kind)} AS {quoted(field.name)}" for field, text in raw]
    cells += [f"{text} AS {_raw_name(field)}" for field, text in raw if _is_cast(field)]
    source = f"read_json({literal(str(file))}, {how})"
    connection.execute(f"CREATE OR REPLACE TEMP TABLE {_STAGED} AS SELECT {', '.join(cells)} FROM {source}")  # noqa: S608 - names of ours
    others = [GIVEN] if batch.has_gaps else []
    texts = [f"{_raw_name(field)} AS {quoted(field.name)}" for field in batch.fields]
    typed = [f"rowid + 1 AS {POSITION}", *([ID] if batch.has_ids else [])]
    typed += [quoted(field.name) for field in batch.fields]
    for view, shown in ((RAW, texts), (BATCH, typed)):
        select = f"SELECT {', '.join([*shown, *others])} FROM {_STAGED}"  # noqa: S608 - names of ours
        connection.execute(f"CREATE OR REPLACE TEMP VIEW {view} AS {select}")


def _raw_sql(cell: str, kind: Kind) -> str:
    """The text of a cell. An empty one is nothing, where it is not a text that is kept."""
    return cell if kind.column is ColumnType.TEXT else f"nullif({cell}, '')"


def _raw_name(field: SourceField) -> str:
    return quoted(f"raw {field.name}") if _is_cast(field) else quoted(field.name)


def _is_cast(field: SourceField) -> bool:
    return field.kind.column is not ColumnType.TEXT


def _refuse_lost(connection: duckdb.DuckDBPyConnection, batch: Batch) -> None:
    """Refuse the first cell of which its type made nothing. Raises BadAsk."""
    checked = [field for field in batch.fields if _is_cast(field)]
    counts = ["count(*)", *(f"count({_raw_name(one)}) - count({quoted(one.name)})" for one in checked)]
    lost = connection.execute(f"SELECT {', '.join(counts)} FROM {_STAGED}").fetchone() or ()  # noqa: S608
    for field, count in zip(checked, lost[1:], strict=True):
        if count:
            text, name = _raw_name(field), quoted(field.name)
            row = connection.execute(
                f"SELECT {text}, rowid FROM {_STAGED} WHERE {text} IS NOT NULL AND {name} IS NULL "  # noqa: S608
                "ORDER BY rowid LIMIT 1"
            ).fetchone()
            shown, number = row or ("", 0)
            said = f'invalid input syntax for type {field.kind.name}: "{str(shown)[:60]}" (field "{field.id}")'
            raise BadAsk({"records": [said], "records_row": int(number)})


def cast_sql(text: str, kind: Kind) -> str:
    """The value of a text; NULL for what the type cannot hold exactly."""
    match kind.name:
        case "numeric":
            return _numeric_sql(text)
        case "timestamptz":
            return f"(TRY_CAST({text} AS TIMESTAMPTZ) AT TIME ZONE 'UTC')"
        case "int2" | "int4" | "int8":
            # DuckDB rounds 1.5; PostgreSQL refuses it, and so do we. 1.0 is one.
            whole = f"regexp_replace({text}, '\\.0*$', '')"
            is_whole = f"regexp_full_match({text}, '\\s*[-+]?[0-9]+(\\.0*)?\\s*')"
            is_odd = f"contains({text}, '.') OR contains({text}, 'e') OR contains({text}, 'E') OR contains({text}, '_')"
            careful = f"CASE WHEN {is_whole} THEN TRY_CAST({whole} AS {kind.sql}) END"
            return f"CASE WHEN {is_odd} THEN {careful} ELSE TRY_CAST({text} AS {kind.sql}) END"
        case "date":
            # The beginning of an instant is no day that was given; midnight says no more than its day.
            bare = f"trim(regexp_replace({text}, '[T ]00:00(:00(\\.0+)?)?\\s*$', ''))"
            day = f"CASE WHEN contains({text}, ':') THEN {bare} ELSE trim({text}) END"
            return f"CASE WHEN length({day}) <= 10 THEN TRY_CAST({day} AS DATE) END"
    return text if kind.column is ColumnType.TEXT else f"TRY_CAST({text} AS {kind.sql})"


def _numeric_sql(text: str) -> str:
    """Most decimals are short, and eight bytes are read ten times faster than sixteen."""
    decimals = f"strlen(split_part({text}, '.', 2))"
    is_plain = f"regexp_full_match({text}, '-?[0-9]+(\\.[0-9]+)?')"
    narrow = f"TRY_CAST({text} AS {NARROW})::DECIMAL(38,10)"
    wide = f"TRY_CAST({text} AS DECIMAL(38,10))"
    exact = f"CASE WHEN {decimals} <= 10 OR NOT {is_plain} THEN {wide} END"
    return f"CASE WHEN strlen({text}) <= 12 AND {is_plain} AND {decimals} <= 6 THEN {narrow} ELSE {exact} END"
