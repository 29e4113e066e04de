"""The table of national rules is complete, and each of the 122 is really broken by a graph that breaks it."""

import json
import re
from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode, RdfFormat, Triple, parse

from opentusk.kit.national_rules import NATIONAL_RULES, NationalRule
from opentusk.kit.rdf.graph import Graph, Term
from opentusk.kit.rdf.namespaces import TYPE, VCARD, XSD
from opentusk.kit.shacl import AGID_RULES, DCATAP_3, DCATAP_IT, check_graph
from opentusk.kit.shacl.agid import AGID_RULES_OF_A_DATASET
from opentusk.kit.shacl.tables import read_term

ROOT = Path(__file__).resolve().parents[3]
OFFICIAL = json.loads((ROOT / "../shared/standards/shapes/dcat-ap-it/agid_validator_rules.json").read_text("utf-8"))
ACTIVE = {rule["id"]: rule for rule in OFFICIAL["rules"] if rule["status"] != "suspended"}
REFERENCE = ROOT / "docs/reference/national-rules.md"
NAMES = {"period of time": "PeriodOfTime", "licence document": "LicenseDocument"}

CATALOGUE = """
@prefix dcat: <http://www.w3.org/ns/dcat#> . @prefix dct: <http://purl.org/dc/terms/> .
@prefix it: <http://dati.gov.it/onto/dcatapit#> . @prefix foaf: <http://xmlns.com/foaf/0.1/> .
@prefix adms: <http://www.w3.org/ns/adms#> . @prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> . @prefix vcard: <http://www.w3.org/2006/vcard/ns#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> . @prefix au: <http://publications.europa.eu/resource/authority/> .
@prefix : <https://dati.example.it/> .
:catalogo a dcat:Catalog, it:Catalog ; dct:title "Catalogo"@it ; dct:description "Prova."@it ; dct:publisher :ente ;
  dct:issued "2024-01-15"^^xsd:date ; dct:modified "2026-09-30T06:00:00+02:00"^^xsd:dateTime ; foaf:homepage :home ;
  dct:language <http://publications.europa.eu/resource/authority/language/ITA> ; dcat:dataset :d, :d0 ;
  dcat:themeTaxonomy <http://publications.europa.eu/resource/authority/data-theme> .
:home a foaf:Document .
<http://publications.europa.eu/resource/authority/data-theme> a skos:ConceptScheme ; dct:title "Temi"@it .
<http://publications.europa.eu/resource/authority/data-theme/ENVI> a skos:Concept ; skos:prefLabel "Ambiente"@it .
<http://publications.europa.eu/resource/authority/language/ITA> a dct:LinguisticSystem .
<http://publications.europa.eu/resource/authority/frequency/ANNUAL> a dct:Frequency .
<http://publications.europa.eu/resource/authority/file-type/CSV> a dct:MediaTypeOrExtent .
<http://eurovoc.europa.eu/100243> a skos:Concept ; skos:prefLabel "ambiente"@it .
<http://purl.org/adms/licencetype/Attribution> a skos:Concept ; skos:prefLabel "Attribuzione"@it .
:d a dcat:Dataset, it:Dataset ; dct:identifier "c_e506:alberi" ; dct:title "Alberi"@it ; dct:description "Alberi."@it ;
  dct:issued "2025-02-01"^^xsd:date ; dct:modified "2026-09-12"^^xsd:date ; dct:rightsHolder :ente ;
  dct:publisher :ente ; dct:creator :ente ; dcat:contactPoint :ufficio ; dcat:keyword "alberi"@it ;
  dcat:theme <http://publications.europa.eu/resource/authority/data-theme/ENVI> ;
  dct:subject <http://eurovoc.europa.eu/100243> ; dct:spatial :luogo ; dct:temporal :periodo ;
  dct:accrualPeriodicity <http://publications.europa.eu/resource/authority/frequency/ANNUAL> ;
  dct:language <http://publications.europa.eu/resource/authority/language/ITA> ; dcat:landingPage :pagina ;
  owl:versionInfo "1.2" ; dct:conformsTo :norma ; dct:isVersionOf :d0 ; adms:identifier :codice ; dcat:distribution :f .
:d0 a dcat:Dataset, it:Dataset ; dct:identifier "c_e506:alberi-0" ; dct:title "Alberi 0"@it ; dcat:distribution :f ;
  dct:description "Alberi."@it ; dct:modified "2025-09-12"^^xsd:date ; dct:rightsHolder :ente ; dct:publisher :ente ;
  dcat:contactPoint :ufficio ; dcat:theme <http://publications.europa.eu/resource/authority/data-theme/ENVI> ;
  dct:subject <http://eurovoc.europa.eu/100243> ;
  dct:accrualPeriodicity <http://publications.europa.eu/resource/authority/frequency/ANNUAL> .
:f a dcat:Distribution, it:Distribution ; dct:title "CSV"@it ; dct:description "CSV."@it ; dct:license :licenza ;
  dct:format <http://publications.europa.eu/resource/authority/file-type/CSV> ; dcat:accessURL :risorsa ;
  dcat:downloadURL :file ; dct:modified "2026-09-12"^^xsd:date ; dct:byteSize "10"^^xsd:decimal .
:licenza a dct:LicenseDocument, it:LicenseDocument ; dct:type <http://purl.org/adms/licencetype/Attribution> ;
  foaf:name "CC BY 4.0"@it ; owl:versionInfo "4.0" .
:ente a foaf:Agent, it:Agent ; dct:identifier "c_e506" ; foaf:name "Comune di Lecce" .
:ufficio a vcard:Kind, vcard:Organization, it:Organization ; vcard:fn "Ufficio" ; vcard:hasURL :contatti ;
  vcard:hasEmail <mailto:opendata@example.it> ; vcard:hasTelephone :telefono .
:telefono a vcard:TelephoneType .
:luogo a dct:Location .
:periodo a dct:PeriodOfTime ; it:startDate "2025-01-01"^^xsd:date ; it:endDate "2025-12-31"^^xsd:date .
:norma a dct:Standard, it:Standard ; dct:identifier "norma" ; dct:title "Norma"@it ; dct:description "Una norma."@it ;
  it:referenceDocumentation :testo .
:codice a adms:Identifier ; skos:notation "8f0c" .
"""
NOWHERE = NamedNode("https://dati.example.it/ignoto")
WRONG: dict[str, Term] = {
    "literal": NOWHERE,
    "resource": Literal("un testo"),
    "date": Literal("12/09/2026"),
    "decimal": Literal("10", datatype=XSD("integer")),
    "email": NamedNode("https://dati.example.it/opendata@example.it"),
}


