"""A DuckDB in which there is nothing but the tables asked about, and nothing can be changed."""

import glob
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import duckdb

from opentusk.kit.queries.compiling import quoted
from opentusk.kit.queries.engine import parquet_sql


@dataclass(frozen=True)
class SqlTable:
    """A table under the names by which it may be called; of these columns those that the files have can be seen.

    `called` are other names of columns.
    """

    names: tuple[str, ...]
    files: tuple[Path, ...]
    columns: tuple[str, ...]
    called: Mapping[str, str] = field(default_factory=dict)


def open_locked(tables: Sequence[SqlTable], *, memory: str, writes: Sequence[Path] = ()) -> duckdb.DuckDBPyConnection:
    """A locked connection with a view for each name. `writes` are the files that an export may write."""
    connection = duckdb.connect(
        ":memory:",
        config={
            "memory_limit": memory,
            "threads": 1,  # one query of somebody must not take the machine, and its row order is then fixed
            "temp_directory": "",  # nothing on the disk; a limit of zero given here is not kept (DuckDB 1.5.5)
            "autoinstall_known_extensions": False,
            "autoload_known_extensions": False,
            "allow_community_extensions": False,
            "python_enable_replacements": False,
        },
    )
    connection.execute("SET TimeZone = 'Europe/Rome'")
    for table in tables:
        source = parquet_sql(*table.files)
        there = {str(row[0]) for row in connection.execute(f"DESCRIBE SELECT * FROM {source}").fetchall()}  # noqa: S608
        columns = ", ".join(_column(name, table) for name in table.columns if name in there)
        for name in table.names:
            connection.execute(f"CREATE VIEW {quoted(name)} AS SELECT {columns} FROM {source}")  # noqa: S608
    paths = [str(path) for path in (*(file for table in tables for file in table.files), *writes)]
    connection.execute("SET allowed_paths = $1", [[*paths, *map(glob.escape, paths)]])
    connection.execute("SET enable_external_access = false")
    connection.execute("SET lock_configuration = true")
    return connection


def _column(name: str, table: SqlTable) -> str:
    other = table.called.get(name)
    return f"{quoted(name)} AS {quoted(other)}" if other else quoted(name)
