"""Rows of texts on their way into DuckDB: one plain file in the workspace, read in one go.

Inserting row by row would take a hundred times as long.
"""

from pathlib import Path
from uuid import uuid4

from duckdb import DuckDBPyConnection

from opentusk.kit.tables.formats.row_writer import RowWriter
from opentusk.kit.tables.raw import LINE
from opentusk.kit.tables.shapes import GEOMETRY
from opentusk.kit.tables.workspace import literal, scratch_folder


class RowFile(RowWriter):
    """Takes rows one by one; `load` makes the table of them. Use it as a context manager."""

    def __init__(self, connection: DuckDBPyConnection) -> None:
        super().__init__(scratch_folder(connection) / f"rows-{uuid4().hex[:8]}.csv")
        self._connection = connection

    def __enter__(self) -> "RowFile":
        return self

    def __exit__(self, *_fault: object) -> None:
        self.close()
        self.path.unlink(missing_ok=True)

    def load(self, *, has_geometry: bool = False) -> str:
        """The rows as a table; its name."""
        self.close()
        return load_rows(self._connection, self.path, self.width, self.longest, has_geometry=has_geometry)


def load_rows(
    connection: DuckDBPyConnection, path: Path, width: int, longest: int, *, has_geometry: bool = False
) -> str:
    """What a RowWriter wrote as a table `_line`, `c0` … (and `_geom`); its name. Short rows are filled with nulls.

    `longest` is the length of the longest row in bytes.
    """
    view = f"raw_{uuid4().hex[:8]}"
    most = max(2 * longest, 2_000_000)
    names = [f"c{number}" for number in range(width)]
    typed = "".join(f", '{name}': 'VARCHAR'" for name in names)
    shape = f", unhex({GEOMETRY}) AS {GEOMETRY}" if has_geometry else ""
    listed = ", ".join([LINE, *names])
    connection.execute(
        f"CREATE TABLE {view} AS SELECT {listed}{shape} FROM read_csv({literal(str(path))}, delim=',', quote='\"', "
        f"escape='\"', header=false, auto_detect=false, null_padding=true, parallel=false, strict_mode=true, "
        f"new_line='\\n', max_line_size={most}, buffer_size={2 * most}, "
        f"columns={{'{LINE}': 'BIGINT', '{GEOMETRY}': 'VARCHAR'{typed}}})"
    )
    return view
