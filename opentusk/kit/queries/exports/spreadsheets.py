"""Excel workbooks: codes stay text, dates are dates, and nothing that does not fit is cut.

Excel keeps 15 digits of a number and 32,767 characters of a cell: longer numbers are written as text, longer texts
refuse the format. The dates inside the file are fixed, so that the same rows give the same bytes.
"""

from collections.abc import Callable
from datetime import date, datetime, time
from decimal import Decimal
from math import isfinite
from pathlib import Path
from time import monotonic

import duckdb
import xlsxwriter  # type: ignore[import-untyped]

from opentusk.kit.queries.encoding import shown_names
from opentusk.kit.queries.errors import BadQuery, OverBudget
from opentusk.kit.queries.exports.shapes import ExportOptions, Rows

MAX_ROWS = 1_048_576  # of a sheet, the headings among them
MAX_COLUMNS = 16_384
_BLOCK = 5_000
_FIRST_DAY = date(1900, 3, 1)  # before it, Excel's calendar is wrong
_FIXED = datetime(2000, 1, 1)


def write_xlsx(
    connection: duckdb.DuckDBPyConnection, rows: Rows, out: Path, options: ExportOptions, *, seconds: float
) -> int:
    """One sheet, row by row. Raises BadQuery when it would not hold the rows, OverBudget when it takes too long."""
    end = monotonic() + seconds
    if len(rows.columns) > MAX_COLUMNS:
        raise BadQuery("query.too_wide_for_xlsx", values={"limit": str(MAX_COLUMNS)})
    result = connection.execute(rows.sql, rows.values)
    with xlsxwriter.Workbook(str(out), {"constant_memory": True, "in_memory": False}) as book:
        book.set_properties({"created": _FIXED})
        sheet = _Sheet(book, shown_names(rows.columns, labels=options.labels))
        while block := result.fetchmany(_BLOCK):
            if monotonic() > end:
                raise OverBudget("time", f"{seconds:g}")
            for row in block:
                sheet.add(row)
    return sheet.rows


class _Sheet:
    """The sheet being written."""

    def __init__(self, book: xlsxwriter.Workbook, names: list[str]) -> None:
        self.sheet = book.add_worksheet("dati")
        self.rows = 0
        formats = {date: "yyyy-mm-dd", datetime: "yyyy-mm-dd hh:mm:ss", time: "hh:mm:ss"}
        self.formats = {kind: book.add_format({"num_format": text}) for kind, text in formats.items()}
        bold = book.add_format({"bold": True})
        for column, name in enumerate(names):
            self.sheet.write_string(0, column, name, bold)
        self.sheet.freeze_panes(1, 0)

    def add(self, row: tuple[object, ...]) -> None:
        """One row. Raises BadQuery when the sheet is full or a text too long."""
        self.rows += 1
        if self.rows >= MAX_ROWS:
            raise BadQuery("query.too_many_for_xlsx", values={"limit": "1.048.575"})
        for column, value in enumerate(row):
            if value is not None and _WRITERS.get(type(value), _text)(self, column, value) < 0:
                raise BadQuery("query.too_long_for_xlsx", values={"row": str(self.rows)})


def _text(sheet: _Sheet, column: int, value: object) -> int:
    return int(sheet.sheet.write_string(sheet.rows, column, str(value)))


def _number(sheet: _Sheet, column: int, value: object) -> int:
    assert isinstance(value, int | Decimal | float)
    # What has more digits than Excel keeps, or is no number to it, is written as text.
    is_float = isinstance(value, float)
    if not isfinite(value) or (not is_float and len(Decimal(value).normalize().as_tuple().digits) > 15):
        return _text(sheet, column, value if isfinite(value) else "")
    return int(sheet.sheet.write_number(sheet.rows, column, float(value)))


def _boolean(sheet: _Sheet, column: int, value: object) -> int:
    return int(sheet.sheet.write_boolean(sheet.rows, column, bool(value)))


def _moment(sheet: _Sheet, column: int, value: object) -> int:
    day = value.date() if isinstance(value, datetime) else value
    if isinstance(day, date) and day < _FIRST_DAY:
        assert isinstance(value, date)
        return _text(sheet, column, value.isoformat())
    return int(sheet.sheet.write_datetime(sheet.rows, column, value, sheet.formats[type(value)]))


_WRITERS: dict[type, Callable[[_Sheet, int, object], int]] = {
    bool: _boolean,
    int: _number,
    float: _number,
    Decimal: _number,
    date: _moment,
    datetime: _moment,
    time: _moment,
}
