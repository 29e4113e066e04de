"""Proves that what we write satisfies the official shapes, as the official checker reads them."""

from functools import cache
from pathlib import Path

import pytest
from pyshacl import validate
from rdflib import Graph as RdflibGraph
from rdflib import URIRef
from rdflib.namespace import OWL

from opentusk.kit import records as kit
from opentusk.kit.rdf.syntax import Syntax, serialise
from opentusk.kit.rdf.write import Profile, catalog_triples, dataset_triples, node_triples
from opentusk.kit.tests.rdf_records import CATALOG, SERIES, SITE, distribution, trees

SHAPES = Path(__file__).resolve().parents[4] / "shared/standards/shapes"
VERSION_2 = "dcat-ap-2.1.1/dcat-ap_2.1.1_shacl_"
SHACL = "http://www.w3.org/ns/shacl#"


@cache
def shapes(*names: str) -> RdflibGraph:
    graph = RdflibGraph()
    for name in names:
        graph.parse(SHAPES / name)
    graph.remove((None, OWL.imports, None))
    return graph


def page(profile: Profile, *datasets: kit.Dataset) -> RdflibGraph:
    triples = catalog_triples(CATALOG, profile, [str(dataset.iri) for dataset in datasets])
    for dataset in datasets:
        triples += dataset_triples(dataset, profile)
    graph = RdflibGraph()
    graph.parse(data=serialise(triples, Syntax.TURTLE), format="turtle")
    return graph


def violations(graph: RdflibGraph, *names: str) -> list[str]:
    """What is wrong and no mere warning, as `property constraint`."""
    _conforms, report, _text = validate(graph, shacl_graph=shapes(*names), advanced=True)
    return sorted(
        f"{str(report.value(result, URIRef(SHACL + 'resultPath'))).split('/')[-1]} "
        f"{str(report.value(result, URIRef(SHACL + 'sourceConstraintComponent'))).split('#')[-1]}"
        for result in report.objects(None, URIRef(SHACL + "result"))  # what a result rests on is only its detail
        if report.value(result, URIRef(SHACL + "resultSeverity")) == URIRef(SHACL + "Violation")
    )


def plain(**changes: object) -> kit.Dataset:
    """The complete dataset without its relation to other datasets, which are not on the page."""
    return trees(relation=(), **changes)


@pytest.mark.parametrize("part", ["shapes", "deprecateduris", "range", "mdr-vocabularies.shape"])
def test_a_complete_record_satisfies_dcat_ap_2(part: str) -> None:
    assert violations(page(Profile.DCATAP_2, plain()), f"{VERSION_2}{part}.ttl") == []


@pytest.mark.parametrize("part", ["shapes", "range", "deprecateduris"])
@pytest.mark.parametrize("profile", [Profile.DCATAP_3, Profile.DCATAP_IT])
def test_a_complete_record_satisfies_dcat_ap_3(profile: Profile, part: str) -> None:
    assert violations(page(profile, plain()), f"dcat-ap-3.0.1/{part}.ttl") == []


@pytest.mark.parametrize("profile", [Profile.DCATAP_3, Profile.DCATAP_IT])
def test_a_record_without_checksum_uses_the_vocabularies_of_dcat_ap_3(profile: Profile) -> None:
    # The vocabulary shape of checksums asks for an https address that SPDX never had.
    record = plain(distribution=(distribution(checksum=None),))

    assert violations(page(profile, record), "dcat-ap-3.0.1/mdr-vocabularies.shape.ttl") == []


def test_the_national_profile_satisfies_the_italian_draft_shapes() -> None:
    assert violations(page(Profile.DCATAP_IT, plain()), "dcat-ap-it/draft_catalog_shapes.ttl") == []


@pytest.mark.parametrize("part", ["deprecateduris", "range"])
def test_the_national_profile_satisfies_dcat_ap_2_too(part: str) -> None:
    assert violations(page(Profile.DCATAP_IT, plain()), f"{VERSION_2}{part}.ttl") == []


def test_only_the_type_of_the_size_keeps_the_national_profile_from_the_core_of_dcat_ap_2() -> None:
    found = violations(page(Profile.DCATAP_IT, plain()), f"{VERSION_2}shapes.ttl")

    assert found == ["dcat#byteSize DatatypeConstraintComponent"]


def test_only_the_status_keeps_the_national_profile_from_the_vocabularies_of_dcat_ap_2() -> None:
    found = violations(page(Profile.DCATAP_IT, plain()), f"{VERSION_2}mdr-vocabularies.shape.ttl")

    assert found == ["adms#status NodeConstraintComponent"]


def test_a_record_without_size_and_status_satisfies_both_versions_in_the_national_profile() -> None:
    record = plain(distribution=(distribution(byte_size=None, status=None),))
    parts = ("shapes", "range", "mdr-vocabularies.shape")

    assert violations(page(Profile.DCATAP_IT, record), *(f"{VERSION_2}{part}.ttl" for part in parts)) == []


@pytest.mark.parametrize("profile", [Profile.DCATAP_3, Profile.DCATAP_IT])
def test_a_flagged_record_satisfies_the_shapes_of_high_value_datasets(profile: Profile) -> None:
    assert violations(page(profile, plain()), "dcat-ap-hvd-3.0.0/hvd-SHACL-base.ttl") == []


def test_a_series_and_its_datasets_satisfy_dcat_ap_3() -> None:
    graph = page(Profile.DCATAP_3, plain(in_series=(str(SERIES.iri),)))
    graph.parse(data=serialise(node_triples(SERIES, Profile.DCATAP_3), Syntax.TURTLE), format="turtle")

    assert violations(graph, "dcat-ap-3.0.1/shapes.ttl", "dcat-ap-3.0.1/range.ttl") == []
    assert (URIRef(f"{SITE}/id/dataset/c_e506/alberi"), None, URIRef(f"{SITE}/id/serie/alberi")) in graph
