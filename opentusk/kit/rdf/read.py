"""A parsed document to the catalogue it describes: datasets one by one, so that a bad one spoils none of the others."""

from dataclasses import replace
from functools import cached_property
from urllib.parse import urljoin

from pyoxigraph import Literal, NamedNode

from opentusk.kit import records as kit
from opentusk.kit.items import CatalogReading, Item
from opentusk.kit.problems import Problem, Severity
from opentusk.kit.rdf.graph import Graph, Subject, Term
from opentusk.kit.rdf.namespaces import DCAT, DCT, HYDRA, TYPE
from opentusk.kit.rdf.nodes import NodeReader
from opentusk.kit.rdf.properties import CLASSES, RECORD_CLASS, RECORD_MODIFIED, RECORD_OF, RECORD_SOURCE, TOPIC
from opentusk.kit.rdf.relative import raw_iri, resolved_iri

_LICENCE = DCT("license")
_PARTS = (DCT("hasPart"), DCAT("catalog"))
_PAGE_CLASSES = tuple(HYDRA(name) for name in ("PagedCollection", "PartialCollectionView", "Collection"))
_NEXT = (HYDRA("next"), HYDRA("nextPage"))


def read_catalog(graph: Graph, *, base: str) -> CatalogReading:
    """Every dataset, service and series of a document found at `base`, the catalogue and the way to the next page."""
    reader = _CatalogReader(graph, base)
    problems = list(graph.problems)
    return CatalogReading(
        catalog=reader.catalog(problems),
        items=tuple(reader.item(node) for node in reader.datasets),
        services=tuple(reader.services(problems)),
        series=tuple(reader.series(problems)),
        next_page=reader.next_page(),
        total=reader.total(),
        problems=tuple(problems),
        graph=graph,
    )


def read_dataset(graph: Graph, node: Subject, *, base: str) -> Item:
    """One dataset of a parsed document."""
    return _CatalogReader(graph, base).item(node)


class _CatalogReader:
    """Finds the things of a catalogue in its graph."""

    def __init__(self, graph: Graph, base: str) -> None:
        self.graph = graph
        self.base = base
        self.nodes = NodeReader(graph, base)

    @cached_property
    def catalogs(self) -> list[Subject]:
        return self.graph.instances(*CLASSES[kit.Catalog])

    @cached_property
    def datasets(self) -> list[Subject]:
        """The nodes typed as datasets by either family, and those only listed by the catalogue.

        A node of which nothing but the type is said is a mention, such as the other end of `dct:isVersionOf`.
        """
        typed = self.graph.instances(*CLASSES[kit.Dataset])
        listed = [node for one in self.catalogs for node in self.graph.values(one, DCAT("dataset"))]
        nodes = dict.fromkeys([*typed, *(node for node in listed if not isinstance(node, Literal))])
        return [node for node in nodes if self._is_described(node) and not self.graph.is_a(node, DCAT("DatasetSeries"))]

    def _is_described(self, node: Subject) -> bool:
        return any(predicate != TYPE for predicate in self.graph.statements(node))

    def catalog(self, problems: list[Problem]) -> kit.Catalog | None:
        """The catalogue; where some contain others, the one that is contained by none."""
        inner = {part for one in self.catalogs for path in _PARTS for part in self.graph.values(one, path)}
        outer = [node for node in self.catalogs if node not in inner] or self.catalogs
        if not outer:
            return None
        record, found = self.nodes.record(kit.Catalog, outer[0])
        problems += [problem.within("catalogo") for problem in found]
        return record  # type: ignore[no-any-return]

    def services(self, problems: list[Problem]) -> list[kit.DataService]:
        return self._all(kit.DataService, problems)

    def series(self, problems: list[Problem]) -> list[kit.DatasetSeries]:
        return self._all(kit.DatasetSeries, problems)

    def _all(self, kind: type, problems: list[Problem]) -> list:  # type: ignore[type-arg]
        found = []
        for node in self.graph.instances(*CLASSES[kind]):
            if self._is_described(node):
                record, inner = self.nodes.record(kind, node)
                problems += [problem.within(record.iri or "") for problem in inner]
                found.append(record)
        return found

    def item(self, node: Subject) -> Item:
        record, problems = self.nodes.record(kit.Dataset, node)
        record = self._with_record(node, self._with_licence(node, record, problems))
        source_id = record.identifier or record.iri or next(iter(record.title.values()), "")
        return Item(
            record=record,
            source_id=source_id,
            problems=tuple(problem.within(source_id) if source_id else problem for problem in problems),
        )

    def _with_record(self, node: Subject, record: kit.Dataset) -> kit.Dataset:
        """The dates and origin of the description, which stand on its catalogue record."""
        about = self.graph.value(node, RECORD_OF) or self._records.get(node)
        if about is None:
            return record
        modified, source = self.graph.value(about, RECORD_MODIFIED), self.graph.value(about, RECORD_SOURCE)
        return replace(
            record,
            metadata_modified=modified.value if isinstance(modified, Literal) else None,
            source_catalog=raw_iri(source.value) if isinstance(source, NamedNode) else None,
        )

    @cached_property
    def _records(self) -> dict[Term, Subject]:
        return {
            topic: about for about in self.graph.instances(RECORD_CLASS) for topic in self.graph.values(about, TOPIC)
        }

    def _with_licence(self, node: Subject, record: kit.Dataset, problems: list[Problem]) -> kit.Dataset:
        """A licence on the dataset is looked at by nobody: it is given to the distributions that have none."""
        terms = [term for term in self.graph.values(node, _LICENCE) if not self.nodes.is_empty(term)]
        licence = self._licence(terms[0]) if terms else None
        if licence is None:
            return record
        name = licence.iri or next(iter(licence.name.values()), "")
        parts = []
        for number, part in enumerate(record.distribution, start=1):
            place, theirs = f"distribution {number} › dct:license", part.license
            if theirs is None:
                code, severity = "reading.licence_from_dataset", Severity.MAJOR
                problems.append(Problem(code=code, severity=severity, where=place, after=name))
            elif theirs.iri and licence.iri and theirs.iri != licence.iri:
                values = {"dataset": licence.iri, "distribution": theirs.iri}
                code, severity = "reading.licences_differ", Severity.MINOR
                problems.append(Problem(code=code, severity=severity, where=place, values=values))
            parts.append(replace(part, license=theirs or licence))
        return replace(record, distribution=tuple(parts))

    def _licence(self, term: Term) -> kit.LicenseDocument | None:
        if isinstance(term, Literal):
            return kit.LicenseDocument(name={term.language or "": term.value})
        record, _problems = self.nodes.record(kit.LicenseDocument, term)
        if record != kit.LicenseDocument():
            return record  # type: ignore[no-any-return]
        raw = self.nodes.raw(term)
        return kit.LicenseDocument(name={"": raw}) if raw else None

    def next_page(self) -> str | None:
        """Where the source says it goes on, in either spelling of Hydra, as an IRI or as a text."""
        for page in self.graph.instances(*_PAGE_CLASSES):
            for path in _NEXT:
                value = self.graph.value(page, path)
                if isinstance(value, NamedNode):
                    return resolved_iri(value.value, self.base)
                if isinstance(value, Literal) and value.value.strip():
                    return urljoin(self.base, value.value.strip())
        return None

    def total(self) -> int | None:
        """How many datasets the source says it has."""
        for page in self.graph.instances(*_PAGE_CLASSES):
            value = self.graph.value(page, HYDRA("totalItems"))
            if isinstance(value, Literal) and value.value.isascii() and value.value.isdigit():
                return int(value.value)
        return None
