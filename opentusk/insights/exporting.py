"""Indicators as CSV and JSON: the same rows as the page."""

from collections.abc import Iterable
from typing import Any

from opentusk.insights.indicators import BY_CODE, Measured, Row
from opentusk.insights.models import IndicatorSnapshot
from opentusk.search.lists import csv_text

COLUMNS = ("indicatore", "nome", "versione", "dimensione", "nome_dimensione", "valore", "unita")


def rows_of(measured: Iterable[Measured]) -> list[dict[str, Any]]:
    """Every value, by the names of the columns."""
    return [_row(row) for one in measured for row in one.rows]


def csv_of(measured: Iterable[Measured]) -> str:
    """The values of now."""
    return _csv(COLUMNS, (row.values() for row in rows_of(measured)))


def csv_of_snapshots(snapshots: Iterable[IndicatorSnapshot]) -> str:
    """The values of the years."""
    columns = ("anno", "indicatore", "versione", "dimensione", "nome_dimensione", "valore", "unita", "misurato")
    return _csv(columns, (_cells(one) for one in snapshots))


def _row(row: Row) -> dict[str, Any]:
    one = row.indicator
    values = (one.code, str(one.label), one.version, row.dimension, row.name, row.value, str(one.unit))
    return dict(zip(COLUMNS, values, strict=True))


def _cells(one: IndicatorSnapshot) -> tuple[Any, ...]:
    indicator = BY_CODE.get(one.code)
    unit = str(indicator.unit) if indicator else ""
    value = None if one.value is None else f"{one.value:f}".rstrip("0").rstrip(".")
    taken = one.taken_at.date().isoformat()
    return (one.period, one.code, one.version, one.dimension, one.name, value, unit, taken)


def _csv(columns: Iterable[str], rows: Iterable[Iterable[Any]]) -> str:
    return csv_text([columns, *(["" if cell is None else cell for cell in row] for row in rows)])
