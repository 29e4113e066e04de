"""Our DCAT-AP verdicts are those of the official shapes, run by pyshacl: on real catalogues and on broken graphs."""

from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
import rdflib
from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, Triple, parse, serialize
from pyshacl import validate

from opentusk.kit.problems import blocking
from opentusk.kit.rdf.graph import Graph
from opentusk.kit.rdf.namespaces import TYPE, XSD
from opentusk.kit.rdf.syntax import parse_document
from opentusk.kit.shacl import DCATAP_2, DCATAP_3, ShapeSet, check_graph

SHARED = Path(__file__).resolve().parents[4] / "shared"
# No RDF catalogues: an unbound prefix, a syntax error, and a data.json without JSON-LD context.
NOT_RDF = {
    "ckanext-dcat_dataset.ttl",
    "semic_3.0.1_example-bee-population-dataset-series-combined.ttl",
    "ckanext-dcat_catalog_pod.jsonld",
}
CATALOGS = [
    path
    for path in sorted((SHARED / "samples/catalogs").rglob("*"))
    if path.suffix in {".rdf", ".ttl", ".jsonld", ".xml"} and path.name not in NOT_RDF
]
SHAPES = SHARED / "standards/shapes"
LEVEL_1 = ("dcat-ap-2.1.1/dcat-ap_2.1.1_shacl_shapes.ttl", "dcat-ap-2.1.1/dcat-ap_2.1.1_shacl_deprecateduris.ttl")
CORE_3 = ("dcat-ap-3.0.1/shapes.ttl",)

# A complete record, one value of everything the table speaks of; each broken graph is this one with one change.
RECORD = """
@prefix dcat: <http://www.w3.org/ns/dcat#> . @prefix dct: <http://purl.org/dc/terms/> .
@prefix dcatap: <http://data.europa.eu/r5r/> . @prefix foaf: <http://xmlns.com/foaf/0.1/> .
@prefix adms: <http://www.w3.org/ns/adms#> . @prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> . @prefix spdx: <http://spdx.org/rdf/terms#> .
@prefix locn: <http://www.w3.org/ns/locn#> . @prefix time: <http://www.w3.org/2006/time#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> . @prefix odrl: <http://www.w3.org/ns/odrl/2/> .
@prefix dc11: <http://purl.org/dc/elements/1.1/> . @prefix : <https://dati.example.it/> .
:catalogo a dcat:Catalog ; dct:title "Catalogo"@it ; dct:description "Prova."@it ; dct:publisher :ente ;
  dct:license :licenza ; dct:issued "2024"^^xsd:gYear ; dct:modified "2024-05-01T10:00:00+02:00"^^xsd:dateTime ;
  dct:isPartOf :altro ; dct:rights :diritti ; foaf:homepage :home ; dcat:dataset :d ; dcat:record :scheda .
:scheda a dcat:CatalogRecord ; foaf:primaryTopic :d ; dct:modified "2024-05"^^xsd:gYearMonth ; dct:conformsTo :ap ;
  dct:issued "2024-02-29"^^xsd:date ; adms:status :stato ; dct:source :scheda0 ; dct:title "Scheda" ;
  dct:description "Della prova." .
:ente a foaf:Agent ; foaf:name "Ente" ; dct:type :tipo .
:schema a skos:ConceptScheme ; dct:title "Schema"@it .
:stato a skos:Concept ; skos:prefLabel "completo"@it .
:impronta a spdx:Checksum ; spdx:algorithm spdx:checksumAlgorithm_sha1 ; spdx:checksumValue "a94a8f"^^xsd:hexBinary .
:servizio a dcat:DataService ; dct:title "API" ; dcat:endpointURL :api ; dct:description "Una API" ;
  dcat:endpointDescription :openapi ; dct:license :licenza ; dct:accessRights :pubblico .
:d a dcat:Dataset ; dct:title "Alberi"@it ; dct:description "Alberi."@it ; dct:identifier "c_e506:alberi" ;
  dcat:keyword "alberi" ; dct:publisher :ente ; dct:accessRights :pubblico ; dct:accrualPeriodicity :annuale ;
  dct:issued "2025-02-01"^^xsd:date ; dct:modified "2025-02-01Z"^^xsd:date ; dct:relation :altro ;
  owl:versionInfo "1" ; adms:versionNotes "Prima"@it ; dc11:isReferencedBy :articolo ;
  dcat:temporalResolution "P1DT2H"^^xsd:duration ; dcat:spatialResolutionInMeters "10.5"^^xsd:decimal ;
  dct:temporal :periodo ; dct:spatial :luogo ; adms:identifier :codice ; dcat:distribution :f ;
  dcat:qualifiedRelation :relazione .
:f a dcat:Distribution ; dcat:accessURL :pagina ; dcat:downloadURL :file ; dct:title "CSV" ; dct:description "CSV." ;
  dct:issued "2025-02-01"^^xsd:date ; dct:modified "2025-02-01"^^xsd:date ; dct:rights :diritti ; dct:format :csv ;
  dct:license :licenza ; dcat:mediaType :text ; dcat:compressFormat :gz ; dcat:packageFormat :tar ;
  dcat:byteSize "345124"^^xsd:decimal ; dcat:temporalResolution "P1Y"^^xsd:duration ;
  dcat:spatialResolutionInMeters "1"^^xsd:decimal ; dcatap:availability :stabile ; adms:status :stato ;
  spdx:checksum :impronta ; odrl:hasPolicy :politica .
:codice a adms:Identifier ; skos:notation "8f0c" .
:luogo a dct:Location ; dcat:bbox "POLYGON((0 0,1 0,1 1,0 0))" ; dcat:centroid "POINT(0 0)" ; locn:geometry "LINE" .
:periodo a dct:PeriodOfTime ; dcat:startDate "2025-01-01"^^xsd:date ; dcat:endDate "2025-12-31"^^xsd:date ;
  time:hasBeginning :inizio ; time:hasEnd :fine .
:relazione a dcat:Relationship ; dct:relation :altro ; dcat:hadRole :ruolo .
"""


