"""JSON as tables: arrays of objects or of arrays, alone or inside the answer of an API, and a JSON value per line."""

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from tempfile import gettempdir
from typing import IO
from uuid import uuid4

import ijson  # type: ignore[import-untyped]
from duckdb import DuckDBPyConnection

from opentusk.kit.errors import Unreadable
from opentusk.kit.problems import Severity
from opentusk.kit.tables.delimited.encodings import Decoding, find_encoding, iterate_text
from opentusk.kit.tables.formats.json_outline import Outline, all_outlines, json_fault, rows_among
from opentusk.kit.tables.formats.rows import RowFile
from opentusk.kit.tables.formats.values import Kinds, Labels, as_text, flatten
from opentusk.kit.tables.raw import PARTIAL_ROWS, RawTable
from opentusk.kit.tables.shapes import CellException, Dialect, Options, TableProblem, TableSource
from opentusk.kit.tables.workspace import scratch_folder

KEY, VALUE = "chiave", "valore"
_PATH = "path:"
# What describes the columns of rows that are arrays: CKAN, Socrata, pandas.
_HEADERS = ("columns", "fields", "header", "headers", "vars")
_NAMES = ("name", "label", "id", "field", "fieldName", "title")
Row = tuple[int, object]


def list_json(path: Path, name: str) -> list[TableSource]:
    """One table for each array of rows; the key names the path to it when there are several."""
    with as_utf8(path, Path(gettempdir())) as readable:
        found = rows_among(all_outlines(readable))
    if len(found) == 1:
        return [TableSource(key="", label=name, format="json")]
    return [TableSource(key=_PATH + one.prefix, label=one.prefix, format="json") for one in found]


def load_json(connection: DuckDBPyConnection, path: Path, source: TableSource, options: Options) -> RawTable:
    """The rows of one array as texts; nested objects as `a.b`, lists as JSON."""
    with as_utf8(path, scratch_folder(connection)) as readable:
        outlines = all_outlines(readable)
        outline = _chosen(rows_among(outlines), source)
        if outline.arrays > outline.objects:
            header = _header_of(readable, outline, outlines)
            return _load_arrays(connection, items(readable, outline), source, options, header)
        rows = _rows(readable, outline)
        return load_objects(connection, rows, source, options, is_large=is_large(path, options))


def load_jsonl(connection: DuckDBPyConnection, path: Path, source: TableSource, options: Options) -> RawTable:
    """One row per line. A line that is no JSON stays as an exception, with its whole text."""
    bad: list[CellException] = []
    with as_utf8(path, scratch_folder(connection)) as readable, readable.open(encoding="utf-8") as lines:
        raw = load_objects(connection, _lines(lines, bad), source, options, is_large=is_large(path, options))
    if not bad:
        return raw
    problem = TableProblem(code="table.bad_lines", severity=Severity.MAJOR, rule="F5.d", row=bad[0].row, count=len(bad))
    return replace(raw, ragged=tuple(bad), problems=(*raw.problems, problem))


def load_objects(
    connection: DuckDBPyConnection, rows: Iterator[Row], source: TableSource, options: Options, *, is_large: bool
) -> RawTable:
    """Rows that name their values. Raises Unreadable beyond the number of columns."""
    labels, kinds, is_partial = Labels(), Kinds(), False
    with RowFile(connection) as file:
        for line, row in rows:
            if is_large and file.rows >= PARTIAL_ROWS:
                is_partial = True
                break
            file.write(line, texts_of(row, labels, kinds))
            refuse_wide(len(labels), options)
        file.width = len(labels)
        view = file.load()
    return RawTable(
        source=source,
        view=view,
        width=len(labels),
        dialect=Dialect(encoding="utf-8", header_row=0, header_rows=0),
        labels=labels.all(),
        native=kinds.native(),
        is_partial=is_partial,
    )


def texts_of(row: object, labels: Labels, kinds: Kinds) -> list[str | None]:
    """The cells of one row, in the order of the labels; new names become new columns."""
    cells: list[str | None] = [None] * len(labels)
    for label, value in flatten(row if isinstance(row, dict) else {VALUE: row}):
        position = labels.position(label)
        if position >= len(cells):
            cells.append(None)
        cells[position] = as_text(value)
        kinds.note(position, value)
    return cells


def refuse_wide(width: int, options: Options) -> None:
    """Refuse a table with more columns than can be used."""
    if width > options.max_columns:
        raise Unreadable("table.too_many_columns", f"{width}")


