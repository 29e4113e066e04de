"""GeoPackage, read as the SQLite file it is: one table per layer, geometries as WKB in the layer's own system.

The file is opened read-only, and what it may ask of SQLite is allowed action by action: a view or trigger of its author
runs nothing here.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from duckdb import DuckDBPyConnection

from opentusk.kit.errors import Unreadable
from opentusk.kit.tables.formats.json_tables import is_large, refuse_wide
from opentusk.kit.tables.formats.rows import RowFile
from opentusk.kit.tables.raw import PARTIAL_ROWS, RawTable
from opentusk.kit.tables.shapes import ColumnType, Dialect, Options, TableSource
from opentusk.kit.tables.workspace import identifier

_LAYER = "layer:"
_ENVELOPES = (0, 32, 48, 48, 64)  # bytes, by the code in the flags
_READS = {sqlite3.SQLITE_SELECT, sqlite3.SQLITE_READ, sqlite3.SQLITE_PRAGMA, sqlite3.SQLITE_FUNCTION}
_STEPS = 200_000_000  # virtual machine steps of one question
_NATIVE = {
    "BOOLEAN": ColumnType.BOOLEAN,
    "DATE": ColumnType.DATE,
    "DATETIME": ColumnType.DATETIME,
    "DOUBLE": ColumnType.NUMBER,
    "REAL": ColumnType.NUMBER,
    "FLOAT": ColumnType.NUMBER,
}


def list_geopackage(path: Path, name: str) -> list[TableSource]:
    """One table per layer. Raises Unreadable if there is none."""
    with _open(path) as database:
        layers = _layers(database)
    if not layers:
        raise Unreadable("table.no_layers")
    if len(layers) == 1:
        return [TableSource(key="", label=name, format="gpkg")]
    return [TableSource(key=f"{_LAYER}{layer}", label=layer, format="gpkg") for layer in layers]


def load_geopackage(connection: DuckDBPyConnection, path: Path, source: TableSource, options: Options) -> RawTable:
    """The rows of one layer."""
    with _open(path) as database:
        layer = _chosen(_layers(database), source)
        shape, crs = _geometry(database, layer)
        columns = _columns(database, layer, shape)
        refuse_wide(len(columns), options)
        limit = PARTIAL_ROWS if is_large(path, options) else -1
        with RowFile(connection) as file:
            for line, (wkb, *cells) in enumerate(_rows(database, layer, shape, columns, limit), 1):
                file.write(line, [_text(cell) for cell in cells], _wkb(wkb))
            file.width = len(columns)
            view = file.load(has_geometry=bool(shape))
    return RawTable(
        source=source,
        view=view,
        width=len(columns),
        dialect=Dialect(header_row=0, header_rows=0),
        labels=tuple(name for name, _kind in columns),
        native={number: _NATIVE[kind] for number, (_name, kind) in enumerate(columns) if kind in _NATIVE},
        has_geometry=bool(shape),
        crs=crs,
        is_partial=limit > 0,
    )


@contextmanager
def _open(path: Path) -> Iterator[sqlite3.Connection]:
    try:
        with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro&immutable=1", uri=True)) as database:
            database.execute("PRAGMA trusted_schema = OFF")
            database.execute("PRAGMA cell_size_check = ON")
            database.text_factory = _decoded
            database.set_authorizer(_only_reads)
            database.set_progress_handler(_Steps(), 100_000)
            yield database
    except (sqlite3.Error, UnicodeDecodeError) as fault:
        raise Unreadable("table.geopackage_damaged", str(fault)[:200]) from fault


def _decoded(text: bytes) -> str:
    """A text of the file; a byte that is no UTF-8 does not cost the whole row."""
    return text.decode("utf-8", "replace")


def _only_reads(action: int, *_details: str | None) -> int:
    return sqlite3.SQLITE_OK if action in _READS else sqlite3.SQLITE_DENY


class _Steps:
    """Stops a question that would never end: a view over itself may stand in for a table."""

    def __init__(self) -> None:
        self._left = _STEPS // 100_000

    def __call__(self) -> int:
        self._left -= 1
        return int(self._left < 0)


def _layers(database: sqlite3.Connection) -> list[str]:
    rows = database.execute(
        "SELECT c.table_name FROM gpkg_contents c JOIN sqlite_master m ON m.name = c.table_name AND m.type = 'table' "
        "WHERE c.data_type IN ('features', 'attributes', 'aspatial') ORDER BY c.table_name LIMIT 1000"
    )
    return [str(row[0]) for row in rows]


def _chosen(layers: list[str], source: TableSource) -> str:
    if not source.key and layers:
        return layers[0]
    if source.key.removeprefix(_LAYER) not in layers:
        raise Unreadable("table.no_such_table", source.key)
    return source.key.removeprefix(_LAYER)


def _geometry(database: sqlite3.Connection, layer: str) -> tuple[str, str]:
    """The geometry column of a layer and its coordinate system."""
    names = {row[0] for row in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    if not {"gpkg_geometry_columns", "gpkg_spatial_ref_sys"} <= names:
        return "", ""
    row = database.execute(
        "SELECT g.column_name, s.organization, s.organization_coordsys_id FROM gpkg_geometry_columns g "
        "LEFT JOIN gpkg_spatial_ref_sys s ON s.srs_id = g.srs_id WHERE g.table_name = ?",
        [layer],
    ).fetchone()
    if row is None:
        return "", ""
    is_epsg = str(row[1]).upper() == "EPSG" and row[2] not in (4326, None)
    return str(row[0]), f"EPSG:{row[2]}" if is_epsg else ""


def _columns(database: sqlite3.Connection, layer: str, shape: str) -> list[tuple[str, str]]:
    """Names and declared types, without the geometry and the row number that every layer has to have."""
    rows = database.execute(f"PRAGMA table_info({identifier(layer)})").fetchall()
    return [(str(row[1]), str(row[2]).upper()) for row in rows if row[1] != shape and not _is_row_number(row)]


def _is_row_number(row: tuple[object, ...]) -> bool:
    return bool(row[5]) and str(row[1]).lower() in ("fid", "ogc_fid", "rowid")


def _rows(
    database: sqlite3.Connection, layer: str, shape: str, columns: list[tuple[str, str]], limit: int
) -> Iterator[tuple[object, ...]]:
    cells = ", ".join([identifier(shape) if shape else "NULL", *(identifier(name) for name, _kind in columns)])
    yield from database.execute(f"SELECT {cells} FROM {identifier(layer)} LIMIT {limit}")


def _text(value: object) -> str | None:
    if value is None:
        return None
    if isinstance(value, bytes):
        return value.hex()
    return repr(value) if isinstance(value, float) else str(value)


def _wkb(blob: object) -> bytes | None:
    """The WKB behind the header of a GeoPackage geometry; nothing if it is empty or none."""
    if not isinstance(blob, bytes) or blob[:2] != b"GP" or len(blob) < 8 or blob[3] & 0x10:
        return None
    envelope = (blob[3] >> 1) & 0x07
    return blob[8 + _ENVELOPES[envelope] :] if envelope < len(_ENVELOPES) else None
