"""What `name(…)` means in the query grammar: a scalar function, an aggregate, a test, a key."""

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from opentusk.kit.queries.errors import BadQuery, unknown_name
from opentusk.kit.queries.folding import fold
from opentusk.kit.queries.functions import ANY, NUMBERS, SCALAR, Function
from opentusk.kit.queries.grammar.places import box_of, near_of
from opentusk.kit.queries.grammar.searching import search_of
from opentusk.kit.queries.grammar.tokens import Kind, Token
from opentusk.kit.queries.grammar.values import read_value
from opentusk.kit.queries.keys import key_name
from opentusk.kit.queries.tree import Aggregate, Call, Condition, Expression, Field, Matches, Value, Way
from opentusk.kit.tables.shapes import LATITUDE, LONGITUDE, ColumnType

if TYPE_CHECKING:
    from opentusk.kit.queries.grammar.expressions import ExpressionReader

AGGREGATES = ("count", "count_distinct", "sum", "avg", "min", "max", "median", "stddev", "percentile")
_GEOMETRY = ("geom", "_geom", "geometry")
_METRES = {"km": 1000.0, "mi": 1609.344, "cm": 0.01, "m": 1.0}
_POINT = re.compile(r"\s*POINT\s*\(\s*(-?[\d.]+)\s+(-?[\d.]+)\s*\)\s*", re.IGNORECASE)
_FORMATS = (("YYYY", "%Y"), ("yyyy", "%Y"), ("MM", "%m"), ("dd", "%d"), ("DD", "%d"), ("HH", "%H"), ("mm", "%M"),
            ("ss", "%S"))  # fmt: skip
_LONGITUDE, _LATITUDE = Field(LONGITUDE, ColumnType.NUMBER), Field(LATITUDE, ColumnType.NUMBER)
_WIDENING = (ColumnType.INTEGER, ColumnType.DECIMAL, ColumnType.NUMBER)


def test_of(word: str, reader: "ExpressionReader", position: int) -> Expression | Condition:
    """The call of `word`, whose parenthesis is open. Raises BadQuery."""
    read = _READERS.get(word)
    if read is not None:
        found = read(reader, word, position)
    elif word in SCALAR:
        found = call_of(word, _arguments(reader), position)
    else:
        known = (*_READERS, *(name for name in SCALAR if name not in ("add", "sub", "mul", "div", "neg")))
        raise unknown_name("query.unknown_function", word, known, position=position)
    reader.expect(")")
    return found


def call_of(name: str, arguments: Sequence[Expression], position: int) -> Call:
    """A scalar function of these arguments, if it takes them."""
    function = SCALAR[name]
    if not len(function.takes) - function.optional <= len(arguments) <= len(function.takes):
        raise BadQuery("query.arguments", operator=name, position=position, values={"count": str(len(function.takes))})
    for argument, allowed in zip(arguments, function.takes, strict=False):
        if argument.type not in allowed:
            values = {"type": argument.type.value}
            raise BadQuery("query.not_for_type", _name(argument), name, position, values=values)
    if name == "ifnull":
        arguments = (arguments[0], _like_first(arguments[0], arguments[1], position))
    if name == "date_format":
        arguments = (arguments[0], _format_of(arguments[1], position))
    return Call(name, tuple(arguments), function.gives or _widest(function, arguments))


def aggregate_of(function: str, argument: Expression, position: int | None = None) -> Aggregate:
    """An aggregate of a column. Raises BadQuery when the column has no such thing."""
    kind = argument.type
    if (function in ("sum", "avg", "median", "stddev", "percentile") and kind not in NUMBERS) or kind not in ANY:
        raise BadQuery("query.not_for_type", _name(argument), function, position, values={"type": kind.value})
    if function in ("count", "count_distinct"):
        return Aggregate(function, argument, ColumnType.INTEGER)
    return Aggregate(function, argument, kind if function in ("sum", "min", "max") else ColumnType.NUMBER)


def count_of_rows() -> Aggregate:
    """How many rows a group has."""
    return Aggregate("count", None, ColumnType.INTEGER)