def is_large(path: Path, options: Options) -> bool:
    """Whether only the first million rows are read."""
    return path.stat().st_size > options.max_bytes


def items(path: Path, outline: Outline) -> Iterator[object]:
    """The members of an array, one at a time. Raises Unreadable where it is no JSON."""
    prefix = f"{outline.prefix}.item" if outline.path else "item"
    with path.open("rb") as file:
        try:
            yield from ijson.items(file, prefix, multiple_values=True)
        except ijson.JSONError as fault:
            raise json_fault(fault) from fault


@contextmanager
def as_utf8(path: Path, folder: Path) -> Iterator[Path]:
    """The file itself if it is UTF-8 without mark, else a copy that is: JSON knows no other encoding."""
    decoding = find_encoding(path)
    if decoding == Decoding(encoding="utf-8"):
        yield path
        return
    copy = folder / f"opentusk-{uuid4().hex}.json"
    try:
        with copy.open("w", encoding="utf-8", errors="replace") as stream:
            stream.writelines(iterate_text(path, decoding))
        yield copy
    finally:
        copy.unlink(missing_ok=True)


def _chosen(rows: Sequence[Outline], source: TableSource) -> Outline:
    for outline in rows:
        if source.key == _PATH + outline.prefix:
            return outline
    if source.key:
        raise Unreadable("table.no_such_table", source.key)
    return rows[0]


def _rows(path: Path, outline: Outline) -> Iterator[Row]:
    if outline.is_keyed:
        with path.open("rb") as file:
            for line, (key, value) in enumerate(ijson.kvitems(file, ""), 1):
                yield line, {KEY: key, **value}
        return
    is_bindings = outline.path[-1:] == ("bindings",)
    for line, item in enumerate(items(path, outline), 1):
        yield line, _bound(item) if is_bindings else _unwrapped(item)


def _unwrapped(item: object) -> object:
    """The values of a row inside the envelope that Opendatasoft (1.0) and ArcGIS put around them."""
    if isinstance(item, Mapping):
        for name, sign in (("fields", "recordid"), ("attributes", "geometry"), ("attributes", "attributes")):
            inner = item.get(name)
            if isinstance(inner, Mapping) and sign in item and len(item) <= 6:
                return {**inner, **{key: value for key, value in item.items() if key != name and key not in inner}}
    return item


def _bound(item: object) -> object:
    """A row of a SPARQL answer: the values, without their types."""
    if not isinstance(item, Mapping):
        return item
    return {key: one.get("value") if isinstance(one, Mapping) else one for key, one in item.items()}


def _lines(lines: IO[str], bad: list[CellException]) -> Iterator[Row]:
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            yield number, json.loads(line, parse_float=Decimal)
        except (ValueError, RecursionError):
            bad.append(CellException(row=number, column="", text=line.rstrip("\r\n")))
            yield number, {}


def _load_arrays(
    connection: DuckDBPyConnection,
    rows: Iterator[object],
    source: TableSource,
    options: Options,
    header: Sequence[str],
) -> RawTable:
    """Rows without names. Their header is the answer's own, or is looked for among the rows like in any sheet."""
    kinds = Kinds()
    with RowFile(connection) as file:
        for line, row in enumerate(rows, 1):
            cells = row if isinstance(row, list) else [row]
            refuse_wide(len(cells), options)
            file.write(line, [as_text(cell) for cell in cells])
            for position, cell in enumerate(cells):
                kinds.note(position, cell)
        is_named = len(header) == file.width
        view, width = file.load(), file.width
    return RawTable(
        source=source,
        view=view,
        width=width,
        dialect=Dialect(encoding="utf-8", header_row=0 if is_named else 1, header_rows=0 if is_named else 1),
        labels=tuple(header) if is_named else None,
        native=kinds.native(),
    )


def _header_of(path: Path, rows: Outline, outlines: Sequence[Outline]) -> list[str]:
    """The names of the columns, where an array beside the rows describes them."""
    for outline in outlines:
        if outline is not rows and outline.path and outline.path[-1] in _HEADERS:
            return [_name_of(item) for item in items(path, outline)]
    return []


def _name_of(item: object) -> str:
    if isinstance(item, Mapping):
        return next((str(item[name]) for name in _NAMES if item.get(name)), "")
    return str(item)
