"""What goes into the store: the statements of each public dataset, by graph, and the way to change them."""

from collections.abc import Iterable

from pyoxigraph import DefaultGraph, NamedNode, Quad, RdfFormat, Store, Triple, parse

from opentusk.catalog.models import Dataset, DatasetQuerySet
from opentusk.catalog.records import iris
from opentusk.feeds.building import unpack, write_dataset
from opentusk.feeds.heading import catalog_record
from opentusk.feeds.joining import without_repetition
from opentusk.feeds.records import listed_datasets, record_to_write
from opentusk.kit.rdf.namespaces import DCAT
from opentusk.kit.rdf.profiles import Profile
from opentusk.kit.rdf.syntaxes import Syntax
from opentusk.kit.rdf.write import catalog_triples

_EVERYTHING = DefaultGraph()


def shown_datasets() -> DatasetQuerySet:
    """The datasets of the feeds, without those that the feeds had to leave out."""
    return listed_datasets().filter(feed_quarantine__isnull=True)


def graph_of(dataset: Dataset) -> NamedNode:
    """The name of a dataset's graph: the address that never changes."""
    return NamedNode(str(dataset.record["iri"]))


def statements_of(dataset: Dataset) -> set[Triple]:
    """What its document says, and that it is in the catalogue; nothing when it cannot be written."""
    written = write_dataset(dataset.pk, record_to_write(dataset), (Profile.DCATAP_IT,), (Syntax.N_TRIPLES,))
    if written.fault:
        return set()
    fragment = written.fragments[Profile.DCATAP_IT.value]
    texts = [*unpack(fragment.packed), *(node.texts[0] for node in without_repetition(fragment.nodes))]
    found = {quad.triple for quad in parse(b"".join(texts), RdfFormat.N_TRIPLES)}
    return as_kept(found) | {Triple(NamedNode(iris().catalog()), DCAT("dataset"), graph_of(dataset))}


def catalogue_statements() -> set[Triple]:
    """What the catalogue says of itself."""
    newest = shown_datasets().order_by("-metadata_modified_at").first()
    if newest is None:
        return set()
    return as_kept(catalog_triples(catalog_record(None, newest.metadata_modified_at), Profile.DCATAP_IT, []))


def as_kept(statements: Iterable[Triple]) -> set[Triple]:
    """The statements as the engine gives them back: of a number it keeps the value, and calls every integer one."""
    store = Store()
    store.extend(_quad(triple, _EVERYTHING) for triple in statements)
    return {quad.triple for quad in store}


def replace_graph(store: Store, graph: NamedNode, statements: set[Triple]) -> bool:
    """Let the graph hold these statements and no others; whether something changed.

    Each step can be repeated after a crash: a statement leaves the whole before its graph, and enters both at once.
    """
    before = {quad.triple for quad in store.quads_for_pattern(None, None, None, graph)}
    for triple in before - statements:
        if not _is_elsewhere(store, triple, graph):
            store.remove(_quad(triple, _EVERYTHING))
        store.remove(_quad(triple, graph))
    store.extend(quads_of(graph, statements - before))
    if not statements:
        store.remove_graph(graph)
    return before != statements


def quads_of(graph: NamedNode, statements: Iterable[Triple]) -> list[Quad]:
    """The statements in their graph and in the whole."""
    return [_quad(triple, place) for triple in statements for place in (graph, _EVERYTHING)]


def _is_elsewhere(store: Store, triple: Triple, graph: NamedNode) -> bool:
    others = (
        quad.graph_name for quad in store.quads_for_pattern(triple.subject, triple.predicate, triple.object, None)
    )
    return any(name not in (graph, _EVERYTHING) for name in others)


def _quad(triple: Triple, graph: NamedNode | DefaultGraph) -> Quad:
    return Quad(triple.subject, triple.predicate, triple.object, graph)
