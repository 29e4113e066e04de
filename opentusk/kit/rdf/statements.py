"""What the records do not model, kept as statements so that a round trip loses nothing.

A statement's terms are in N-Triples syntax; `<>` is the record's own node and `<#b1>` a node of its own: a blank node
that was given a name, because a stored record cannot hold one. Statements are sorted, so that equal ones are equal.
"""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field

from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, Triple, parse

from opentusk.kit.rdf.graph import Graph, Term
from opentusk.kit.rdf.namespaces import TYPE, short_iri
from opentusk.kit.rdf.properties import CLASSES, RECORD_CLASS
from opentusk.kit.rdf.relative import raw_iri
from opentusk.kit.rdf.strict import Unwritable, is_legal, legal_iri, legal_predicate, legal_text, legal_typed
from opentusk.kit.records import Statement

_OWN = "<>"
_PLACE = "extra"
_MOST_STATEMENTS = 500
# A statement that leads to a thing with a record of its own, or to another thing of the catalogue, ends there: what a
# dataset says must not depend on what else its page describes.
_SEPARATE_CLASSES = frozenset(kind for kinds in CLASSES.values() for kind in kinds) | {RECORD_CLASS}


def statement_triples(statements: Collection[Statement], own: str) -> Iterator[Triple]:
    """The triples of statements about the node `own`. Raises Unwritable for what is not exactly one each."""
    if not statements:
        return
    lines = [" ".join((_full(one.subject, own), one.predicate, _full(one.object, own), ".")) for one in statements]
    try:
        triples = [quad.triple for quad in parse("\n".join(lines).encode(), RdfFormat.N_TRIPLES)]
    except (SyntaxError, ValueError) as illegal:
        raise Unwritable(_PLACE, str(illegal)) from illegal
    if len(triples) != len(statements):
        raise Unwritable(_PLACE, f"{len(statements)} statements make {len(triples)} triples")
    for triple in triples:
        legal_predicate(triple.predicate.value, _PLACE)
        for term in (triple.subject, triple.object):
            _require_legal(term)
        yield triple


def _full(term: str, own: str) -> str:
    if term == _OWN:
        return f"<{own}>"
    return f"<{own}{term[1:]}" if term.startswith("<#") else term


def _require_legal(term: object) -> None:
    if isinstance(term, NamedNode):
        legal_iri(term.value, _PLACE)
    elif isinstance(term, Literal):
        legal_text(term.value, _PLACE)
    else:
        raise Unwritable(_PLACE, str(term))


@dataclass
class Unmodelled:
    """Collects what is said of a node by properties that were not read.

    `own` is the IRI the record will have, None when it has none yet. `dropped` are the statements that could not be
    written anywhere: relative addresses, characters that XML lacks.
    """

    graph: Graph
    own: str | None
    dropped: list[str] = field(default_factory=list)
    _found: set[Statement] = field(default_factory=set)
    _waiting: list[Term] = field(default_factory=list)
    _names: dict[BlankNode, str] = field(default_factory=dict)
    _entered: set[Term] = field(default_factory=set)

    def add_node(self, node: Term, *, read: Collection[NamedNode], classes: Collection[NamedNode]) -> None:
        """What is said of the record's own node, apart from the properties `read` and its `classes`."""
        self._add_unread(_OWN, node, read, classes)

    def add_part(self, node: Term, *, read: Collection[NamedNode], classes: Collection[NamedNode]) -> None:
        """The same for a node that has a record but no `extra` of its own. Nameless nodes are passed over."""
        if isinstance(node, NamedNode) and is_legal(node.value):
            self._add_unread(self._named(node), node, read, classes)

    def statements(self) -> tuple[Statement, ...]:
        """All that was found, in their one order."""
        return tuple(sorted(self._found, key=lambda one: (one.subject, one.predicate, one.object)))

    def _add_unread(self, name: str, node: Term, read: Collection[NamedNode], classes: Collection[NamedNode]) -> None:
        self._entered.add(node)
        for predicate, values in self.graph.statements(node).items():
            if predicate == TYPE:
                self._add(name, predicate, [value for value in values if value not in classes])
            elif predicate not in read:
                self._add(name, predicate, values)
        while self._waiting:
            inner = self._waiting.pop()
            for predicate, values in self.graph.statements(inner).items():
                self._add(self._named(inner), predicate, values)

    def _add(self, subject: str, predicate: NamedNode, values: Iterable[Term]) -> None:
        for value in values:
            if len(self._found) >= _MOST_STATEMENTS:
                return
            try:
                legal_predicate(predicate.value, _PLACE)
                written = self._written(value)
            except Unwritable:
                self.dropped.append(f"{short_iri(raw_iri(predicate.value))} {raw_iri(value.value)}")
                continue
            self._found.add(Statement(subject=subject, predicate=str(predicate), object=written))
            if self._leads_on(value):
                self._entered.add(value)
                self._waiting.append(value)

    def _written(self, value: Term) -> str:
        if isinstance(value, Literal):
            return _literal(value)
        return self._named(value)

    def _named(self, node: Term) -> str:
        if isinstance(node, BlankNode):
            return self._names.setdefault(node, f"<#b{len(self._names) + 1}>")
        iri = legal_iri(node.value, _PLACE)
        if self.own is not None and "#" not in self.own:
            if iri.value == self.own:
                return _OWN
            if iri.value.startswith(f"{self.own}#"):
                return f"<{iri.value.removeprefix(self.own)}>"
        return str(iri)

    def _leads_on(self, value: Term) -> bool:
        """Whether to follow a statement to the node it leads to: a blank node, or one that nothing else describes."""
        if isinstance(value, Literal) or value in self._entered:
            return False
        return isinstance(value, BlankNode) or _SEPARATE_CLASSES.isdisjoint(self.graph.types(value))


def _literal(value: Literal) -> str:
    """The literal as it can be written again: a language that is none (`it_IT`, blank) is mended or left out."""
    if value.language is None:
        return str(legal_typed(value.value, value.datatype, _PLACE))
    return str(legal_text(value.value, _PLACE, mend_language(value.language)))


def mend_language(language: str) -> str:
    """A language tag that RDF accepts, in lower case; empty when it cannot be one."""
    mended = language.strip().replace("_", "-").lower()
    parts = mended.split("-")
    is_tag = parts[0].isascii() and parts[0].isalpha() and all(0 < len(part) <= 8 and part.isalnum() for part in parts)
    return mended if is_tag and mended.isascii() else ""
