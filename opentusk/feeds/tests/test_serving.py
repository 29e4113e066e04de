"""Proves what harvesters get: exact types, paging, conditional and compressed answers, refusals for the rest."""

import gzip

import pytest

from opentusk.catalog.actions import withdraw
from opentusk.catalog.models import Dataset
from opentusk.feeds.actions import write_lists
from opentusk.feeds.tests.reading import graph_of, hydra, identifiers, walk
from opentusk.journal.actors import SYSTEM
from opentusk.journal.reactions import deliver_all
from opentusk.kit.rdf.namespaces import DCAT, DCT, HYDRA, XSD
from opentusk.kit.rdf.syntaxes import Syntax

pytestmark = pytest.mark.django_db
TYPES = {
    "ttl": "text/turtle; charset=utf-8",
    "rdf": "application/rdf+xml; charset=utf-8",
    "xml": "application/rdf+xml; charset=utf-8",
    "jsonld": "application/ld+json; charset=utf-8",
    "nt": "application/n-triples; charset=utf-8",
}


def get(client, address, **headers):
    return client.get(address, headers=headers)


@pytest.mark.parametrize(("extension", "media_type"), TYPES.items())
def test_each_syntax_has_its_exact_type(client, catalogue, extension, media_type):
    response = get(client, f"/catalog.{extension}")

    assert response.status_code == 200
    assert response["Content-Type"] == media_type


def test_head_answers_as_get_without_the_body(client, catalogue):
    whole, head = get(client, "/catalog.ttl"), client.head("/catalog.ttl")

    assert head.content == b""
    assert {name: head[name] for name in ("Content-Type", "Content-Length", "ETag", "Last-Modified")} == {
        name: whole[name] for name in ("Content-Type", "Content-Length", "ETag", "Last-Modified")
    }


def test_an_unchanged_page_is_not_sent_again(client, catalogue):
    first = get(client, "/catalog.ttl")

    by_tag = client.get("/catalog.ttl", headers={"If-None-Match": first["ETag"]})
    by_date = client.get("/catalog.ttl", headers={"If-Modified-Since": first["Last-Modified"]})

    assert [by_tag.status_code, by_date.status_code] == [304, 304]
    assert by_tag.content == b""
    assert by_tag["ETag"] == first["ETag"]
    assert by_tag["Access-Control-Allow-Origin"] == "*"


def test_a_changed_page_has_another_tag(client, catalogue):
    before = get(client, "/catalog.ttl")["ETag"]

    withdraw(catalogue[0], by=SYSTEM, reason="superato")
    deliver_all()

    assert client.get("/catalog.ttl", headers={"If-None-Match": before}).status_code == 200


