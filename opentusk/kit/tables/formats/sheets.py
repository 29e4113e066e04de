"""Spreadsheets (XLSX, XLS, ODS) as tables of texts: each visible sheet is one. They are read in another process."""

import json
import subprocess
import sys
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any
from uuid import uuid4

from duckdb import DuckDBPyConnection

import opentusk
from opentusk.kit.errors import Unreadable
from opentusk.kit.problems import Severity
from opentusk.kit.tables.formats.archives import refuse_bomb
from opentusk.kit.tables.formats.rows import load_rows
from opentusk.kit.tables.formats.zip_directory import read_directory
from opentusk.kit.tables.raw import RawTable
from opentusk.kit.tables.shapes import ColumnType, Dialect, Options, TableProblem, TableSource
from opentusk.kit.tables.workspace import scratch_folder

_SHEET = "sheet:"
_ROOT = Path(opentusk.__file__).parents[1]
_PATIENCE = 600  # seconds; the process has a limit of its own on computing time
_LARGEST_EXPANSION = 1_032  # of deflate: a part that cannot grow further than this allows needs no look
_HARMLESS = 200_000_000  # bytes
_DAY_ONLY = "regexp_full_match({0}, '[0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}}')"


def list_sheets(path: Path, name: str, form: str) -> list[TableSource]:
    """One table per visible sheet that holds something."""
    sheets: list[str] = _run("list", path)["sheets"]
    if len(sheets) == 1:
        return [TableSource(key="", label=name, format=form)]
    return [TableSource(key=f"{_SHEET}{sheet}", label=sheet, format=form) for sheet in sheets]


def load_sheet(connection: DuckDBPyConnection, path: Path, source: TableSource, options: Options) -> RawTable:
    """The cells of one sheet; its header is to be found among the rows."""
    target = scratch_folder(connection) / f"sheet-{uuid4().hex[:8]}.csv"
    told = _run("load", path, source.key.removeprefix(_SHEET), str(target.resolve()), f"{options.max_columns}")
    if not told["width"]:
        raise Unreadable("table.no_sheets")
    view = load_rows(connection, target, told["width"], told["longest"])
    target.unlink()
    kinds: Mapping[str, Mapping[str, int]] = told["columns"]
    _join_days_and_instants(connection, view, kinds)
    return RawTable(
        source=source,
        view=view,
        width=told["width"],
        dialect=Dialect(),
        native=dict(_native(kinds)),
        problems=tuple(_problems(told["merged"], told["hidden"])),
    )


def _run(command: str, path: Path, *words: str) -> dict[str, Any]:
    """What the process says. Raises Unreadable with its reason, or because it was ended by its limits."""
    if zipfile.is_zipfile(path):
        _refuse_bombs(path)
    line = [sys.executable, "-m", "opentusk.kit.tables.formats.sheet_process", command, str(path.resolve()), *words]
    try:
        done = subprocess.run(
            line, cwd=_ROOT, stdin=subprocess.DEVNULL, capture_output=True, timeout=_PATIENCE, check=False
        )
        told = json.loads(done.stdout)
    except (subprocess.TimeoutExpired, ValueError) as fault:
        raise Unreadable("table.sheet_too_large", path.name) from fault
    if "reason" in told:
        raise Unreadable(told["reason"], told.get("detail", ""))
    return dict(told)


def _native(kinds: Mapping[str, Mapping[str, int]]) -> Iterator[tuple[int, ColumnType]]:
    """Types of the columns whose texts alone would mislead: decimal numbers that look like thousands."""
    for position, counts in kinds.items():
        if "thousands" in counts and not {"decimal", "later", "date", "instant", "time", "boolean"} & counts.keys():
            yield int(position), ColumnType.NUMBER


def _join_days_and_instants(connection: DuckDBPyConnection, view: str, kinds: Mapping[str, Mapping[str, int]]) -> None:
    """In a column of instants midnight comes as a bare day: it gets its hour back, so that all are of one form."""
    for position, counts in kinds.items():
        if {"date", "instant"} <= counts.keys():
            name = f"c{int(position)}"
            connection.execute(f"UPDATE {view} SET {name} = {name} || ' 00:00:00' WHERE {_DAY_ONLY.format(name)}")


def _problems(merged: int, hidden: int) -> Iterator[TableProblem]:
    if merged:
        yield TableProblem(code="table.merged_cells", severity=Severity.MINOR, rule="F5.a", count=merged)
    if hidden:
        yield TableProblem(code="table.hidden_sheets", severity=Severity.INFO, count=hidden)


def _refuse_bombs(path: Path) -> None:
    """The directory first, then what parts that could hold more than they say really hold."""
    members = read_directory(path)
    refuse_bomb(members)
    for member in members:
        if member.info.compress_size * _LARGEST_EXPANSION <= _HARMLESS:
            continue
        try:
            with zipfile.ZipFile(path) as archive, archive.open(member.info) as file:
                while file.read(1 << 20):
                    pass
        except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError) as fault:
            raise Unreadable("table.archive_damaged", member.name) from fault
