"""What the address of a request asks, in whichever grammar."""

from collections.abc import Sequence
from dataclasses import replace

from django.http import HttpRequest

from opentusk.kit.queries.errors import BadQuery
from opentusk.kit.queries.grammar.conditions import condition_of, read_list
from opentusk.kit.queries.query_grammar import CLAUSES, parse_query
from opentusk.kit.queries.rows_grammar import parse_rows
from opentusk.kit.queries.shapes import Query, TableRef
from opentusk.kit.queries.tree import Condition, Field
from opentusk.kit.tables.shapes import ROW_NUMBER, ColumnType

Pairs = Sequence[tuple[str, str]]


def pairs_of(request: HttpRequest) -> Pairs:
    """The parameters in the order of the address."""
    return [(name, value) for name, values in request.GET.lists() for value in values]


def value_of(pairs: Pairs, name: str, default: str = "") -> str:
    """The value of one parameter."""
    return next((value for known, value in pairs if known == name), default)


def without(pairs: Pairs, *names: str) -> Pairs:
    """The others."""
    return [pair for pair in pairs if pair[0] not in names]


def read_either(pairs: Pairs, ref: TableRef) -> Query:
    """A question in the grammar that its words belong to. Raises BadQuery."""
    parse = parse_query if any(name in CLAUSES for name, _value in pairs) else parse_rows
    return parse(pairs, ref.columns)


def question_for_row(ref: TableRef, key: str, asked: Query) -> Query:
    """The question for the row with this key (`071057`, or `_row:12`). Raises BadQuery."""
    return replace(asked, where=_conditions(ref, key), limit=1, has_total=False)


def _conditions(ref: TableRef, key: str) -> tuple[Condition, ...]:
    if key.startswith(f"{ROW_NUMBER}:"):
        number = key.removeprefix(f"{ROW_NUMBER}:")
        return (condition_of(Field(ROW_NUMBER, ColumnType.INTEGER), "exact", number),)
    columns = [column for column in ref.shown if column.is_key]
    if not columns:
        raise BadQuery("query.no_key")
    values = [key] if len(columns) == 1 else read_list(key)
    if len(values) != len(columns):
        raise BadQuery("query.key_parts", values={"count": str(len(columns))})
    pairs = zip(columns, values, strict=True)
    return tuple(condition_of(Field(column.name, column.type), "exact", value) for column, value in pairs)


def whole_number(pairs: Pairs, name: str, *, default: int, most: int) -> int:
    """A parameter that counts something. Raises BadQuery."""
    text = value_of(pairs, name, str(default))
    if not (text.isascii() and text.isdigit() and len(text) < 12 and 1 <= int(text) <= most):
        raise BadQuery("query.not_in_range", column=name, values={"value": text[:60], "limit": str(most)})
    return int(text)
