"""Proves that CKAN's addresses of datasets, files, bodies and themes lead where they should."""

import pytest

from opentusk.catalog.actions import attach_file, create_draft, lift_hold, publish
from opentusk.catalog.models import Hold
from opentusk.catalog.tests.records import distribution, trees
from opentusk.files.actions import receive
from opentusk.journal.actors import SYSTEM

pytestmark = pytest.mark.django_db
CONTENT = b"codice;specie\n071057;leccio\n"


@pytest.fixture
def with_file(lecce):
    """A draft with a file that is still being examined."""
    dataset = create_draft(trees(distribution=()), holder=lecce, by=SYSTEM)
    stored = receive([CONTENT], name="Alberi Verdi.csv", agent=lecce, by=SYSTEM)
    licence = distribution("x").license
    row = attach_file(dataset, stored, name="Alberi Verdi.csv", by=SYSTEM, title={"it": "Alberi"}, license=licence)
    return dataset, row


def address(dataset, row, end="/download/alberi-verdi.csv"):
    return f"/dataset/{dataset.uuid}/resource/{row.uuid}{end}"


def test_a_dataset_is_found_by_its_number(client, public, draft):
    by_number = client.get(f"/dataset/{public.uuid}")

    assert (by_number.status_code, by_number["Location"]) == (302, "/dataset/c_e506-alberi")
    assert client.get(f"/dataset/{draft.uuid}").status_code == 404
    turtle = client.get(f"/dataset/{public.uuid}", headers={"Accept": "text/turtle"})
    assert turtle["Content-Type"].startswith("text/turtle")


def test_a_name_that_looks_like_a_number_is_its_own_page(client, public, lecce):
    name = str(public.uuid)
    other = create_draft(trees("c_e506:altri"), holder=lecce, by=SYSTEM, slug=name)
    publish(other, by=SYSTEM)

    assert client.get(f"/dataset/{name}").status_code == 200


def test_a_file_is_its_peoples_until_it_is_public_and_then_everybodys(client, ada, bruno, with_file):
    dataset, row = with_file
    asked = {"Authorization": ada.key}

    assert client.get(address(dataset, row)).status_code == 404
    assert client.get(address(dataset, row), headers={"Authorization": bruno.key}).status_code == 404
    own = client.get(address(dataset, row), headers=asked)
    assert b"".join(own.streaming_content) == CONTENT

    lift_hold(Hold.objects.still_open().get(), by=SYSTEM, reason="in prova")
    publish(dataset, by=SYSTEM)

    head = client.head(address(dataset, row, "/download"), follow=True)
    assert (head.status_code, head["Content-Length"]) == (200, str(len(CONTENT)))
    assert "Alberi Verdi.csv" in head["Content-Disposition"] or "Alberi%20Verdi.csv" in head["Content-Disposition"]
    assert b"".join(client.get(address(dataset, row)).streaming_content) == CONTENT
    assert client.options(address(dataset, row))["Access-Control-Allow-Origin"] == "*"


def test_a_resource_leads_to_its_dataset_and_a_link_to_where_it_is(client, public, draft):
    row, hidden = public.distributions.get(), draft.distributions.get()

    assert client.get(address(public, row, ""))["Location"] == "/dataset/c_e506-alberi"
    assert client.get(address(public, row))["Location"] == "https://dati.example.org/alberi.csv"
    for end in ("", "/download/x.csv"):
        assert client.get(address(draft, hidden, end)).status_code == 404
        assert client.get(address(draft, draft, end)).status_code == 404


def test_bodies_and_themes_have_their_pages(client, lecce):
    for ref in (lecce.slug, str(lecce.uuid)):
        assert client.get(f"/organization/{ref}")["Location"] == f"/enti/{lecce.slug}"
    assert client.get("/group/envi")["Location"] == "/temi/ENVI"
    assert client.get("/organization/nope").status_code == client.get("/group/nope").status_code == 404
