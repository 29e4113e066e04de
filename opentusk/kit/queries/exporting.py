"""Any question as a file, whole: all its rows, of one version, in total order, with their number and their digest.

The file is written first and announced then, so that an error is an error and not a short file. The same question on
the same version gives the same bytes.
"""

from collections.abc import Callable
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import duckdb

from opentusk.kit.queries.engine import Engine
from opentusk.kit.queries.errors import BadQuery, OverBudget
from opentusk.kit.queries.exports import copying
from opentusk.kit.queries.exports.shapes import FORMATS, Export, ExportOptions, Rows
from opentusk.kit.queries.exports.spreadsheets import MAX_ROWS, write_xlsx
from opentusk.kit.queries.running import headings, require_columns
from opentusk.kit.queries.shapes import MAX_GROUPS, Limits, Query, TableRef
from opentusk.kit.queries.statements import all_rows_statement, total_statement
from opentusk.kit.tables.shapes import GEOMETRY, LONGITUDE
from opentusk.kit.tables.workspace import load_spatial

_Writer = Callable[[duckdb.DuckDBPyConnection, Rows, Path, ExportOptions], int]
_WRITERS: dict[str, _Writer] = {
    "csv": copying.write_csv,
    "csv-it": copying.write_italian_csv,
    "tsv": copying.write_tsv,
    "json": copying.write_json,
    "jsonl": copying.write_json_lines,
    "parquet": copying.write_parquet,
    "geojson": copying.write_geojson,
    "geoparquet": copying.write_parquet,
}


def export(
    engine: Engine,
    ref: TableRef,
    query: Query,
    format: str,
    out: Path,
    options: ExportOptions | None = None,
    limits: Limits | None = None,
) -> Export:
    """Write the answer to `out`. Pages and cursors are left aside; `limit`, when it was said, is obeyed."""
    limits, options = limits or Limits(), options or ExportOptions(labels=query.labels)
    require_columns(engine, ref, query)
    place = _place(engine, ref, query, format)
    if format == "xlsx":
        _require_sheet(engine, ref, query, limits)
    query = exported(query)
    statement = all_rows_statement(query, place=place)
    with engine.reading(ref, limits.export) as (connection, source):
        if place == "wkb" and format == "geojson":
            load_spatial(connection)
        sql = statement.sql.replace("{table}", source)
        rows = Rows(sql, statement.parameters, headings(query), place)
        count = write(connection, rows, format, out, options, seconds=limits.export)
    if query.is_grouped and count > MAX_GROUPS:
        out.unlink()
        raise OverBudget("groups", str(MAX_GROUPS))
    return finished(out, format, count)


def write(
    connection: duckdb.DuckDBPyConnection, rows: Rows, format: str, out: Path, options: ExportOptions, *, seconds: float
) -> int:
    """Write the rows of a SELECT in one of the formats; how many they are."""
    if format == "xlsx":
        return write_xlsx(connection, rows, out, options, seconds=seconds)
    return _WRITERS[format](connection, rows, out, options)


def finished(out: Path, format: str, rows: int) -> Export:
    """What is to be announced of a written file."""
    digest = sha256()
    with out.open("rb") as file:
        while block := file.read(1 << 20):
            digest.update(block)
    return Export(out, rows, out.stat().st_size, digest.hexdigest(), FORMATS[format].media_type)


def exported(query: Query) -> Query:
    """The question without what only pages show: the row number, unless it was asked for."""
    return replace(query, select=query.select[1:]) if query.is_whole else query


def _place(engine: Engine, ref: TableRef, query: Query, format: str) -> str:
    """How places go into the file. Raises BadQuery when the format needs places and there are none."""
    if not FORMATS[format].has_places:
        return ""
    names = engine.columns_of(ref)
    if query.is_grouped or LONGITUDE not in names:
        raise BadQuery("query.no_places_to_write", values={"format": FORMATS[format].label})
    if GEOMETRY in names:
        return "wkb"
    if format == "geoparquet":
        raise BadQuery("query.no_geometries", values={"format": FORMATS[format].label})
    return "point"


def _require_sheet(engine: Engine, ref: TableRef, query: Query, limits: Limits) -> None:
    """Refuse before writing what a sheet cannot hold."""
    if query.is_grouped or (query.is_part and query.limit < MAX_ROWS):
        return
    statement = total_statement(query.where, at_most=MAX_ROWS)
    found = engine.fetch(ref, statement.sql, statement.parameters, seconds=limits.export)[0][0]
    if found == MAX_ROWS:
        raise BadQuery("query.too_many_for_xlsx", values={"limit": "1.048.575"})
