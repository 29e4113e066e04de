"""Graph to records: everything a source says of its catalogue, copied, never mended and never invented.

Controlled fields may come out holding raw text ("CSV", "annuale"): mending is `kit.harmonise`. Where the profile takes
one value and the source gives several, the best is read and a problem names the others.
"""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace
from typing import Any

from pyoxigraph import BlankNode, Literal, NamedNode

from opentusk.kit import records as kit
from opentusk.kit.items import CatalogReading, Item
from opentusk.kit.problems import Problem, Severity
from opentusk.kit.rdf.graph import Graph, Subject, Term
from opentusk.kit.rdf.namespaces import DCAT, DCATAPIT, DCT, FOAF, HYDRA, RDFS, SKOS, SPDX, VCARD
from opentusk.kit.rdf.properties import CLASSES, PROPERTIES, Kind, Property
from opentusk.kit.rdf.relative import is_relative, raw_iri, resolved_iri
from opentusk.kit.rdf.statements import unread_statements

_LABELS = (SKOS("prefLabel"), RDFS("label"), DCT("title"), FOAF("name"), SKOS("notation"))
_NEXT = (HYDRA("next"), HYDRA("nextPage"))
# Said of the dataset by its catalogue or by a distribution by mistake; read where it belongs.
_DATASET_LICENCE = DCT("license")


def read_catalog(graph: Graph, *, base: str) -> CatalogReading:
    """Every dataset, service and series of a parsed document found at `base`."""
    reader = _Reader(graph, base)
    catalogs = graph.instances(*CLASSES[kit.Catalog])
    datasets = graph.instances(DCATAPIT("Dataset"), DCAT("Dataset"))
    return CatalogReading(
        catalog=reader.record(kit.Catalog, catalogs[0], set())[0] if catalogs else None,
        items=tuple(reader.item(node) for node in datasets if not reader.is_series(node)),
        services=tuple(reader.record(kit.DataService, node, set())[0] for node in graph.instances(DCAT("DataService"))),
        series=tuple(
            reader.record(kit.DatasetSeries, node, set())[0] for node in graph.instances(DCAT("DatasetSeries"))
        ),
        next_page=_next_page(graph, base),
        total=_total(graph),
        problems=graph.problems,
    )


def read_dataset(graph: Graph, node: Subject, *, base: str) -> Item:
    """One dataset of a parsed document."""
    return _Reader(graph, base).item(node)