@cache
def official_shapes(names: tuple[str, ...]) -> rdflib.Graph:
    shapes = rdflib.Graph()
    for name in names:
        shapes.parse(SHAPES / name, format="turtle")
    return shapes


def official_verdict(triples: list[Triple], names: tuple[str, ...] = LEVEL_1) -> bool:
    data = rdflib.Graph()
    data.parse(data=serialize(triples, format=RdfFormat.N_TRIPLES), format="nt")
    conforms, _, _ = validate(data, shacl_graph=official_shapes(names), inference="none", allow_warnings=True)
    return bool(conforms)


def our_verdict(triples: list[Triple], shapes: ShapeSet = DCATAP_2) -> bool:
    return not blocking(check_graph(Graph(triples), shapes))


def record_triples() -> list[Triple]:
    return [quad.triple for quad in parse(RECORD, format=RdfFormat.TURTLE)]


def broken_graphs() -> Iterator[tuple[str, list[Triple]]]:
    """The record with one property removed, doubled, or of another kind, one at a time."""
    record = record_triples()
    for index, triple in enumerate(record):
        if triple.predicate == TYPE:
            continue
        others = record[:index] + record[index + 1 :]
        name = f"{triple.subject} {triple.predicate}"
        yield f"{name} removed", others
        for value in (
            NamedNode("https://dati.example.it/un-altro"),
            Literal("un altro testo"),
            Literal("2025-02-30", datatype=XSD("date")),
            BlankNode("b1"),
        ):
            changed = Triple(triple.subject, triple.predicate, value)
            yield f"{name} = {value}", [*others, changed]
        yield f"{name} twice", [*record, Triple(triple.subject, triple.predicate, Literal("un altro"))]


def test_the_complete_record_conforms() -> None:
    assert our_verdict(record_triples())
    assert official_verdict(record_triples())


@pytest.mark.parametrize("path", CATALOGS, ids=lambda path: path.name)
def test_a_real_catalogue_gets_the_official_verdict(path: Path) -> None:
    triples = list(parse_document(path.read_bytes(), base=f"https://example.org/{path.name}").triples())

    assert our_verdict(triples) == official_verdict(triples)
    assert our_verdict(triples, DCATAP_3) == official_verdict(triples, CORE_3)


def test_a_broken_graph_gets_the_official_verdict() -> None:
    differing = [name for name, triples in broken_graphs() if our_verdict(triples) != official_verdict(triples)]

    assert differing == []
