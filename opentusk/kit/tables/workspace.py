"""One DuckDB in memory for one examination, with a folder for what does not fit, gone when it ends.

Everything runs inside it: no file of others, no network, no configuration that could be changed by a table's content.
"""

import errno
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

import duckdb
import duckdb_extension_spatial  # type: ignore[import-untyped]
from duckdb import DuckDBPyConnection


@contextmanager
def open_workspace(folder: Path, *, memory: str = "512MB", threads: int = 2) -> Iterator[DuckDBPyConnection]:
    """A connection whose temporary files lie in a new folder inside `folder`. Raises OSError when the disk fails."""
    folder.mkdir(parents=True, exist_ok=True)
    scratch = Path(tempfile.mkdtemp(prefix=".work-", dir=folder))
    connection = duckdb.connect(
        config={
            "memory_limit": memory,
            "threads": threads,
            "temp_directory": str(scratch),
            "autoinstall_known_extensions": False,
            "autoload_known_extensions": False,
        }
    )
    connection.execute("SET TimeZone = 'Europe/Rome'")
    try:
        yield connection
    except duckdb.IOException as fault:
        # A full disk is the caller's business, as it is when Python writes.
        raise OSError(errno.EIO, str(fault)) from fault
    finally:
        connection.close()
        shutil.rmtree(scratch, ignore_errors=True)


def scratch_folder(connection: DuckDBPyConnection) -> Path:
    """Where a reader may leave files that live as long as the connection."""
    row = connection.execute("SELECT current_setting('temp_directory')").fetchone()
    folder = Path(row[0]) if row and row[0] else Path(tempfile.mkdtemp(prefix="opentusk-"))
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def load_spatial(connection: DuckDBPyConnection) -> None:
    """Load the extension for coordinates and shapes, from the installed package: never from the network."""
    connection.execute(f"LOAD {literal(str(_spatial_file()))}")


@cache
def _spatial_file() -> Path:
    found = sorted(Path(duckdb_extension_spatial.__file__).parent.glob("extensions/*/spatial.duckdb_extension"))
    if not found:
        raise FileNotFoundError("spatial.duckdb_extension")
    return found[-1]


def identifier(name: str) -> str:
    """A name as SQL."""
    return '"' + name.replace('"', '""') + '"'


def literal(text: str) -> str:
    """A text as SQL."""
    return "'" + text.replace("'", "''") + "'"
