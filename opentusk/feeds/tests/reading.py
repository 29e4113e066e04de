"""Reads feeds as a harvester does."""

from pyoxigraph import parse

from opentusk.kit.rdf.graph import Graph
from opentusk.kit.rdf.namespaces import DCAT, DCT, HYDRA
from opentusk.kit.rdf.syntaxes import Syntax


def graph_of(content: bytes, syntax: Syntax = Syntax.TURTLE) -> Graph:
    """Read strictly: what this refuses, harvesters refuse."""
    return Graph(quad.triple for quad in parse(content, syntax.rdf_format))


def identifiers(graph: Graph) -> list[str]:
    """The identifiers of the datasets, in document order."""
    return [graph.value(node, DCT("identifier")).value for node in graph.instances(DCAT("Dataset"))]


def hydra(graph: Graph) -> dict[str, str]:
    """The paging of a page, by local name."""
    page = graph.instances(HYDRA("PartialCollectionView"))[0]
    names = ("first", "firstPage", "last", "lastPage", "next", "nextPage", "previous", "previousPage", "totalItems")
    return {name: value.value for name in names if (value := graph.value(page, HYDRA(name)))}


def walk(client, address: str) -> list[str]:
    """The identifiers of all pages, following `next` until there is none."""
    found = []
    while address:
        graph = graph_of(client.get(address.replace("http://localhost:8000", "")).content)
        found += identifiers(graph)
        address = hydra(graph).get("next", "")
    return found
