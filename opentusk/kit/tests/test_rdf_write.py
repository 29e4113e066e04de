"""Proves that nothing we write can make a page unreadable, and that stored blocks join into whole pages."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, parse
from rdflib import Graph as RdflibGraph

from opentusk.kit import records as kit
from opentusk.kit.problems import Severity
from opentusk.kit.rdf.documents import join_blocks, write_block
from opentusk.kit.rdf.graph import Graph
from opentusk.kit.rdf.namespaces import ADMS, DCAT, DCATAPIT, DCT, OWL, SKOS, SPDX, VCARD, XSD
from opentusk.kit.rdf.syntax import Syntax, serialise
from opentusk.kit.rdf.write import Profile, Unwritable, catalog_triples, dataset_blocks, dataset_triples
from opentusk.kit.tests.rdf_records import CATALOG, EU, LECCE, SITE, distribution, trees

TREES = NamedNode(f"{SITE}/id/dataset/c_e506/alberi")
FILE = NamedNode(f"{SITE}/id/distribuzione/8f0c")
# rdflib's own JSON-LD parser uses what rdflib deprecates.
pytestmark = pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning")
RDFLIB_NAMES = {Syntax.TURTLE: "turtle", Syntax.RDF_XML: "xml", Syntax.JSON_LD: "json-ld", Syntax.N_TRIPLES: "nt"}


def graph_of(profile: Profile, **changes: Any) -> Graph:
    return Graph(dataset_triples(trees(**changes), profile))


@pytest.mark.parametrize(
    ("changes", "place"),
    [
        ({"title": {"it": "campana \x07"}}, "dct:title"),
        ({"title": {"it": "metà \ud83d"}}, "dct:title"),
        ({"title": {"it": "\ufffe"}}, "dct:title"),
        ({"title": {"lingua italiana": "Alberi"}}, "dct:title"),
        ({"keyword": {"it": ("\x00",)}}, "dcat:keyword"),
        ({"landing_page": "https://e.org/con spazi"}, "dcat:landingPage"),
        ({"landing_page": 'https://e.org/"quote"'}, "dcat:landingPage"),
        ({"landing_page": "https://e.org/<tag>"}, "dcat:landingPage"),
        ({"landing_page": "https://e.org/\ud800"}, "dcat:landingPage"),
        ({"relation": ("www.example.it",)}, "dct:relation"),
        ({"relation": ("dct:title",)}, "dct:relation"),
        ({"theme": (f"{EU}data theme",)}, "dcat:theme"),
        ({"rights_holder": replace(LECCE, iri="c_e506")}, "dct:rightsHolder"),
        ({"rights_holder": replace(LECCE, name="\x1b[0m")}, "dct:rightsHolder › foaf:name"),
        ({"contact_point": (kit.ContactPoint(has_email="non è una mail"),)}, "dcat:contactPoint › vcard:hasEmail"),
        ({"distribution": (distribution(access_url="file.csv"),)}, "dcat:distribution › dcat:accessURL"),
        ({"iri": None}, "Dataset"),
        ({"iri": "alberi"}, "Dataset"),
        ({"source_catalog": "catalogo"}, "prov:wasDerivedFrom"),
    ],
)
@pytest.mark.parametrize("profile", Profile)
def test_what_cannot_be_written_is_refused_with_its_place(profile: Profile, changes: Any, place: str) -> None:
    with pytest.raises(Unwritable) as refusal:
        dataset_triples(trees(**changes), profile)

    assert refusal.value.place == place
    problem = refusal.value.problem
    assert problem.severity is Severity.BLOCKS
    problem.message_it.encode()  # a lone surrogate in the value must not break the report


@pytest.mark.parametrize(
    "statement",
    [
        kit.Statement(subject="<>", predicate="<https://e.org/p>", object="<relativo>"),
        kit.Statement(subject="<>", predicate="<https://e.org/p>", object="testo"),
        kit.Statement(
            subject="<>", predicate="<https://e.org/p>", object='"a" . <https://e.org/x> <https://e.org/y> "b"'
        ),
        kit.Statement(
            subject="<>", predicate="<https://e.org/p>", object='"a" .\n<https://e.org/x> <https://e.org/y> "b"'
        ),
        kit.Statement(subject="<>", predicate="<https://e.org/p>", object='"campana \\u0007"'),
        kit.Statement(subject="<>", predicate="<https://e.org/p/2024>", object='"senza nome in XML"'),
        kit.Statement(subject="<>", predicate="<https://e.org/p>", object="_:b0"),
        kit.Statement(subject="_:b0", predicate="<https://e.org/p>", object='"a"'),
        kit.Statement(subject="<>", predicate="<https://e.org/p>", object="<dct:title>"),
    ],
)
def test_a_statement_is_one_legal_triple_or_refused(statement: kit.Statement) -> None:
    with pytest.raises(Unwritable):
        dataset_triples(trees(extra=(statement,)))


@settings(max_examples=60, deadline=None)
@example(text="", address="\xa0")
@given(st.text(st.characters(exclude_categories=[]), max_size=20), st.text(max_size=20))
def test_whatever_is_written_is_read_by_everybody(text: str, address: str) -> None:
    record = kit.Dataset(iri=f"{SITE}/d", title={"it": text}, landing_page=f"https://e.org/{address}")
    try:
        triples = dataset_triples(record)
    except Unwritable:
        return

    for syntax in Syntax:
        document = serialise(triples, syntax)
        assert {quad.triple for quad in parse(document, syntax.rdf_format)} == set(triples)
        assert len(RdflibGraph().parse(data=document, format=RDFLIB_NAMES[syntax])) == len(set(triples))


@pytest.mark.parametrize("syntax", Syntax)
def test_blocks_joined_into_a_page_are_exactly_their_triples(syntax: Syntax) -> None:
    other = trees(iri=f"{SITE}/id/dataset/c_e506/parchi", identifier="c_e506:parchi", title={"": 'a "b"\r\n<c> é\t😀'})
    catalog = catalog_triples(CATALOG, Profile.DCATAP_IT, [f"{SITE}/id/dataset/c_e506/alberi"])
    blocks = {iri: triples for record in (trees(), other) for iri, triples in dataset_blocks(record)}

    page = join_blocks(
        [write_block(catalog, syntax), "", *(write_block(triples, syntax) for triples in blocks.values())], syntax
    )

    expected = {*catalog, *dataset_triples(trees()), *dataset_triples(other)}
    assert {quad.triple for quad in parse(page, syntax.rdf_format)} == expected
    assert len(RdflibGraph().parse(data=page, format=RDFLIB_NAMES[syntax])) == len(expected)


@pytest.mark.parametrize("syntax", Syntax)
def test_an_empty_page_is_a_document(syntax: Syntax) -> None:
    assert list(parse(join_blocks([], syntax), syntax.rdf_format)) == []


@pytest.mark.parametrize("profile", Profile)
def test_no_node_is_blank_and_each_is_written_once(profile: Profile) -> None:
    nameless = trees(
        rights_holder=replace(LECCE, iri=None),
        temporal=(kit.PeriodOfTime(start_date="2024"), kit.PeriodOfTime(end_date="2025")),
    )

    blocks = dataset_blocks(nameless, profile)

    subjects = [triples[0].subject for _iri, triples in blocks]
    assert all(isinstance(subject, NamedNode) for subject in subjects)
    assert len(set(subjects)) == len(subjects)
    assert blocks[0][0] == TREES.value


def test_every_node_carries_both_families_of_classes() -> None:
    graph = graph_of(Profile.DCATAP_IT)

    assert set(graph.types(TREES)) == {DCAT("Dataset"), DCATAPIT("Dataset")}
    assert set(graph.types(FILE)) == {DCAT("Distribution"), DCATAPIT("Distribution")}


@pytest.mark.parametrize(
    ("profile", "size", "version"),
    [
        (Profile.DCATAP_IT, "nonNegativeInteger", {OWL("versionInfo"), DCAT("version")}),
        (Profile.DCATAP_2, "decimal", {OWL("versionInfo")}),
        (Profile.DCATAP_3, "nonNegativeInteger", {DCAT("version")}),
    ],
)
def test_the_profiles_differ_in_size_and_version(profile: Profile, size: str, version: set[NamedNode]) -> None:
    graph = graph_of(profile)

    assert list(graph.values(FILE, DCAT("byteSize"))) == [Literal("345124", datatype=XSD(size))]
    assert {path for path in (OWL("versionInfo"), DCAT("version")) if graph.value(TREES, path)} == version


def test_the_byte_size_of_dublin_core_is_never_written() -> None:
    # Rule 89 of the national validator wants it to be decimal, so writing it could only fail.
    assert graph_of(Profile.DCATAP_IT).value(FILE, DCT("byteSize")) is None


@pytest.mark.parametrize(
    ("profile", "is_written"), [(Profile.DCATAP_IT, False), (Profile.DCATAP_2, False), (Profile.DCATAP_3, True)]
)
def test_only_dcat_ap_3_takes_any_checksum_and_series(profile: Profile, is_written: bool) -> None:
    sha256 = kit.Checksum(algorithm=SPDX("checksumAlgorithm_sha256").value, value="ab" * 32)
    graph = graph_of(profile, distribution=(distribution(checksum=sha256),), in_series=(f"{SITE}/id/serie/alberi",))

    assert (graph.value(FILE, SPDX("checksum")) is not None) is is_written
    assert (graph.value(TREES, DCAT("inSeries")) is not None) is is_written


def test_the_national_profile_has_one_place_and_one_period() -> None:
    periods = tuple(kit.PeriodOfTime(iri=f"{SITE}/periodo/{year}", start_date=year) for year in ("2023", "2024"))

    assert len(graph_of(Profile.DCATAP_IT, temporal=periods).values(TREES, DCT("temporal"))) == 1
    assert len(graph_of(Profile.DCATAP_3, temporal=periods).values(TREES, DCT("temporal"))) == 2


@pytest.mark.parametrize(
    ("start", "end", "first", "last"),
    [("2024", "2024", "2024-01-01", "2024-12-31"), ("2024-02", "2024-02", "2024-02-01", "2024-02-29")],
)
def test_the_national_dates_of_a_period_are_whole_days(start: str, end: str, first: str, last: str) -> None:
    period = kit.PeriodOfTime(iri=f"{SITE}/periodo/p", start_date=start, end_date=end)
    graph, node = graph_of(Profile.DCATAP_IT, temporal=(period,)), NamedNode(f"{SITE}/periodo/p")

    assert graph.value(node, DCATAPIT("startDate")) == Literal(first, datatype=XSD("date"))
    assert graph.value(node, DCATAPIT("endDate")) == Literal(last, datatype=XSD("date"))
    assert graph.value(node, DCAT("startDate")) != graph.value(node, DCATAPIT("startDate"))


def test_controlled_values_are_labelled_with_their_scheme() -> None:
    graph = graph_of(Profile.DCATAP_IT)
    theme, eurovoc = NamedNode(f"{EU}data-theme/ENVI"), NamedNode("http://eurovoc.europa.eu/100243")

    assert Literal("Ambiente", language="it") in graph.values(theme, SKOS("prefLabel"))
    assert graph.value(theme, SKOS("inScheme")) == NamedNode(f"{EU}data-theme")
    assert graph.value(NamedNode(f"{EU}data-theme"), DCT("title")) is not None
    assert {SKOS("Concept"), DCATAPIT("subTheme")} <= set(graph.types(eurovoc))
    assert graph.value(eurovoc, SKOS("prefLabel")) is not None


def test_a_source_s_own_word_stays_a_word() -> None:
    assert graph_of(Profile.DCATAP_IT, theme=("Verde",)).value(TREES, DCAT("theme")) == Literal("Verde")


def test_the_status_of_dcat_ap_2_is_that_of_adms() -> None:
    assert graph_of(Profile.DCATAP_2).value(FILE, ADMS("status")) == NamedNode("http://purl.org/adms/status/Completed")


def test_the_office_has_one_mail_address_and_a_telephone_node() -> None:
    graph, office = graph_of(Profile.DCATAP_IT), NamedNode(f"{SITE}/contatto/c_e506")
    telephone = graph.value(office, VCARD("hasTelephone"))

    assert list(graph.values(office, VCARD("hasEmail"))) == [NamedNode("mailto:opendata@example.it")]
    assert telephone is not None
    assert graph.is_a(telephone, VCARD("TelephoneType"))
    assert graph.value(telephone, VCARD("hasValue")) == NamedNode("tel:+390832000000")
