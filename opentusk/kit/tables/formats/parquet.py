"""Parquet as a table of texts: every value in ISO form, with the types that the file itself declares."""

import json
from collections.abc import Iterator
from pathlib import Path

import duckdb
from duckdb import DuckDBPyConnection

from opentusk.kit.errors import Unreadable
from opentusk.kit.tables.formats.json_tables import is_large, refuse_wide
from opentusk.kit.tables.raw import LINE, PARTIAL_ROWS, RawTable
from opentusk.kit.tables.shapes import GEOMETRY, ColumnType, Dialect, Options, TableSource
from opentusk.kit.tables.workspace import identifier, literal, load_spatial

_TYPES = {
    "BOOLEAN": ColumnType.BOOLEAN,
    "TINYINT": ColumnType.INTEGER,
    "SMALLINT": ColumnType.INTEGER,
    "INTEGER": ColumnType.INTEGER,
    "BIGINT": ColumnType.INTEGER,
    "UTINYINT": ColumnType.INTEGER,
    "USMALLINT": ColumnType.INTEGER,
    "UINTEGER": ColumnType.INTEGER,
    "FLOAT": ColumnType.NUMBER,
    "DOUBLE": ColumnType.NUMBER,
    "DATE": ColumnType.DATE,
    "TIME": ColumnType.TIME,
    "TIMESTAMP": ColumnType.DATETIME,
    "TIMESTAMP_S": ColumnType.DATETIME,
    "TIMESTAMP_MS": ColumnType.DATETIME,
    "TIMESTAMP_NS": ColumnType.DATETIME,
    "TIMESTAMP WITH TIME ZONE": ColumnType.DATETIME,
    "VARCHAR": ColumnType.TEXT,
}


def list_parquet(path: Path, name: str) -> list[TableSource]:
    """A Parquet file is one table."""
    return [TableSource(key="", label=name, format="parquet")]


def load_parquet(connection: DuckDBPyConnection, path: Path, source: TableSource, options: Options) -> RawTable:
    """The columns as texts. Raises Unreadable for a file that is damaged or encrypted."""
    rows = f"read_parquet({literal(str(path))}, file_row_number=true)"
    try:
        if _geometry_of(connection, path):
            load_spatial(connection)
        described = connection.execute(f"DESCRIBE SELECT * EXCLUDE (file_row_number) FROM {rows}").fetchall()
    except duckdb.Error as fault:
        raise Unreadable("table.parquet_damaged", _said(fault, path)) from fault
    columns = [(str(name), str(kind)) for name, kind, *_rest in described]
    shape = next((name for name, kind in columns if kind.startswith("GEOMETRY")), _geometry_of(connection, path))
    plain = [(name, kind) for name, kind in columns if name != shape]
    refuse_wide(len(plain), options)
    limit = f" LIMIT {PARTIAL_ROWS}" if is_large(path, options) else ""
    view = f"raw_parquet_{abs(hash((str(path), source.key))) % 10**8}"
    cells = ", ".join((f"file_row_number + 1 AS {LINE}", *_cells(plain, columns, shape)))
    try:
        connection.execute(f"CREATE OR REPLACE TABLE {view} AS SELECT {cells} FROM {rows}{limit}")
    except duckdb.Error as fault:
        raise Unreadable("table.parquet_damaged", _said(fault, path)) from fault
    return RawTable(
        source=source,
        view=view,
        width=len(plain),
        dialect=Dialect(header_row=0, header_rows=0),
        labels=tuple(name for name, _kind in plain),
        native={number: _TYPES[kind] for number, (_name, kind) in enumerate(plain) if kind in _TYPES},
        has_geometry=bool(shape),
        crs=_crs(connection, path, shape),
        is_partial=bool(limit),
    )


def _said(fault: duckdb.Error, path: Path) -> str:
    """The first line of what DuckDB says, without the folder in which the portal keeps the file."""
    return str(fault).splitlines()[0].replace(str(path), path.name)[:200]


def _cells(plain: list[tuple[str, str]], columns: list[tuple[str, str]], shape: str) -> Iterator[str]:
    for number, (name, kind) in enumerate(plain):
        yield f"{_as_text(identifier(name), kind)} AS c{number}"
    if shape:
        kind = dict(columns)[shape]
        value = identifier(shape)
        yield f"{f'ST_AsWKB({value})' if kind.startswith('GEOMETRY') else value} AS {GEOMETRY}"


def _as_text(value: str, kind: str) -> str:
    """The value as text: instants on the clock of Rome, bytes as hexadecimal figures, lists and structures as JSON."""
    if kind == "TIMESTAMP WITH TIME ZONE":
        return f"CAST(timezone('Europe/Rome', {value}) AS VARCHAR)"
    if kind == "BLOB":
        return f"hex({value})"
    if kind.endswith("]") or kind.startswith(("STRUCT", "MAP", "UNION")):
        return f"CAST(to_json({value}) AS VARCHAR)"
    return f"CAST({value} AS VARCHAR)"


def _geo_metadata(connection: DuckDBPyConnection, path: Path) -> dict[str, object]:
    rows = connection.execute(
        "SELECT decode(value) FROM parquet_kv_metadata(?) WHERE decode(key) = 'geo'", [str(path)]
    ).fetchone()
    try:
        found = json.loads(rows[0]) if rows else {}
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def _geometry_of(connection: DuckDBPyConnection, path: Path) -> str:
    """The main geometry column of a GeoParquet; "" if the file is none."""
    return str(_geo_metadata(connection, path).get("primary_column") or "")


def _crs(connection: DuckDBPyConnection, path: Path, shape: str) -> str:
    columns = _geo_metadata(connection, path).get("columns")
    described = columns.get(shape) if isinstance(columns, dict) else None
    crs = described.get("crs") if isinstance(described, dict) else None
    identity = crs.get("id") if isinstance(crs, dict) else None
    if not isinstance(identity, dict) or identity.get("authority") != "EPSG" or identity.get("code") == 4326:
        return ""
    return f"EPSG:{identity.get('code')}"
