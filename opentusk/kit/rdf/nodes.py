"""One node of a graph to one record: everything said of it, copied, never mended and never invented.

Controlled fields may come out holding raw text ("CSV", "annuale"): mending is `kit.harmonise`. Where the profile takes
one value and the source gives several, the best is read and a problem names the others.
"""

from collections.abc import Callable, Collection
from dataclasses import fields
from typing import Any

from pyoxigraph import Literal, NamedNode

from opentusk.kit import records as kit
from opentusk.kit.problems import Problem, Severity
from opentusk.kit.rdf.concepts import CONCEPT, THEME, Role, is_known
from opentusk.kit.rdf.graph import Graph, Term
from opentusk.kit.rdf.namespaces import DCT, FOAF, RDF, RDFS, SKOS, TIME, VCARD
from opentusk.kit.rdf.profiles import Profile
from opentusk.kit.rdf.properties import CLASSES, DERIVED, PROPERTIES, Kind, Property
from opentusk.kit.rdf.relative import is_relative, raw_iri, resolved_iri
from opentusk.kit.rdf.statements import Unmodelled, mend_language
from opentusk.kit.values.numbers import whole_number

_LABELS = (SKOS("prefLabel"), RDFS("label"), RDF("value"), DCT("title"), FOAF("name"), SKOS("notation"))
_TEXTS = (RDFS("label"), DCT("description"), SKOS("prefLabel"), DCT("title"))
_INSTANTS = tuple(
    TIME(name) for name in ("inXSDDate", "inXSDDateTimeStamp", "inXSDDateTime", "inXSDgYearMonth", "inXSDgYear")
)
_VALUES = (VCARD("hasValue"), VCARD("value"), RDF("value"))
# Things with an identity of their own: their relative IRIs are resolved. Those of other nodes are only codes.
_MAIN_RECORDS = (kit.Dataset, kit.Distribution, kit.DataService, kit.DatasetSeries, kit.Catalog)
_KNOWN_PROPERTIES = {
    kind: frozenset(
        path for line in lines for path in (line.path, *(path for profile in Profile for path in line.written(profile)))
    )
    | DERIVED.get(kind, frozenset())
    for kind, lines in PROPERTIES.items()
}
_KNOWN_CLASSES = {
    kind: frozenset((*classes, *((CONCEPT,) if kind is kit.Location else ()))) for kind, classes in CLASSES.items()
}
_FIELDS = {kind: frozenset(one.name for one in fields(kind)) for kind in PROPERTIES}
_LATEST = frozenset({"modified", "end_date"})

Reading = tuple[Any, list[Problem]]
"""A record (or None) and the problems met while reading it."""


class NodeReader:
    """Reads the nodes of one graph, found at `base`."""

    def __init__(self, graph: Graph, base: str) -> None:
        self.graph = graph
        self.base = base

    def record(
        self, kind: type[Any], node: Term, *, above: frozenset[Term] = frozenset(), owner: Unmodelled | None = None
    ) -> Reading:
        """The record of a node. `above` are the nodes it is part of, so that no circle is run.

        `owner` keeps the unmodelled statements of a record that has no place for its own.
        """
        iri = self._own_iri(kind, node)
        own = Unmodelled(self.graph, iri) if "extra" in _FIELDS[kind] else owner
        values: dict[str, Any] = {}
        problems: list[Problem] = []
        read = set(_KNOWN_PROPERTIES[kind])
        for line in PROPERTIES[kind]:
            path, terms = self._terms(node, line)
            if not terms:
                continue
            read.add(path)
            value = _FieldReader(self, line, problems, above | {node}, own).read(terms)
            if value is not None and value != "" and value != () and value != {}:
                values[line.name] = value
        if "iri" in _FIELDS[kind]:
            values["iri"] = iri
        if own is not None:
            self._keep_unmodelled(kind, node, own, read, values, problems)
        return self._made(kind, values), problems

    def _made(self, kind: type[Any], values: dict[str, Any]) -> Any:
        if kind is kit.Checksum and values.keys() != {"algorithm", "value"}:
            return None
        return kind(**values)

    def _keep_unmodelled(
        self,
        kind: type[Any],
        node: Term,
        own: Unmodelled,
        read: Collection[NamedNode],
        values: dict[str, Any],
        problems: list[Problem],
    ) -> None:
        if "extra" not in _FIELDS[kind]:
            own.add_part(node, read=read, classes=_KNOWN_CLASSES[kind])
            return
        own.add_node(node, read=read, classes=_KNOWN_CLASSES[kind])
        values["extra"] = own.statements()
        if own.dropped:
            values_shown = {"statements": "; ".join(own.dropped[:5])}
            problems.append(Problem(code="reading.statements_dropped", severity=Severity.INFO, values=values_shown))

    def _own_iri(self, kind: type[Any], node: Term) -> str | None:
        if not isinstance(node, NamedNode):
            return None
        if kind in _MAIN_RECORDS:
            return resolved_iri(node.value, self.base)
        return None if is_relative(node.value) else node.value

    def _terms(self, node: Term, line: Property) -> tuple[NamedNode, list[Term]]:
        """The first of a field's properties that says something, and what it says."""
        statements = self.graph.statements(node)
        for path in (line.path, *line.also):
            if path in statements and (terms := [term for term in statements[path] if not self.is_empty(term)]):
                return path, terms
        return line.path, []

    def is_empty(self, term: Term) -> bool:
        """Whether a value says nothing: `<dct:license/>`, `rdf:resource=""`."""
        if isinstance(term, Literal):
            return not term.value.strip()
        return isinstance(term, NamedNode) and not raw_iri(term.value).strip() and not self.graph.statements(term)

    def raw(self, term: Term) -> str:
        """What the source wrote; nothing for a blank node."""
        if isinstance(term, NamedNode):
            return raw_iri(term.value)
        return term.value if isinstance(term, Literal) else ""

    def label(self, node: Term) -> str:
        """The name of a node, in Italian if it has one. Empty when it has two in one language: which is meant?"""
        for path in _LABELS:
            names: dict[str, set[str]] = {}
            for value in self.graph.values(node, path):
                if isinstance(value, Literal) and value.value.strip():
                    names.setdefault(value.language or "", set()).add(value.value)
            for language in ("it", "", "en", *names):
                if language in names:
                    return names[language].pop() if len(names[language]) == 1 else ""
        return ""


