"""Rows in the forms that CKAN answers: objects, lists, CSV or TSV as text."""

import csv
import io
import json
from collections.abc import Callable, Sequence
from datetime import date, datetime, time
from decimal import Decimal
from math import isfinite, isnan
from typing import Any

from opentusk.kit.datastore.shapes import SourceField
from opentusk.kit.tables.shapes import ColumnType

_Read = Callable[[Any], Any]


def records(rows: Sequence[Sequence[object]], fields: Sequence[SourceField], ranks: Sequence[str], form: str) -> Any:
    """The rows, each with its ranks at the end."""
    if form in ("csv", "tsv"):
        return _separated(rows, fields, "," if form == "csv" else "\t")
    readers = [reader_of(field) for field in fields] + [None] * len(ranks)
    plain = [
        [cell if read is None or cell is None else read(cell) for read, cell in zip(readers, row, strict=True)]
        for row in rows
    ]
    if form == "lists":
        return plain
    names = [*(field.id for field in fields), *ranks]
    return [dict(zip(names, row, strict=True)) for row in plain]


def reader_of(field: SourceField) -> _Read | None:
    """How a value of the column becomes JSON; None when it is JSON already."""
    if field.kind.is_json:
        return _from_json
    return _instant if field.kind.has_zone else _READERS.get(field.kind.column)


def plain_decimal(value: Decimal) -> int | float | str:
    """A decimal as a number of JSON; one that no number of a client could hold exactly stays a text."""
    if value == value.to_integral_value():
        return int(value)
    number = float(value)
    return number if Decimal(repr(number)) == value else _trimmed(value)


def _trimmed(value: Decimal) -> str:
    """Without the zeros that only the column's width asks for; `normalize` would round."""
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def _from_json(value: object) -> object:
    assert isinstance(value, str)
    try:
        return json.loads(value)
    except ValueError:
        return value


def _number(value: float) -> float | str:
    """A number; what JSON has none for as PostgreSQL writes it."""
    if isfinite(value):
        return value
    return "NaN" if isnan(value) else "Infinity" if value > 0 else "-Infinity"


def _instant(value: datetime) -> str:
    """An instant is kept in UTC, and says so."""
    return f"{value.isoformat()}+00:00"


def _moment(value: date | datetime | time) -> str:
    return value.isoformat()


_READERS: dict[ColumnType, _Read] = {
    ColumnType.DECIMAL: plain_decimal,
    ColumnType.NUMBER: _number,
    ColumnType.DATE: _moment,
    ColumnType.DATETIME: _moment,
    ColumnType.TIME: _moment,
}


def _separated(rows: Sequence[Sequence[object]], fields: Sequence[SourceField], mark: str) -> str:
    """As PostgreSQL copies rows out: an empty cell is nothing, an empty text is two quotes."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=mark, lineterminator="\n")
    zoned = {place for place, field in enumerate(fields) if field.kind.has_zone}
    for row in rows:
        cells = [
            _instant(cell) if place in zoned and isinstance(cell, datetime) else _cell(cell)
            for place, cell in enumerate(row)
        ]
        writer.writerow(cells)
    return out.getvalue()


def _cell(value: object) -> object:
    match value:
        case None:
            return ""
        case bool():
            return "t" if value else "f"
        case Decimal():
            return _trimmed(value)
        case float():
            return _number(value)
        case date() | time():
            return value.isoformat()
    return value