class _Reader:
    """Reads the nodes of one graph."""

    def __init__(self, graph: Graph, base: str) -> None:
        self.graph = graph
        self.base = base

    def is_series(self, node: Subject) -> bool:
        return self.graph.is_a(node, DCAT("DatasetSeries"))

    def item(self, node: Subject) -> Item:
        record, problems = self.record(kit.Dataset, node, set())
        record = _with_licence(record, self._dataset_licence(node), problems)
        source_id = record.identifier or record.iri or next(iter(record.title.values()), "")
        return Item(
            record=record, source_id=source_id, problems=tuple(problem.within(source_id) for problem in problems)
        )

    def record(self, kind: type[Any], node: Term, above: set[Term]) -> tuple[Any, list[Problem]]:
        """The record of a node and the problems met; `above` are the nodes it is part of, so that no circle is run."""
        values: dict[str, Any] = {}
        problems: list[Problem] = []
        read: set[NamedNode] = set()
        for line in PROPERTIES[kind]:
            paths = (line.path, *line.also)
            read.update(paths)
            terms = self._values(node, paths)
            value = self._read(line, terms, problems, above | {node})
            if value not in (None, "", ()) and value != {}:
                values[line.field] = value
        values["iri"] = self._iri(node)
        if "extra" in kind.__dataclass_fields__:
            values["extra"] = unread_statements(self.graph, node, read | _SETTLED.get(kind, set()))
        return kind(**values), problems

    def _values(self, node: Term, paths: Iterable[NamedNode]) -> Collection[Term]:
        """The values of the first property that has any that say something."""
        for path in paths:
            terms = [term for term in self.graph.values(node, path) if not self._is_empty(term)]
            if terms:
                return terms
        return ()

    def _is_empty(self, term: Term) -> bool:
        if isinstance(term, Literal):
            return not term.value.strip()
        return isinstance(term, NamedNode) and not raw_iri(term.value).strip() and not self.graph.statements(term)

    def _iri(self, node: Term) -> str | None:
        """The node's own address: absolute ones as they are, relative ones in the document's place, blank ones none."""
        if not isinstance(node, NamedNode):
            return None
        return (
            resolved_iri(node.value, self.base)
            if is_relative(node.value) and raw_iri(node.value)
            else (None if is_relative(node.value) else node.value)
        )

    def _read(self, line: Property, terms: Collection[Term], problems: list[Problem], above: set[Term]) -> Any:
        match line.kind:
            case Kind.TEXT:
                return self._text(terms)
            case Kind.WORDS:
                return _words(terms)
            case Kind.NODE:
                return self._nodes(line, terms, problems, above)
        found = [value for term in terms if (value := self._one(line, term)) not in (None, "")]
        if line.is_many:
            return tuple(dict.fromkeys(found))
        return _only(line, found, problems)

    def _one(self, line: Property, term: Term) -> Any:
        match line.kind:
            case Kind.STRING | Kind.DATE | Kind.DECIMAL | Kind.DURATION | Kind.GEOMETRY:
                return term.value if isinstance(term, Literal) else self._raw(term)
            case Kind.IRI:
                return self._reference(line, term)
            case Kind.INTEGER:
                return _integer(term)
            case Kind.EMAIL:
                return self._valued(term).removeprefix("mailto:")
            case Kind.PHONE:
                return self._valued(term).removeprefix("tel:")
            case Kind.CHECKSUM:
                return self._checksum(term)
        return None

    def _reference(self, line: Property, term: Term) -> str:
        """The IRI as the source wrote it; a label where the IRI itself says nothing."""
        raw = self._raw(term)
        is_said = raw and not isinstance(term, BlankNode)
        if is_said and (line.concept is None or "://" in raw or isinstance(term, Literal)):
            return raw
        label = next((value.value for path in _LABELS for value in self.graph.values(term, path)), "")
        return raw if is_said and not label else label or (raw if is_said else "")

    def _raw(self, term: Term) -> str:
        if isinstance(term, Literal):
            return term.value
        return raw_iri(term.value) if isinstance(term, NamedNode) else ""

    def _valued(self, term: Term) -> str:
        """A literal, an address, or the value of the node that vCard puts around them."""
        value = self.graph.value(term, VCARD("hasValue")) or self.graph.value(term, VCARD("value"))
        return self._raw(value) if value is not None else self._raw(term)

    def _checksum(self, term: Term) -> kit.Checksum | None:
        algorithm = self.graph.value(term, SPDX("algorithm"))
        value = self.graph.value(term, SPDX("checksumValue"))
        if algorithm is None or value is None:
            return None
        return kit.Checksum(algorithm=self._raw(algorithm), value=self._raw(value))

    def _text(self, terms: Collection[Term]) -> kit.Text:
        """One string per language; the labels of a node where a literal was meant. The first of a language wins."""
        found: dict[str, str] = {}
        for term in terms:
            literals = (
                [term]
                if isinstance(term, Literal)
                else [
                    value for path in _LABELS for value in self.graph.values(term, path) if isinstance(value, Literal)
                ]
            )
            for literal in literals:
                found.setdefault(literal.language or "", literal.value)
        return found

    def _nodes(self, line: Property, terms: Collection[Term], problems: list[Problem], above: set[Term]) -> Any:
        found: list[Any] = []
        for term in terms:
            if term in above or line.record is None:
                continue
            record, inner = self._node(line.record, term, above)
            problems += [
                problem.within(f"{line.field} {len(found) + 1}" if line.is_many else line.field) for problem in inner
            ]
            if record is not None:
                found.append(record)
        return tuple(found) if line.is_many else _only(line, found, problems)

    def _node(self, kind: type[Any], term: Term, above: set[Term]) -> tuple[Any, list[Problem]]:
        if isinstance(term, Literal):
            return _named(kind, term.value), []
        record, problems = self.record(kind, term, above)
        if record == kind(iri=record.iri) and isinstance(term, NamedNode) and is_relative(term.value):
            # Nothing is said of it and its address is no address: what is left is the text the source wrote.
            return _named(kind, raw_iri(term.value)), problems
        return record if record != kind() else None, problems

    def _dataset_licence(self, node: Subject) -> kit.LicenseDocument | None:
        terms = self._values(node, (_DATASET_LICENCE,))
        return next((self._node(kit.LicenseDocument, term, {node})[0] for term in terms), None)


