"""Facets: how often each value occurs, under all filters but the column's own.

Texts and booleans by value, most frequent first; dates by year, or by month when they span two years at most; numbers
by value while there are few, otherwise by ranges with round edges, the last one open so that one giant does not
flatten the rest.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from time import monotonic
from urllib.parse import urlencode

from opentusk.kit.queries.compiling import Compiler
from opentusk.kit.queries.engine import Engine
from opentusk.kit.queries.errors import BadQuery, OverBudget, unknown_name
from opentusk.kit.queries.functions import DATES, NUMBERS
from opentusk.kit.queries.rows_grammar import exact_name
from opentusk.kit.queries.running import require_columns
from opentusk.kit.queries.shapes import Facet, FacetValue, Limits, Query, TableRef, shown_columns
from opentusk.kit.queries.tree import Condition, Expression, Field, names_in
from opentusk.kit.tables.shapes import Column

MAX_FACETS = 20
MAX_VALUES = 1_000
_RANGES = 10
_FINEST = -300  # a power of ten: below it a double has fewer digits, and then none
_LONG_YEARS = 2


def facets(
    engine: Engine, ref: TableRef, query: Query, names: Sequence[str], *, size: int = 30, limits: Limits | None = None
) -> tuple[Facet, ...]:
    """The facets of these columns, in the time of all of them. Raises BadQuery for a column that is not there."""
    known = {column.name: column for column in shown_columns(ref.columns)}
    if len(names) > MAX_FACETS:
        raise BadQuery("query.too_many_facets", values={"limit": str(MAX_FACETS)})
    for name in names:
        if name not in known:
            raise unknown_name("query.unknown_column", name, known)
    require_columns(engine, ref, query)
    counter = _Counter(engine, ref, size, monotonic() + (limits or Limits()).facets)
    return tuple(counter.facet(known[name], query.where) for name in names)


class _Counter:
    """Counts until the time is over."""

    def __init__(self, engine: Engine, ref: TableRef, size: int, end: float) -> None:
        self.engine, self.ref, self.size, self.end = engine, ref, size, end

    def facet(self, column: Column, where: Sequence[Condition]) -> Facet:
        """One facet, or the statement that it was not finished."""
        others = [condition for condition in where if names_in(condition) != {column.name}]
        kind = "values" if column.type not in DATES else "years"
        empty = Facet(column=column.name, label=column.title or column.label, kind=kind)
        try:
            if column.type in DATES:
                return self._dates(empty, Field(column.name, column.type), others)
            facet = self._values(empty, Field(column.name, column.type), others)
            if column.type in NUMBERS and facet.distinct > len(facet.values):
                return self._ranges(facet, Field(column.name, column.type), others)
        except OverBudget:
            return replace(empty, is_complete=False)
        return facet

    def _values(self, empty: Facet, field: Field, where: Sequence[Condition]) -> Facet:
        distinct, total, nulls, found = self._counted(field, where, "{0}", "count DESC, value")
        name = exact_name(field.name)
        values = tuple(FacetValue(value, count, urlencode({name: _written(value)})) for value, count in found)
        return _filled(empty, values, distinct=distinct, total=total, nulls=nulls)

    def _dates(self, empty: Facet, field: Field, where: Sequence[Condition]) -> Facet:
        """By year or by month, in the order of time; when there are too many, the last ones."""
        first, last = self._ends(field, where)
        is_long = first is None or last is None or last.year - first.year > _LONG_YEARS
        part, width = ("year", 4) if is_long else ("month", 7)
        raw = f"date_trunc('{part}', {{0}})::DATE"
        distinct, total, nulls, found = self._counted(field, where, raw, "value DESC")
        name = exact_name(field.name)
        texts = [(str(value)[:width], count) for value, count in reversed(found)]
        values = tuple(FacetValue(text, count, urlencode({name: text})) for text, count in texts)
        return _filled(replace(empty, kind=f"{part}s"), values, distinct=distinct, total=total, nulls=nulls)

    def _ends(self, field: Field, where: Sequence[Condition]) -> tuple[date | None, date | None]:
        first, last = self._fetch(field, where, "SELECT min({0})::DATE, max({0})::DATE")[0]
        return (first, last) if isinstance(first, date) and isinstance(last, date) else (None, None)

    def _ranges(self, facet: Facet, field: Field, where: Sequence[Condition]) -> Facet:
        """Ten ranges up to where 95 % of the values lie, and one for all above."""
        low, high, top = self._fetch(field, where, "SELECT min({0}), quantile_disc({0}, 0.95), max({0})")[0]
        if not all(_exact(number).is_finite() for number in (low, high, top)):
            return facet
        start, step = round_steps(_exact(low), _exact(high if high != low else top))
        compiler = Compiler()
        column = compiler.expression(field)
        index = f"least(floor(({column}::DOUBLE - {float(start)}) / {float(step)})::BIGINT, {_RANGES})"
        source = f"{{table}} AS t{_where(compiler, where)}"
        sql = f"SELECT {index} AS value, count(*) FROM {source} GROUP BY 1 ORDER BY 1"  # noqa: S608 - compiled
        found = self._rows(sql, compiler)
        counted = [(index, count) for index, count in found if isinstance(index, int) and isinstance(count, int)]
        last = max(index for index, _count in counted)
        values = tuple(
            _range(field.name, start + index * step, None if index == last else start + (index + 1) * step, count)
            for index, count in counted
        )
        return replace(facet, kind="ranges", values=values, others=0)

    def _counted(
        self, field: Field, where: Sequence[Condition], raw: str, order: str
    ) -> tuple[int, int, int, list[tuple[object, int]]]:
        """How many different values, all rows, empty cells, and the first values with their counts."""
        compiler = Compiler()
        key = raw.format(compiler.expression(field))
        source = f"{{table}} AS t{_where(compiler, where)}"
        groups = f"SELECT {key} AS value, count(*) AS count FROM {source} GROUP BY 1"  # noqa: S608 - compiled
        heads = "NULL, count(value), sum(count)::BIGINT, (sum(count) FILTER (value IS NULL))::BIGINT"
        sql = (
            f"WITH g AS MATERIALIZED ({groups}) SELECT {heads} FROM g UNION ALL (SELECT value, count, NULL, NULL FROM g"  # noqa: S608
        )
        rows = self._rows(f"{sql} WHERE value IS NOT NULL ORDER BY {order} LIMIT {self.size})", compiler)
        (_none, distinct, total, nulls), *found = rows
        return _number(distinct), _number(total), _number(nulls), [(row[0], _number(row[1])) for row in found]

    def _fetch(self, field: Expression, where: Sequence[Condition], select: str) -> list[tuple[object, ...]]:
        compiler = Compiler()
        sql = f"{select.format(compiler.expression(field))} FROM {{table}} AS t{_where(compiler, where)}"
        return self._rows(sql, compiler)

    def _rows(self, sql: str, compiler: Compiler) -> list[tuple[object, ...]]:
        return self.engine.fetch(self.ref, sql, compiler.parameters, seconds=self.end - monotonic())


def round_steps(low: Decimal, high: Decimal) -> tuple[Decimal, Decimal]:
    """A round start at most `low`, and a round step with which ten steps reach `high`."""
    wanted = (high - low) / _RANGES
    if wanted <= 0:
        return low, Decimal(1)
    unit = Decimal(10) ** max(wanted.adjusted(), _FINEST)
    for factor in (1, 2, 5, 10, 20):
        step = unit * factor
        start = (low / step).to_integral_value(rounding="ROUND_FLOOR") * step
        if start + step * _RANGES >= high:
            break
    return start, step


def _range(name: str, lower: Decimal, upper: Decimal | None, count: int) -> FacetValue:
    edges = {f"{name}__gte": _plain(lower)} | ({f"{name}__lt": _plain(upper)} if upper is not None else {})
    return FacetValue(lower, count, urlencode(edges), upper)


def _filled(facet: Facet, values: tuple[FacetValue, ...], *, distinct: int, total: int, nulls: int) -> Facet:
    listed = sum(value.count for value in values)
    return replace(facet, values=values, distinct=distinct, nulls=nulls, others=total - nulls - listed)


def _where(compiler: Compiler, where: Sequence[Condition]) -> str:
    conditions = [compiler.condition(condition) for condition in where]
    return f" WHERE {' AND '.join(conditions)}" if conditions else ""


def _written(value: object) -> str:
    match value:
        case bool():
            return "true" if value else "false"
        case Decimal():
            return format(value, "f")
    return str(value)


def _plain(number: Decimal) -> str:
    return format(number.normalize(), "f")


def _exact(value: object) -> Decimal:
    return Decimal(str(value))


def _number(value: object) -> int:
    return value if isinstance(value, int) else 0
