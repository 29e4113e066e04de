"""Questions answered: a page of rows or of groups, with its total and the cursor of the next."""

from collections.abc import Sequence
from dataclasses import replace
from time import perf_counter

from opentusk.kit.queries.cursors import read_cursor, read_position, write_cursor, write_position
from opentusk.kit.queries.engine import Engine
from opentusk.kit.queries.errors import BadQuery, OverBudget
from opentusk.kit.queries.shapes import MAX_GROUPS, MAX_OFFSET, MAX_PAGE_SIZE, Answer, Heading, Limits, Query, TableRef
from opentusk.kit.queries.statements import (
    Statement,
    groups_statement,
    rows_statement,
    sort_keys,
    total_statement,
)
from opentusk.kit.queries.tree import names_in
from opentusk.kit.tables.shapes import LATITUDE, LONGITUDE

COUNTED_AT_LEAST = 10_000  # how far the second, bounded count goes when the whole one takes too long


def run(engine: Engine, ref: TableRef, query: Query, limits: Limits | None = None) -> Answer:
    """Answer a question on one version. Raises the refusals of `errors`."""
    limits = limits or Limits()
    start = perf_counter()
    require_columns(engine, ref, query)
    most = MAX_GROUPS if query.is_grouped else MAX_PAGE_SIZE
    if query.limit > most:
        raise BadQuery("query.not_in_range", "page_size", values={"value": str(query.limit), "limit": str(most)})
    if query.offset > MAX_OFFSET:
        raise BadQuery("query.offset_too_far", values={"limit": str(MAX_OFFSET)})
    answer = _groups(engine, ref, query, limits) if query.is_grouped else _rows(engine, ref, query, limits)
    return replace(answer, took_ms=round((perf_counter() - start) * 1000))


def require_columns(engine: Engine, ref: TableRef, query: Query) -> None:
    """Refuse what names the place of rows that have none."""
    conditions = frozenset().union(*(names_in(condition) for condition in query.where))
    conditions = conditions.union(*(names_in(condition) for condition in query.having))
    items = (*query.select, *query.group_by)
    expressions = (*(item.expression for item in items), *(order.expression for order in query.order_by))
    named = conditions.union(*(names_in(expression) for expression in expressions))
    if named & {LONGITUDE, LATITUDE} and LONGITUDE not in engine.columns_of(ref):
        raise BadQuery("query.no_places")


def headings(query: Query) -> tuple[Heading, ...]:
    """The columns of the answer."""
    return tuple(Heading(item.name, item.label or item.name, item.type) for item in query.select)


def count_rows(engine: Engine, ref: TableRef, query: Query, limits: Limits, *, seen: int) -> tuple[int | None, int]:
    """The total, or None with how many there are at the least; `seen` are known already."""
    try:
        total = _count(engine, ref, total_statement(query.where), limits.count)
    except OverBudget:
        pass
    else:
        return total, total
    try:
        return None, max(
            seen, _count(engine, ref, total_statement(query.where, at_most=COUNTED_AT_LEAST), limits.count)
        )
    except OverBudget:
        return None, seen


def _count(engine: Engine, ref: TableRef, statement: Statement, seconds: float) -> int:
    found = engine.fetch(ref, statement.sql, statement.parameters, seconds=seconds)[0][0]
    assert isinstance(found, int)
    return found


def _rows(engine: Engine, ref: TableRef, query: Query, limits: Limits) -> Answer:
    keys = sort_keys(query)
    after = read_cursor(query.cursor, ref.key, query, keys) if query.cursor else ()
    statement = rows_statement(query, after=after)
    found = engine.fetch(ref, statement.sql, statement.parameters, seconds=limits.page)
    rows, has_more = found[: query.limit], len(found) > query.limit
    width = len(query.select)
    next_cursor = write_cursor(ref.key, query, keys, rows[-1][width:]) if has_more and rows else ""
    total, at_least = _total(engine, ref, query, limits, len(rows), has_more)
    return Answer(
        columns=headings(query),
        rows=tuple(row[:width] for row in rows),
        total=total,
        total_at_least=at_least,
        next_cursor=next_cursor,
    )


def _total(
    engine: Engine, ref: TableRef, query: Query, limits: Limits, rows: int, has_more: bool
) -> tuple[int | None, int]:
    """The total of all rows; a first page that holds everything has counted them already."""
    seen = query.offset + rows + has_more
    if not query.has_total:
        return None, seen
    if not has_more and not query.cursor and (rows or not query.offset):
        return seen, seen
    return count_rows(engine, ref, query, limits, seen=0 if query.cursor or not rows else seen)


def _groups(engine: Engine, ref: TableRef, query: Query, limits: Limits) -> Answer:
    """All groups are made at once, a page of them is shown: their number is limited, and so is known."""
    groups = all_groups(engine, ref, query, limits.query)
    offset = read_position(query.cursor, ref.key, query) if query.cursor else query.offset
    page = groups[offset : offset + query.limit]
    is_last = offset + query.limit >= len(groups)
    return Answer(
        columns=headings(query),
        rows=tuple(page),
        total=len(groups),
        total_at_least=len(groups),
        next_cursor="" if is_last else write_position(ref.key, query, offset + query.limit),
    )


def all_groups(engine: Engine, ref: TableRef, query: Query, seconds: float) -> Sequence[tuple[object, ...]]:
    """Every group in order. Raises OverBudget when there are too many."""
    statement = groups_statement(replace(query, is_part=False), is_stable=True)
    found = engine.fetch(ref, statement.sql, statement.parameters, seconds=seconds)
    if len(found) > MAX_GROUPS:
        raise OverBudget("groups", str(MAX_GROUPS))
    return found
