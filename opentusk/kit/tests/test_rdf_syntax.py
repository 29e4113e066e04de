"""Proves that documents are read for what they are, and that hostile ones are refused before they cost anything."""

from pathlib import Path
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode

from opentusk.kit.errors import Unreadable
from opentusk.kit.messages import sentence
from opentusk.kit.rdf.graph import Graph
from opentusk.kit.rdf.namespaces import DCAT, DCATAPIT, DCT, mend_term
from opentusk.kit.rdf.relative import is_relative, private_base, raw_iri, resolved_iri
from opentusk.kit.rdf.syntax import Syntax, parse_document, sniff_syntax

CATALOGS = Path(__file__).resolve().parents[4] / "shared/samples/catalogs"
BASE = "https://example.org/catalogo.rdf"
RDF = '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:dct="http://purl.org/dc/terms/">'
ALBERI = f'{RDF}<rdf:Description rdf:about="https://e.org/a"><dct:title>Città</dct:title></rdf:Description></rdf:RDF>'
ALBERI_TRIPLE = '<https://e.org/a> <http://purl.org/dc/terms/title> "Città" .'
NODE = NamedNode("https://e.org/a")


def title_of(graph: Graph) -> str:
    title = graph.value(NODE, DCT("title"))
    assert isinstance(title, Literal)
    return title.value


@pytest.mark.parametrize(
    ("start", "syntax"),
    [
        ("<?xml version='1.0'?><rdf:RDF/>", Syntax.RDF_XML),
        ("\n <!-- nota --> <rdf:RDF xmlns:rdf='x'/>", Syntax.RDF_XML),
        ('<!DOCTYPE rdf:RDF [ <!ENTITY a "b"> ]><rdf:RDF/>', Syntax.RDF_XML),
        ("@prefix dct: <http://purl.org/dc/terms/> .", Syntax.TURTLE),
        ("PREFIX dct: <http://purl.org/dc/terms/>", Syntax.TURTLE),
        ("# nota\n<https://e.org/a> a <https://e.org/B> .", Syntax.TURTLE),
        ("[] a <https://e.org/B> .", Syntax.TURTLE),
        ("[ a <https://e.org/B> ] .", Syntax.TURTLE),
        ('{"@id": "https://e.org/a"}', Syntax.JSON_LD),
        ("[]", Syntax.JSON_LD),
        ('[{"@id": "https://e.org/a"}]', Syntax.JSON_LD),
    ],
)
def test_the_syntax_is_that_of_the_content(start: str, syntax: Syntax) -> None:
    assert sniff_syntax(start.encode()) is syntax


@pytest.mark.parametrize(
    "content",
    [
        ALBERI.encode(),
        b"\xef\xbb\xbf" + ALBERI.encode(),
        ('<?xml version="1.0" encoding="ISO-8859-1"?>' + ALBERI).encode("latin-1"),
        ('<?xml version="1.0" encoding="UTF-16"?>' + ALBERI).encode("utf-16"),
        ALBERI.encode("windows-1252"),
        ALBERI_TRIPLE.encode(),
        b"\xef\xbb\xbf" + ALBERI_TRIPLE.encode(),
        '{"@id": "https://e.org/a", "http://purl.org/dc/terms/title": "Città"}'.encode(),
    ],
)
def test_any_encoding_and_any_declared_type_give_the_same_graph(content: bytes) -> None:
    assert title_of(parse_document(content, base=BASE, media_type="text/html; charset=utf-8")) == "Città"


