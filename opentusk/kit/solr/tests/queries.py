"""Generated queries: trees with the text that says them, so that reading can be compared with what was meant."""

import re

from hypothesis import strategies as st

from opentusk.kit.solr.tree import (
    All,
    Everything,
    Exists,
    Gap,
    Node,
    Not,
    Phrase,
    Range,
    Some,
    Term,
    Wildcard,
    negation,
)

_SPECIAL = re.compile(r'([\\+\-!(){}\[\]^"~*?:/&|\s])')
_KEYWORDS = {"AND", "OR", "NOT", "TO"}


def escaped(text: str) -> str:
    """A value as one writes it outside quotes."""
    word = _SPECIAL.sub(r"\\\1", text)
    return f"\\{word}" if word in _KEYWORDS else word


def quoted(text: str) -> str:
    """A value as one writes it in quotes."""
    return '"' + re.sub(r'(["\\])', r"\\\1", text) + '"'


def written(node: Node) -> str:
    """The text of a tree, with brackets wherever a level ends."""
    match node:
        case Everything():
            return "*:*"
        case Not(inner):
            return f"-{_closed(inner)}"
        case All(nodes):
            return " AND ".join(_closed(inner) for inner in nodes)
        case Some(nodes):
            return " OR ".join(_closed(inner) for inner in nodes)
    return (f"{escaped(node.field)}:" if node.field is not None else "") + _value(node)


def _closed(node: Node) -> str:
    return f"({written(node)})" if isinstance(node, All | Some | Not) else written(node)


def _value(node: Node) -> str:
    match node:
        case Term(_, text):
            return escaped(text)
        case Phrase(_, text):
            return quoted(text)
        case Exists():
            return "*"
        case Wildcard(_, pattern):
            return "".join(piece.value if isinstance(piece, Gap) else escaped(piece) for piece in pattern)
        case Range(_, low, high, with_low, with_high):
            bounds = ["*" if bound is None else quoted(bound) for bound in (low, high)]
            return f"{'[' if with_low else '{'}{bounds[0]} TO {bounds[1]}{']' if with_high else '}'}"
    raise AssertionError(node)


def nodes(leaves: st.SearchStrategy[Node], *, most: int = 6) -> st.SearchStrategy[Node]:
    """Trees over these leaves."""

    def levels(inner: st.SearchStrategy[Node]) -> st.SearchStrategy[Node]:
        several = st.lists(inner, min_size=2, max_size=3).map(tuple)
        return st.one_of(
            several.map(All),
            several.map(Some),
            inner.map(negation),
        )

    return st.recursive(leaves, levels, max_leaves=most)


def wildcards(texts: st.SearchStrategy[str]) -> st.SearchStrategy[tuple[str | Gap, ...]]:
    """Patterns with one or two gaps, before, between or after texts; never the bare `*`, which asks for any value."""
    gap = st.sampled_from(Gap)
    parts = st.tuples(st.none() | texts, gap, st.none() | texts, st.none() | gap, st.none() | texts)

    def joined(parts: tuple[str | Gap | None, ...]) -> tuple[str | Gap, ...]:
        before, first, between, second, after = parts
        found = (before, first, between, second, after) if second else (before, first, between)
        pattern = tuple(part for part in found if part is not None)
        return (Gap.ONE,) if pattern == (Gap.ANY,) else pattern

    return parts.map(joined)
