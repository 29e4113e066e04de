"""Where a walk stands: opaque to clients, bound to one version and one question, checked when it comes back."""

import base64
import json
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, datetime, time
from decimal import Decimal
from hashlib import blake2b
from math import isfinite

from opentusk.kit.queries.errors import BadQuery
from opentusk.kit.queries.shapes import Query
from opentusk.kit.queries.tree import Expression, Value
from opentusk.kit.tables.shapes import ColumnType

_LONGEST = 4_000


def write_cursor(version: str, query: Query, keys: Sequence[tuple[Expression, bool]], values: Sequence[object]) -> str:
    """The cursor after the row with these sort keys."""
    packed = [_pack(value) for value in values]
    return _encode({"v": version, "q": question_of(query), "k": packed})


def write_position(version: str, query: Query, offset: int) -> str:
    """The cursor after so many groups."""
    return _encode({"v": version, "q": question_of(query), "o": offset})


def version_of(cursor: str) -> str:
    """The version that a cursor walks through. Raises BadQuery for what is no cursor."""
    return str(_decode(cursor)["v"])


def read_cursor(cursor: str, version: str, query: Query, keys: Sequence[tuple[Expression, bool]]) -> tuple[Value, ...]:
    """The sort keys after which to go on."""
    packed = _checked(cursor, version, query).get("k")
    if not isinstance(packed, list) or len(packed) != len(keys):
        raise BadQuery("query.cursor")
    return tuple(_unpack(value, key.type) for value, (key, _down) in zip(packed, keys, strict=True))


def read_position(cursor: str, version: str, query: Query) -> int:
    """The number of groups to leave out."""
    offset = _checked(cursor, version, query).get("o")
    if not isinstance(offset, int) or offset < 0:
        raise BadQuery("query.cursor")
    return offset


def question_of(query: Query) -> str:
    """A fingerprint of what is asked, whichever page of it."""
    asked = replace(query, cursor="", offset=0, limit=0, has_total=True, is_part=False)
    return blake2b(repr(asked).encode(), digest_size=9).hexdigest()


def _checked(cursor: str, version: str, query: Query) -> dict[str, object]:
    found = _decode(cursor)
    if found["v"] != version or found["q"] != question_of(query):
        raise BadQuery("query.cursor_of_another")
    return found


def _encode(facts: dict[str, object]) -> str:
    text = json.dumps(facts, separators=(",", ":"), ensure_ascii=False)
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def _decode(cursor: str) -> dict[str, object]:
    try:
        if len(cursor) > _LONGEST:
            raise ValueError(len(cursor))
        found = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
        if not isinstance(found, dict) or not {"v", "q"} <= found.keys():
            raise ValueError(cursor)
    except (ValueError, RecursionError):
        raise BadQuery("query.cursor") from None
    return found


def _pack(value: object) -> object:
    match value:
        case None | bool() | str():
            return value
        case int() | Decimal():
            return str(value)
        case float():
            return value if isfinite(value) else str(value)
        case date() | time():
            return value.isoformat()
    raise TypeError(type(value))


def _unpack(value: object, kind: ColumnType) -> Value:
    if value is None:
        return Value(None, kind)
    try:
        return Value(_UNPACK[kind](value), kind)
    except (ValueError, TypeError, KeyError, ArithmeticError):
        raise BadQuery("query.cursor") from None


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError(value)
    return value


_UNPACK: dict[ColumnType, Callable[[object], object]] = {
    ColumnType.TEXT: _text,
    ColumnType.INTEGER: lambda value: int(_text(value)),
    ColumnType.DECIMAL: lambda value: Decimal(_text(value)),
    ColumnType.NUMBER: lambda value: float(value) if isinstance(value, float | int) else float(_text(value)),
    ColumnType.BOOLEAN: bool,
    ColumnType.DATE: lambda value: date.fromisoformat(_text(value)),
    ColumnType.DATETIME: lambda value: datetime.fromisoformat(_text(value)),
    ColumnType.TIME: lambda value: time.fromisoformat(_text(value)),
}