class _FieldReader:
    """Reads the values of one field of one node."""

    def __init__(
        self,
        nodes: NodeReader,
        line: Property,
        problems: list[Problem],
        above: frozenset[Term],
        owner: Unmodelled | None,
    ) -> None:
        self.nodes = nodes
        self.graph = nodes.graph
        self.line = line
        self.problems = problems
        self.above = above
        self.owner = owner

    def read(self, terms: list[Term]) -> Any:
        """The field's value; None when nothing of it could be read."""
        match self.line.kind:
            case Kind.TEXT:
                return self._text(terms)
            case Kind.WORDS:
                return _words(terms)
            case Kind.STATEMENT:
                return self._statement(terms)
            case Kind.NODE:
                return self._nodes(terms)
        found = list(dict.fromkeys(value for term in terms if (value := self._one(term)) is not None and value != ""))
        return tuple(found) if self.line.is_many else self._best(found)

    def _one(self, term: Term) -> Any:
        read = _READERS.get(self.line.kind)
        return read(self, term) if read else self._valued(term) or self.nodes.label(term)

    def _reference(self, term: Term) -> str:
        return resolved_iri(term.value, self.nodes.base) if isinstance(term, NamedNode) else self.nodes.raw(term)

    def _email(self, term: Term) -> str:
        return _without_scheme("mailto:", self._valued(term))

    def _phone(self, term: Term) -> str:
        return self.nodes.label(term) or _without_scheme("tel:", self._valued(term))

    def _date(self, term: Term) -> str:
        return self._valued(term, *_INSTANTS)

    def _iri(self, term: Term) -> str:
        return self._controlled(term, self.line.role) if self.line.role else self._address(term)

    def _address(self, term: Term) -> str:
        """An address as the source wrote it; of a node without one, its name."""
        return self.nodes.raw(term) or self.nodes.label(term)

    def _controlled(self, term: Term, role: Role) -> str:
        """The value as the source wrote it, or the name of its node where the address says nothing."""
        raw = self.nodes.raw(term)
        if isinstance(term, Literal):
            return raw
        names_only_the_list = role.vocabulary is not None and raw.rstrip("/#") == role.vocabulary.scheme
        if not raw or names_only_the_list:
            return self.nodes.label(term)
        if role is THEME and not is_known(raw, role):
            return self.nodes.label(term) or raw
        return raw

    def _valued(self, term: Term, *paths: NamedNode) -> str:
        """A literal, an address, or the value of the node that stands around them."""
        for path in (*paths, *_VALUES):
            value = self.graph.value(term, path)
            if value is not None:
                return self.nodes.raw(value)
        return self.nodes.raw(term)

    def _size(self, term: Term) -> int | None:
        """A whole number of bytes; a decimal without fraction is one too."""
        text = self._valued(term)
        size = whole_number(text)
        if size is None:
            self._note("reading.value_unread", value=text[:80])
        return size

    def _text(self, terms: list[Term]) -> kit.Text:
        """One string per language, the first; the name of a node where a literal was meant."""
        found: dict[str, str] = {}
        others: list[str] = []
        for term in terms:
            language = mend_language(term.language or "") if isinstance(term, Literal) else ""
            text = term.value if isinstance(term, Literal) else self._address(term)
            if text and found.setdefault(language, text) != text:
                others.append(text)
        if others:
            self._note("reading.several_values", kept=" · ".join(found.values()), others=" · ".join(others))
        return found

    def _statement(self, terms: list[Term]) -> kit.Text:
        """The text of nodes that hold only a text, such as a provenance statement."""
        literals: list[Term] = []
        for term in terms:
            if isinstance(term, Literal):
                literals.append(term)
                continue
            values = (self.graph.values(term, path) for path in _TEXTS)
            literals += next((list(texts) for texts in values if texts), [])
        return self._text(literals)

    def _nodes(self, terms: list[Term]) -> Any:
        found = []
        for term in terms:
            if term in self.above:
                continue
            record, problems = self._node(term)
            if record is None:
                continue
            found.append(record)
            place = self._place(len(found))
            self.problems += [problem.within(place) for problem in problems]
        return tuple(found) if self.line.is_many else self._best(found)

    def _node(self, term: Term) -> Reading:
        kind = self.line.record
        assert kind is not None
        if isinstance(term, Literal):
            return _named(kind, term.value), []
        if not self.graph.statements(term) and isinstance(term, NamedNode) and is_relative(term.value):
            # Nothing is said of it and its address is no address: what is left is the text the source wrote.
            return _named(kind, raw_iri(term.value)), []
        record, problems = self.nodes.record(kind, term, above=self.above, owner=self.owner)
        if kind is kit.Distribution and not self.graph.statements(term):
            problems.append(
                Problem(code="reading.node_undescribed", severity=Severity.MINOR, values={"iri": record.iri or ""})
            )
        is_empty = record is None or (kind is not kit.Checksum and record == kind())
        return (None if is_empty else record), problems

    def _place(self, number: int) -> str:
        name = "distribution" if self.line.record is kit.Distribution else self.line.place
        return f"{name} {number}" if self.line.is_many else name

    def _best(self, found: list[Any]) -> Any:
        """The one value of a field, with a problem that names the others.

        Of dates the latest end and the earliest beginning; of controlled values one that is known; else the first.
        """
        if not found:
            return None
        role = self.line.role
        best = found[0]
        if self.line.kind is Kind.DATE:
            best = max(found) if self.line.name in _LATEST else min(found)
        elif role is not None:
            best = next((value for value in found if is_known(value, role) and "://" in value), best)
        if len(found) > 1:
            others = " · ".join(_shown(value) for value in found if value is not best)
            self._note("reading.several_values", kept=_shown(best), others=others)
        return best

    def _note(self, code: str, **values: str) -> None:
        self.problems.append(
            Problem(
                code=code,
                severity=Severity.MINOR,
                where=self.line.place,
                values={"field": self.line.place, **values},
            )
        )


