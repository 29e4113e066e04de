"""What the records do not model, kept as statements so that a round trip loses nothing.

A statement's terms are in N-Triples syntax; `<>` is the record's own node. Blank nodes are given IRIs of their own
(`urn:x-node:…`), because a blank node cannot be pointed to from two places of a stored record.
"""

from collections.abc import Iterable, Iterator

from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, Triple, parse

from opentusk.kit.rdf.graph import Graph, Term
from opentusk.kit.rdf.namespaces import TYPE
from opentusk.kit.rdf.relative import is_relative
from opentusk.kit.records import Statement

_NODE = "urn:x-node:"
_OWN = "<>"


def statement_triples(statements: Iterable[Statement], own: NamedNode) -> Iterator[Triple]:
    """The triples of statements about a node."""
    lines = "\n".join(f"{_term(line.subject, own)} {line.predicate} {_term(line.object, own)} ." for line in statements)
    if lines:
        for quad in parse(lines.encode("utf-8"), RdfFormat.N_TRIPLES):
            yield Triple(quad.subject, quad.predicate, quad.object)


def unread_statements(graph: Graph, node: Term, read: set[NamedNode]) -> tuple[Statement, ...]:
    """What is said of a node by properties that were not read, with the blank nodes it leads to."""
    found: list[Statement] = []
    _collect(graph, node, _OWN, read | {TYPE}, found, set())
    return tuple(found)


def _collect(
    graph: Graph, node: Term, name: str, skipped: set[NamedNode], found: list[Statement], seen: set[Term]
) -> None:
    for predicate, values in graph.statements(node).items():
        if predicate in skipped:
            continue
        for value in values:
            if not (_is_legal(predicate) and _is_legal(value)):
                continue
            found.append(Statement(subject=name, predicate=str(predicate), object=_named(value)))
            if isinstance(value, BlankNode) and value not in seen:
                seen.add(value)
                _collect(graph, value, _named(value), set(), found, seen)


def _is_legal(term: Term) -> bool:
    """Whether a strict reader would take the term: sources are read leniently, but what we write is not."""
    if not isinstance(term, NamedNode):
        return True
    try:
        NamedNode(term.value)
    except ValueError:
        return False
    return not is_relative(term.value)


def _named(value: Term) -> str:
    return f"<{_NODE}{value.value}>" if isinstance(value, BlankNode) else _plain(value)


def _plain(value: Term) -> str:
    return str(value) if isinstance(value, NamedNode | Literal) else ""


def _term(text: str, own: NamedNode) -> str:
    return str(own) if text == _OWN else text