def _named(kind: type[Any], text: str) -> Any:
    """A record of which only a text is known: a body's name, a licence's, a place's."""
    field = {
        kit.Agent: "name",
        kit.ContactPoint: "fn",
        kit.Location: "geographic_name",
        kit.Standard: "identifier",
        kit.Identifier: "notation",
    }.get(kind)
    if field:
        return kind(**{field: text})
    return kit.LicenseDocument(name={"": text}) if kind is kit.LicenseDocument else None


def _with_licence(record: kit.Dataset, licence: kit.LicenseDocument | None, problems: list[Problem]) -> kit.Dataset:
    """The licence that stands on the dataset, where nobody looks for it, given to the distributions without one."""
    if licence is None:
        return record
    name = licence.iri or next(iter(licence.name.values()), "")
    parts = []
    for number, part in enumerate(record.distribution, start=1):
        place = f"distribution {number} › license"
        if part.license is None:
            problems.append(
                Problem(code="reading.licence_from_dataset", severity=Severity.MAJOR, where=place, after=name)
            )
            part = replace(part, license=licence)
        elif part.license.iri and licence.iri and part.license.iri != licence.iri:
            values = {"dataset": licence.iri, "distribution": part.license.iri}
            problems.append(
                Problem(code="reading.licences_differ", severity=Severity.MAJOR, where=place, values=values)
            )
        parts.append(part)
    return replace(record, distribution=tuple(parts))


_SETTLED: dict[type[Any], set[NamedNode]] = {
    kit.PeriodOfTime: set(),
    kit.Dataset: {_DATASET_LICENCE},
    kit.LicenseDocument: {SKOS("exactMatch")},
    kit.Catalog: {DCAT("dataset"), DCAT("service"), DCAT("record"), DCAT("catalog")},
}


def _words(terms: Collection[Term]) -> kit.Words:
    found: dict[str, list[str]] = {}
    for term in terms:
        if isinstance(term, Literal):
            words = found.setdefault(term.language or "", [])
            if term.value not in words:
                words.append(term.value)
    return {language: tuple(words) for language, words in found.items()}


def _only(line: Property, found: list[Any], problems: list[Problem]) -> Any:
    """The one value of a field; of several the first, with a problem that names the others."""
    if len(found) > 1:
        others = ", ".join(_shown(value) for value in found[1:])
        values = {"field": line.field, "kept": _shown(found[0]), "others": others}
        problems.append(
            Problem(code="reading.several_values", severity=Severity.MINOR, where=line.field, before=others,
                    after=_shown(found[0]), values=values)
        )  # fmt: skip
    return found[0] if found else None


def _shown(value: Any) -> str:
    return value if isinstance(value, str) else str(getattr(value, "iri", None) or value)


def _integer(term: Term) -> int | None:
    """A whole number of bytes; what is none is not a size."""
    if not isinstance(term, Literal):
        return None
    try:
        number = float(term.value.strip())
    except ValueError:
        return None
    return int(number) if number >= 0 and number == int(number) else None


def _next_page(graph: Graph, base: str) -> str | None:
    for node in (*graph.instances(HYDRA("PagedCollection")), *graph.instances(HYDRA("PartialCollectionView"))):
        for path in _NEXT:
            value = graph.value(node, path)
            if value is not None:
                return resolved_iri(value.value, base) if isinstance(value, NamedNode) else str(value.value)
    return None


def _total(graph: Graph) -> int | None:
    for node in _hydra_nodes(graph):
        value = graph.value(node, HYDRA("totalItems"))
        if isinstance(value, Literal) and value.value.isdigit():
            return int(value.value)
    return None


def _hydra_nodes(graph: Graph) -> Iterator[Subject]:
    yield from graph.instances(HYDRA("PagedCollection"), HYDRA("PartialCollectionView"), HYDRA("Collection"))
