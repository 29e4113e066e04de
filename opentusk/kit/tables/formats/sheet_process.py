"""Reads one spreadsheet in a process of its own: `python -m … list|load FILE KIND …`, JSON on stdout.

The reader of spreadsheets keeps a whole sheet in memory, as a rectangle: two cells far apart are enough to ask for
hundreds of gigabytes, and then it ends its process. That process is this one, with a limit on its memory, and not the
portal. It imports nothing it does not need: it must start in a few milliseconds.
"""

import json
import re
import signal
import sys
import zipfile
from collections.abc import Iterable, Iterator
from contextlib import closing, suppress
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from html import unescape
from pathlib import Path
from typing import Any

import python_calamine

from opentusk.kit.tables.formats.biff import read_bare_sheet
from opentusk.kit.tables.formats.row_writer import RowWriter

MEMORY, SECONDS = 3_000_000_000, 300
REFUSED = 3
_DIE_WITH_PARENT = 1  # PR_SET_PDEATHSIG
_BARE = b"\x09"
_ERRORS = re.compile(
    rb'<c r="([A-Z]{1,3})([0-9]{1,7})"[^>]*\bt="e"[^>]*>(?:<f[^>]*/>|<f.{0,8000}?</f>)?<v>([^<]{1,20})<'
)
_BOOK, _LINKS = "xl/workbook.xml", "xl/_rels/workbook.xml.rels"
_PIECE = 1 << 20
Rows = Iterable[tuple[int, list[object]]]
Range = tuple[tuple[int, int], tuple[int, int]]  # first and last cell, each by row and column from 0


def main(words: list[str]) -> int:
    """Run one command. Exit 3 with a reason on stdout when the file cannot be read."""
    _limit()
    command, path, *rest = words
    try:
        answer = _list(Path(path)) if command == "list" else _load(Path(path), *rest)
    except python_calamine.PasswordError:
        answer = {"reason": "table.password"}
    except (python_calamine.CalamineError, ValueError, OSError, zipfile.BadZipFile) as fault:
        answer = {"reason": "table.sheet_damaged", "detail": str(fault)[:200]}
    except MemoryError:
        answer = {"reason": "table.sheet_too_large"}
    print(json.dumps(answer))
    return REFUSED if "reason" in answer else 0


def _limit() -> None:
    """Bound memory and time and end with the parent, where the system can."""
    with suppress(ImportError, ValueError, OSError, AttributeError):
        import ctypes
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
        resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        ctypes.CDLL(None).prctl(_DIE_WITH_PARENT, signal.SIGKILL)


def _list(path: Path) -> dict[str, Any]:
    """The visible sheets that hold something, and how many are hidden."""
    if _is_bare(path):
        return {"sheets": ["Foglio1"], "hidden": 0}
    with python_calamine.CalamineWorkbook.from_path(path) as book:
        known = book.sheets_metadata
        sheets = [one for one in known if one.typ == python_calamine.SheetTypeEnum.WorkSheet]
        visible = [one.name for one in sheets if one.visible == python_calamine.SheetVisibleEnum.Visible]
        filled = [name for name in visible if len(visible) == 1 or book.get_sheet_by_name(name).height > 0]
    if not visible:
        return {"reason": "table.no_sheets"}
    return {"sheets": filled or visible[:1], "hidden": len(sheets) - len(visible)}


def _load(path: Path, sheet: str, target: str, most_columns: str) -> dict[str, object]:
    """The cells of one sheet written to `target`; what kinds of values each column has."""
    known = _list(path)
    if "reason" in known:
        return known
    if sheet and sheet not in known["sheets"]:
        return {"reason": "table.no_such_table", "detail": sheet}
    rows, merged = _bare_rows(path) if _is_bare(path) else _rows(path, sheet or known["sheets"][0])
    columns: dict[int, dict[str, int]] = {}
    with closing(RowWriter(Path(target))) as writer:
        for line, cells in rows:
            if len(cells) > int(most_columns):
                return {"reason": "table.too_many_columns", "detail": f"{len(cells)}"}
            writer.write(line, [_noted(cell, columns, at) for at, cell in enumerate(cells)])
    told = {"width": writer.width, "longest": writer.longest, "columns": columns, "merged": merged}
    return {**told, "hidden": known["hidden"]}


def _rows(path: Path, sheet: str) -> tuple[Rows, int]:
    """The rows of a sheet, their numbers in it, and how many merged ranges were filled."""
    with python_calamine.CalamineWorkbook.from_path(path) as book:
        read = book.get_sheet_by_name(sheet)
    _row, left = read.start or (0, 0)
    ranges = [_moved(one, left) for one in _fillable(read.merged_cell_ranges or [], read.width)]
    errors = {(row, column - left): error for (row, column), error in _errors(path, sheet).items()}
    return _filled(read, ranges, errors), len(ranges)


def _moved(one: Range, left: int) -> Range:
    """The reader leaves out the empty columns before the first filled one (and no rows)."""
    (first, start), (last, end) = one
    return (first, start - left), (last, end - left)


