"""Proves that SPARQL of others reads its store and nothing else, within its budget, and that the rest goes on."""

import json
import subprocess
import sys
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer
from time import monotonic

import pytest
from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad, QueryResultsFormat, Store, parse

from opentusk.kit.queries.errors import BadQuery, OverBudget, VersionGone
from opentusk.kit.queries.processes import ProcessPool
from opentusk.kit.queries.sparql.guard import Form, check_query
from opentusk.kit.rdf.namespaces import PREFIXES
from opentusk.kit.rdf.syntaxes import Syntax

MODULE = "opentusk.kit.queries.sparql.worker"
SECONDS = 1.0
TREES = "https://example.org/id/dataset/alberi"

GOOD = [
    "SELECT * WHERE { ?s ?p ?o } LIMIT 5",
    "PREFIX x: <https://example.org/#service> SELECT ?s { ?s x:service ?o }",
    '# SERVICE in a comment\nSELECT * { ?s dct:title "SERVICE <https://example.org/> { }" }',
    "SELECT * { ?service dcat:accessService 'it\\'s' FILTER(?service < 3 && 4 > 3) }",
    'SELECT * { ?s ?p """a "quoted" SERVICE""" }',
    "SELECT (COUNT(DISTINCT ?s) AS ?n) { GRAPH ?g { ?s a dcat:Dataset } }",
    f"SELECT * FROM <{TREES}> {{ ?s ?p ?o }}",
    "ASK { ?s ?p ?o }",
]

REFUSED = {
    "service": ("SELECT * { SERVICE <http://{host}/> { ?s ?p ?o } }", "sparql.service"),
    "service in small letters": ("select*{service<http://{host}/>{?s ?p ?o}}", "sparql.service"),
    "service silent": ("SELECT * { SERVICE SILENT <http://{host}/> { ?s ?p ?o } }", "sparql.service"),
    "service of a variable": ("SELECT * { ?s ?p ?x SERVICE ?x { ?s ?p ?o } }", "sparql.service"),
    "service glued to a prefix": ("PREFIX : <http://{host}/> SELECT * { SERVICE:a { ?s ?p ?o } }", "sparql.service"),
    "service glued to a number": ("SELECT * { ?s ?p 1SERVICE <http://{host}/> { ?s ?p ?o } }", "sparql.service"),
    "service glued to true": ("SELECT * { ?s ?p trueSERVICE<http://{host}/>{ ?s ?p ?o } }", "sparql.service"),
    "service in escapes": ("SELECT * { \\u0053ERVICE <http://{host}/> { ?s ?p ?o } }", "sparql.service"),
    "service behind an escaped quote": (
        "PREFIX a: <http://a/> SELECT * { ?s a:b\\' ?o SERVICE <http://{host}/> { ?s ?p 'x' } }", "sparql.service",
    ),
    "service behind a comparison": (
        "SELECT * { ?s ?p ?o FILTER(1<2)SERVICE?s{ ?s ?p ?o }FILTER(3>2) }", "sparql.service",
    ),
    "a graph from elsewhere": ("SELECT * FROM <http://{host}/file.ttl> { ?s ?p ?o }", "sparql.graph"),
    "a named graph from elsewhere": ("SELECT * FROM NAMED <http://{host}/> { GRAPH ?g {?s ?p ?o} }", "sparql.graph"),
    "a graph by prefix": ("PREFIX a: <http://{host}/> SELECT * FROM a:b { ?s ?p ?o }", "sparql.graph"),
    "insert": ("INSERT DATA { <a:a> <a:b> <a:c> }", "sparql.update"),
    "delete after a prologue": ("PREFIX a: <a:> DELETE WHERE { ?s ?p ?o }", "sparql.update"),
    "load": ("LOAD <http://{host}/>", "sparql.update"),
    "clear": ("CLEAR ALL", "sparql.update"),
    "two": ("SELECT * { ?s ?p ?o } ; DROP ALL", "sparql.syntax"),
    "a file": ("SELECT * FROM <file:///etc/passwd> { ?s ?p ?o }", "sparql.graph"),
    "nothing": ("  # only a comment", "sparql.empty"),
    "no query": ("FROM t", "sparql.no_form"),
    "half a query": ("SELECT * { ?s ?p", "sparql.syntax"),
    "far too long": ("SELECT * { ?s ?p '" + "x" * 32_000 + "' }", "sparql.too_long"),
}  # fmt: skip

BOMBS = {
    "products": "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }",
    "a sort of products": "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } ORDER BY STR(?c)",
    "products written out": "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }",
    "texts that grow": "SELECT (GROUP_CONCAT(?t) AS ?x) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i BIND(CONCAT(?c, ?f) AS ?t) }",
    "a deep nest": "SELECT * " + "{" * 15_000 + "}" * 15_000,
}


