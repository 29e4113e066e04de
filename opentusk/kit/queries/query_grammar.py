"""`select … where … group_by … having … order_by`: the grammar of `/query`, close to that of Opendatasoft.

In `group_by`, `year(x)`, `quarter(x)`, `month(x)` and `day(x)` are spans of time (`2024-05`); elsewhere they are
numbers (5). The keys come first in the answer whether or not they are selected.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import TypeVar

from opentusk.kit.queries.errors import BadQuery, unknown_name
from opentusk.kit.queries.grammar.calls import count_of_rows
from opentusk.kit.queries.grammar.expressions import ExpressionReader
from opentusk.kit.queries.grammar.paging import PAGING_WORDS, Paging
from opentusk.kit.queries.grammar.tokens import Kind
from opentusk.kit.queries.keys import DATE_KEYS, is_key, key_name
from opentusk.kit.queries.shapes import MAX_KEYS, Item, Order, Query, fields_of
from opentusk.kit.queries.tree import (
    Aggregate,
    Call,
    Condition,
    Expression,
    Field,
    Value,
    holds_aggregate,
    holds_key,
    loose_fields,
)
from opentusk.kit.tables.shapes import ROW_NUMBER, Column

CLAUSES = ("select", "where", "group_by", "having", "order_by")
MAX_ITEMS = 100
_ALIAS = re.compile(r"[A-Za-z][A-Za-z0-9_]{0,59}")
_Read = TypeVar("_Read")


def parse_query(parameters: Iterable[tuple[str, str]], columns: Sequence[Column]) -> Query:
    """The question of these clauses. Raises BadQuery with the clause as `operator` and the position in it."""
    clauses: dict[str, str] = {}
    paging = Paging()
    for name, value in parameters:
        if name in CLAUSES:
            if name in clauses:
                raise BadQuery("query.twice", operator=name)
            clauses[name] = value
        elif not paging.take(name, value):
            raise unknown_name("query.unknown_column", name, (*CLAUSES, *PAGING_WORDS))
    return paging.onto(_Clauses(clauses, columns).query())


class _Clauses:
    """The clauses of one question. `named` are the keys and aliases that later clauses may use."""

    def __init__(self, clauses: Mapping[str, str], columns: Sequence[Column]) -> None:
        self.clauses = clauses
        self.fields = fields_of(columns)
        self.labels = {column.name: column.title or column.label for column in columns}
        self.named: dict[str, Expression] = {}

    def query(self) -> Query:
        """The whole question."""
        where = self._clause("where", _one_condition)
        keys = self._clause("group_by", self._keys) or ()
        self.named = {item.name: item.expression for item in keys if not isinstance(item.expression, Field)}
        items = self._clause("select", self._items)
        is_grouped = bool(keys) or any(holds_aggregate(item.expression) for item in items or ())
        select = _grouped(keys, items) if is_grouped else self._plain(items)
        self.named |= {item.name: item.expression for item in select}
        return Query(
            select=select,
            where=where or (),
            group_by=keys,
            having=self._having(keys, is_grouped),
            order_by=self._clause("order_by", lambda reader: self._orders(reader, keys, is_grouped)) or (),
            is_grouped=is_grouped,
            is_whole=not is_grouped and items is None,
        )

    def _clause(self, name: str, read: Callable[[ExpressionReader], _Read]) -> _Read | None:
        text = self.clauses.get(name, "")
        if not text.strip():
            return None
        try:
            reader = ExpressionReader(text, self.fields, self.named.get)
            found = read(reader)
            if reader.next.kind is not Kind.END:
                raise reader.fault()
        except BadQuery as refusal:
            raise replace(refusal, operator=refusal.operator or name) from None
        return found

    def _keys(self, reader: ExpressionReader) -> tuple[Item, ...]:
        keys = _listed(reader, lambda: self._item(reader, _as_key(reader.expression())), MAX_KEYS)
        if any(holds_aggregate(key.expression) for key in keys):
            raise BadQuery("query.aggregate_here", operator="group_by")
        return keys

    def _items(self, reader: ExpressionReader) -> tuple[Item, ...] | None:
        if reader.next.says("*"):
            reader.take("*")
            return None
        return _listed(reader, lambda: self._item(reader, reader.expression()), MAX_ITEMS)

    def _item(self, reader: ExpressionReader, expression: Expression) -> Item:
        name = default_name(expression)
        if reader.take("as"):
            name = reader.next.text
            if reader.next.kind is not Kind.NAME or not _ALIAS.fullmatch(name):
                raise reader.fault("nome")
            reader.at += 1
            return Item(expression, name, name)
        for known, meant in self.named.items():
            if meant == expression:
                name = known
        return Item(expression, name, self.labels.get(name, name))

    def _plain(self, items: tuple[Item, ...] | None) -> tuple[Item, ...]:
        if items is None:
            names = (ROW_NUMBER, *(name for name in self.fields if name in self.labels))
            return tuple(Item(self.fields[name], name, self.labels.get(name, name)) for name in names)
        if any(holds_key(item.expression) for item in items):
            raise BadQuery("query.key_here", operator="select")
        return _distinct(items)

    def _having(self, keys: tuple[Item, ...], is_grouped: bool) -> tuple[Condition, ...]:
        having = self._clause("having", _one_condition_of_groups) or ()
        if having and not is_grouped:
            raise BadQuery("query.having_without_groups", operator="having")
        for condition in having:
            _require_grouped(condition, keys, "having")
        return having

    def _orders(self, reader: ExpressionReader, keys: tuple[Item, ...], is_grouped: bool) -> tuple[Order, ...]:
        orders = _listed(reader, lambda: self._order(reader, keys), MAX_KEYS)
        for order in orders:
            if is_grouped:
                _require_grouped(order.expression, keys, "order_by")
            elif holds_aggregate(order.expression) or holds_key(order.expression):
                raise BadQuery("query.aggregate_here", operator="order_by")
        return orders

    def _order(self, reader: ExpressionReader, keys: tuple[Item, ...]) -> Order:
        token = reader.next
        expression = reader.expression()
        if isinstance(expression, Value):
            raise BadQuery("query.sort_by_constant", position=token.position)
        if _as_key(expression) in [key.expression for key in keys]:
            expression = _as_key(expression)
        is_descending = reader.take("desc")
        if not is_descending:
            reader.take("asc")
        return Order(expression, is_descending)


def default_name(expression: Expression) -> str:
    """What an item without alias is called: `importo`, `importo__sum`, `giorno__month`, `count`, `round_quota`."""
    match expression:
        case Field(name=name):
            return name
        case Aggregate(function=function, argument=argument):
            return function if argument is None or function == "bbox" else f"{default_name(argument)}__{function}"
        case Call(function=function, arguments=arguments) if is_key(function):
            return f"{default_name(arguments[0])}__{function.removesuffix('_key')}".lstrip("_")
        case Call(function=function, arguments=arguments):
            return "_".join([function, *(default_name(one) for one in arguments if not isinstance(one, Value))])
    return "value"


def _one_condition(reader: ExpressionReader) -> tuple[Condition, ...]:
    condition = reader.condition()
    if holds_aggregate(condition) or holds_key(condition):
        raise BadQuery("query.aggregate_here")
    return (condition,)


def _one_condition_of_groups(reader: ExpressionReader) -> tuple[Condition, ...]:
    return (reader.condition(),)


def _listed(reader: ExpressionReader, read: Callable[[], "_Listed"], most: int) -> tuple["_Listed", ...]:
    found = [read()]
    while reader.take(","):
        found.append(read())
    if len(found) > most:
        raise BadQuery("query.too_many_items", values={"limit": str(most)})
    return tuple(found)


_Listed = TypeVar("_Listed", Item, Order)


def _grouped(keys: tuple[Item, ...], items: tuple[Item, ...] | None) -> tuple[Item, ...]:
    """The keys, then what is selected; an item that is a key moves its name to it."""
    shown = list(keys)
    for item in items if items is not None else (Item(count_of_rows(), "count"),):
        expression = _as_key(item.expression)
        place = next((place for place, key in enumerate(keys) if key.expression in (item.expression, expression)), None)
        if place is not None:
            shown[place] = replace(item, expression=keys[place].expression)
        else:
            _require_grouped(item.expression, keys, "select")
            shown.append(item)
    return _distinct(shown)


def _require_grouped(node: Expression | Condition, keys: tuple[Item, ...], clause: str) -> None:
    """Refuse a column that is neither a key nor inside an aggregate."""
    loose = loose_fields(node, frozenset(key.expression for key in keys))
    if loose:
        raise BadQuery("query.not_grouped", column=min(loose), operator=clause)


def _as_key(expression: Expression) -> Expression:
    """A part of a date as the span of time that it is in `group_by`."""
    if isinstance(expression, Call) and expression.function in DATE_KEYS:
        return Call(key_name(expression.function), expression.arguments, DATE_KEYS[expression.function].gives)
    return expression


def _distinct(items: Iterable[Item]) -> tuple[Item, ...]:
    """Items whose names differ: a second `count` is `count_2`."""
    seen: dict[str, Item] = {}
    for item in items:
        name, number = item.name, 1
        while name in seen:
            number += 1
            name = f"{item.name}_{number}"
        seen[name] = replace(item, name=name)
    return tuple(seen.values())
