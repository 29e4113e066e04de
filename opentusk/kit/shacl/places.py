"""Where a node is, in words a publisher knows: the dataset's identifier, the number of its distribution."""

from collections.abc import Iterable
from functools import cached_property

from pyoxigraph import Literal

from opentusk.kit.rdf.graph import Graph, Term
from opentusk.kit.rdf.namespaces import DCAT, DCATAPIT, DCT
from opentusk.kit.shacl.demands import describe_term

_DATASETS = frozenset((DCATAPIT("Dataset"), DCAT("Dataset")))
_IDENTIFIED = _DATASETS | {DCATAPIT("Agent")}
_IDENTIFIER, _DISTRIBUTION = DCT("identifier"), DCAT("distribution")


class Places:
    """Names some nodes of a graph; distributions are counted in the datasets that are among those nodes.

    They are counted when the first of them has to be named: judging one dataset of a large document must not cost a
    walk over all its others.
    """

    def __init__(self, graph: Graph, nodes: Iterable[Term]) -> None:
        self._graph = graph
        self._nodes = nodes

    def place(self, node: Term) -> str:
        """`c_e630:popolazione › distribution 1` for a distribution, an identifier or else the address."""
        return self._distributions.get(node) or self._own_name(node)

    @cached_property
    def _distributions(self) -> dict[Term, str]:
        return {
            distribution: f"{self._own_name(dataset)} › distribution {number}"
            for dataset in self._nodes
            if not _DATASETS.isdisjoint(self._graph.types(dataset))
            for number, distribution in enumerate(self._graph.values(dataset, _DISTRIBUTION), start=1)
        }

    def _own_name(self, node: Term) -> str:
        identifier = self._graph.value(node, _IDENTIFIER)
        if isinstance(identifier, Literal) and identifier.value and not _IDENTIFIED.isdisjoint(self._graph.types(node)):
            return identifier.value
        return describe_term(node)