def _aggregate(reader: "ExpressionReader", word: str, position: int) -> Aggregate:
    if word == "count":
        if reader.next.says(")"):
            return count_of_rows()
        if reader.next.says("*"):
            reader.take("*")
            return count_of_rows()
        if reader.take("distinct"):
            word = "count_distinct"
    found = aggregate_of(word, reader.expression(), position)
    if word != "percentile":
        return found
    reader.expect(",")
    share = _constant(reader)
    if not 0 <= share <= 100:
        raise BadQuery("query.percentile", position=position)
    return replace(found, share=share / 100)


def _box_of_rows(reader: "ExpressionReader", _word: str, _position: int) -> Aggregate:
    _geometry(reader)
    return Aggregate("bbox", _LONGITUDE, ColumnType.TEXT)


def _search(reader: "ExpressionReader", _word: str, position: int) -> Condition:
    text = _text(reader)
    fields = list(reader.fields.values())
    if reader.take(","):
        fields = [_text_field(reader)]
        while reader.take(","):
            fields.append(_text_field(reader))
    return replace_position(lambda: search_of(text, fields), position)


def _matches(reader: "ExpressionReader", word: str, position: int) -> Condition:
    left = reader.expression()
    if left.type is not ColumnType.TEXT:
        raise BadQuery("query.not_for_type", _name(left), word, position, values={"type": left.type.value})
    reader.expect(",")
    text = _text(reader)
    if not fold(text) or len(text) > 500:
        raise BadQuery("query.nothing_to_search", position=position)
    return Matches(left, Way(word), text)


def _in_box(reader: "ExpressionReader", _word: str, position: int) -> Condition:
    _geometry(reader)
    edges = []
    for _edge in range(4):
        reader.expect(",")
        edges.append(_constant(reader))
    return replace_position(lambda: box_of(*edges), position)


def _within(reader: "ExpressionReader", _word: str, position: int) -> Condition:
    _geometry(reader)
    reader.expect(",")
    longitude, latitude = _point(reader)
    reader.expect(",")
    metres = _length(reader.literal())
    return replace_position(lambda: near_of(latitude, longitude, metres), position)


def _distance(reader: "ExpressionReader", _word: str, position: int) -> Call:
    _geometry(reader)
    reader.expect(",")
    longitude, latitude = _point(reader)
    here = (Value(latitude, ColumnType.NUMBER), Value(longitude, ColumnType.NUMBER))
    return call_of("distance", (*here, _LATITUDE, _LONGITUDE), position)


def _range(reader: "ExpressionReader", word: str, position: int) -> Call:
    """`range(importo, 100)` or `range(importo, *, 0, 100, *)`; only to group by."""
    left = reader.expression()
    if left.type not in NUMBERS:
        raise BadQuery("query.not_for_type", _name(left), word, position, values={"type": left.type.value})
    edges: list[float | None] = []
    while reader.take(","):
        edges.append(None if reader.take("*") else _constant(reader))
    inner = [edge for edge in edges if edge is not None]
    is_step = len(edges) == 1 and len(inner) == 1 and inner[0] > 0
    if not is_step and not (len(edges) > 1 and inner and inner == sorted(set(inner)) and None not in edges[1:-1]):
        raise BadQuery("query.bad_range", _name(left), word, position)
    values = tuple(Value(edge, ColumnType.NUMBER) for edge in edges)
    return Call(key_name("step" if is_step else "bounds"), (left, *values), ColumnType.TEXT)


def _grid(reader: "ExpressionReader", _word: str, position: int) -> Call:
    _geometry(reader)
    reader.expect(",")
    zoom = _constant(reader)
    if not (zoom.is_integer() and 0 <= zoom <= 24):
        raise BadQuery("query.not_in_range", "grid", position=position, values={"value": f"{zoom:g}", "limit": "24"})
    return Call(key_name("grid"), (_LONGITUDE, _LATITUDE, Value(int(zoom), ColumnType.INTEGER)), ColumnType.TEXT)


