"""One `column__op=value` as a condition."""

import csv
from collections.abc import Callable
from dataclasses import replace

from opentusk.kit.queries.errors import BadQuery
from opentusk.kit.queries.folding import fold
from opentusk.kit.queries.grammar.values import Operand, between, compare, one_of, read_value
from opentusk.kit.queries.tree import Condition, Empty, Expression, Field, Matches, Not, Op, Way
from opentusk.kit.tables.shapes import ColumnType

MAX_VALUES = 1_000
_ORDERED = frozenset(ColumnType) - {ColumnType.BOOLEAN, ColumnType.GEOMETRY}
_TEXT = frozenset((ColumnType.TEXT,))
_ALL = frozenset(ColumnType)
# The words of api-tabular beside ours. Its `less` means “at most”.
_ALIASES = {
    "differs": "ne",
    "strictly_less": "lt",
    "less": "lte",
    "strictly_greater": "gt",
    "greater": "gte",
}

_Reader = Callable[[Expression, str], Condition]


def condition_of(left: Expression, operator: str, value: str, *, name: str = "") -> Condition:
    """The condition that a column stands so to a value. Raises BadQuery that names both."""
    name = name or (left.name if isinstance(left, Field) else "")
    types, read = OPERATORS[operator]
    if left.type not in types:
        raise BadQuery("query.not_for_type", column=name, operator=operator, values={"type": left.type.value})
    if value == "" and operator not in ("isnull", "isnotnull"):
        raise BadQuery("query.empty_value", column=name, operator=operator)
    try:
        return read(left, value)
    except BadQuery as refusal:
        raise replace(refusal, column=name, operator=operator) from None


def read_list(text: str) -> list[str]:
    """The values of a comma list; double quotes around what holds a comma, as in CSV."""
    if "\n" in text or "\r" in text:
        raise BadQuery("query.bad_list")
    try:
        return next(csv.reader([text], strict=True, skipinitialspace=True), [])
    except csv.Error:
        raise BadQuery("query.bad_list") from None


def _compares(op: Op) -> _Reader:
    return lambda left, value: compare(left, op, read_value(value, left.type))


def _one_of(left: Expression, value: str) -> Condition:
    values = read_list(value)
    if len(values) > MAX_VALUES:
        raise BadQuery("query.too_many_values", values={"limit": str(MAX_VALUES)})
    return one_of(left, [read_value(one, left.type) for one in values])


def _between(left: Expression, value: str) -> Condition:
    ends = read_list(value)
    if len(ends) != 2:
        raise BadQuery("query.bad_between")
    low, high = (_operand(one, left.type) for one in ends)
    return between(left, low, high)


def _operand(text: str, kind: ColumnType) -> Operand:
    return read_value(text, kind)


def _matches(way: Way) -> _Reader:
    def read(left: Expression, value: str) -> Condition:
        if not fold(value) or len(value) > 500:
            raise BadQuery("query.nothing_to_search")
        return Matches(left, way, value)

    return read


def _empty(is_null: bool) -> _Reader:
    def read(left: Expression, value: str) -> Condition:
        if value not in ("", "true", "false", "1", "0"):
            raise BadQuery("query.one_of", values={"value": value[:60], "allowed": "true, false"})
        return Empty(left) if is_null is (value not in ("false", "0")) else Not(Empty(left))

    return read


OPERATORS: dict[str, tuple[frozenset[ColumnType], _Reader]] = {
    "exact": (_ALL, _compares(Op.EQ)),
    "ne": (_ALL, _compares(Op.NE)),
    "lt": (_ORDERED, _compares(Op.LT)),
    "lte": (_ORDERED, _compares(Op.LE)),
    "gt": (_ORDERED, _compares(Op.GT)),
    "gte": (_ORDERED, _compares(Op.GE)),
    "between": (_ORDERED, _between),
    "in": (_ALL, _one_of),
    "notin": (_ALL, lambda left, value: Not(_one_of(left, value))),
    "isnull": (_ALL, _empty(True)),
    "isnotnull": (_ALL, _empty(False)),
    "contains": (_TEXT, _matches(Way.CONTAINS)),
    "notcontains": (_TEXT, lambda left, value: Not(_matches(Way.CONTAINS)(left, value))),
    "startswith": (_TEXT, _matches(Way.STARTS)),
    "endswith": (_TEXT, _matches(Way.ENDS)),
}
OPERATORS |= {alias: OPERATORS[word] for alias, word in _ALIASES.items()}
