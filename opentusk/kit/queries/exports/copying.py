"""CSV, TSV, JSON, JSON Lines, GeoJSON and Parquet: written by DuckDB itself, row order kept.

JSON is made as text, one line for each row, because DuckDB's own JSON writer passes decimals through floating point.
"""

from collections.abc import Callable, Sequence
from json.encoder import encode_basestring as encode_text
from pathlib import Path

import duckdb

from opentusk.kit.queries.compiling import quoted
from opentusk.kit.queries.encoding import SAFE_INTEGER, shown_names
from opentusk.kit.queries.exports.shapes import ExportOptions, Rows
from opentusk.kit.queries.shapes import Heading
from opentusk.kit.tables.shapes import ColumnType

_BOM = "\ufeff"
_GEO = '{"version":"1.1.0","primary_column":"geometry","columns":{"geometry":{"encoding":"WKB","geometry_types":[]}}}'
_JSON_LINES = "FORMAT csv, HEADER false, QUOTE '', ESCAPE '', DELIM '\x01', NULLSTR ''"


def write_csv(connection: duckdb.DuckDBPyConnection, rows: Rows, out: Path, options: ExportOptions) -> int:
    """Comma-separated values as RFC 4180 says, dates in ISO form."""
    values = [_csv_value(column, options) for column in rows.columns]
    return _write_separated(connection, rows, out, options, values)


def write_italian_csv(connection: duckdb.DuckDBPyConnection, rows: Rows, out: Path, options: ExportOptions) -> int:
    """What a spreadsheet in Italian opens by a double click: semicolons, decimal commas, dd/mm/yyyy, a BOM."""
    italian = ExportOptions(separator=";", bom=True, decimal=",", labels=options.labels)
    values = [_ITALIAN.get(column.type, _plain)(quoted(column.name)) for column in rows.columns]
    return _write_separated(connection, rows, out, italian, values)


def write_tsv(connection: duckdb.DuckDBPyConnection, rows: Rows, out: Path, options: ExportOptions) -> int:
    """Tabs between the values."""
    return write_csv(connection, rows, out, ExportOptions(separator="\t", labels=options.labels))


def write_json(connection: duckdb.DuckDBPyConnection, rows: Rows, out: Path, options: ExportOptions) -> int:
    """One array of objects."""
    return _write_array(connection, rows, out, _object_sql(rows.columns, options), "", "]\n")


def write_json_lines(connection: duckdb.DuckDBPyConnection, rows: Rows, out: Path, options: ExportOptions) -> int:
    """One object in each line."""
    return _copy(connection, rows, f"SELECT {_object_sql(rows.columns, options)}", out, _JSON_LINES)


def write_geojson(connection: duckdb.DuckDBPyConnection, rows: Rows, out: Path, options: ExportOptions) -> int:
    """One feature for each row, WGS84, longitude first."""
    feature = (
        f'concat(\'{{"type":"Feature","geometry":\', {_GEOMETRY[rows.place]}, \',"properties":\', '
        f"{_object_sql(rows.columns, options)}, '}}')"
    )
    return _write_array(connection, rows, out, feature, '{"type":"FeatureCollection","features":', "]}\n")


def write_parquet(connection: duckdb.DuckDBPyConnection, rows: Rows, out: Path, options: ExportOptions) -> int:
    """Typed columns, their descriptions beside them; with places, GeoParquet."""
    shown = [quoted(column.name) for column in rows.columns]
    facts = dict(options.descriptions)
    if rows.place:
        shown.append('"_place" AS "geometry"')
        facts["geo"] = _GEO
    pairs = ", ".join(f"{quoted(key)}: {_literal(value)}" for key, value in facts.items())
    about = f", KV_METADATA {{{pairs}}}" if pairs else ""
    how = f"FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE 50000{about}"
    return _copy(connection, rows, f"SELECT {', '.join(shown)}", out, how)


def body_of(out: Path) -> Path:
    """Where a file is made that then gets a head and a tail."""
    return out.with_suffix(".body")


def _write_separated(
    connection: duckdb.DuckDBPyConnection, rows: Rows, out: Path, options: ExportOptions, values: Sequence[str]
) -> int:
    names = shown_names(rows.columns, labels=options.labels)
    select = ", ".join(f"{value} AS {quoted(name)}" for value, name in zip(values, _distinct(names), strict=True))
    body = body_of(out) if options.bom else out
    how = f"FORMAT csv, HEADER true, DELIM {_literal(options.separator)}"
    count = _copy(connection, rows, f"SELECT {select}", body, how)
    if options.bom:
        _surround(body, out, _BOM.encode(), b"")
    return count


