"""`column__op=value`: the grammar of `/rows`, made for addresses written by hand and by forms.

Parameters come in the order of the address. A column whose name is also a control word (`page`, `sort`) is asked for
as `page__exact`. An empty value is refused rather than ignored: whoever builds addresses with a bug must not get all
rows; forms leave empty fields out.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace

from opentusk.kit.queries.errors import BadQuery, unknown_name
from opentusk.kit.queries.functions import DATES
from opentusk.kit.queries.grammar.calls import aggregate_of, count_of_rows
from opentusk.kit.queries.grammar.conditions import OPERATORS, condition_of, read_list
from opentusk.kit.queries.grammar.logic import read_logic
from opentusk.kit.queries.grammar.paging import PAGING_WORDS, Paging
from opentusk.kit.queries.grammar.places import read_box, read_near
from opentusk.kit.queries.grammar.searching import search_of
from opentusk.kit.queries.keys import DATE_KEYS, key_name
from opentusk.kit.queries.shapes import MAX_KEYS, Item, Order, Query, fields_of
from opentusk.kit.queries.tree import Call, Condition, Expression, Field
from opentusk.kit.tables.shapes import ROW_NUMBER, Column

MAX_FILTERS = 50
AGGREGATES = ("count", "count_distinct", "sum", "avg", "min", "max", "median")


def parse_rows(parameters: Iterable[tuple[str, str]], columns: Sequence[Column]) -> Query:
    """The question of these parameters. Raises BadQuery."""
    asked = _Asked(columns)
    for name, value in parameters:
        asked.take(name, value)
    return asked.query()


@dataclass
class _Asked:
    """What has been asked so far."""

    columns: Sequence[Column]
    fields: dict[str, Field] = field(init=False)
    labels_of: dict[str, str] = field(init=False)
    where: list[Condition] = field(default_factory=list)
    having: list[Condition] = field(default_factory=list)
    keys: list[Item] = field(default_factory=list)
    aggregates: list[Item] = field(default_factory=list)
    sorts: list[tuple[str, str, bool]] = field(default_factory=list)
    chosen: list[str] | None = None
    paging: Paging = field(default_factory=Paging)

    def __post_init__(self) -> None:
        self.fields = fields_of(self.columns)
        self.labels_of = {column.name: column.title or column.label for column in self.columns}

    def take(self, name: str, value: str) -> None:
        """One parameter."""
        if self.paging.take(name, value):
            return
        if control := _CONTROLS.get(name):
            control(self, value)
            return
        column, operator = self._split(name)
        if operator in ("sort", "groupby") or operator.split("__")[0] in AGGREGATES:
            self._shape(column, operator, value)
        else:
            self.where.append(condition_of(column, operator, value))
        if len(self.where) + len(self.having) > MAX_FILTERS:
            raise BadQuery("query.too_many_filters", values={"limit": str(MAX_FILTERS)})

    def query(self) -> Query:
        """The whole question."""
        grouped = bool(self.keys or self.aggregates)
        if self.keys and not self.aggregates:
            self.aggregates.append(Item(count_of_rows(), "count"))
        if len(self.keys) > MAX_KEYS:
            raise BadQuery("query.too_many_groups", values={"limit": str(MAX_KEYS)})
        if grouped and self.chosen is not None:
            raise BadQuery("query.columns_and_groups")
        query = Query(
            select=(*self.keys, *self.aggregates) if grouped else self._items(),
            where=tuple(self.where),
            group_by=tuple(self.keys),
            having=tuple(self.having),
            is_grouped=grouped,
            is_whole=not grouped and self.chosen is None,
        )
        return self.paging.onto(replace(query, order_by=self._orders(query)))

    def _split(self, name: str) -> tuple[Field, str]:
        column, _mark, operator = name.partition("__")
        if column not in self.fields:
            raise unknown_name("query.unknown_column", column, (*self.fields, *CONTROL_WORDS))
        known = (*OPERATORS, *AGGREGATES, "sort", "groupby")
        if operator and operator.split("__")[0] not in known:
            refusal = unknown_name("query.unknown_operator", operator, known)
            raise replace(refusal, column=column, operator=operator)
        return self.fields[column], operator or "exact"

    def _shape(self, column: Field, operator: str, value: str) -> None:
        first, _mark, rest = operator.partition("__")
        if first == "sort":
            self.sorts.append((column.name, "", _is_descending(column.name, value)))
        elif first == "groupby":
            self.keys.append(_key(column, value, self.labels_of.get(column.name, column.name)))
        else:
            self._aggregate(column, first, rest, value)

    def _aggregate(self, column: Field, function: str, operator: str, value: str) -> None:
        """`importo__sum`, `importo__sum__sort=desc`, `importo__sum__gt=1000`."""
        aggregate = aggregate_of(function, column)
        item = Item(aggregate, f"{column.name}__{function}")
        if operator == "sort":
            self.sorts.append((column.name, item.name, _is_descending(item.name, value)))
        elif operator:
            if operator not in OPERATORS:
                raise BadQuery("query.unknown_operator", column=item.name, operator=operator)
            self.having.append(condition_of(aggregate, operator, value, name=item.name))
        if item not in self.aggregates:
            self.aggregates.append(item)

    def _items(self) -> tuple[Item, ...]:
        if self.chosen is None:
            internal = {ROW_NUMBER} | (self.fields.keys() - self.labels_of.keys())
            names = [ROW_NUMBER, *(name for name in self.fields if name not in internal)]
        else:
            names = self.chosen
        return tuple(Item(self.fields[name], name, self.labels_of.get(name, name)) for name in names)

    def _orders(self, query: Query) -> tuple[Order, ...]:
        return tuple(Order(self._sorted(query, column, name), down) for column, name, down in self.sorts)

    def _sorted(self, query: Query, column: str, name: str) -> Expression:
        """What to sort by: a column of the rows, or a key or aggregate of the groups."""
        if not query.is_grouped:
            return self.fields[column]
        wanted = name or column
        for item in query.select:
            if item.name == wanted or (item in query.group_by and not name and self.fields[column] in _inside(item)):
                return item.expression
        raise unknown_name("query.sort_outside_groups", wanted, [item.name for item in query.select])


def key_of(column: Expression, part: str) -> Expression:
    """A column as a key to group by: as it is, or a part of its date."""
    if not part:
        return column
    name = column.name if isinstance(column, Field) else ""
    if part not in DATE_KEYS:
        raise replace(unknown_name("query.unknown_part", part, DATE_KEYS), column=name)
    if column.type not in DATES:
        raise BadQuery("query.not_for_type", column=name, operator=part, values={"type": column.type.value})
    return Call(key_name(part), (column,), DATE_KEYS[part].gives)


def _key(column: Field, part: str, label: str) -> Item:
    return Item(key_of(column, part), f"{column.name}__{part}" if part else column.name, label)


def _inside(item: Item) -> tuple[Expression, ...]:
    return item.expression.arguments if isinstance(item.expression, Call) else (item.expression,)


def _is_descending(name: str, value: str) -> bool:
    if value not in ("asc", "desc"):
        raise BadQuery("query.sort_direction", column=name, operator="sort", values={"value": value[:60]})
    return value == "desc"


def _sort(asked: _Asked, value: str) -> None:
    """`sort=-importo,comune`."""
    for word in read_list(value):
        name = word.lstrip("-")
        column, _mark, rest = name.partition("__")
        if column not in asked.fields and name != "count":
            raise unknown_name("query.unknown_column", column, asked.fields)
        asked.sorts.append((column, name if rest or name == "count" else "", word.startswith("-")))


def _columns(asked: _Asked, value: str) -> None:
    asked.chosen = []
    for name in read_list(value):
        if name not in asked.fields:
            raise unknown_name("query.unknown_column", name, asked.fields)
        if name not in asked.chosen:
            asked.chosen.append(name)
    if not asked.chosen:
        raise BadQuery("query.empty_value", column="columns")


def _search(asked: _Asked, value: str) -> None:
    asked.where.append(search_of(value, asked.fields.values()))


def _logic(word: str) -> Callable[[_Asked, str], None]:
    def take(asked: _Asked, value: str) -> None:
        asked.where.append(read_logic(word, value, asked.fields))

    return take


_CONTROLS: dict[str, Callable[[_Asked, str], None]] = {
    "sort": _sort,
    "columns": _columns,
    "search": _search,
    "or": _logic("or"),
    "and": _logic("and"),
    "not": _logic("not"),
    "bbox": lambda asked, value: asked.where.append(read_box(value)),
    "near": lambda asked, value: asked.where.append(read_near(value)),
}

CONTROL_WORDS = frozenset((*_CONTROLS, *PAGING_WORDS))


def exact_name(column: str) -> str:
    """The parameter that asks for a value of a column, also when its name is a control word."""
    return f"{column}__exact" if column in CONTROL_WORDS else column