def _filled(
    read: python_calamine.CalamineSheet, ranges: list[Range], errors: dict[tuple[int, int], str]
) -> Iterator[tuple[int, list[object]]]:
    """The rows from the first that holds something: a merged range has its value in each cell, an error its name."""
    starting: dict[int, list[Range]] = {}
    for one in ranges:
        starting.setdefault(one[0][0], []).append(one)
    broken: dict[int, dict[int, str]] = {}
    for (at, column), error in errors.items():
        broken.setdefault(at, {})[column] = error
    is_blank = True
    open_ranges: list[tuple[int, int, int, object]] = []
    for number, row in enumerate(read.iter_rows()):
        cells: list[object] = list(row)
        for column, error in broken.get(number, {}).items():
            cells[column] = cells[column] or error
        open_ranges = [one for one in open_ranges if one[0] >= number]
        open_ranges += [(last, left, right, cells[left]) for (_row, left), (last, right) in starting.get(number, ())]
        for _last, left, right, value in open_ranges:
            cells[left : right + 1] = [value] * (min(right, len(cells) - 1) - left + 1)
        is_blank = is_blank and not any(cell not in (None, "") for cell in cells)
        if not is_blank:
            yield number + 1, cells


def _fillable(ranges: list[Range], width: int) -> list[Range]:
    """The merged ranges that group rows or columns; one across the whole sheet is a title, and a title stands once."""
    return [one for one in ranges if one[0][0] != one[1][0] or one[1][1] - one[0][1] + 1 < max(width * 0.8, 2)]


def _noted(cell: object, columns: dict[int, dict[str, int]], at: int) -> str | None:
    """The cell as text, its kind counted: texts behind the first number are told apart, they contradict it."""
    if cell is None or cell == "":
        return None
    text, kind = _text(cell)
    counts = columns.setdefault(at, {})
    if kind == "text" and ("whole" in counts or "decimal" in counts or "thousands" in counts):
        kind = "later"
    counts[kind] = counts.get(kind, 0) + 1
    return text


def _text(cell: object) -> tuple[str, str]:
    """A cell as it stands in the sheet, in ISO form, and its kind. Of numbers no figure is lost or made up."""
    if isinstance(cell, bool):
        return ("true" if cell else "false"), "boolean"
    if isinstance(cell, int | float):
        return _number(cell)
    if isinstance(cell, datetime):
        instant = cell.replace(microsecond=0) if cell.microsecond < 1_000 else cell
        return instant.isoformat(sep=" "), "instant"
    if isinstance(cell, date):
        return cell.isoformat(), "date"
    if isinstance(cell, timedelta):
        seconds = round(cell.total_seconds())
        return f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}", "time"
    return (cell.isoformat(), "time") if isinstance(cell, time) else (str(cell), "text")


def _number(cell: float) -> tuple[str, str]:
    if float(cell).is_integer():
        return f"{int(cell)}", "whole"
    written = repr(cell)
    if "e" in written:
        written = f"{Decimal(written):f}"
    return written, "thousands" if re.fullmatch(r"-?[0-9]{1,3}\.[0-9]{3}", written) else "decimal"


def _errors(path: Path, sheet: str) -> dict[tuple[int, int], str]:
    """The cells of an XLSX sheet that hold an error (`#N/D`), which the reader gives as empty."""
    if not zipfile.is_zipfile(path):
        return {}
    found: dict[tuple[int, int], str] = {}
    with zipfile.ZipFile(path) as archive:
        part = _part_of(archive, sheet)
        if part not in archive.namelist():
            return {}
        rest = b""
        with archive.open(part) as file:
            while piece := file.read(_PIECE):
                rest += piece
                for letters, row, error in _ERRORS.findall(rest) if b't="e"' in rest else ():
                    found[int(row) - 1, _column(letters)] = error.decode("utf-8", "replace")
                rest = rest[max(rest.rfind(b"<c "), 0) :][-_PIECE:]
    return found


def _part_of(archive: zipfile.ZipFile, sheet: str) -> str:
    """The part of an XLSX that holds a sheet; "" if the file is none."""
    try:
        book, links = (archive.read(name).decode("utf-8", "replace") for name in (_BOOK, _LINKS))
    except KeyError:
        return ""
    names = {unescape(_attribute(tag, "name")): _attribute(tag, "r:id") for tag in re.findall(r"<sheet\b[^>]*>", book)}
    targets = {_attribute(tag, "Id"): _attribute(tag, "Target") for tag in re.findall(r"<Relationship\b[^>]*>", links)}
    target = targets.get(names.get(sheet, ""), "")
    return target.removeprefix("/") if target.startswith("/") else f"xl/{target}"


def _attribute(tag: str, name: str) -> str:
    found = re.search(rf'\b{name}="([^"]*)"', tag)
    return found[1] if found else ""


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number - 1


def _is_bare(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(1) == _BARE


def _bare_rows(path: Path) -> tuple[Rows, int]:
    cells = read_bare_sheet(path.read_bytes())
    width = max((column for _row, column in cells), default=-1) + 1
    rows = sorted({row for row, _column in cells})
    return ((row + 1, [cells.get((row, column)) for column in range(width)]) for row in rows), 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
