"""Fingerprints of a table's content and of its columns.

The content hash is the same for the same values in any order of rows, any encoding and separator, and in any version
of DuckDB: each row becomes a canonical text, its SHA-256 is taken as two numbers, and the sums of these over all rows,
with the number of rows, are hashed again. Cells that did not fit their type count too.
"""

import hashlib
from collections.abc import Sequence

from duckdb import DuckDBPyConnection

from opentusk.kit.tables.shapes import GEOMETRY, Column, ColumnType
from opentusk.kit.tables.workspace import identifier

# Between cells; an empty cell is nothing at all, because no text of a typed table is empty.
_GAP = "chr(31)"


def canonical_hash(
    connection: DuckDBPyConnection,
    table: str,
    columns: Sequence[Column],
    *,
    exceptions: str,
    has_geometry: bool = False,
) -> str:
    """SHA-256 of the canonical content of a table and of its exceptions."""
    cells = [canonical(column) for column in columns]
    if has_geometry:
        cells.append(f"sha256({GEOMETRY})")
    rows = _sums(connection, table, cells or ["''"])
    wrong = _sums(connection, exceptions, ['"column"', '"text"'])
    return hashlib.sha256(f"{rows};{wrong}".encode()).hexdigest()


def schema_hash(columns: Sequence[Column]) -> str:
    """SHA-256 of the names and types of the columns, in their order."""
    return hashlib.sha256("\n".join(f"{column.name} {column.type}" for column in columns).encode()).hexdigest()


def canonical(column: Column) -> str:
    """The value of a column as canonical text, as SQL: `12.50` and `12.5` are one number, `è` is one letter."""
    name = identifier(column.name)
    text = f"CAST({name} AS VARCHAR)"
    if column.type is ColumnType.TEXT:
        return f"nfc_normalize({name})"
    if column.type is ColumnType.DECIMAL:
        return f"rtrim(rtrim({text}, '0'), '.')" if column.scale else text
    if column.type is ColumnType.NUMBER:
        whole = f"CAST(CAST({name} AS BIGINT) AS VARCHAR)"
        return f"CASE WHEN {name} = trunc({name}) AND abs({name}) < 1e15 THEN {whole} ELSE {text} END"
    return text


def _sums(connection: DuckDBPyConnection, table: str, cells: Sequence[str]) -> str:
    row = connection.execute(
        f"SELECT count(*), sum(CAST('0x' || left(h, 15) AS BIGINT)), sum(CAST('0x' || right(h, 15) AS BIGINT)) "
        f"FROM (SELECT sha256(concat({f', {_GAP}, '.join(cells)})) AS h FROM {table})"
    ).fetchone()
    assert row is not None
    return ":".join(str(part or 0) for part in row)
