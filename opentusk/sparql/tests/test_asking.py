"""Proves that /sparql follows the protocol, in every format, and that what is too much is told and disturbs nobody."""

import csv
import json
import threading
from io import StringIO
from time import monotonic
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import Request, urlopen

import pytest
from pyoxigraph import QueryResultsFormat, RdfFormat, parse, parse_query_results

from opentusk.sparql.examples import EXAMPLES

pytestmark = pytest.mark.django_db
TITLES = "SELECT ?t { ?d a dcat:Dataset ; dct:title ?t } ORDER BY ?t"
GRAPH = "CONSTRUCT { ?d dct:title ?t } { ?d a dcat:Dataset ; dct:title ?t }"
BOMB = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"


def ask(client, query, accept="*/*", **more):
    return client.get("/sparql", {"query": query, **more}, headers={"accept": accept})


@pytest.mark.parametrize(
    ("accept", "media_type", "kind"),
    [
        ("*/*", "application/sparql-results+json", QueryResultsFormat.JSON),
        ("application/json", "application/sparql-results+json", QueryResultsFormat.JSON),
        ("application/sparql-results+xml, text/csv;q=0.1", "application/sparql-results+xml", QueryResultsFormat.XML),
        ("text/tab-separated-values", "text/tab-separated-values", QueryResultsFormat.TSV),
    ],
)  # fmt: skip
def test_rows_in_the_format_that_is_accepted(client, store, accept, media_type, kind):
    answer = ask(client, TITLES, accept)

    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == f"{media_type}; charset=utf-8"
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    titles = [row["t"].value for row in parse_query_results(answer.content, kind)]
    assert titles == [f"Dataset alberi-{number}" for number in range(5)] + ["Dataset piste-0", "Dataset piste-1"]


def test_rows_as_csv(client, store):
    answer = ask(client, TITLES, "text/csv")

    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert next(csv.DictReader(StringIO(answer.content.decode()))) == {"t": "Dataset alberi-0"}


@pytest.mark.parametrize(
    ("accept", "media_type", "kind"),
    [
        ("*/*", "text/turtle", RdfFormat.TURTLE),
        ("application/rdf+xml", "application/rdf+xml", RdfFormat.RDF_XML),
        ("application/n-triples", "application/n-triples", RdfFormat.N_TRIPLES),
        ("application/ld+json", "application/ld+json", RdfFormat.JSON_LD),
    ],
)
def test_graphs_in_the_syntax_that_is_accepted(client, store, accept, media_type, kind):
    answer = ask(client, GRAPH, accept)

    assert answer.headers["Content-Type"] == f"{media_type}; charset=utf-8"
    assert len(list(parse(answer.content, kind))) == 7


def test_the_three_ways_of_the_protocol_and_head(client, store):
    by_get = ask(client, TITLES)
    by_form = client.post("/sparql", urlencode({"query": TITLES}), content_type="application/x-www-form-urlencoded")
    direct = client.post("/sparql", TITLES, content_type="application/sparql-query")
    head = client.head("/sparql", {"query": TITLES})

    assert by_get.content == by_form.content == direct.content
    assert head.status_code == 200 and head.headers["Content-Type"] == by_get.headers["Content-Type"]


def test_the_graphs_of_a_request_are_those_that_are_asked(client, store):
    count = "SELECT (COUNT(DISTINCT ?d) AS ?n) { ?d a dcat:Dataset }"

    one = ask(client, count, "text/csv", **{"default-graph-uri": store[0].record["iri"]})
    remote = ask(client, count, **{"default-graph-uri": "https://example.org/catalog.ttl"})

    assert one.content.split() == [b"n", b"1"]
    assert remote.status_code == 400 and "example.org" in remote.json()["detail"]


def test_an_unchanged_answer_is_not_made_again(client, store):
    first = ask(client, TITLES)
    again = client.get("/sparql", {"query": TITLES}, headers={"if-none-match": first.headers["ETag"]})

    assert again.status_code == 304 and first.headers["Cache-Control"] == "public, no-cache"


