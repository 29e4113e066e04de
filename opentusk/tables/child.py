"""Reads one file in a process of its own, so that a bomb takes down nothing but itself.

`python -m opentusk.tables.child` takes one request as JSON on its standard input and answers line by line: each step
when it begins or ends, each table when it is whole. It knows neither Django nor the database, and dies with its parent.
"""

import contextlib
import ctypes
import errno
import json
import os
import resource
import signal
import sys
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

import duckdb

from opentusk.kit.errors import Unreadable
from opentusk.kit.tables.changes import diff_tables
from opentusk.kit.tables.copying import copy_without
from opentusk.kit.tables.formats.opening import list_tables
from opentusk.kit.tables.json_shapes import as_json, from_json
from opentusk.kit.tables.pipeline import examine_table
from opentusk.kit.tables.shapes import ColumnType, Examination, Options, TableSource

_DIE_WITH_PARENT = 1  # PR_SET_PDEATHSIG
_NEAR = 0.6  # of the memory that is allowed
_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
_FULL_WORDS = ("No space left", "File too large", "Disk quota")


def main() -> None:
    """Answer the request of the parent."""
    request = json.load(sys.stdin)
    _bind(os.getppid(), request["limit_bytes"])
    path, out = Path(request["path"]), Path(request["out"])
    with _told(""):
        if request["without"]:
            _copy(path, request, out)
        else:
            _read(path, request, out)


def say(**words: Any) -> None:
    """One line for the parent."""
    print(json.dumps(words, ensure_ascii=False), flush=True)


def _read(path: Path, request: dict[str, Any], out: Path) -> None:
    tables = list_tables(path, name=request["name"])
    if len(tables) > 1:
        request["sole"] = {}
    say(sources=[{"key": source.key, "label": source.label, "format": source.format} for source in tables])
    say(step="opened")
    for number, source in enumerate(tables):
        if not request["only"] or source.key in request["only"]:
            _examine(path, source, request, out / str(number))


def _copy(path: Path, request: Mapping[str, Any], out: Path) -> None:
    """A CSV of each table without the columns that are to be left out."""
    for number, (key, left_out) in enumerate(request["without"].items()):
        target = out / f"{number}.csv"
        options = _options(request, request["tables"][key])
        copy_without(path, name=request["name"], key=key, left_out=left_out, out=target, options=options)
        say(table=key, copy=target.name)


def _examine(path: Path, source: TableSource, request: Mapping[str, Any], out: Path) -> None:
    wishes = request["tables"].get(source.key) or request["sole"]
    with _told(source.key):
        out.mkdir(parents=True)
        examination = examine_table(
            path,
            name=request["name"],
            out=out,
            key=source.key,
            options=_options(request, wishes),
            progress=lambda step: say(step=step, table=source.key),
        )
        changes = _changes(wishes.get("before", ""), examination, out)
        say(table=source.key, folder=out.name, examination=as_json(examination), changes=changes)


def _changes(before: str, found: Examination, out: Path) -> dict[str, Any]:
    """What differs from the public version; the rows that differ stay beside the table."""
    if not before or not Path(before).exists():
        return {}
    key = [column.name for column in found.columns if column.is_key]
    diff = diff_tables(Path(before), found.parquet, key=key, out=out / "changes.parquet")
    return {**asdict(diff), "rows": diff.rows.name}


def _options(request: Mapping[str, Any], chosen: Mapping[str, Any]) -> Options:
    return Options(
        accepted=frozenset(chosen.get("accepted", ())),
        encoding=chosen.get("encoding", ""),
        delimiter=chosen.get("delimiter", ""),
        types={name: ColumnType(value) for name, value in chosen.get("types", {}).items()},
        known=from_json(chosen["known"], folder=Path()).columns if chosen.get("known") else (),
        territory=request["territory"],
        memory=request["memory"],
    )


@contextlib.contextmanager
def _told(table: str) -> Any:
    """Tells the parent what stopped the reading, when it is the file's fault or the machine's."""
    try:
        yield
    except Unreadable as fault:
        say(table=table, fault=fault.reason, detail=fault.detail)
    except (MemoryError, duckdb.OutOfMemoryException):
        say(table=table, fault="examining.too_heavy", detail="")
    except OSError as fault:
        if fault.errno not in _FULL and not _says_full(fault):
            raise
        say(table=table, fault="examining.no_room", detail="")
    except duckdb.InternalException:
        # Where no memory is left DuckDB may stumble over what it could not make, instead of saying so.
        if not _is_near_limit():
            raise
        say(table=table, fault="examining.too_heavy", detail="")
    except duckdb.Error as fault:
        if not _says_full(fault):
            raise
        say(table=table, fault="examining.no_room", detail="")


def _says_full(fault: Exception) -> bool:
    return any(words in str(fault) for words in _FULL_WORDS)


def _is_near_limit() -> bool:
    limit, _hard = resource.getrlimit(resource.RLIMIT_DATA)
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 > limit * _NEAR


def _bind(parent: int, limit: int) -> None:
    """End with the parent, take no more memory than allowed, and let the pages of the portal go first."""
    ctypes.CDLL(None).prctl(_DIE_WITH_PARENT, signal.SIGKILL)
    if os.getppid() != parent:
        sys.exit(1)
    resource.setrlimit(resource.RLIMIT_DATA, (limit, limit))
    os.nice(5)


if __name__ == "__main__":
    main()