def test_a_wrong_type_and_a_wrong_encoding_are_told() -> None:
    graph = parse_document(ALBERI.encode("windows-1252"), base=BASE, media_type="text/plain")

    assert [problem.code for problem in graph.problems] == ["reading.not_utf8", "reading.wrong_media_type"]
    assert "text/plain" in graph.problems[1].message_it


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "reading.empty"),
        (b"\xef\xbb\xbf \n\t", "reading.empty"),
        (b"<!DOCTYPE html><html><body>503</body></html>", "reading.html_page"),
        (b"\n<HTML lang='it'><head/></HTML>", "reading.html_page"),
        (b"<!-- x --><html xmlns='http://www.w3.org/1999/xhtml'/>", "reading.html_page"),
        (b"Service Unavailable", "reading.syntax"),
        (RDF.encode(), "reading.syntax"),
        (b'{"@id": ', "reading.syntax"),
        (b'{"@context": "https://altrove.example.org/qualcosa.json", "title": "x"}', "reading.unknown_context"),
        (b" " * (64 * 1024 * 1024 + 1), "reading.too_large"),
    ],
)
def test_what_is_no_document_is_refused_with_its_reason(content: bytes, reason: str) -> None:
    with pytest.raises(Unreadable) as refusal:
        parse_document(content, base=BASE)

    assert refusal.value.reason == reason
    assert sentence(reason, "it", {}) != reason


@pytest.mark.parametrize(
    "name", ["ckanext-dcat_dataset.ttl", "semic_3.0.1_example-bee-population-dataset-series-combined.ttl"]
)
def test_the_two_broken_samples_are_unreadable_and_say_at_which_line(name: str) -> None:
    with pytest.raises(Unreadable, match="line"):
        parse_document((CATALOGS / name).read_bytes(), base=BASE)


LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))
DEEP = 100_000
WIDE = " ".join(f'dct:a{n}=""' for n in range(DEEP))


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (f'<!DOCTYPE rdf:RDF [<!ENTITY l0 "ha">{LAUGHS}]>{RDF}<dct:a>&l11;</dct:a></rdf:RDF>', "reading.hostile_xml"),
        (f'<!DOCTYPE rdf:RDF [<!ENTITY x SYSTEM "file:///etc/passwd">]>{RDF}&x;</rdf:RDF>', "reading.hostile_xml"),
        (f'<!DOCTYPE rdf:RDF [<!ENTITY % x SYSTEM "http://127.0.0.1/x">%x;]>{RDF}</rdf:RDF>', "reading.hostile_xml"),
        (
            f'<!DOCTYPE rdf:RDF [<!ENTITY x "{"A" * 2000}">]>{RDF}<dct:a>{"&x;" * 100_000}</dct:a></rdf:RDF>',
            "reading.hostile_xml",
        ),
        (RDF + "<rdf:Description><dct:a>" * DEEP, "reading.too_deep"),
        (
            RDF + "<rdf:Description " + " ".join(f'dct:a{n}=""' for n in range(DEEP)) + "/></rdf:RDF>",
            "reading.too_deep",
        ),
        ('{"https://e.org/p":' * DEEP + "1" + "}" * DEEP, "reading.too_deep"),
        ("[" * DEEP + "]" * DEEP, "reading.too_deep"),
        ('{"@context":{}, "p":' + "[" * DEEP + "]" * DEEP + "}", "reading.too_deep"),
        ("<?xml version='1.0'?>" + "<!-- a -->" * DEEP, "reading.syntax"),
    ],
)
def test_a_bomb_is_refused_quickly(content: str, reason: str) -> None:
    start = process_time()
    with pytest.raises(Unreadable) as refusal:
        parse_document(content.encode(), base=BASE)

    assert refusal.value.reason == reason
    assert process_time() - start < 2  # seconds of processor time; expanded, each would take hours


def test_the_short_entities_of_ontology_editors_are_expanded() -> None:
    graph = parse_document((CATALOGS / "dcatapit_dataset_it_esempio_6.rdf").read_bytes(), base=BASE)

    assert len(graph.instances(DCAT("Dataset"))) == 2
    assert len(graph.instances(DCATAPIT("Dataset"))) == 2


