"""A query as a tree. Every node is frozen; a `field` of None is the default field, which whoever evaluates names."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from typing import TypeAlias

from opentusk.kit.solr.errors import OutsideSubset

# Deeper than any person or program writes; evaluating is recursive.
MAX_DEPTH = 60
MAX_CLAUSES = 5_000


class Gap(Enum):
    """What a wildcard leaves open: any number of characters, or exactly one."""

    ANY = "*"
    ONE = "?"


Pattern: TypeAlias = tuple[str | Gap, ...]


@dataclass(frozen=True)
class Everything:
    """`*:*`."""


@dataclass(frozen=True)
class Term:
    """One value of a field: the whole value of an exact field, a word of a text."""

    field: str | None
    text: str


@dataclass(frozen=True)
class Phrase:
    """A value in quotes: the whole value of an exact field, words beside each other in a text."""

    field: str | None
    text: str


@dataclass(frozen=True)
class Wildcard:
    """A value with gaps."""

    field: str | None
    pattern: Pattern


@dataclass(frozen=True)
class Exists:
    """`field:*`: the field has a value."""

    field: str | None


@dataclass(frozen=True)
class Range:
    """Values between two bounds, either open (None)."""

    field: str | None
    low: str | None
    high: str | None
    with_low: bool
    with_high: bool


@dataclass(frozen=True)
class Not:
    """What does not match."""

    node: "Node"


@dataclass(frozen=True)
class All:
    """What matches every one."""

    nodes: tuple["Node", ...]


@dataclass(frozen=True)
class Some:
    """What matches one of these or more."""

    nodes: tuple["Node", ...]


@dataclass(frozen=True)
class Weighted:
    """The same matches, counting more or less for the order of relevance."""

    node: "Node"
    weight: float


Leaf: TypeAlias = Everything | Term | Phrase | Wildcard | Exists | Range
Node: TypeAlias = Leaf | Not | All | Some | Weighted


def negation(node: Node) -> Node:
    """What does not match; twice is the node itself."""
    return node.node if isinstance(node, Not) else Not(node)


def all_of(nodes: Sequence[Node]) -> Node:
    """What matches every one; a single node is itself."""
    return nodes[0] if len(nodes) == 1 else All(tuple(nodes))


def some_of(nodes: Sequence[Node]) -> Node:
    """What matches one or more; a single node is itself."""
    return nodes[0] if len(nodes) == 1 else Some(tuple(nodes))


def in_field(node: Node, field: str) -> Node:
    """The node with the field in every place that names none."""
    match node:
        case Everything():
            return node
        case Not(inner):
            return Not(in_field(inner, field))
        case All(nodes):
            return All(tuple(in_field(inner, field) for inner in nodes))
        case Some(nodes):
            return Some(tuple(in_field(inner, field) for inner in nodes))
        case Weighted(inner, weight):
            return Weighted(in_field(inner, field), weight)
    return node if node.field is not None else _named(node, field)


def _named(leaf: Leaf, field: str) -> Leaf:
    match leaf:
        case Term(_none, text):
            return Term(field, text)
        case Phrase(_none, text):
            return Phrase(field, text)
        case Wildcard(_none, pattern):
            return Wildcard(field, pattern)
        case Exists():
            return Exists(field)
        case Range(_none, low, high, with_low, with_high):
            return Range(field, low, high, with_low, with_high)
    return leaf


def measured(node: Node) -> Node:
    """The same node. Raises OutsideSubset when it is too deep or too large to be evaluated."""
    level, depth, clauses = [node], 0, 0
    while level:
        depth, clauses = depth + 1, clauses + len(level)
        if depth > MAX_DEPTH or clauses > MAX_CLAUSES:
            raise OutsideSubset(f"More than {MAX_CLAUSES} clauses or {MAX_DEPTH} levels in one query.")
        level = [inner for outer in level for inner in _inside(outer)]
    return node


def _inside(node: Node) -> tuple[Node, ...]:
    match node:
        case Not(inner) | Weighted(inner, _):
            return (inner,)
        case All(nodes) | Some(nodes):
            return nodes
    return ()