@pytest.fixture(scope="module")
def store(tmp_path_factory) -> str:
    """A snapshot with a dataset in its graph and many statements beside."""
    folder = tmp_path_factory.mktemp("sparql")
    whole = Store(str(folder / "whole"))
    title = NamedNode("http://purl.org/dc/terms/title")
    for graph in (NamedNode(TREES), DefaultGraph()):
        whole.add(Quad(NamedNode(TREES), title, Literal("Alberi", language="it"), graph))
    others = (NamedNode(f"https://example.org/{number}") for number in range(3_000))
    whole.extend(Quad(other, title, Literal(f"Titolo di {other.value}"), DefaultGraph()) for other in others)
    whole.backup(str(folder / "snapshot"))
    return str(folder / "snapshot")


@pytest.fixture(scope="module")
def pool():
    pool = ProcessPool(MODULE, "64", size=1, queue=4, patience=10)
    yield pool
    pool.close()


@pytest.fixture(scope="module")
def elsewhere():
    """A server that no query may reach, and the requests it got."""
    got = []

    class Handler(BaseHTTPRequestHandler):
        def handle(self):
            got.append(self.rfile.readline())

    server = HTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"127.0.0.1:{server.server_port}", got
    server.shutdown()
    thread.join()
    server.server_close()


def ask(pool, store, query, format="json", **options):
    request = {"store": store, "query": query, "format": format, "base": "https://example.org/"}
    return pool.ask({"default_graphs": [], "named_graphs": []} | request | options, seconds=SECONDS)["content"]


@pytest.mark.parametrize("query", GOOD)
def test_what_reads_is_answered_as_the_bare_engine_answers(pool, store, query):
    bare = Store.read_only(store).query(query, prefixes=PREFIXES, base_iri="https://example.org/")

    assert json.loads(ask(pool, store, query)) == json.loads(bare.serialize(format=QueryResultsFormat.JSON))


@pytest.mark.parametrize("name", REFUSED)
def test_what_writes_or_asks_elsewhere_is_refused_and_reaches_nobody(pool, store, elsewhere, name):
    host, got = elsewhere
    query, code = REFUSED[name]

    with pytest.raises(BadQuery) as refusal:
        ask(pool, store, query.replace("{host}", host))

    assert refusal.value.code == code
    assert got == []
    assert "…" not in refusal.value.message("it") and "…" not in refusal.value.message("en")


def test_behind_the_guard_the_process_has_no_way_to_the_network(store, elsewhere):
    host, got = elsewhere
    lines = (
        "import sys; from pyoxigraph import Store",
        "from opentusk.kit.queries.sparql.sockets import forbid_sockets",
        "forbid_sockets() or sys.exit('this kernel has no filters')",
        f"list(Store.read_only({store!r}).query('SELECT * {{ SERVICE <http://{host}/> {{ ?s ?p ?o }} }}'))",
    )

    ended = subprocess.run([sys.executable, "-c", "\n".join(lines)], capture_output=True, text=True, check=False)

    assert "Permission denied" in ended.stderr
    assert got == []


@pytest.mark.parametrize("name", BOMBS)
def test_a_bomb_ends_in_time_and_the_next_question_is_answered(pool, store, name):
    start = monotonic()
    with pytest.raises(OverBudget):
        ask(pool, store, BOMBS[name])
    took = monotonic() - start

    assert took < SECONDS + 3
    assert json.loads(ask(pool, store, "ASK { ?s ?p ?o }"))["boolean"] is True


@pytest.mark.parametrize("format", ["ttl", "nt", "rdf", "jsonld"])
def test_triples_are_written_in_every_syntax(pool, store, format):
    content = ask(pool, store, f"DESCRIBE <{TREES}>", format)
    syntax = Syntax(format).rdf_format

    assert [quad.object for quad in parse(content.encode(), syntax)] == [Literal("Alberi", language="it")]


@pytest.mark.parametrize("format", ["json", "xml", "csv", "tsv"])
@pytest.mark.parametrize("query", ["SELECT ?o { <https://example.org/7> ?p ?o }", "ASK { ?s ?p ?o }"])
def test_rows_are_written_in_every_format(pool, store, format, query):
    content = ask(pool, store, query, format)

    assert ("Titolo di https://example.org/7" if "SELECT" in query else "true") in content


def test_the_graphs_that_a_request_chooses_stand_before_those_of_the_query(pool, store):
    everything = f"SELECT (COUNT(*) AS ?n) FROM <{TREES}-altro> {{ ?s ?p ?o }}"

    chosen = ask(pool, store, everything, "csv", default_graphs=[TREES])

    assert chosen.split() == ["n", "1"]
    with pytest.raises(BadQuery):
        ask(pool, store, everything, "csv", default_graphs=["https://elsewhere.example/"])


def test_a_store_that_has_gone_is_said_to_be_gone(pool, store):
    with pytest.raises(VersionGone):
        ask(pool, store + "-old", "ASK { ?s ?p ?o }")


def test_the_form_of_a_query_is_known_before_it_runs():
    checked = check_query("BASE <http://a/> PREFIX : <x#> # a\nconstruct where { ?s ?p ?o }")

    assert checked.form is Form.CONSTRUCT and checked.form.is_graph
    assert check_query("PREFIX : <http://a#> SELECT * FROM :b FROM NAMED <http://c> {}").graphs == (
        "http://a#b", "http://c",
    )  # fmt: skip
