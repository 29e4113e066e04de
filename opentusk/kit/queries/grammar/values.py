"""Values as people and programs write them, typed by the column they are compared with."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal, InvalidOperation
from zoneinfo import ZoneInfo

from opentusk.kit.queries.errors import BadQuery
from opentusk.kit.queries.tree import All, AnyOf, Compare, Condition, Expression, OneOf, Op, Value
from opentusk.kit.tables.shapes import ColumnType

LONGEST = 2_000  # characters of one value
_ROME = ZoneInfo("Europe/Rome")
_TRUE, _FALSE = frozenset(("true", "1", "sì", "si", "vero", "yes")), frozenset(("false", "0", "no", "falso"))
_DAY = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")
_ITALIAN_DAY = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})")
_INSTANT = re.compile(r"\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(:\d{2}(\.\d{1,6})?)?(Z|[+-]\d{2}:?\d{2})?")
_TIME = re.compile(r"\d{2}:\d{2}(:\d{2}(\.\d{1,6})?)?")
_NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d{1,3})?")
_GREATEST = 2**63


@dataclass(frozen=True)
class Period:
    """A span of time, the end not included: what `2024`, `2024-05` or a day of a timestamp mean."""

    start: Value
    end: Value


Operand = Value | Period


def read_value(text: str, kind: ColumnType) -> Operand:
    """The value of a text for a column of this type. Raises BadQuery without column: the caller knows it."""
    if len(text) > LONGEST:
        raise BadQuery("query.value_too_long", values={"limit": str(LONGEST)})
    try:
        return _READERS[kind](text.strip() if kind is not ColumnType.TEXT else text)
    except (ValueError, InvalidOperation, OverflowError):
        raise _misread(text, kind) from None


def compare(left: Expression, op: Op, operand: Operand) -> Condition:
    """How an expression stands to a value; a period is compared by its edges."""
    if isinstance(operand, Value):
        return Compare(left, op, operand)
    start, end = operand.start, operand.end
    match op:
        case Op.EQ:
            return All((Compare(left, Op.GE, start), Compare(left, Op.LT, end)))
        case Op.NE:
            return AnyOf((Compare(left, Op.LT, start), Compare(left, Op.GE, end)))
        case Op.LT | Op.GE:
            return Compare(left, op, start)
        case Op.LE:
            return Compare(left, Op.LT, end)
        case Op.GT:
            return Compare(left, Op.GE, end)


def one_of(left: Expression, operands: list[Operand]) -> Condition:
    """Equal to any of these values or within any of these periods."""
    if all(isinstance(operand, Value) for operand in operands):
        return OneOf(left, tuple(operand for operand in operands if isinstance(operand, Value)))
    return AnyOf(tuple(compare(left, Op.EQ, operand) for operand in operands))


def between(left: Expression, low: Operand, high: Operand) -> Condition:
    """Both ends included."""
    return All((compare(left, Op.GE, low), compare(left, Op.LE, high)))


def read_number(text: str) -> float:
    """A plain number of an operator, such as degrees or metres. Raises ValueError."""
    if not _NUMBER.fullmatch(text.strip()):
        raise ValueError(text)
    return float(text)


def _misread(text: str, kind: ColumnType) -> BadQuery:
    shown = text if len(text) <= 60 else f"{text[:60]}…"
    meant: tuple[str, ...] = ()
    swapped = text.strip().replace(".", "").replace(",", ".")
    if "," in text and kind in (ColumnType.INTEGER, ColumnType.DECIMAL, ColumnType.NUMBER):
        meant = (swapped,) if _NUMBER.fullmatch(swapped) else ()
    return BadQuery(f"query.not_{kind.value}", did_you_mean=meant, values={"value": shown})


def _text(text: str) -> Value:
    return Value(text, ColumnType.TEXT)


def _integer(text: str) -> Value:
    """A whole number; `2.5` may be compared with, too."""
    number = _decimal_of(text)
    if number != number.to_integral_value():
        return Value(number, ColumnType.DECIMAL)
    return _bounded(int(number), ColumnType.INTEGER)


def _decimal(text: str) -> Value:
    return Value(_decimal_of(text), ColumnType.DECIMAL)


def _decimal_of(text: str) -> Decimal:
    """A number that DuckDB can hold as DECIMAL: at most 38 digits."""
    if not _NUMBER.fullmatch(text):
        raise ValueError(text)
    number = Decimal(text)
    if abs(number) >= 10**28 or len(number.as_tuple().digits) > 28 or int(number.as_tuple().exponent) < -10:
        raise OverflowError(text)
    return number.quantize(Decimal(1)) if number == number.to_integral_value() else number


def _bounded(number: int, kind: ColumnType) -> Value:
    if not -_GREATEST <= number < _GREATEST:
        raise OverflowError(number)
    return Value(number, kind)


def _number(text: str) -> Value:
    return Value(read_number(text), ColumnType.NUMBER)


def _boolean(text: str) -> Value:
    word = text.lower()
    if word not in _TRUE | _FALSE:
        raise ValueError(text)
    return Value(word in _TRUE, ColumnType.BOOLEAN)


def _date(text: str) -> Operand:
    """A day, or the period that a year or a month is; an instant is compared as such."""
    if _INSTANT.fullmatch(text):
        return Value(_instant(text), ColumnType.DATETIME)
    start, end = _span(text)
    if end - start == timedelta(days=1):
        return Value(start, ColumnType.DATE)
    return Period(Value(start, ColumnType.DATE), Value(end, ColumnType.DATE))


def _datetime(text: str) -> Operand:
    if _INSTANT.fullmatch(text):
        return Value(_instant(text), ColumnType.DATETIME)
    start, end = (datetime.combine(day, time()) for day in _span(text))
    return Period(Value(start, ColumnType.DATETIME), Value(end, ColumnType.DATETIME))


def _instant(text: str) -> datetime:
    """Wall clock of Europe/Rome, as tables keep it."""
    moment = datetime.fromisoformat(text)
    return moment.astimezone(_ROME).replace(tzinfo=None) if moment.tzinfo else moment


def _span(text: str) -> tuple[date, date]:
    """The first day of a year, month or day, and the first day after it."""
    if italian := _ITALIAN_DAY.fullmatch(text):
        day, month, year = (int(part) for part in italian.groups())
        return date(year, month, day), date(year, month, day) + timedelta(days=1)
    found = _DAY.fullmatch(text)
    if found is None:
        raise ValueError(text)
    year, month, day = (int(part) if part else 0 for part in found.groups())
    start = date(year, month or 1, day or 1)
    if day:
        return start, start + timedelta(days=1)
    return start, date(year + 1, 1, 1) if not month or month == 12 else date(year, month + 1, 1)


def _time(text: str) -> Value:
    if not _TIME.fullmatch(text):
        raise ValueError(text)
    return Value(time.fromisoformat(text), ColumnType.TIME)


def _place(text: str) -> Value:
    raise ValueError(text)


_READERS: dict[ColumnType, Callable[[str], Operand]] = {
    ColumnType.TEXT: _text,
    ColumnType.INTEGER: _integer,
    ColumnType.DECIMAL: _decimal,
    ColumnType.NUMBER: _number,
    ColumnType.BOOLEAN: _boolean,
    ColumnType.DATE: _date,
    ColumnType.DATETIME: _datetime,
    ColumnType.TIME: _time,
    ColumnType.GEOMETRY: _place,
}
