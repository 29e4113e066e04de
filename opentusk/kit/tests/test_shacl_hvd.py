"""High-value duties bind what declares itself of high value; what our writer emits satisfies what we check."""

from dataclasses import replace
from pathlib import Path

from pyoxigraph import NamedNode

from opentusk.kit.problems import blocking
from opentusk.kit.rdf.graph import Graph
from opentusk.kit.rdf.namespaces import DCATAP
from opentusk.kit.rdf.syntax import parse_document
from opentusk.kit.rdf.write import Profile, dataset_triples
from opentusk.kit.shacl import DATASET_SHAPES, DCATAP_2, DCATAP_3, check_declared_hvd, check_graph
from opentusk.kit.tests.test_mqa import FILE, TREES

CATALOGS = Path(__file__).resolve().parents[4] / "shared/samples/catalogs"
REGULATION = "http://data.europa.eu/eli/reg_impl/2023/138/oj"
OF_AIR = replace(
    TREES,
    hvd_category=("http://data.europa.eu/bna/c_63b37dd4",),
    applicable_legislation=(REGULATION,),
    distribution=(replace(FILE, applicable_legislation=(REGULATION,)),),
)


def test_our_output_satisfies_every_shape_of_its_profile() -> None:
    assert check_graph(Graph(dataset_triples(OF_AIR, Profile.DCATAP_IT)), DATASET_SHAPES) == []
    assert check_graph(Graph(dataset_triples(OF_AIR, Profile.DCATAP_2)), DCATAP_2) == []
    assert blocking(check_graph(Graph(dataset_triples(OF_AIR, Profile.DCATAP_3)), DCATAP_3)) == []


def test_an_ordinary_dataset_has_no_high_value_duties() -> None:
    assert check_declared_hvd(Graph(dataset_triples(TREES))) == []


def test_a_complete_high_value_dataset_has_no_fault() -> None:
    assert check_declared_hvd(Graph(dataset_triples(OF_AIR))) == []


def test_a_declared_high_value_dataset_lacks_what_it_does_not_say() -> None:
    problems = check_declared_hvd(Graph(dataset_triples(replace(OF_AIR, hvd_category=(), distribution=(FILE,)))))

    assert {(problem.code, problem.values["property"]) for problem in problems} == {
        ("hvd.required", "dcatap:hvdCategory"),
        ("hvd.required", "dcatap:applicableLegislation"),
    }


def test_the_scheme_and_a_printed_list_are_no_categories() -> None:
    path = CATALOGS / "piersoft_cataloghvd_dcatapit_hvd.ttl"
    graph = parse_document(path.read_bytes(), base="https://example.org/catalogue.ttl")
    given = {value for node in graph.subjects() for value in graph.values(node, DCATAP("hvdCategory"))}

    refused = {problem.values["value"] for problem in check_declared_hvd(graph) if problem.code == "hvd.like"}

    assert NamedNode("http://data.europa.eu/bna/asd487ae75") in given
    assert "http://data.europa.eu/bna/asd487ae75" in refused