def _write_array(connection: duckdb.DuckDBPyConnection, rows: Rows, out: Path, value: str, head: str, tail: str) -> int:
    """Lines that begin with a comma, of which the first becomes the bracket."""
    body = body_of(out)
    count = _copy(connection, rows, f"SELECT concat(',', {value})", body, _JSON_LINES)
    _surround(body, out, f"{head}[".encode(), tail.encode(), left_out=1)
    return count


def _copy(connection: duckdb.DuckDBPyConnection, rows: Rows, select: str, out: Path, how: str) -> int:
    # The SELECT stands in lines of its own, so that a comment at its end ends there.
    sql = f"COPY ({select} FROM (\n{rows.sql}\n) AS rows) TO {_literal(str(out))} ({how})"
    found = connection.execute(sql, rows.values).fetchone()
    return int(found[0]) if found else 0


def _surround(body: Path, out: Path, head: bytes, tail: bytes, *, left_out: int = 0) -> None:
    with body.open("rb") as source, out.open("wb") as target:
        target.write(head)
        source.seek(left_out)
        while block := source.read(1 << 20):
            target.write(block)
        target.write(tail)
    body.unlink()


def _csv_value(column: Heading, options: ExportOptions) -> str:
    value = _ISO.get(column.type, _plain)(quoted(column.name))
    if options.decimal != "." and column.type in (ColumnType.DECIMAL, ColumnType.NUMBER):
        return f"replace({value}::VARCHAR, '.', {_literal(options.decimal)})"
    return value


def _object_sql(columns: Sequence[Heading], options: ExportOptions) -> str:
    """A row as the text of a JSON object."""
    names = shown_names(columns, labels=options.labels)
    pieces = []
    for number, (column, name) in enumerate(zip(columns, names, strict=True)):
        mark = "{" if number == 0 else ","
        value = _JSON.get(column.type, _json_text)(quoted(column.name))
        pieces.append(f"{_literal(f'{mark}{encode_text(name)}:')}, coalesce({value}, 'null')")
    return f"concat({', '.join(pieces)}, '}}')"


def _distinct(names: Sequence[str]) -> list[str]:
    """Names that a SELECT can tell apart: DuckDB ignores their case."""
    seen: set[str] = set()
    told: list[str] = []
    for name in names:
        number, candidate = 1, name
        while candidate.lower() in seen:
            number += 1
            candidate = f"{name}_{number}"
        seen.add(candidate.lower())
        told.append(candidate)
    return told


def _plain(name: str) -> str:
    return name


def _json_text(name: str) -> str:
    return f"to_json({name})::VARCHAR"


def _literal(text: str) -> str:
    return "'{}'".format(text.replace("'", "''"))


def _instant(name: str) -> str:
    return f"replace({name}::VARCHAR, ' ', 'T')"


def _integer(name: str) -> str:
    is_safe = f"{name} BETWEEN -{SAFE_INTEGER} AND {SAFE_INTEGER}"
    return f"CASE WHEN {is_safe} THEN {name}::VARCHAR ELSE '\"' || {name} || '\"' END"


def _comma(name: str) -> str:
    return f"replace({name}::VARCHAR, '.', ',')"


_Sql = Callable[[str], str]
_ISO: dict[ColumnType, _Sql] = {ColumnType.DATETIME: _instant}
_ITALIAN: dict[ColumnType, _Sql] = {
    ColumnType.DECIMAL: _comma,
    ColumnType.NUMBER: _comma,
    ColumnType.BOOLEAN: lambda name: f"CASE {name} WHEN true THEN 'VERO' WHEN false THEN 'FALSO' END",
    ColumnType.DATE: lambda name: f"strftime({name}, '%d/%m/%Y')",
    ColumnType.DATETIME: lambda name: f"strftime({name}, '%d/%m/%Y %H:%M:%S')",
}
_JSON: dict[ColumnType, _Sql] = {
    ColumnType.INTEGER: _integer,
    ColumnType.DECIMAL: lambda name: f"{name}::VARCHAR",
    ColumnType.NUMBER: lambda name: f"CASE WHEN isfinite({name}) THEN {name}::VARCHAR END",
    ColumnType.BOOLEAN: lambda name: f"{name}::VARCHAR",
    ColumnType.DATETIME: lambda name: f"'\"' || {_instant(name)} || '\"'",
    ColumnType.DATE: lambda name: f"'\"' || {name} || '\"'",
    ColumnType.TIME: lambda name: f"'\"' || {name} || '\"'",
}
_GEOMETRY = {
    "wkb": "coalesce(ST_AsGeoJSON(ST_GeomFromWKB(\"_place\"))::VARCHAR, 'null')",
    "point": "CASE WHEN \"_place\"[1] IS NULL THEN 'null' "
    'ELSE concat(\'{"type":"Point","coordinates":[\', "_place"[1], \',\', "_place"[2], \']}\') END',
}
