"""Proves the search page without JavaScript, its lists for programs, and that nothing of a source becomes markup."""

import csv
import io
import json
from xml.etree import ElementTree

import pytest

from opentusk.catalog.actions import withdraw
from opentusk.journal.actors import SYSTEM
from opentusk.kit import records as kit
from opentusk.search.actions import rebuild_index
from opentusk.search.lists import harmless_cell

ATTACK = "<script>alert(1)</script>\"'><img src=x onerror=alert(2)>"
ATOM = "{http://www.w3.org/2005/Atom}"


def page(client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


def content_of(client, address: str) -> bytes:
    return b"".join(client.get(address).streaming_content)


def test_the_page_has_a_form_facets_cards_and_links_to_the_same_list(client, publish_dataset):
    publish_dataset("Alberi monumentali", is_demo=True)
    publish_dataset("Scuole")
    rebuild_index()

    html = page(client, "/catalogo?q=alberi&theme=ENVI")

    assert 'name="q" value="alberi"' in html
    assert 'name="theme" value="ENVI" checked' in html
    assert "Alberi monumentali" in html and "Scuole" not in html
    assert "dati dimostrativi" in html
    assert 'type="application/atom+xml" href="/catalogo.atom?q=alberi&amp;theme=ENVI"' in html


def test_a_chosen_filter_is_a_chip_that_takes_it_away(client, publish_dataset):
    publish_dataset("Alberi")
    rebuild_index()

    assert 'class="tag" href="/catalogo?q=alberi"' in page(client, "/catalogo?q=alberi&theme=ENVI")


def test_filters_of_one_facet_widen_each_other_and_of_two_narrow(client, publish_dataset):
    publish_dataset("Alberi", body="c_e506")
    publish_dataset("Scuole", body="c_a662")
    rebuild_index()

    assert client.get("/catalogo.json?holder=c_e506&holder=c_a662").json()["total"] == 2
    assert client.get("/catalogo.json?holder=c_e506&theme=HEAL").json()["total"] == 0


def test_nothing_found_says_what_to_try(client, publish_dataset):
    publish_dataset("Alberi")
    rebuild_index()

    html = page(client, "/catalogo?q=alberi+zanzare")

    assert "Hai cercato «alberi zanzare»" in html
    assert 'href="/catalogo?q=alberi"' in html


def test_an_empty_catalogue_has_a_page(client, db):
    assert "nessun dataset" in page(client, "/catalogo?q=alberi")


@pytest.mark.parametrize("query", ["page=0", "page=-1", "page=x", "size=0", "sort=no", "theme=", "q=%00"])
def test_a_damaged_address_still_shows_a_page(client, publish_dataset, query):
    publish_dataset("Alberi")
    rebuild_index()

    page(client, f"/catalogo?{query}")


def test_pages_lead_to_the_next_and_keep_the_question(client, publish_dataset):
    for number in range(25):
        publish_dataset(f"Alberi {number}")
    rebuild_index()

    first = client.get("/catalogo.json?q=alberi").json()
    second = client.get(first["next"]).json()

    assert (first["pages"], len(second["datasets"]), second["next"]) == (2, 5, None)
    assert "page=2" in page(client, "/catalogo?q=alberi")


def test_json_csv_and_atom_list_the_same_datasets_in_the_same_order(client, publish_dataset):
    for title in ("Zanzare", "Alberi", "Musei"):
        publish_dataset(title)
    rebuild_index()
    query = "sort=title"

    listed = [dataset["title"] for dataset in client.get(f"/catalogo.json?{query}").json()["datasets"]]
    rows = list(csv.DictReader(io.StringIO(content_of(client, f"/catalogo.csv?{query}").decode("utf-8-sig"))))
    feed = ElementTree.fromstring(client.get(f"/catalogo.atom?{query}").content)

    assert listed == ["Alberi", "Musei", "Zanzare"]
    assert [row["titolo"] for row in rows] == listed
    assert [entry.findtext(f"{ATOM}title") for entry in feed.iter(f"{ATOM}entry")] == listed


def test_a_text_that_a_spreadsheet_would_run_is_harmless_in_csv(client, publish_dataset):
    publish_dataset("=HYPERLINK(1)", description={"it": "@SUM(A1)"})
    rebuild_index()

    row = next(csv.DictReader(io.StringIO(content_of(client, "/catalogo.csv").decode("utf-8-sig"))))

    assert row["titolo"] == "'=HYPERLINK(1)"
    assert row["descrizione"] == "'@SUM(A1)"


@pytest.mark.parametrize("cell", ["=1", "+1", "-1", "@A", "\t=1", "  =1", "\r=1"])
def test_every_formula_start_is_neutralised(cell):
    assert harmless_cell(cell) == f"'{cell}"


def test_no_text_of_a_dataset_becomes_markup(client, publish_dataset):
    publish_dataset(
        f"Alberi {ATTACK}",
        description={"it": ATTACK},
        keyword={"it": (ATTACK,)},
        spatial=(kit.Location(geographic_name=ATTACK),),
    )
    rebuild_index()

    for address in ("/catalogo", "/catalogo?q=alberi", "/catalogo/suggerimenti?q=alberi"):
        html = page(client, address)
        assert "<script>alert" not in html and "<img src=x" not in html
    ElementTree.fromstring(client.get("/catalogo.atom").content)
    assert client.get("/catalogo.json").headers["Content-Type"] == "application/json"


@pytest.mark.parametrize("name", ["q", "theme", "holder", "place", "licence", "sort", "origin"])
def test_nothing_of_the_address_becomes_markup(client, publish_dataset, name):
    publish_dataset("Alberi")
    rebuild_index()

    html = client.get("/catalogo", {name: ATTACK}).content.decode()

    assert "<script>alert" not in html and "<img src=x" not in html


def test_drafts_and_withdrawn_datasets_appear_nowhere(client, write_draft, publish_dataset):
    write_draft("Segreto in bozza")
    gone = publish_dataset("Segreto ritirato")
    rebuild_index()
    withdraw(gone, by=SYSTEM, reason="errore")

    # The index has not followed yet: the rows decide.
    for address in (
        "/catalogo?q=zzz",
        "/catalogo",
        "/catalogo.json",
        "/catalogo.atom",
        "/catalogo/suggerimenti?q=segreto",
    ):
        assert "Segreto" not in page(client, address)
    assert b"Segreto" not in content_of(client, "/catalogo.csv")


def test_suggestions_begin_as_typed_and_come_as_html_or_json(client, publish_dataset):
    publish_dataset("Alberi monumentali", body="c_a662")
    rebuild_index()

    offered = client.get("/catalogo/suggerimenti?q=monu", headers={"accept": "application/json"}).json()["suggestions"]
    bodies = client.get("/catalogo/suggerimenti?q=comune+ba", headers={"accept": "application/json"}).json()[
        "suggestions"
    ]

    assert [(offer["kind"], offer["label"]) for offer in offered] == [("dataset", "Alberi monumentali")]
    assert [(offer["kind"], offer["path"]) for offer in bodies] == [("body", "/catalogo?holder=c_a662")]
    assert "/temi/ENVI" in page(client, "/catalogo/suggerimenti?q=ambie")


def test_the_api_answers_like_the_json_list(client, publish_dataset):
    publish_dataset("Alberi")
    publish_dataset("Scuole")
    rebuild_index()

    answer = client.get("/api/v1/datasets?q=alberi&holder=c_e506").json()

    assert answer["total"] == 1
    assert answer["datasets"][0]["title"] == "Alberi"
    assert {"value": "c_e506", "count": 1} in answer["facets"]["holder"]


def test_the_api_refuses_a_wrong_parameter_with_a_problem_document(client, db):
    answer = client.get("/api/v1/datasets?page=x")

    assert answer.status_code == 422
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert json.loads(answer.content)["status"] == 422


def test_there_is_no_page_after_the_last(client, publish_dataset):
    publish_dataset("Alberi")
    rebuild_index()

    assert client.get("/catalogo?page=2").status_code == 404
    assert client.get("/catalogo.json?page=99999999999").json()["datasets"] == []
