"""Filters: `{column: value | [values or comparisons] | {operator: value}}`, `$or` and `$and`, as conditions.

A list of filters is what one of them finds.
"""

from collections.abc import Callable, Mapping
from datetime import date, datetime, time, timedelta
from decimal import Decimal, InvalidOperation
from functools import partial
from math import isfinite
from typing import Any

from opentusk.kit.datastore.errors import bad
from opentusk.kit.datastore.shapes import Source, SourceField
from opentusk.kit.queries.tree import All, AnyOf, Compare, Condition, Empty, Not, OneOf, Op, Value
from opentusk.kit.tables.shapes import ColumnType

_OPERATORS = {"eq": Op.EQ, "gt": Op.GT, "gte": Op.GE, "lt": Op.LT, "lte": Op.LE, "ne": Op.NE}
_DEEPEST = 8
_MOST_VALUES = 32_000


def read_filters(source: Source, given: object, *, depth: int = 0) -> tuple[Condition, ...]:
    """The conditions of a filter, all of which must hold. Raises BadAsk."""
    if given is None:
        return ()
    if isinstance(given, list) and given and depth == 0:
        return (_condition(source, "$or", given, depth),)
    if not isinstance(given, Mapping):
        raise bad("filters", "Not a json object")
    if depth > _DEEPEST:
        raise bad("filters", "Too many levels of filters")
    return tuple(_condition(source, str(name), value, depth) for name, value in given.items())


def _condition(source: Source, name: str, value: object, depth: int) -> Condition:
    if name in ("$or", "$and"):
        if not isinstance(value, list):
            raise bad("filters", f"{name} must be a list of filters")
        parts = tuple(All(read_filters(source, part, depth=depth + 1)) for part in value)
        return AnyOf(parts) if name == "$or" else All(parts)
    field = source.by_id.get(name)
    if field is None:
        raise bad("filters", f"Unknown field: {name}")
    if isinstance(value, Mapping):
        return All(tuple(_compared(field, str(sign), part) for sign, part in value.items()))
    if isinstance(value, list | tuple):
        return _any_of(field, list(value))
    return _compared(field, "eq", value)


def _any_of(field: SourceField, values: list[object]) -> Condition:
    """One of these values, or what one of these comparisons finds."""
    plain = [value for value in values if not isinstance(value, Mapping)]
    compared = tuple(
        All(tuple(_compared(field, str(sign), part) for sign, part in value.items()))
        for value in values
        if isinstance(value, Mapping)
    )
    return AnyOf((_one_of(field, plain), *compared)) if compared else _one_of(field, plain)


def _one_of(field: SourceField, values: list[object]) -> Condition:
    if len(values) > _MOST_VALUES:
        raise bad("filters", f"Too many values for {field.id}: at most {_MOST_VALUES}")
    there = tuple(typed(field, value) for value in values if value is not None)
    found: Condition = OneOf(field.column, there) if there else AnyOf(())
    return found if len(there) == len(values) else AnyOf((found, Empty(field.column)))


def _compared(field: SourceField, sign: str, value: object) -> Condition:
    if sign == "in" and isinstance(value, list | tuple):
        return _one_of(field, list(value))
    operator = _OPERATORS.get(sign)
    if operator is None:
        raise bad("filters", f"Unknown operator for {field.id}: {sign}")
    if isinstance(value, list | tuple) and operator is Op.EQ:
        return _one_of(field, list(value))
    if value is None:
        empty = Empty(field.column)
        return Not(empty) if operator is Op.NE else empty
    return Compare(field.column, operator, typed(field, value))


def typed(field: SourceField, value: object) -> Value:
    """A value given in JSON or in an address, as one of the column. Raises BadAsk."""
    kind = field.kind.column
    try:
        return Value(_READERS[kind](value), kind)
    except (ValueError, InvalidOperation, TypeError, OverflowError):
        shown = str(value)[:60]
        raise bad("filters", f'invalid input syntax for type {field.kind.name}: "{shown}"') from None


def _text(value: object) -> str:
    match value:
        case bool():
            return "true" if value else "false"
        case dict() | list():
            raise TypeError(value)
    return str(value)


def _number(value: object) -> Decimal:
    if isinstance(value, bool):
        raise TypeError(value)
    number = Decimal(str(value).strip())
    if not number.is_finite() or abs(number.adjusted()) > 300:
        raise ValueError(value)
    return number


def _whole(value: object) -> int | Decimal:
    number = _number(value)
    if number == number.to_integral_value() and abs(number) < 2**63:
        return int(number)
    return number if abs(number) < 2**63 else Decimal(10**19).copy_sign(number)


def _decimal(value: object) -> Decimal:
    number = _number(value)
    if len(number.as_tuple().digits) > 38 or number.adjusted() > 27:
        raise ValueError(value)
    return number


def _double(value: object) -> float:
    number = float(str(value).strip()) if not isinstance(value, bool) else None
    if number is None or not isfinite(number):
        raise ValueError(value)
    return number


def _boolean(value: object) -> bool:
    text = _text(value).strip().lower()
    if text in {"true", "t", "yes", "y", "on", "1"}:
        return True
    if text in {"false", "f", "no", "n", "off", "0"}:
        return False
    raise ValueError(value)


def _parsed(read: Callable[[str], Any], value: object) -> Any:
    if not isinstance(value, str):
        raise TypeError(value)
    return read(value.strip())


def _moment(text: str) -> datetime:
    moment = datetime.fromisoformat(text.replace("Z", "+00:00"))
    return moment.replace(tzinfo=None) - (moment.utcoffset() or timedelta())


def _day(text: str) -> date:
    return datetime.fromisoformat(text).date() if len(text) > 10 else date.fromisoformat(text)


_READERS: Mapping[ColumnType, Callable[[object], object]] = {
    ColumnType.TEXT: _text,
    ColumnType.INTEGER: _whole,
    ColumnType.DECIMAL: _decimal,
    ColumnType.NUMBER: _double,
    ColumnType.BOOLEAN: _boolean,
    ColumnType.DATE: partial(_parsed, _day),
    ColumnType.DATETIME: partial(_parsed, _moment),
    ColumnType.TIME: partial(_parsed, time.fromisoformat),
}
