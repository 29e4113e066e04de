"""Proves what everybody sees of a table: rows as people write them, and every state at an address of its own."""

import pytest

from opentusk.catalog.actions import publish, withdraw
from opentusk.journal.actors import SYSTEM
from opentusk.tables.addresses import page_of
from opentusk.tables.models import TableVersion

pytestmark = pytest.mark.django_db


def text_of(client, address, status=200):
    answer = client.get(address)
    assert answer.status_code == status, answer
    return answer.content.decode()


def test_the_first_rows_are_on_the_page_without_any_script(client, out):
    table = out()

    page = text_of(client, page_of(table))

    assert "Olea europaea" in page
    assert "2 righe" in page
    assert f"/api/v1/tables/{table.uuid}/export.csv-it" in page


@pytest.mark.parametrize("view", ["colonne", "api"])
def test_the_other_views_answer(client, out, view):
    table = out()

    assert "altezza" in text_of(client, f"{page_of(table)}?vista={view}") or view == "api"


def test_a_form_leads_to_the_address_of_its_state(client, out):
    table = out()
    sent = {
        "search": "",
        "come.specie": "contains",
        "valore.specie": "quercus",
        "come.codice": "exact",
        "valore.codice": "",
    }

    answer = client.get(page_of(table), sent)

    assert answer.status_code == 302
    assert answer["Location"] == f"{page_of(table)}?specie__contains=quercus"
    page = text_of(client, answer["Location"])
    assert "Quercus ilex" in page
    assert "Olea europaea" not in page.split('class="rows"')[1]


def test_chosen_columns_are_in_the_address(client, out):
    table = out()

    answer = client.get(page_of(table), {"colonna": ["specie", "codice"]})

    assert answer["Location"] == f"{page_of(table)}?columns=specie%2Ccodice"


def test_a_wrong_question_says_what_was_meant(client, out):
    page = text_of(client, f"{page_of(out())}?spece=x", status=400)

    assert "specie" in page


def test_a_withdrawn_table_is_not_there(client, out, dataset):
    table = out()
    withdraw(dataset, by=SYSTEM, reason="Sostituito")

    text_of(client, page_of(table), status=404)


def test_a_file_that_is_no_table_says_why(client, give, dataset):
    give()
    file = give(b"%PDF-1.7\n", "relazione.pdf")
    dataset.refresh_from_db()
    publish(dataset, by=SYSTEM)

    page = text_of(client, f"/dataset/{dataset.slug}/tabella/{file.uuid}")

    assert "Perché questa tabella non si esplora?" in page


PLACED = b"specie;latitudine;longitudine\nOlea;40,3512;18,1745\nQuercus;40,3598;18,1821\nPinus;40,3601;18,1912\n"


def test_places_made_of_personal_coordinates_are_on_no_map_and_in_no_answer(client, out):
    table = out(PLACED)
    point, api = f"{page_of(table)}/mappa.json?vista=18,40,19,41", f"/api/v1/tables/{table.uuid}"
    assert client.get(point).json()["total"] == 3
    assert "?vista=mappa" in text_of(client, page_of(table))

    examination = table.latest.examination
    for column in examination["columns"]:
        column["is_personal"] = column["name"] == "latitudine"
    TableVersion.objects.filter(pk=table.latest_id).update(examination=examination)

    assert client.get(point).status_code == 400
    assert "?vista=mappa" not in text_of(client, page_of(table))
    text_of(client, f"{page_of(table)}?vista=mappa", 404)
    refused = client.get(f"{api}/rows?bbox=18,40,19,41")
    assert (refused.status_code, client.get(f"{api}/export.geojson").status_code) == (400, 400)
    said = "".join(client.get(f"{api}{end}").text for end in ("", "/rows", "/profile", "/openapi.json", "/csvw.json"))
    assert "40.35" not in said and '"_lat"' not in said


def test_a_file_in_old_letters_is_offered_in_utf8_too(client, out):
    table = out("codice;via\n1;Via della Libertà\n2;Via dell'Università\n".encode("cp1252"), "vie.csv")

    page = client.get(f"/dataset/{table.distribution.dataset.slug}").text

    address = f"/api/v1/tables/{table.uuid}/export.csv"
    assert f'{address}" download' in page
    assert "Libertà" in b"".join(client.get(address)).decode()
