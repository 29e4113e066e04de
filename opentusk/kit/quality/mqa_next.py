"""What is known of the second European model (September 2026), counted as "n of m" and never as a total.

The complete list of metrics and weights is not published; these are the names seen in answers of the European API
and in the change notes of the national catalogue. Computed on the graph of the DCAT-AP 3 profile.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode

from opentusk.kit.quality.measures import DISTRIBUTION, nodes_of
from opentusk.kit.rdf.graph import Graph, Term
from opentusk.kit.rdf.namespaces import ADMS, DCATAP, DCT, FOAF
from opentusk.kit.shacl.dcat_ap_3 import DCATAP_3
from opentusk.kit.shacl.engine import conforms

VERSION = "mqa-2-partial"


@dataclass(frozen=True, kw_only=True)
class PartialScore:
    """The answers to the metrics that are known; a metric of distributions is yes when each of them has it."""

    measures: Mapping[str, bool]

    @property
    def satisfied(self) -> int:
        """How many of the known metrics are satisfied."""
        return sum(self.measures.values())

    @property
    def known(self) -> int:
        """How many metrics are known."""
        return len(self.measures)


def count_known_metrics(graph: Graph, dataset_iri: str) -> PartialScore:
    """The known metrics of one dataset."""
    dataset = NamedNode(dataset_iri)
    distributions = graph.values(dataset, DISTRIBUTION)
    return PartialScore(
        measures={
            "admsIdentifierAvailability": _has_node(graph, dataset, ADMS("identifier")),
            "relationAvailability": _has_node(graph, dataset, DCT("relation")),
            "provenanceAvailability": _has(graph, dataset, DCT("provenance")),
            "applicableLegislationAvailability": _has(graph, dataset, DCATAP("applicableLegislation")),
            "documentationAvailability": _all_have(graph, distributions, FOAF("page")),
            "statusAvailability": _all_have(graph, distributions, ADMS("status")),
            "dcatap300level1": conforms(graph, nodes_of(graph, dataset), DCATAP_3),
        }
    )


def _has(graph: Graph, node: Term, path: NamedNode) -> bool:
    return bool(graph.values(node, path))


def _has_node(graph: Graph, node: Term, path: NamedNode) -> bool:
    """These two metrics count an IRI or a blank node only."""
    return any(not isinstance(value, Literal) for value in graph.values(node, path))


def _all_have(graph: Graph, nodes: Collection[Term], path: NamedNode) -> bool:
    return bool(nodes) and all(_has(graph, node, path) for node in nodes)
