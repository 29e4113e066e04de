"""What is asked of which table, and what comes back."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from pathlib import Path

from opentusk.kit.queries.tree import Condition, Expression, Field
from opentusk.kit.tables.places import gives_place
from opentusk.kit.tables.shapes import LATITUDE, LONGITUDE, ROW_NUMBER, Column, ColumnType

PAGE_SIZE = 50
MAX_PAGE_SIZE = 1_000
MAX_OFFSET = 100_000
MAX_GROUPS = 20_000
MAX_KEYS = 8  # columns to group or sort by
INTERNAL = {ROW_NUMBER: ColumnType.INTEGER, LONGITUDE: ColumnType.NUMBER, LATITUDE: ColumnType.NUMBER}


@dataclass(frozen=True, kw_only=True)
class TableRef:
    """One version of a table. `key` is unique per version: caches and cursors are bound to it.

    Personal columns are in `columns` but not in `shown`: whoever asks, they are not there. Where they hold coordinates
    neither are the places that were made of them, on maps, in boxes or in exports. `parts` are all the files of a table
    that is kept in several, `parquet` the first of them. `called` are the names by which SQL of others knows columns
    that the file calls otherwise: (name in the file, name outside).
    """

    key: str
    parquet: Path
    columns: tuple[Column, ...]
    parts: tuple[Path, ...] = ()
    called: tuple[tuple[str, str], ...] = ()

    @property
    def files(self) -> tuple[Path, ...]:
        """All the files of the rows."""
        return self.parts or (self.parquet,)

    @cached_property
    def shown(self) -> tuple[Column, ...]:
        """The columns that may be asked for and are shown."""
        return shown_columns(self.columns)

    @cached_property
    def internal(self) -> frozenset[str]:
        """The names of ours that may be asked for, if the file has them."""
        return frozenset(_internal_of(self.columns))


def shown_columns(columns: Iterable[Column]) -> tuple[Column, ...]:
    """All but personal columns and raw geometries."""
    return tuple(column for column in columns if not column.is_personal and column.type is not ColumnType.GEOMETRY)


class Shape(StrEnum):
    """How rows are written in JSON."""

    OBJECTS = "objects"
    ARRAYS = "arrays"


@dataclass(frozen=True)
class Item:
    """A column of the answer."""

    expression: Expression
    name: str
    label: str = ""

    @property
    def type(self) -> ColumnType:
        """What its values are."""
        return self.expression.type


@dataclass(frozen=True)
class Order:
    """A sort key; empty cells come last in both directions."""

    expression: Expression
    is_descending: bool = False


@dataclass(frozen=True, kw_only=True)
class Query:
    """What is asked. `where` are joined by AND; with `group_by` the items of `select` are keys and aggregates.

    `is_whole`: no column was chosen, so that the row number stands before them all, for pages. `is_part`: a limit was
    said, which holds for exports too. `cursor` is where to go on (see `cursors`), `offset` the page for people. Equal
    questions are equal queries, so that their `repr` is the key of caches.
    """

    select: tuple[Item, ...]
    where: tuple[Condition, ...] = ()
    group_by: tuple[Item, ...] = ()
    having: tuple[Condition, ...] = ()
    order_by: tuple[Order, ...] = ()
    limit: int = PAGE_SIZE
    offset: int = 0
    cursor: str = ""
    has_total: bool = True
    is_grouped: bool = False
    is_whole: bool = False
    is_part: bool = False
    shape: Shape = Shape.OBJECTS
    labels: bool = False


@dataclass(frozen=True)
class Heading:
    """A column of an answer: its name for programs, its label for people, and what its values are."""

    name: str
    label: str
    type: ColumnType


@dataclass(frozen=True, kw_only=True)
class Answer:
    """Rows and what is known of the others. `total` is None when counting was too dear: then at least
    `total_at_least`. `next_cursor` is "" on the last page. `is_truncated` only for SQL with more rows than its limit.
    """

    columns: tuple[Heading, ...]
    rows: tuple[tuple[object, ...], ...]
    total: int | None = None
    total_at_least: int = 0
    next_cursor: str = ""
    is_truncated: bool = False
    took_ms: int = 0


@dataclass(frozen=True)
class FacetValue:
    """A value, or the lower end of a range that ends before `upper` (None: everything above), with its count.

    `filter` are the parameters of `/rows` that ask for it, ready for an address.
    """

    value: object
    count: int
    filter: str
    upper: object = None


@dataclass(frozen=True, kw_only=True)
class Facet:
    """How often each value of a column occurs, under all filters but the column's own.

    `distinct` counts the different values, `others` the rows whose value is not listed. Not complete: the time was
    over before it could be counted, which is something else than having no values.
    """

    column: str
    label: str
    kind: str  # values | ranges | years | months
    values: tuple[FacetValue, ...] = ()
    distinct: int = 0
    nulls: int = 0
    others: int = 0
    is_complete: bool = True


@dataclass(frozen=True)
class Limits:
    """Seconds that each kind of question may take."""

    page: float = 2.0
    count: float = 0.3
    facets: float = 1.0
    query: float = 5.0
    export: float = 30.0


def fields_of(columns: Iterable[Column]) -> dict[str, Field]:
    """The fields that a query may name, by name: the shown columns, the row number, the place."""
    columns = tuple(columns)
    named = {column.name: Field(column.name, column.type) for column in shown_columns(columns)}
    return named | {name: Field(name, kind) for name, kind in _internal_of(columns).items()}


def _internal_of(columns: Iterable[Column]) -> dict[str, ColumnType]:
    is_hidden = any(column.is_personal and gives_place(column) for column in columns)
    return {ROW_NUMBER: INTERNAL[ROW_NUMBER]} if is_hidden else INTERNAL