def _arguments(reader: "ExpressionReader") -> list[Expression]:
    if reader.next.says(")"):
        return []
    arguments = [reader.expression()]
    while reader.take(","):
        arguments.append(reader.expression())
    return arguments


def _geometry(reader: "ExpressionReader") -> None:
    if not reader.take(*_GEOMETRY):
        raise reader.fault("geom")


def _text_field(reader: "ExpressionReader") -> Field:
    token = reader.next
    field = reader.expression()
    if not isinstance(field, Field) or field.type is not ColumnType.TEXT:
        raise BadQuery("query.not_for_type", _name(field), "search", token.position, values={"type": field.type.value})
    return field


def _text(reader: "ExpressionReader") -> str:
    token = reader.literal()
    if token.kind is not Kind.TEXT:
        raise BadQuery("query.nothing_to_search", position=token.position)
    return token.text


def _constant(reader: "ExpressionReader") -> float:
    token = reader.next
    value = reader.expression()
    if isinstance(value, Value) and value.type in NUMBERS:
        return float(str(value.value))
    raise BadQuery("query.unexpected", position=token.position, values={"found": token.text, "expected": "1"})


def _point(reader: "ExpressionReader") -> tuple[float, float]:
    token = reader.literal()
    found = _POINT.fullmatch(token.text) if token.kind is Kind.PLACE else None
    try:
        assert found is not None
        return float(found[1]), float(found[2])
    except (AssertionError, ValueError):
        values = {"found": token.text[:30], "expected": "geom'POINT(16.87 41.12)'"}
        raise BadQuery("query.unexpected", position=token.position, values=values) from None


def _length(token: Token) -> float:
    unit = next((unit for unit in _METRES if token.text.lower().endswith(unit)), "")
    if token.kind is not Kind.LENGTH or not unit:
        raise BadQuery("query.unexpected", position=token.position, values={"found": token.text, "expected": "1km"})
    return float(token.text[: -len(unit)]) * _METRES[unit]


def _like_first(first: Expression, second: Expression, position: int) -> Expression:
    """The second value in the type of the first."""
    if first.type is second.type or {first.type, second.type} <= NUMBERS:
        return second
    if isinstance(second, Value) and isinstance(second.value, str):
        found = read_value(second.value, first.type)
        if isinstance(found, Value):
            return found
    values = {"type": first.type.value, "other": second.type.value}
    raise BadQuery("query.types_differ", _name(first), position=position, values=values)


def _format_of(pattern: Expression, position: int) -> Value:
    """`YYYY-MM` as the engine writes it."""
    text = str(pattern.value) if isinstance(pattern, Value) else ""
    for word, code in _FORMATS:
        text = text.replace(word, code)
    if not text or re.sub(r"%[YmdHMS]|[-/:., T]", "", text):
        raise BadQuery("query.bad_date_format", position=position)
    return Value(text, ColumnType.TEXT)


def _widest(function: Function, arguments: Sequence[Expression]) -> ColumnType:
    kinds = [argument.type for argument, allowed in zip(arguments, function.takes, strict=False) if allowed]
    if all(kind in NUMBERS for kind in kinds):
        return max(kinds, key=_WIDENING.index)
    return kinds[0]


def _name(node: Expression) -> str:
    return node.name if isinstance(node, Field) else ""


def replace_position(read: Callable[[], Condition], position: int) -> Condition:
    """What `read` gives; its refusal with the place."""
    try:
        return read()
    except BadQuery as refusal:
        raise replace(refusal, position=position) from None


_READERS: dict[str, Callable[["ExpressionReader", str, int], Expression | Condition]] = {
    **dict.fromkeys(("count", "sum", "avg", "min", "max", "median", "stddev", "percentile"), _aggregate),
    "bbox": _box_of_rows,
    "search": _search,
    **dict.fromkeys(Way, _matches),
    "in_bbox": _in_box,
    "within_distance": _within,
    "distance": _distance,
    "range": _range,
    "grid": _grid,
}
