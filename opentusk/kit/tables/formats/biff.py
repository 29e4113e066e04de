"""Worksheets of Excel 2 to 4 (`.xls` without a container), which no library reads any more and archives still hold.

Source: the BIFF record structure as Microsoft's and OpenOffice's documentation of the Excel file format give it.
"""

import struct
from collections.abc import Iterator
from datetime import date, datetime, timedelta

Cell = str | float | bool | date | None

_STARTS = {0x0009: 2, 0x0209: 3, 0x0409: 4}
_CODE_PAGE, _DATE_MODE, _FORMAT, _FORMATS_4 = 0x0042, 0x0022, 0x001E, 0x041E
_XF = {3: 0x0243, 4: 0x0443}
_NUMBERS, _TEXTS, _FORMULAS = {0x0003, 0x0203}, {0x0004, 0x0204}, {0x0006, 0x0206, 0x0406}
_RK, _FLAGS, _RICH, _RESULT = 0x027E, {0x0005, 0x0205}, 0x00D6, {0x0007, 0x0207}
_ERRORS = {0: "#NULL!", 7: "#DIV/0!", 15: "#VALUE!", 23: "#REF!", 29: "#NAME?", 36: "#NUM!", 42: "#N/A"}
_PAGES = {0x8000: "mac_roman", 0x8001: "cp1252", 367: "ascii", 437: "cp437", 850: "cp850", 1252: "cp1252"}


def read_bare_sheet(content: bytes) -> dict[tuple[int, int], Cell]:
    """The cells of the sheet by row and column, from 0."""
    book = _Book(version=_STARTS.get(struct.unpack_from("<H", content)[0], 3))
    for kind, body in _records(content):
        book.take(kind, body)
    return book.cells


def _records(content: bytes) -> Iterator[tuple[int, bytes]]:
    at = 0
    while at + 4 <= len(content):
        kind, length = struct.unpack_from("<HH", content, at)
        yield kind, content[at + 4 : at + 4 + length]
        at += 4 + length


class _Book:
    """What the records have said so far."""

    def __init__(self, version: int) -> None:
        self.cells: dict[tuple[int, int], Cell] = {}
        self._version = version
        self._encoding = "cp1252"
        self._epoch = datetime(1899, 12, 30)
        self._formats: list[str] = []
        self._styles: list[int] = []
        self._awaiting: tuple[int, int] | None = None  # a formula whose text follows in a record of its own

    def take(self, kind: int, body: bytes) -> None:
        """Learn from one record; one that is cut says nothing."""
        try:
            self._settings(kind, body)
            self._cell(kind, body)
        except (struct.error, IndexError):
            return

    def _settings(self, kind: int, body: bytes) -> None:
        if kind == _CODE_PAGE:
            self._encoding = _PAGES.get(struct.unpack_from("<H", body)[0], "cp1252")
        elif kind == _DATE_MODE and body[:1] == b"\x01":
            self._epoch = datetime(1904, 1, 1)
        elif kind in (_FORMAT, _FORMATS_4):
            start = 3 if kind == _FORMATS_4 else 1
            self._formats.append(body[start:].decode(self._encoding, "replace"))
        elif kind == _XF.get(self._version):
            self._styles.append(body[1])

    def _cell(self, kind: int, body: bytes) -> None:
        if kind in _RESULT and self._awaiting:
            self.cells[self._awaiting] = self._text(body)
            self._awaiting = None
        elif kind in _TEXTS or kind == _RICH:
            self._put(body, self._text(body[self._offset :]))
        elif kind in _NUMBERS:
            self._put(body, self._dated(body, struct.unpack_from("<d", body, self._offset)[0]))
        elif kind == _RK:
            self._put(body, self._dated(body, _rk(struct.unpack_from("<I", body, self._offset)[0])))
        elif kind in _FLAGS:
            value, is_error = body[self._offset], body[self._offset + 1]
            self._put(body, _ERRORS.get(value, "#N/A") if is_error else bool(value))
        elif kind in _FORMULAS:
            self._formula(body)

    @property
    def _offset(self) -> int:
        """Where the value begins: Excel 2 has a style of three bytes, later ones an index of two."""
        return 7 if self._version == 2 else 6

    def _formula(self, body: bytes) -> None:
        result = body[self._offset : self._offset + 8]
        if result[6:8] != b"\xff\xff":
            self._put(body, self._dated(body, struct.unpack("<d", result)[0]))
        elif result[0] == 0:
            self._awaiting = _place(body)
        else:
            self._put(body, _ERRORS.get(result[2], "#N/A") if result[0] == 2 else bool(result[2]))

    def _put(self, body: bytes, value: Cell) -> None:
        self.cells[_place(body)] = value

    def _text(self, body: bytes) -> str:
        if self._version == 2:
            return body[1 : 1 + body[0]].decode(self._encoding, "replace")
        (length,) = struct.unpack_from("<H", body)
        return body[2 : 2 + length].decode(self._encoding, "replace")

    def _dated(self, body: bytes, number: float) -> Cell:
        """A number, or the day it stands for if its format shows it as one."""
        if self._version == 2:
            return number
        (style,) = struct.unpack_from("<H", body, 4)
        form = self._styles[style] if style < len(self._styles) else 0
        pattern = self._formats[form].lower() if form < len(self._formats) else ""
        is_date = "yy" in pattern or "d/m" in pattern or "d-m" in pattern
        if not is_date or not 0 < number < 2_958_466:
            return number
        instant = self._epoch + timedelta(days=number)
        return instant.date() if number.is_integer() else instant


def _place(body: bytes) -> tuple[int, int]:
    row, column = struct.unpack_from("<HH", body)
    return row, column


def _rk(packed: int) -> float:
    """A number in four bytes: a whole one or the first half of a double, either in hundredths."""
    if packed & 2:
        number = float(packed >> 2 if packed < 1 << 31 else (packed >> 2) - (1 << 30))
    else:
        number = float(struct.unpack("<d", struct.pack("<Q", (packed & 0xFFFFFFFC) << 32))[0])
    return number / 100 if packed & 1 else number
