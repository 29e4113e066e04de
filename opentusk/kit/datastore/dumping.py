"""A whole table as a file, all of its rows: CSV, TSV, JSON or XML as CKAN dumps them, written by DuckDB itself."""

import json
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from opentusk.kit.datastore.asking import Ask
from opentusk.kit.datastore.cells import decimal_sql, literal
from opentusk.kit.datastore.searching import all_statement, needs_words
from opentusk.kit.datastore.shapes import ROW, Source, SourceField
from opentusk.kit.datastore.values import records
from opentusk.kit.datastore.wordshelf import words_beside
from opentusk.kit.queries.engine import Engine
from opentusk.kit.queries.exports.shapes import Export
from opentusk.kit.tables.shapes import ColumnType

MEDIA_TYPES = {
    "csv": "text/csv; charset=utf-8",
    "tsv": "text/tab-separated-values; charset=utf-8",
    "json": "application/json; charset=utf-8",
    "xml": "text/xml; charset=utf-8",
}
_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_.\-]*")
_LINES = "FORMAT csv, HEADER false, QUOTE '', ESCAPE '', DELIM '\x01', NULLSTR ''"


@dataclass(frozen=True)
class _Form:
    """What stands before the rows, how each is written, what stands after."""

    head: str
    select: str
    how: str
    tail: str = ""


def dump(
    engine: Engine, source: Source, ask: Ask, form: str, out: Path, *, words: Path, bom: bool, seconds: float
) -> Export:
    """Write every row that is asked for to `out`."""
    written = _FORMS[form](ask.fields)
    statement = all_statement(source, ask)
    head = ("\ufeff" if bom else "") + written.head
    around = f", PREFIX {literal(head)}, SUFFIX {literal(chr(10) + written.tail)}"
    sql = f"COPY ({written.select} FROM (\n{_named(statement.sql, ask.fields)}\n) AS rows) "
    sql += f"TO {literal(str(out))} ({written.how}{around})"
    beside = words_beside(engine, source, words) if needs_words(ask) else None
    with engine.placed(source.ref, beside, sql) as placed, engine.limited(seconds) as connection:
        found = connection.execute(placed, list(statement.parameters)).fetchone()
    rows = int(str(found[0])) if found else 0
    if not rows:
        # Nothing ends the line of a row that is not there.
        out.write_text(head + written.tail, encoding="utf-8", newline="")
    return Export(out, rows, out.stat().st_size, "", MEDIA_TYPES[form])


def _named(sql: str, fields: Sequence[SourceField]) -> str:
    """The rows with names of their own, so that a column asked for twice is two."""
    names = ", ".join(f"c{number}" for number in range(len(fields)))
    return f"SELECT * FROM ({sql}) AS named({names})"  # noqa: S608 - compiled


def _csv(fields: Sequence[SourceField]) -> _Form:
    return _separated(fields, "csv", ",")


def _tsv(fields: Sequence[SourceField]) -> _Form:
    return _separated(fields, "tsv", "\t")


def _separated(fields: Sequence[SourceField], form: str, mark: str) -> _Form:
    cells = ", ".join(_separated_cell(field, f"c{number}") for number, field in enumerate(fields))
    # CKAN ends the heading, and only it, as RFC 4180 asks.
    heading = records([tuple(field.id for field in fields)], fields, (), form).rstrip("\n")
    return _Form(f"{heading}\r\n", f"SELECT {cells}", f"FORMAT csv, HEADER false, DELIM {literal(mark)}")


def _json(fields: Sequence[SourceField]) -> _Form:
    named = [{"id": field.id, "type": field.kind.name} | _info(field) for field in fields]
    pieces = [
        f"{literal('[' if number == 0 else ',')}, coalesce({_json_cell(field, f'c{number}')}, 'null')"
        for number, field in enumerate(fields)
    ]
    told = json.dumps(named, ensure_ascii=False, separators=(",", ":"))
    head = f'{{\n  "fields": {told},\n  "records": [\n'
    # Every row but the first begins with the comma that parts it from the one before.
    comma = "CASE WHEN row_number() OVER () = 1 THEN '' ELSE ',' END"
    return _Form(head, f"SELECT concat({comma}, {', '.join(pieces)}, ']')", _LINES, "]}\n")


