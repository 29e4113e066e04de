"""What the endpoint says of itself to programs: SPARQL 1.1 Service Description, with VoID."""

from django.conf import settings
from pyoxigraph import BlankNode, NamedNode, Triple, serialize

from opentusk.catalog.records import iris
from opentusk.kit.rdf.namespaces import DCT, PREFIXES, TYPE, Namespace
from opentusk.kit.rdf.strict import legal_text
from opentusk.kit.rdf.syntaxes import Syntax
from opentusk.sparql.asking import GRAPHS, ROWS

_SD = Namespace("http://www.w3.org/ns/sparql-service-description#")
_VOID = Namespace("http://rdfs.org/ns/void#")
_FORMATS = Namespace("http://www.w3.org/ns/formats/")
_FORMAT_NAMES = {
    "json": "SPARQL_Results_JSON", "xml": "SPARQL_Results_XML", "csv": "SPARQL_Results_CSV",
    "tsv": "SPARQL_Results_TSV", "ttl": "Turtle", "rdf": "RDF_XML", "jsonld": "JSON-LD", "nt": "N-Triples",
}  # fmt: skip


def describe_endpoint(syntax: str) -> str:
    """The description in one of the syntaxes of graphs."""
    triples = sorted(_triples(), key=str)
    prefixes = {**PREFIXES, "sd": _SD.base, "void": _VOID.base}
    written = serialize(triples, format=Syntax(syntax).rdf_format, prefixes=prefixes)
    assert written is not None
    return written.decode()


def _triples() -> list[Triple]:
    endpoint = NamedNode(f"{settings.SITE_URL}/sparql")
    dataset, whole = BlankNode("dataset"), BlankNode("whole")
    triples = [
        Triple(endpoint, TYPE, _SD("Service")),
        Triple(endpoint, _SD("endpoint"), endpoint),
        Triple(endpoint, DCT("title"), legal_text(settings.PORTAL_TITLE, "", "it")),
        Triple(endpoint, _SD("supportedLanguage"), _SD("SPARQL11Query")),
        Triple(endpoint, _SD("defaultDataset"), dataset),
        Triple(dataset, TYPE, _SD("Dataset")),
        Triple(dataset, _SD("defaultGraph"), whole),
        Triple(whole, TYPE, _SD("Graph")),
        Triple(whole, TYPE, _VOID("Dataset")),
        Triple(whole, _VOID("dataDump"), NamedNode(f"{settings.SITE_URL}/catalog.nt")),
        Triple(whole, DCT("subject"), NamedNode(iris().catalog())),
    ]
    names = [_FORMAT_NAMES[name] for name in (*ROWS, *GRAPHS)]
    return triples + [Triple(endpoint, _SD("resultFormat"), _FORMATS(name)) for name in names]
