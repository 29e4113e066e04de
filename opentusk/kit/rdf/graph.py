"""A set of triples one can walk: cheap to fill from what we write and from what we parse.

Subject → predicate → objects, in the order they came, each triple once. Checks, scores and the reader all walk it.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import TypeAlias

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from opentusk.kit.problems import Problem
from opentusk.kit.rdf.namespaces import TYPE

Subject: TypeAlias = NamedNode | BlankNode
Term: TypeAlias = NamedNode | BlankNode | Literal

_NONE: dict[Term, None] = {}
_NO_STATEMENTS: dict[NamedNode, dict[Term, None]] = {}


class Graph:
    """Triples by subject and predicate.

    `problems` are the repairs that were needed to read the document at all (`rdf.syntax`); empty for what we write.
    """

    def __init__(self, triples: Iterable[Triple] = (), *, problems: Iterable[Problem] = ()) -> None:
        self._statements: dict[Subject, dict[NamedNode, dict[Term, None]]] = {}
        self._instances: dict[Term, dict[Subject, None]] = {}
        self.problems: tuple[Problem, ...] = tuple(problems)
        for triple in triples:
            self.add(triple.subject, triple.predicate, triple.object)  # type: ignore[arg-type]  # no RDF-star here

    def add(self, subject: Subject, predicate: NamedNode, value: Term) -> None:
        """Add one triple; adding it again changes nothing."""
        statements = self._statements.get(subject)
        if statements is None:
            statements = self._statements[subject] = {}
        values = statements.get(predicate)
        if values is None:
            statements[predicate] = {value: None}
        else:
            values[value] = None
        if predicate == TYPE:
            self._instances.setdefault(value, {})[subject] = None

    def value(self, subject: Term, predicate: NamedNode) -> Term | None:
        """The first object, or None."""
        return next(iter(self.values(subject, predicate)), None)

    def values(self, subject: Term, predicate: NamedNode) -> Collection[Term]:
        """The objects of a subject's property, in document order."""
        return self.statements(subject).get(predicate, _NONE)

    def statements(self, subject: Term) -> Mapping[NamedNode, Collection[Term]]:
        """All that is said of a node: predicate → objects. Empty for a node that is only mentioned."""
        return self._statements.get(subject, _NO_STATEMENTS)  # type: ignore[arg-type]

    def types(self, subject: Term) -> Collection[Term]:
        """The classes of a node."""
        return self.values(subject, TYPE)

    def instances(self, *classes: NamedNode) -> list[Subject]:
        """The nodes that are of any of these classes, each once, in document order of the classes given."""
        found: dict[Subject, None] = {}
        for kind in classes:
            found.update(self._instances.get(kind, {}))
        return list(found)

    def is_a(self, subject: Term, kind: NamedNode) -> bool:
        """Whether the node is typed with that class."""
        return kind in self.types(subject)

    def subjects(self) -> Collection[Subject]:
        """The nodes that something is said of."""
        return self._statements.keys()

    def triples(self) -> Iterator[Triple]:
        """Every triple once, by subject."""
        for subject, statements in self._statements.items():
            for predicate, values in statements.items():
                for value in values:
                    yield Triple(subject, predicate, value)

    def __len__(self) -> int:
        return sum(len(values) for statements in self._statements.values() for values in statements.values())
