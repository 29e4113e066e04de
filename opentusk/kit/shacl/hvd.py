"""High-value datasets: DCAT-AP HVD 3.0.0 for what declares itself one.

Restated from SEMIC's base shapes (2024). Those apply to every dataset of a document that is wholly of high value; ours
apply to the datasets, series and services that carry a category or the Regulation, with the distributions of such
datasets, so that an ordinary dataset beside them is not accused. Values follow the Commission's list of categories;
the scheme itself, which some catalogues write, is never a category.
"""

from collections.abc import Iterator

from opentusk.kit.problems import Problem
from opentusk.kit.rdf.graph import Graph, Subject, Term
from opentusk.kit.rdf.namespaces import DCAT, DCATAP
from opentusk.kit.shacl.engine import check_nodes
from opentusk.kit.shacl.rules import ShapeSet
from opentusk.kit.shacl.tables import read_rules, read_term

_TABLE = """
dcat:Dataset        dcatap:applicableLegislation  required resource
dcat:Dataset        dcatap:hvdCategory            required like:CATEGORY
dcat:Dataset        dcat:distribution             required resource
dcat:Dataset        dcat:contactPoint             resource
dcat:Dataset        dct:conformsTo                resource
dcat:Distribution   dcatap:applicableLegislation  required resource
dcat:Distribution   dcat:accessURL                required resource
dcat:Distribution   dcat:accessService            resource
dcat:Distribution   dct:conformsTo                resource
dcat:Distribution   dct:license                   once resource
dcat:Distribution   dct:rights                    resource
dcat:DataService    dcatap:applicableLegislation  required resource
dcat:DataService    dcatap:hvdCategory            required like:CATEGORY
dcat:DataService    dcat:contactPoint             required resource
dcat:DataService    dcat:endpointURL              required resource
dcat:DataService    dcat:endpointDescription      resource
dcat:DataService    dcat:servesDataset            resource
dcat:DataService    foaf:page                     required resource
dcat:DataService    dct:license                   once resource
dcat:DataService    dct:rights                    resource
dcat:DatasetSeries  dcatap:applicableLegislation  required resource
dcat:DatasetSeries  dcatap:hvdCategory            required like:CATEGORY
vcard:Kind          vcard:hasEmail                once resource
vcard:Kind          vcard:hasURL                  once resource
""".replace("CATEGORY", "http://data\\.europa\\.eu/bna/c_[0-9a-f]{8}")

HVD = ShapeSet(name="hvd", rules=read_rules("hvd", _TABLE))

REGULATION = read_term("<http://data.europa.eu/eli/reg_impl/2023/138/oj>")
_DECLARING = (DCAT("Dataset"), DCAT("DatasetSeries"), DCAT("DataService"))
_OWN = (DCAT("distribution"), DCAT("contactPoint"))


def check_declared_hvd(graph: Graph) -> list[Problem]:
    """The faults of everything in the document that declares itself of high value; nothing when nothing does."""
    return check_nodes(graph, dict.fromkeys(_declared(graph)), HVD)


def is_declared_hvd(graph: Graph, node: Subject) -> bool:
    """Whether a node has a high-value category or names the Regulation."""
    return bool(graph.values(node, DCATAP("hvdCategory"))) or REGULATION in graph.values(
        node, DCATAP("applicableLegislation")
    )


def _declared(graph: Graph) -> Iterator[Term]:
    for node in graph.instances(*_DECLARING):
        if is_declared_hvd(graph, node):
            yield node
            for path in _OWN:
                yield from graph.values(node, path)
