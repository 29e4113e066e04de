"""The statements of a query: its rows, its total, its groups."""

from collections.abc import Sequence
from dataclasses import dataclass

from opentusk.kit.queries.compiling import Compiler, column_sql, quoted
from opentusk.kit.queries.keys import is_key, shown_key
from opentusk.kit.queries.shapes import MAX_GROUPS, Query
from opentusk.kit.queries.tree import Call, Condition, Expression, Field, Value
from opentusk.kit.tables.shapes import GEOMETRY, LATITUDE, LONGITUDE, ROW_NUMBER, ColumnType

_PLACES = {
    "wkb": f"{column_sql(GEOMETRY)} AS {quoted('_place')}",
    "point": f"[{column_sql(LONGITUDE)}, {column_sql(LATITUDE)}] AS {quoted('_place')}",
}
ROW = Field(ROW_NUMBER, ColumnType.INTEGER)


@dataclass(frozen=True)
class Statement:
    """SQL and its parameters; `{table}` stands for the source."""

    sql: str
    parameters: tuple[object, ...]


def sort_keys(query: Query) -> tuple[tuple[Expression, bool], ...]:
    """What rows are sorted by, and whether downwards. It ends with the row number, so that the order is total."""
    asked = tuple((order.expression, order.is_descending) for order in query.order_by)
    return asked if any(expression == ROW for expression, _down in asked) else (*asked, (ROW, False))


def rows_statement(query: Query, *, after: Sequence[Value] = ()) -> Statement:
    """One page and one row more; behind the items come the sort keys of each row, for the cursor."""
    compiler = Compiler()
    keys = sort_keys(query)
    shown = [f"{compiler.expression(item.expression)} AS {quoted(item.name)}" for item in query.select]
    hidden = [compiler.expression(expression) for expression, _down in keys]
    conditions = [compiler.condition(condition) for condition in query.where]
    if after:
        conditions.append(_after(compiler, keys, after))
    sql = f"SELECT {', '.join([*shown, *hidden])} FROM {{table}} AS t{_where(conditions)}"  # noqa: S608 - compiled
    sql += f" ORDER BY {_order(compiler, keys)} LIMIT {query.limit + 1} OFFSET {query.offset}"
    return Statement(sql, tuple(compiler.parameters))


def all_rows_statement(query: Query, *, place: str = "") -> Statement:
    """All rows in total order, for an export; with `place`, the geometry of each as `_place` at the end."""
    if query.is_grouped:
        return groups_statement(query, is_stable=True)
    compiler = Compiler(is_stable=True)
    shown = [f"{compiler.expression(item.expression)} AS {quoted(item.name)}" for item in query.select]
    shown += [_PLACES[place]] if place else []
    conditions = [compiler.condition(condition) for condition in query.where]
    sql = f"SELECT {', '.join(shown)} FROM {{table}} AS t{_where(conditions)}"  # noqa: S608 - compiled
    sql += f" ORDER BY {_order(compiler, sort_keys(query))}{f' LIMIT {query.limit}' if query.is_part else ''}"
    return Statement(sql, tuple(compiler.parameters))


def total_statement(where: Sequence[Condition], *, at_most: int = 0) -> Statement:
    """How many rows; with `at_most`, counting stops there."""
    compiler = Compiler()
    conditions = [compiler.condition(condition) for condition in where]
    sql = f"SELECT count(*) FROM {{table}} AS t{_where(conditions)}"  # noqa: S608 - compiled
    if at_most:
        sql = f"SELECT count(*) FROM (SELECT 1 FROM {{table}} AS t{_where(conditions)} LIMIT {at_most})"  # noqa: S608
    return Statement(sql, tuple(compiler.parameters))


def groups_statement(query: Query, *, is_stable: bool = False) -> Statement:
    """All groups, and one more than is allowed; sorted as asked and then by their keys."""
    compiler = Compiler(is_stable=is_stable)
    raw = {item.expression: compiler.expression(item.expression) for item in query.group_by}
    shown = [f"{raw_or_shown(item.expression, raw, compiler)} AS {quoted(item.name)}" for item in query.select]
    sql = f"SELECT {', '.join(shown)} FROM {{table}} AS t"  # noqa: S608 - compiled
    sql += _where([compiler.condition(condition) for condition in query.where])
    if raw:
        sql += f" GROUP BY {', '.join(raw.values())}"
    if query.having:
        sql += f" HAVING {' AND '.join(compiler.condition(condition) for condition in query.having)}"
    asked = [
        (raw.get(order.expression) or compiler.expression(order.expression), order.is_descending)
        for order in query.order_by
    ]
    order = [f"{text} {_direction(down)}" for text, down in asked]
    order += [f"{text} {_direction(False)}" for text in raw.values() if text not in dict(asked)]
    if order:
        sql += f" ORDER BY {', '.join(order)}"
    limit = query.limit if is_stable and query.is_part else MAX_GROUPS + 1
    return Statement(f"{sql} LIMIT {limit}", tuple(compiler.parameters))


def raw_or_shown(expression: Expression, raw: dict[Expression, str], compiler: Compiler) -> str:
    """How an item of a grouped query is answered: a key as people read it, anything else as it is."""
    text = raw.get(expression)
    if text is None:
        return compiler.expression(expression)
    if isinstance(expression, Call) and is_key(expression.function):
        return shown_key(expression.function, text, [compiler.expression(part) for part in expression.arguments])
    return text


def _where(conditions: Sequence[str]) -> str:
    return f" WHERE {' AND '.join(conditions)}" if conditions else ""


def _order(compiler: Compiler, keys: Sequence[tuple[Expression, bool]]) -> str:
    return ", ".join(f"{compiler.expression(expression)} {_direction(down)}" for expression, down in keys)


def _direction(is_descending: bool) -> str:
    return f"{'DESC' if is_descending else 'ASC'} NULLS LAST"


def _after(compiler: Compiler, keys: Sequence[tuple[Expression, bool]], values: Sequence[Value]) -> str:
    """The rows that come after the one with these sort keys."""
    condition = "FALSE"
    for (expression, down), value in reversed(list(zip(keys, values, strict=True))):
        key = compiler.expression(expression)
        if value.value is None:
            # Empty cells come last: after one of them only another, with later keys.
            condition = f"({key} IS NULL AND {condition})"
            continue
        sign = "<" if down else ">"
        later = f"({key} {sign} {compiler.bind(value.value)} OR {key} IS NULL)"
        condition = f"({later} OR ({key} = {compiler.bind(value.value)} AND {condition}))"
    return condition