def test_a_namespace_with_a_stray_quote_is_mended_and_told_once_per_term() -> None:
    graph = parse_document((CATALOGS / "dcatapit_dataset_it_esempio_6.rdf").read_bytes(), base=BASE)

    mended = {problem.before: problem.after for problem in graph.problems if problem.code == "reading.term_mended"}
    assert mended['http://dati.gov.it/onto/dcatapit#"startDate'] == "http://dati.gov.it/onto/dcatapit#startDate"
    assert len(mended) == len(graph.problems)


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        ("https://dati.gov.it/onto/dcatapit#Catalog", "http://dati.gov.it/onto/dcatapit#Catalog"),
        ("http://www.dati.gov.it/onto/dcatapit#Agent", "http://dati.gov.it/onto/dcatapit#Agent"),
        ("https://www.dati.gov.it/onto/dcatapit#Agent", "http://dati.gov.it/onto/dcatapit#Agent"),
        ("http://sdati.gov.it/onto/dcatapit#startDate", "http://dati.gov.it/onto/dcatapit#startDate"),
        ("https://www.w3.org/ns/dcat#Dataset", "http://www.w3.org/ns/dcat#Dataset"),
        ("https://www.w3.org/ns/locn#geometry", "http://www.w3.org/ns/locn#geometry"),
        ("http://www.w3.org/ns/locn#geographicalName", "http://www.w3.org/ns/locn#geographicName"),
        ("http://schema.orgstartDate", "http://schema.org/startDate"),
        ("https://schema.org/endDate", "http://schema.org/endDate"),
        ("http://www.w3.org/ns/dcat#landindPage", "http://www.w3.org/ns/dcat#landingPage"),
        ("dct:LicenseDocument", "http://purl.org/dc/terms/LicenseDocument"),
        ("https://example.org/terms#mine", "https://example.org/terms#mine"),
    ],
)
def test_misspelt_terms_are_read_as_the_standard_spells_them(wrong: str, right: str) -> None:
    assert mend_term(wrong) == right


@pytest.mark.parametrize("text", ["CSV", "", "c_h793", "#parte", "?a=b", "dir/file.csv", "/CSV", "../CSV", "../../CSV"])
def test_a_relative_address_gives_back_what_the_source_wrote(text: str) -> None:
    content = ALBERI.replace("<dct:title>", f'<dct:format rdf:resource="{text}"/><dct:title>')

    value = parse_document(content.encode(), base=BASE).value(NODE, DCT("format"))

    assert isinstance(value, NamedNode)
    assert is_relative(value.value)
    assert raw_iri(value.value) == text


def test_a_relative_address_is_resolved_where_an_identity_is_needed() -> None:
    assert resolved_iri(private_base(BASE) + "dataset-3", BASE) == "https://example.org/dataset-3"


@given(st.text(max_size=20), st.text(max_size=20))
def test_two_documents_never_share_a_relative_address(one: str, other: str) -> None:
    assert (private_base(one) == private_base(other)) == (one == other)


def test_a_known_context_is_not_fetched() -> None:
    content = b"""{"@context": ["https://semiceu.github.io/DCAT-AP/releases/3.0.1/context/dcat-ap.jsonld", {"x": "https://e.org/x"}],
        "@id": "https://e.org/a", "@type": "Dataset", "title": {"@value": "Alberi", "@language": "it"}, "x": "y",
        "datasetDistribution": {"@type": "Distribution", "accessUrl": "https://e.org/a.csv"}}"""

    graph = parse_document(content, base=BASE)

    assert graph.is_a(NODE, DCAT("Dataset"))
    assert title_of(graph) == "Alberi"
    (part,) = graph.instances(DCAT("Distribution"))
    assert graph.value(part, DCAT("accessURL")) == NamedNode("https://e.org/a.csv")


def test_illegal_addresses_do_not_stop_the_reading() -> None:
    content = ALBERI.replace("<dct:title>", '<dct:source rdf:resource="http://e.org/con spazi {e} altro"/><dct:title>')

    assert title_of(parse_document(content.encode(), base=BASE)) == "Città"
