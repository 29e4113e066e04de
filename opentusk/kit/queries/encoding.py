"""Values as JSON: decimals as numbers, whole numbers beyond 2^53 as strings, dates in ISO form, no infinities."""

from collections.abc import Callable, Sequence
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from json import dumps
from json.encoder import encode_basestring as encode_text
from math import isfinite

from opentusk.kit.queries.shapes import Heading, Shape

SAFE_INTEGER = 2**53


def json_value(value: object) -> str:
    """One value as JSON text."""
    if value is None:
        return "null"
    return _WRITERS.get(type(value), _other)(value)


def json_rows(columns: Sequence[Heading], rows: Sequence[Sequence[object]], shape: Shape, *, labels: bool) -> str:
    """The array of rows, each an object or an array."""
    if shape is Shape.ARRAYS:
        return f"[{','.join(_array(row) for row in rows)}]"
    names = [encode_text(name) for name in shown_names(columns, labels=labels)]
    return f"[{','.join(_object(names, row) for row in rows)}]"


def shown_names(columns: Sequence[Heading], *, labels: bool) -> list[str]:
    """What the columns are called: by name, or by label; labels that occur twice are told apart by the name."""
    if not labels:
        return [column.name for column in columns]
    all_labels = [column.label for column in columns]
    return [
        column.label if all_labels.count(column.label) == 1 else f"{column.label} ({column.name})" for column in columns
    ]


def plain(value: object) -> object:
    """The value for `json.dumps`, where a decimal may become the nearest float: for figures, not for data."""
    match value:
        case Decimal():
            return float(value)
        case datetime() | date() | time():
            return value.isoformat()
        case float() if not isfinite(value):
            return None
        case int() if abs(value) > SAFE_INTEGER:
            return str(value)
    return value


def _array(row: Sequence[object]) -> str:
    return f"[{','.join(json_value(value) for value in row)}]"


def _object(names: Sequence[str], row: Sequence[object]) -> str:
    return f"{{{','.join(f'{name}:{json_value(value)}' for name, value in zip(names, row, strict=True))}}}"


def _integer(value: object) -> str:
    assert isinstance(value, int)
    return str(value) if -SAFE_INTEGER <= value <= SAFE_INTEGER else f'"{value}"'


def _decimal(value: object) -> str:
    assert isinstance(value, Decimal)
    return format(value, "f")


def _float(value: object) -> str:
    assert isinstance(value, float)
    return repr(value) if isfinite(value) else "null"


def _moment(value: object) -> str:
    assert isinstance(value, date | time)
    text = value.isoformat()
    return f'"{text.rstrip("0") if "." in text else text}"'


def _other(value: object) -> str:
    """What SQL may give besides: lists, structures, bytes, intervals."""
    match value:
        case list() | tuple():
            return _array(value)
        case dict():
            return _object([encode_text(str(name)) for name in value], list(value.values()))
        case bytes():
            return encode_text(value.hex())
        case timedelta():
            return repr(value.total_seconds())
    return dumps(str(value), ensure_ascii=False)


def _text(value: object) -> str:
    assert isinstance(value, str)
    return encode_text(value)


_WRITERS: dict[type, Callable[[object], str]] = {
    str: _text,
    bool: lambda value: "true" if value else "false",
    int: _integer,
    float: _float,
    Decimal: _decimal,
    date: _moment,
    datetime: _moment,
    time: _moment,
}
