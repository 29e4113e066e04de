"""The tree that every grammar builds: expressions and conditions, with no SQL in them."""

from collections.abc import Iterator
from dataclasses import dataclass, is_dataclass
from enum import StrEnum
from typing import cast

from opentusk.kit.queries.keys import is_key
from opentusk.kit.tables.shapes import LATITUDE, LONGITUDE, ColumnType


class Op(StrEnum):
    """How two values compare."""

    EQ = "="
    NE = "!="
    LT = "<"
    LE = "<="
    GT = ">"
    GE = ">="


class Way(StrEnum):
    """Where a text is looked for."""

    CONTAINS = "contains"
    STARTS = "startswith"
    ENDS = "endswith"


@dataclass(frozen=True)
class Field:
    """A column of the table."""

    name: str
    type: ColumnType


@dataclass(frozen=True)
class Value:
    """A value, bound as a parameter. None is the empty cell."""

    value: object
    type: ColumnType


@dataclass(frozen=True)
class Call:
    """A scalar function of `functions`, arithmetic included."""

    function: str
    arguments: tuple["Expression", ...]
    type: ColumnType


@dataclass(frozen=True)
class Aggregate:
    """A calculation over the rows of a group; without argument it counts rows. `share` is that of a percentile."""

    function: str
    argument: "Expression | None"
    type: ColumnType
    share: float | None = None


Expression = Field | Value | Call | Aggregate


@dataclass(frozen=True)
class Compare:
    """Two values; unknown when either is empty."""

    left: Expression
    op: Op
    right: Expression


@dataclass(frozen=True)
class OneOf:
    """Equal to one of some values."""

    left: Expression
    values: tuple[Value, ...]


@dataclass(frozen=True)
class Empty:
    """An empty cell."""

    left: Expression


@dataclass(frozen=True)
class Matches:
    """A text in another, ignoring case and accents (see `folding`)."""

    left: Expression
    way: Way
    text: str


@dataclass(frozen=True)
class Like:
    """A pattern with `%` and `_`, ignoring case and accents."""

    left: Expression
    pattern: str


@dataclass(frozen=True)
class Search:
    """Every word in some of these columns."""

    words: tuple[str, ...]
    fields: tuple[Field, ...]


@dataclass(frozen=True)
class InBox:
    """A place within degrees, edges included."""

    west: float
    south: float
    east: float
    north: float


@dataclass(frozen=True)
class Near:
    """A place at most so many metres away, on a sphere."""

    latitude: float
    longitude: float
    metres: float


@dataclass(frozen=True)
class All:
    """Every one of these."""

    parts: tuple["Condition", ...]


@dataclass(frozen=True)
class AnyOf:
    """At least one of these."""

    parts: tuple["Condition", ...]


@dataclass(frozen=True)
class Not:
    """The contrary; what is unknown stays unknown."""

    part: "Condition"


Condition = Compare | OneOf | Empty | Matches | Like | Search | InBox | Near | All | AnyOf | Not


def names_in(node: Expression | Condition) -> frozenset[str]:
    """The columns that an expression or a condition looks at."""
    if isinstance(node, Field):
        return frozenset((node.name,))
    if isinstance(node, InBox | Near):
        return frozenset((LONGITUDE, LATITUDE))
    return frozenset().union(*(names_in(part) for part in _parts(node)))


def holds_aggregate(node: Expression | Condition) -> bool:
    """Whether something is calculated over a group."""
    return isinstance(node, Aggregate) or any(holds_aggregate(part) for part in _parts(node))


def holds_key(node: Expression | Condition) -> bool:
    """Whether there is a key, which has a sense only in `group_by`."""
    return (isinstance(node, Call) and is_key(node.function)) or any(holds_key(part) for part in _parts(node))


def loose_fields(node: Expression | Condition, keys: frozenset[Expression]) -> frozenset[str]:
    """The columns that stand neither in one of these keys nor in an aggregate."""
    if node in keys or isinstance(node, Aggregate):
        return frozenset()
    if isinstance(node, Field):
        return frozenset((node.name,))
    return frozenset().union(*(loose_fields(part, keys) for part in _parts(node)))


def _parts(node: Expression | Condition) -> Iterator[Expression | Condition]:
    for value in vars(node).values():
        for part in value if isinstance(value, tuple) else (value,):
            if is_dataclass(part) and not isinstance(part, type):
                yield cast("Expression | Condition", part)