def test_a_page_is_compressed_for_readers_that_say_so(client, catalogue):
    plain = get(client, "/catalog.ttl")
    packed = client.get("/catalog.ttl", headers={"Accept-Encoding": "br;q=1, gzip;q=0.8"})
    refused = client.get("/catalog.ttl", headers={"Accept-Encoding": "gzip;q=0"})

    assert packed["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.content) == plain.content == refused.content
    assert packed["ETag"] != plain["ETag"]
    assert "Content-Encoding" not in refused


def test_answers_carry_no_cookie_and_vary_by_none(client, catalogue):
    response = get(client, "/catalog.ttl")

    assert not response.cookies
    assert "Cookie" not in response["Vary"]
    assert "Accept-Encoding" in response["Vary"]
    assert response["Access-Control-Allow-Origin"] == "*"


def test_paging_is_told_in_both_spellings(client, catalogue):
    paging = hydra(graph_of(get(client, "/catalog.ttl?page=2").content))

    assert paging == {
        "first": "http://localhost:8000/catalog.ttl?page=1",
        "firstPage": "http://localhost:8000/catalog.ttl?page=1",
        "last": "http://localhost:8000/catalog.ttl?page=3",
        "lastPage": "http://localhost:8000/catalog.ttl?page=3",
        "next": "http://localhost:8000/catalog.ttl?page=3",
        "nextPage": "http://localhost:8000/catalog.ttl?page=3",
        "previous": "http://localhost:8000/catalog.ttl?page=1",
        "previousPage": "http://localhost:8000/catalog.ttl?page=1",
        "totalItems": "7",
    }


def test_a_page_is_a_collection_of_both_kinds_with_its_size(client, catalogue):
    graph = graph_of(get(client, "/catalog.ttl").content)
    page = graph.instances(HYDRA("PagedCollection"))[0]

    assert graph.is_a(page, HYDRA("PartialCollectionView"))
    size = graph.value(page, HYDRA("itemsPerPage"))
    assert (size.value, size.datatype) == ("3", XSD("integer"))


def test_the_catalogue_on_a_page_lists_the_datasets_of_that_page(client, catalogue):
    graph = graph_of(get(client, "/catalog.ttl?page=3").content)
    node = graph.instances(DCAT("Catalog"))[0]

    assert [item.value for item in graph.values(node, DCAT("dataset"))] == [catalogue[6].record["iri"]]


def test_beyond_the_last_page_there_is_nothing(client, catalogue):
    assert get(client, "/catalog.ttl?page=4").status_code == 404


@pytest.mark.parametrize(
    "query", ["q=alberi", "fq=theme:ENVI", "fq=organization:comune-di-lecce OR organization:comune-di-bari", "page=0",
              "page=x", "modified_since=ieri", "profiles=dcatap_2", "fq=organization:c_e506 organization:c_a662"]
)  # fmt: skip
def test_what_is_not_understood_is_refused(client, catalogue, query):
    response = get(client, f"/catalog.ttl?{query}")

    assert response.status_code == 400
    assert response["Content-Type"] == "application/problem+json"


def test_an_unknown_titolare_has_no_feed(client, catalogue):
    assert get(client, "/catalog.ttl?fq=organization:c_zzzz").status_code == 404


def test_a_portal_just_started_asks_to_come_back(client, db):
    response = get(client, "/catalog.ttl")

    assert response.status_code == 503
    assert response["Retry-After"] == "60"


def test_a_titolare_can_be_left_out_on_all_pages(client, catalogue, lecce, bari):
    assert walk(client, f"/catalog.ttl?fq=-organization:{bari.slug}") == [row.identifier for row in catalogue[:5]]
    assert walk(client, f"/catalog.ttl?fq=-organization:{lecce.slug}") == [row.identifier for row in catalogue[5:]]


def test_only_what_changed_since_a_moment(client, catalogue):
    moment = "2026-01-01T10:00:00+01:00"
    Dataset.objects.exclude(pk=catalogue[3].pk).update(metadata_modified_at="2025-06-01T00:00:00Z")

    assert walk(client, f"/catalog.ttl?modified_since={moment}") == [catalogue[3].identifier]
    assert walk(client, "/catalog.ttl?modified_since=2026-01-01") == [catalogue[3].identifier]
    assert walk(client, "/catalog.ttl?modified_since=2099-01-01") == []


def test_the_profile_is_kept_along_the_pages(client, catalogue):
    page = get(client, "/catalog.ttl?profiles=dcatap_3")

    assert hydra(graph_of(page.content))["next"] == "http://localhost:8000/catalog.ttl?profiles=dcatap_3&page=2"


def test_a_dataset_has_a_document_in_each_syntax(client, catalogue):
    dataset = catalogue[0]
    for syntax in Syntax:
        for name in (dataset.slug, dataset.uuid):
            response = get(client, f"/dataset/{name}.{syntax.value}")
            assert response["Content-Type"] == TYPES[syntax.value]
            assert identifiers(graph_of(response.content, syntax)) == [dataset.identifier]


def test_a_duplicate_still_has_its_document(client, catalogue):
    Dataset.objects.filter(pk=catalogue[2].pk).update(duplicate_of=catalogue[0])

    assert identifiers(graph_of(get(client, f"/dataset/{catalogue[2].slug}.ttl").content)) == [catalogue[2].identifier]


def test_a_withdrawn_dataset_is_gone_and_says_why(client, catalogue):
    dataset = catalogue[0]
    withdraw(dataset, by=SYSTEM, reason="dati errati")
    deliver_all()

    response = get(client, f"/dataset/{dataset.slug}.ttl")

    assert response.status_code == 410
    assert "dati errati" in response.json()["detail"]


@pytest.mark.parametrize(
    ("accept", "ending"), [("text/html", ""), ("*/*", ""), ("text/turtle", ".ttl"), ("application/rdf+xml", ".rdf"),
                           ("text/html;q=0.5, application/ld+json", ".jsonld")]
)  # fmt: skip
def test_the_address_of_a_dataset_leads_to_what_the_reader_prefers(client, catalogue, accept, ending):
    response = client.get("/id/dataset/c_e506/alberi-0", headers={"Accept": accept})

    assert response.status_code == 303
    assert response["Location"] == f"/dataset/c_e506-alberi-0{ending}"
    assert "Accept" in response["Vary"]


def test_the_address_of_a_distribution_leads_to_its_dataset(client, catalogue):
    address = catalogue[0].record["distribution"][0]["iri"].removeprefix("http://localhost:8000")

    assert client.get(address, headers={"Accept": "text/turtle"})["Location"] == "/dataset/c_e506-alberi-0.ttl"


def test_the_address_of_a_withdrawn_dataset_is_gone_for_programs(client, catalogue):
    withdraw(catalogue[0], by=SYSTEM, reason="superato")

    assert client.get("/id/dataset/c_e506/alberi-0", headers={"Accept": "text/turtle"}).status_code == 410
    assert client.get("/id/dataset/c_e506/alberi-0", headers={"Accept": "text/html"}).status_code == 303


def test_every_node_of_ours_that_a_page_names_can_be_looked_up(client, catalogue):
    graph = graph_of(get(client, "/catalog.ttl").content)
    ours = {node.value for node in graph.subjects() if node.value.startswith("http://localhost:8000/")}
    things = {node.removeprefix("http://localhost:8000") for node in ours if "?" not in node and "#" not in node}

    for path in things - {"/", "/catalogo"}:
        response = client.get(path, headers={"Accept": "text/turtle"})
        if response.status_code == 303:
            response = client.get(response["Location"])
        assert response.status_code == 200, path
        assert len(graph_of(response.content)) > 0


def test_a_body_leads_people_to_its_page(client, catalogue):
    assert client.get("/agente/c_e506", headers={"Accept": "text/html"})["Location"] == "/enti/comune-di-lecce"


def test_the_lists_are_files_too(client, catalogue):
    assert get(client, "/data.json").status_code == 503

    write_lists()

    document = get(client, "/data.json").json()
    assert [item["identifier"] for item in document["dataset"]] == [dataset.identifier for dataset in catalogue]
    assert "http://localhost:8000/sitemap-1.xml" in get(client, "/sitemap.xml").content.decode()
    part = get(client, "/sitemap-1.xml").content.decode()
    assert all(f"/dataset/{dataset.slug}<" in part for dataset in catalogue)


def test_robots_are_told_where_the_sitemap_is(client, db):
    assert "Sitemap: http://localhost:8000/sitemap.xml" in get(client, "/robots.txt").content.decode()


def test_every_subject_of_a_dataset_document_is_read_with_its_titolare(client, catalogue):
    graph = graph_of(get(client, "/dataset/c_e506-alberi-0.ttl").content)
    holder = graph.value(graph.instances(DCAT("Dataset"))[0], DCT("rightsHolder"))

    assert graph.value(holder, DCT("identifier")).value == "c_e506"