@pytest.mark.parametrize(
    ("request_of", "status", "words"),
    [
        (lambda client: ask(client, "SELECT * { ?s ?p"), 400, "non si legge"),
        (lambda client: ask(client, "SELECT * { SERVICE <http://a/> { ?s ?p ?o } }"), 400, "SERVICE"),
        (lambda client: ask(client, "DROP ALL"), 400, "solo leggere"),
        (lambda client: ask(client, "SELECT * FROM <http://a/> { ?s ?p ?o }"), 400, "http://a/"),
        (lambda client: ask(client, ""), 400, "nessuna domanda"),
        (lambda client: ask(client, TITLES, format="ttl"), 400, "json, xml, csv, tsv"),
        (lambda client: ask(client, GRAPH, "text/csv"), 406, "text/turtle"),
        (lambda client: client.get("/sparql?query=a&query=b"), 400, "una sola domanda"),
        (lambda client: client.get("/sparql?update=DROP%20ALL"), 403, "solo leggere"),
        (lambda client: client.post("/sparql", "DROP ALL", content_type="application/sparql-update"), 403, "leggere"),
        (lambda client: client.post("/sparql", {"update": "DROP ALL"}), 415, "sparql-query"),
        (lambda client: client.post("/sparql", b"\xff", content_type="application/sparql-query"), 400, "UTF-8"),
        (lambda client: client.post("/sparql", "x" * 70_000, content_type="application/sparql-query"), 413, "32 kB"),
        (lambda client: client.put("/sparql"), 405, "GET"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told_with_the_way_out(client, store, request_of, status, words):
    answer = request_of(client)

    assert answer.status_code == status
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert words in answer.json()["detail"]


def test_before_the_store_is_there_readers_are_told_to_come_back(client, db):
    answer = ask(client, TITLES)

    assert answer.status_code == 503 and int(answer.headers["Retry-After"]) > 0


def test_the_bare_address_describes_the_endpoint_to_programs(client, store):
    described = client.get("/sparql", headers={"accept": "text/turtle"})

    said = {
        (quad.predicate.value.rpartition("#")[2], str(quad.object))
        for quad in parse(described.content, RdfFormat.TURTLE)
    }
    assert ("endpoint", "<http://localhost:8000/sparql>") in said
    assert ("supportedLanguage", "<http://www.w3.org/ns/sparql-service-description#SPARQL11Query>") in said
    assert sum(name == "resultFormat" for name, _value in said) == 8


def test_people_get_a_page_with_examples_and_their_answer_in_it(client, store):
    bare = client.get("/sparql", headers={"accept": BROWSER}).content.decode()
    answered = ask(client, TITLES, BROWSER).content.decode()
    wrong = ask(client, "SELECT * {", BROWSER)

    assert all(str(example.title) in bare for example in EXAMPLES)
    assert "<td>Dataset piste-1</td>" in answered and "7 righe" in answered and "format=csv" in answered
    assert wrong.status_code == 400 and "non si legge" in wrong.content.decode()


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: str(example.title))
def test_every_example_is_answered(client, store, example):
    answer = ask(client, example.query)

    assert answer.status_code == 200
    if "HVD" not in example.query and "hvd" not in example.query:
        assert len(answer.content.splitlines()) > 1 or json.loads(answer.content)["results"]["bindings"]


def test_a_query_that_asks_too_much_is_told_so(client, store, quick):
    answer = ask(client, BOMB)

    assert answer.status_code == 422 and "più di 1 secondi" in answer.json()["detail"]
    assert ask(client, TITLES).status_code == 200


@pytest.mark.django_db(transaction=True)
def test_while_a_bomb_burns_other_requests_answer_and_the_queue_says_when(live_server, store, quick):
    codes: list[tuple[int, str]] = []

    def explode(number):
        address = f"{live_server.url}/sparql?{urlencode({'query': BOMB})}"
        # Each from an address of its own: one client alone may not fill the queue.
        asked = Request(address, headers={"X-Forwarded-For": f"192.0.2.{number}"})
        try:
            urlopen(asked, timeout=60)
        except HTTPError as refused:
            with refused:
                codes.append((refused.code, refused.headers.get("Retry-After", "")))

    threads = [threading.Thread(target=explode, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    start = monotonic()
    with urlopen(f"{live_server.url}/catalog.nt", timeout=60) as feed:
        assert feed.status == 200
    took = monotonic() - start
    for thread in threads:
        thread.join()

    assert took < 2
    assert sorted(code for code, _after in codes) == [422, 422, 503, 503]
    assert all(int(after) >= 1 for code, after in codes if code == 503)
    with urlopen(f"{live_server.url}/sparql?{urlencode({'query': TITLES})}", timeout=60) as answer:
        assert answer.status == 200