_READERS: dict[Kind, Callable[[_FieldReader, Term], Any]] = {
    Kind.IRI: _FieldReader._iri,
    Kind.REFERENCE: _FieldReader._reference,
    Kind.EMAIL: _FieldReader._email,
    Kind.PHONE: _FieldReader._phone,
    Kind.SIZE: _FieldReader._size,
    Kind.DATE: _FieldReader._date,
}


def _words(terms: list[Term]) -> kit.Words:
    found: dict[str, dict[str, None]] = {}
    for term in terms:
        if isinstance(term, Literal):
            found.setdefault(mend_language(term.language or ""), {})[term.value] = None
    return {language: tuple(words) for language, words in found.items()}


def _without_scheme(scheme: str, text: str) -> str:
    return text[len(scheme) :] if text[: len(scheme)].lower() == scheme else text


def _named(kind: type[Any], text: str) -> Any:
    """A record of which only a text is known: a body's name, a licence's, a place's."""
    text = text.strip()
    if not text or kind in (kit.Checksum, kit.PeriodOfTime):
        return None
    if kind is kit.LicenseDocument:
        return kit.LicenseDocument(name={"": text})
    if kind is kit.ContactPoint:
        return _named_contact(text)
    field = _NAMING_FIELDS.get(kind)
    return kind(**{field: text}) if field else kind(title={"": text})


_NAMING_FIELDS = {
    kit.Agent: "name",
    kit.Location: "geographic_name",
    kit.Identifier: "notation",
}


def _named_contact(text: str) -> kit.ContactPoint:
    if "@" in text:
        return kit.ContactPoint(has_email=_without_scheme("mailto:", text))
    if text.startswith("www.") or "://" in text:
        return kit.ContactPoint(has_url=text)
    return kit.ContactPoint(fn=text)


def _shown(value: Any) -> str:
    if isinstance(value, str):
        return value
    named = getattr(value, "iri", None) or getattr(value, "name", None) or getattr(value, "fn", None)
    return str(named or value)
