"""The values of JSON and its kin as text: as they are written, nested ones taken apart or kept as JSON."""

import json
import re
from collections.abc import Iterator, Mapping
from decimal import Decimal

from opentusk.kit.tables.shapes import ColumnType

_DEPTH = 6
_GEOMETRY = {"type", "coordinates"}
# `1.894` may be a decimal number or, in Italy, 1894: only here the format knows that it is the first.
_LIKE_THOUSANDS = re.compile(r"-?[0-9]{1,3}\.[0-9]{3}")


def as_text(value: object) -> str | None:
    """One value as a cell: numbers with all their figures and without exponent, nothing as null."""
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Decimal):
        return number_text(value)
    return str(value) if isinstance(value, int) else json_text(value)


def number_text(number: Decimal) -> str:
    """`1.50` stays `1.50`; `1E+3` becomes `1000`, unless its zeros would fill a page."""
    written = str(number)
    return f"{number:f}" if "E" in written and abs(number.adjusted()) < 40 else written


def json_text(value: object) -> str:
    """A list or an object as JSON, numbers as they were written."""
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{_string(str(key))}: {json_text(one)}" for key, one in value.items()) + "}"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(map(json_text, value)) + "]"
    if isinstance(value, str):
        return _string(value)
    return "null" if value is None else as_text(value) or ""


def flatten(row: dict[str, object], prefix: str = "", depth: int = 0) -> Iterator[tuple[str, object]]:
    """The members of an object, those of objects inside as `a.b`. A geometry stays one value."""
    for key, value in row.items():
        if isinstance(value, dict) and value and depth < _DEPTH and not value.keys() >= _GEOMETRY:
            yield from flatten(value, f"{prefix}{key}.", depth + 1)
        else:
            yield prefix + key if prefix else key, value


def _string(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


class Kinds:
    """What kinds of values a column has had, for the types that the format declares."""

    def __init__(self) -> None:
        self._types: dict[int, set[type]] = {}
        self._plain_decimals: set[int] = set()  # columns with a decimal that cannot be mistaken for thousands

    def note(self, position: int, value: object) -> None:
        """Remember the kind of one value."""
        kind = type(value)
        if value is None or value == "":
            return
        self._types.setdefault(position, set()).add(kind)
        if kind is Decimal and not _LIKE_THOUSANDS.fullmatch(str(value)):
            self._plain_decimals.add(position)

    def native(self) -> dict[int, ColumnType]:
        """Types of the columns whose texts alone would mislead: booleans, and decimals that look like thousands."""
        found: dict[int, ColumnType] = {}
        for position, types in self._types.items():
            if types == {bool}:
                found[position] = ColumnType.BOOLEAN
            elif Decimal in types and types <= {Decimal, int} and position not in self._plain_decimals:
                found[position] = ColumnType.NUMBER
        return found


class Labels:
    """The columns of rows that name their values, in the order in which the names appear."""

    def __init__(self) -> None:
        self._positions: dict[str, int] = {}

    def position(self, label: str) -> int:
        """Where the values of this name go; a new name is a new column."""
        return self._positions.setdefault(label, len(self._positions))

    def __len__(self) -> int:
        return len(self._positions)

    def all(self) -> tuple[str, ...]:
        """Every label so far."""
        return tuple(self._positions)