def triples() -> list[Triple]:
    return [quad.triple for quad in parse(CATALOGUE, format=RdfFormat.TURTLE)]


def break_rule(rule: NationalRule) -> Graph:
    """The catalogue with one change: what the rule looks at is taken away, doubled, or put wrong."""
    path = read_term(rule.path)
    if rule.demand == "exists":
        return Graph(triple for triple in triples() if triple.object != path)
    kind = read_term(next(f"{p}:{rule.node}" for p in ("dcatapit", "dct", "adms") if has_class(f"{p}:{rule.node}")))
    node = next(node for node in Graph(triples()).instances(kind))
    graph = Graph(t for t in triples() if rule.demand == "once" or (t.subject, t.predicate) != (node, path))
    if rule.demand != "required":
        graph.add(node, path, WRONG.get(rule.demand, NOWHERE))
    return graph


def has_class(name: str) -> bool:
    return bool(Graph(triples()).instances(read_term(name)))


def test_every_active_rule_is_in_the_table_and_in_the_checks() -> None:
    checked = {rule.code for rule in AGID_RULES.rules} | {existence.code for existence in AGID_RULES.existences}

    assert len(ACTIVE) == 122
    assert {rule.id for rule in NATIONAL_RULES} == set(ACTIVE)
    assert checked == {f"agid.{number}" for number in ACTIVE}


@pytest.mark.parametrize("rule", NATIONAL_RULES, ids=lambda rule: rule.code)
def test_a_row_says_what_the_official_title_says(rule: NationalRule) -> None:
    official = ACTIVE[rule.id]
    [(node, path)] = re.findall(r"^\[([^\]]+)\] (\S+)", official["title"])

    assert NAMES.get(node.lower(), node) == rule.node
    assert path == rule.path
    assert (rule.severity == "blocks") == (official["severity"] == "error")


def test_a_faultless_catalogue_breaks_no_national_rule() -> None:
    graph = Graph(triples())

    assert check_graph(graph, AGID_RULES) == []
    assert check_graph(graph, AGID_RULES_OF_A_DATASET) == []
    assert [problem for problem in check_graph(graph, DCATAP_IT) if problem.blocks] == []
    assert [problem for problem in check_graph(graph, DCATAP_3) if problem.blocks] == []


@pytest.mark.parametrize("rule", NATIONAL_RULES, ids=lambda rule: rule.code)
def test_a_graph_that_breaks_a_rule_is_told_so(rule: NationalRule) -> None:
    problems = check_graph(break_rule(rule), AGID_RULES)

    found = [problem for problem in problems if problem.code == rule.code]
    assert len(found) == 1
    assert "{" not in found[0].message_it + found[0].message_en
    assert "…" not in found[0].message_it + found[0].message_en


def test_a_contact_may_give_its_email_as_text_as_the_validator_asks() -> None:
    graph = Graph(triple for triple in triples() if triple.predicate != VCARD("hasEmail"))
    graph.add(NamedNode("https://dati.example.it/ufficio"), VCARD("hasEmail"), Literal("opendata@example.it"))

    assert check_graph(graph, AGID_RULES) == []


def test_a_problem_says_where_in_the_words_of_the_publisher() -> None:
    distribution = NamedNode("https://dati.example.it/f")
    graph = Graph(t for t in triples() if t.subject != distribution or t.predicate == TYPE)

    places = {problem.where for problem in check_graph(graph, AGID_RULES)}

    assert "c_e506:alberi-0 › distribution 1 › dct:format" in places


def test_the_reference_lists_every_rule_with_its_check() -> None:
    listed = re.findall(r"^\| (\d+) \| `agid\.(\d+)` \|", REFERENCE.read_text("utf-8"), re.MULTILINE)

    assert [int(number) for number, _ in listed] == [rule.id for rule in NATIONAL_RULES]
    assert all(number == code for number, code in listed)
