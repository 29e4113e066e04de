"""What the values of each column are like, counted over every row of the typed table."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from math import isfinite
from typing import Any

from duckdb import DuckDBPyConnection

from opentusk.kit.tables.shapes import ROW_NUMBER, Column, ColumnProfile, ColumnType
from opentusk.kit.tables.workspace import identifier

_TOP = 20
_BINS = 20
_EXAMPLES = 5
_AT_ONCE = 50  # columns in one query
_AT_ONCE_CELLS = 500_000
Counts = tuple[tuple[str, int], ...]
_LOOKED_AT = 60
_FEW = 20
_NUMERIC = (ColumnType.INTEGER, ColumnType.DECIMAL, ColumnType.NUMBER)
_TIMED = (ColumnType.DATE, ColumnType.DATETIME)


def profile_columns(
    connection: DuckDBPyConnection,
    table: str,
    columns: Sequence[Column],
    *,
    rows: int,
    exceptions: Mapping[str, int],
    patterns: Mapping[str, Counts],
) -> tuple[ColumnProfile, ...]:
    """A profile for each column of `table`; of a personal one only how many values it has, and how many are empty."""
    examples = _examples(connection, table, columns)
    is_small = rows * len(columns) <= _AT_ONCE_CELLS
    profiles: list[ColumnProfile] = []
    for start in range(0, len(columns), _AT_ONCE):
        part = columns[start : start + _AT_ONCE]
        counted = _count_at_once(connection, table, part) if is_small else {}
        measures = ", ".join(_measures(column, is_counted=bool(counted)) for column in part)
        row = connection.execute(f"SELECT {measures} FROM {table}").fetchone() or ()
        for number, column in enumerate(part):
            filled, distinct, *figures = row[number * _MEASURES : (number + 1) * _MEASURES]
            known = counted.get(column.name)
            profile = ColumnProfile(
                name=column.name,
                nulls=rows - filled,
                distinct=known[0] if known else distinct,
                exceptions=exceptions.get(column.name, 0),
            )
            if not column.is_personal:
                profile = replace(
                    profile,
                    examples=examples.get(column.name, ()),
                    patterns=patterns.get(column.name, ()) if column.type is ColumnType.TEXT else (),
                    **_details(connection, table, column, figures, filled=filled),
                )
                # Of many values that are all different none is frequent; of few, all can be named.
                if profile.distinct < filled or (known and filled <= _FEW):
                    profile = replace(profile, top=known[1] if known else _most_frequent(connection, table, column))
            profiles.append(profile)
    return tuple(profiles)


def iso(column: Column) -> str:
    """The value of a column as text in ISO form, as SQL."""
    name = identifier(column.name)
    if column.type is ColumnType.DATETIME:
        return f"replace(CAST({name} AS VARCHAR), ' ', 'T')"
    return name if column.type is ColumnType.TEXT else f"CAST({name} AS VARCHAR)"


_MEASURES = 8


def _measures(column: Column, *, is_counted: bool) -> str:
    name = identifier(column.name)
    distinct = "NULL" if is_counted else f"count(DISTINCT {name})"
    if column.is_personal:
        return f"count({name}), {distinct}, {', '.join(['NULL'] * (_MEASURES - 2))}"
    numbers = f"avg({name}), median({name})" if column.type in _NUMERIC else "NULL, NULL"
    lengths = f"min(length({name})), max(length({name}))" if column.type is ColumnType.TEXT else "NULL, NULL"
    return f"count({name}), {distinct}, min({name}), max({name}), {numbers}, {lengths}"


def _details(
    connection: DuckDBPyConnection, table: str, column: Column, figures: Sequence[Any], *, filled: int
) -> dict[str, Any]:
    low, high, mean, middle, shortest, longest = figures
    has_bins = filled and column.type in (*_NUMERIC, *_TIMED) and low != high
    return {
        "min": _text(column, low),
        "max": _text(column, high),
        "mean": None if mean is None else float(mean),
        "median": None if middle is None else float(middle),
        "shortest": shortest,
        "longest": longest,
        "bins": _bins(connection, table, column, low, high) if has_bins else (),
    }


def _text(column: Column, value: object) -> str | None:
    if value is None:
        return None
    if column.type is ColumnType.BOOLEAN:
        return "true" if value else "false"
    if column.type is ColumnType.DATETIME:
        return str(value).replace(" ", "T")
    return str(value)


def _most_frequent(connection: DuckDBPyConnection, table: str, column: Column) -> Counts:
    """The values with the highest counts."""
    name = identifier(column.name)
    rows = connection.execute(
        f"SELECT {iso(column)}, n FROM (SELECT {name}, count(*) AS n FROM {table} GROUP BY 1 "
        f"HAVING {name} IS NOT NULL ORDER BY n DESC, {name} LIMIT {_TOP}) ORDER BY n DESC, {name}"
    ).fetchall()
    return tuple((text, count) for text, count in rows)


def _count_at_once(
    connection: DuckDBPyConnection, table: str, columns: Sequence[Column]
) -> dict[str, tuple[int, Counts]]:
    """How many values each column of a small table has, and the most frequent ones, counted here."""
    cells = ", ".join(f"{identifier(column.name)}, {iso(column)}" for column in columns)
    rows = connection.execute(f"SELECT {cells} FROM {table}").fetchall()
    found: dict[str, tuple[int, Counts]] = {}
    for number, column in enumerate(columns):
        values = Counter((row[2 * number], row[2 * number + 1]) for row in rows if row[2 * number] is not None)
        ordered = sorted(values.items(), key=lambda item: (-item[1], item[0][0]))[:_TOP]
        found[column.name] = len(values), tuple((text, count) for (_value, text), count in ordered)
    return found


def _bins(
    connection: DuckDBPyConnection, table: str, column: Column, smallest: Any, largest: Any
) -> tuple[tuple[str, str, int], ...]:
    """Counts in steps of equal width between the smallest and the largest value."""
    name = identifier(column.name)
    number = f"CAST({name} AS DOUBLE)"
    low, high = smallest, largest
    if column.type in _TIMED:
        number = f"epoch(CAST({name} AS TIMESTAMP))"
        low, high = (_seconds(edge) for edge in (smallest, largest))
    low, high = float(low), float(high)
    if not isfinite(low) or not isfinite(high):
        return ()
    step = (high - low) / _BINS
    rows = connection.execute(
        f"SELECT least(CAST(floor(({number} - {low!r}) / {step!r}) AS INTEGER), {_BINS - 1}) AS bin, count(*) "
        f"FROM {table} WHERE {name} IS NOT NULL GROUP BY 1 ORDER BY 1"
    ).fetchall()
    return tuple(_bin(column, low, high, place, count) for place, count in rows)


def _seconds(edge: date) -> float:
    moment = edge if isinstance(edge, datetime) else datetime(edge.year, edge.month, edge.day)
    return moment.replace(tzinfo=UTC).timestamp()


def _bin(column: Column, low: float, high: float, place: int, count: int) -> tuple[str, str, int]:
    step = (high - low) / _BINS
    edges = (low + step * place, low + step * (place + 1))
    if column.type in _TIMED:
        first, last = (datetime.fromtimestamp(edge, UTC).replace(tzinfo=None) for edge in edges)
        if column.type is ColumnType.DATE:
            return first.date().isoformat(), last.date().isoformat(), count
        return first.isoformat(timespec="seconds"), last.isoformat(timespec="seconds"), count
    return f"{edges[0]:.10g}", f"{edges[1]:.10g}", count


def _examples(connection: DuckDBPyConnection, table: str, columns: Sequence[Column]) -> dict[str, tuple[str, ...]]:
    """The first few different values of each column, in the order of the file."""
    shown = [column for column in columns if not column.is_personal]
    found = {}
    for start in range(0, len(shown), _AT_ONCE):
        part = shown[start : start + _AT_ONCE]
        cells = ", ".join(iso(column) for column in part)
        rows = connection.execute(
            f"SELECT {cells} FROM {table} WHERE {ROW_NUMBER} <= {_LOOKED_AT} ORDER BY {ROW_NUMBER}"
        ).fetchall()
        for number, column in enumerate(part):
            values = dict.fromkeys(str(row[number])[:200] for row in rows if row[number] is not None)
            found[column.name] = tuple(values)[:_EXAMPLES]
    return found