def _xml(fields: Sequence[SourceField]) -> _Form:
    pieces = ["'<row'"]
    shown = list(enumerate(fields))
    if fields and fields[0] is ROW:
        pieces.append("concat(' _id=\"', c0, '\"')")
        shown = shown[1:]
    pieces.append("'>'")
    pieces += [_xml_cell(field, f"c{number}") for number, field in shown]
    head = '<data xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">\n'
    return _Form(head, f"SELECT concat({', '.join(pieces)}, '</row>')", _LINES, "</data>\n")


def _xml_cell(field: SourceField, cell: str) -> str:
    """An element of the column's name; a name that no element may have is its attribute."""
    start = field.id if _NAME.fullmatch(field.id) else f"value key={_attribute(field.id)}"
    end = field.id if _NAME.fullmatch(field.id) else "value"
    text = f"{_separated_cell(field, cell)}::VARCHAR"
    for sign, written in (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"), ("\r", "&#13;")):
        text = f"replace({text}, {literal(sign)}, {literal(written)})"
    # XML has no way to say the other control characters.
    text = f"regexp_replace({text}, '[\\x00-\\x08\\x0B\\x0C\\x0E-\\x1F]', '\ufffd', 'g')"
    nothing = literal(f'<{start} xsi:nil="true" />')
    there = f"concat({literal(f'<{start}>')}, {text}, {literal(f'</{end}>')})"
    return f"CASE WHEN {cell} IS NULL THEN {nothing} ELSE {there} END"


def _attribute(text: str) -> str:
    escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace('"', "&quot;").replace("\n", "&#10;")
    return f'"{escaped}"'


def _separated_cell(field: SourceField, cell: str) -> str:
    text = _SEPARATED.get(field.kind.column, _plain)(cell)
    return f"{text} || '+00:00'" if field.kind.has_zone else text


def _json_cell(field: SourceField, cell: str) -> str:
    if field.kind.column is ColumnType.DATETIME:
        return f"'\"' || {_separated_cell(field, cell)} || '\"'"
    if field.kind.is_json:
        return f"CASE WHEN json_valid({cell}) THEN {cell} ELSE to_json({cell})::VARCHAR END"
    return _JSON.get(field.kind.column, _json_text)(cell)


def _info(field: SourceField) -> dict[str, object]:
    return {"info": dict(field.info)} if field.info else {}


def _json_text(cell: str) -> str:
    return f"to_json({cell})::VARCHAR"


def _plain(cell: str) -> str:
    return cell


def _number(cell: str, mark: str = "") -> str:
    """A number; what is none as PostgreSQL writes it, in JSON between marks."""
    name = f"CASE WHEN isnan({cell}) THEN 'NaN' WHEN {cell} > 0 THEN 'Infinity' ELSE '-Infinity' END"
    odd = f"concat('{mark}', {name}, '{mark}')"
    return f"CASE WHEN isfinite({cell}) THEN {cell}::VARCHAR WHEN {cell} IS NOT NULL THEN {odd} END"


_Sql = Callable[[str], str]
_SEPARATED: dict[ColumnType, _Sql] = {
    ColumnType.BOOLEAN: lambda cell: f"CASE {cell} WHEN true THEN 't' WHEN false THEN 'f' END",
    ColumnType.DATETIME: lambda cell: f"replace({cell}::VARCHAR, ' ', 'T')",
    ColumnType.DECIMAL: decimal_sql,
    ColumnType.NUMBER: _number,
}
_JSON: dict[ColumnType, _Sql] = {
    ColumnType.INTEGER: lambda cell: f"{cell}::VARCHAR",
    ColumnType.DECIMAL: decimal_sql,
    ColumnType.NUMBER: lambda cell: _number(cell, '"'),
    ColumnType.BOOLEAN: lambda cell: f"{cell}::VARCHAR",
    ColumnType.DATE: lambda cell: f"'\"' || {cell} || '\"'",
    ColumnType.TIME: lambda cell: f"'\"' || {cell} || '\"'",
}
_FORMS: dict[str, Callable[[Sequence[SourceField]], _Form]] = {"csv": _csv, "tsv": _tsv, "json": _json, "xml": _xml}
