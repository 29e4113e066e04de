"""Proves that new data take two clicks, that nobody sees them before, and that a wrong file never shows."""

import html

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from opentusk.catalog.actions import publish
from opentusk.catalog.models import Dataset, Hold
from opentusk.editorial.questions import QUESTIONS
from opentusk.editorial.tests.conftest import seal_on
from opentusk.files.models import FileVersion
from opentusk.journal.actors import SYSTEM
from opentusk.publishing.tests.conftest import TREES, sent_form, work
from opentusk.tables.models import Table, TableVersion

MORE = TREES + b"071060;Acer campestre;3,00;01/06/2024\n"


PEOPLE = b"cognome;nome;codice fiscale;via\n" + b"".join(
    f"Rossi;Ada;RSSDAA8{n}A41E506{check};Via Roma {n}\n".encode() for n, check in enumerate("YXWVU")
)
NARROW = b"codice;specie\n071057;Olea europaea\n071060;Acer campestre\n"
ANSWERS = {f"answer_{question.code}": question.usual for question in QUESTIONS}


def sign(browser, pk: int):
    address = f"/pubblica/{pk}/dichiarazione"
    return browser.post(address, {**ANSWERS, "shown": seal_on(browser, address)})


@pytest.fixture
def public(browser, begin) -> Dataset:
    guide = begin()
    browser.post(f"/pubblica/{guide.dataset_id}/descrizione", sent_form(browser, guide))
    Hold.objects.still_open().filter(dataset=guide.dataset).update(lifted_at="2026-11-24T00:00:00Z")
    dataset = publish(Dataset.objects.get(pk=guide.dataset_id), by=SYSTEM)
    work()
    return dataset


@pytest.fixture
def signed(browser, begin) -> Dataset:
    """Published by the book: described, signed, made public."""
    guide = begin()
    browser.post(f"/pubblica/{guide.dataset_id}/descrizione", sent_form(browser, guide))
    sign(browser, guide.dataset_id)
    browser.post(f"/pubblica/{guide.dataset_id}/pubblicazione", {"decision": "publish"})
    work()
    return Dataset.objects.published().get(pk=guide.dataset_id)


def give(browser, dataset, content: bytes, name: str = "alberi_2024.csv"):
    answer = browser.post(f"/pubblica/{dataset.pk}/aggiorna", {"file": SimpleUploadedFile(name, content)})
    work()
    return answer


def test_new_data_are_shown_as_a_change_and_wait(browser, public):
    give(browser, public, MORE)

    page = browser.get(f"/pubblica/{public.pk}/aggiorna").text
    assert "Righe: erano 3, ora sono 4." in page
    assert "0 cambiate" in page
    assert Table.objects.get().latest.rows == 3


def test_rows_without_a_key_are_not_said_to_be_unchanged(browser, public):
    give(browser, public, b"specie;via\nOlea;Roma\nOlea;Roma\nPinus;Bari\n", "foglio.csv")
    version = TableVersion.objects.latest("pk")
    version.changes = {"added": 1, "removed": 1, "changed": 0, "key": []}
    version.save(update_fields=["changes"])

    page = browser.get(f"/pubblica/{public.pk}/aggiorna").text

    assert "1 nuova, 1 non c'è più." in html.unescape(page)
    assert "cambiat" not in page.split("non c")[1].split("</p>")[0].replace("riga cambiata", "")


def test_one_more_click_makes_them_public_at_the_same_address(browser, public):
    address = Table.objects.get().uuid
    give(browser, public, MORE)
    version = FileVersion.objects.latest("pk")

    browser.post(f"/pubblica/{public.pk}/aggiorna", {"decision": "confirm", "version": version.pk})
    work()

    table = Table.objects.get()
    assert (table.uuid, table.latest.rows) == (address, 4)
    assert FileVersion.objects.get(pk=version.pk).is_public
    assert "Carica il nuovo file" in browser.get(f"/pubblica/{public.pk}/aggiorna").text


def test_a_wrong_file_is_thrown_away(browser, public):
    give(browser, public, b"altro;foglio\n1;2\n", "foglio1.csv")
    page = browser.get(f"/pubblica/{public.pk}/aggiorna").text
    version = FileVersion.objects.latest("pk")

    browser.post(f"/pubblica/{public.pk}/aggiorna", {"decision": "throw", "version": version.pk})

    assert "Anche le colonne sono cambiate" in page
    assert FileVersion.objects.get(pk=version.pk).state == FileVersion.State.REFUSED
    assert Table.objects.get().latest.rows == 3
    assert not Hold.objects.still_open().filter(version=version).exists()


def test_another_file_takes_the_place_of_one_that_waits(browser, public):
    give(browser, public, b"altro;foglio\n1;2\n", "foglio1.csv")
    wrong = FileVersion.objects.latest("pk")

    give(browser, public, MORE)

    wrong.refresh_from_db()
    assert wrong.state == FileVersion.State.REFUSED
    assert not Hold.objects.still_open().filter(version=wrong).exists()
    assert "Righe: erano 3, ora sono 4." in browser.get(f"/pubblica/{public.pk}/aggiorna").text


def test_new_columns_of_signed_data_ask_for_a_signature_too(browser, signed):
    give(browser, signed, NARROW)
    version = FileVersion.objects.latest("pk")

    shown = browser.get(f"/pubblica/{signed.pk}/aggiorna").text
    browser.post(f"/pubblica/{signed.pk}/aggiorna", {"decision": "confirm", "version": version.pk})
    confirmed = browser.get(f"/pubblica/{signed.pk}/aggiorna").text
    waiting = browser.get("/pubblica/da-fare").text
    answer = sign(browser, signed.pk)
    work()

    assert "Serve la tua firma" in shown
    assert "manca ancora qualcosa" in confirmed and "Confermo" not in confirmed
    assert f'href="/pubblica/{signed.pk}/dichiarazione"' in waiting
    assert answer.status_code == 302
    assert FileVersion.objects.get(pk=version.pk).is_public


def test_new_data_with_persons_stop_and_the_mended_copy_goes_on_from_there(browser, public):
    give(browser, public, PEOPLE, "beneficiari.csv")
    address = f"/pubblica/{public.pk}/aggiorna"

    page = browser.get(address).text
    assert "Fermo: forse in questo file ci sono dati personali." in page
    assert f'href="{address}#id_file"' in page

    give(browser, public, MORE)
    page = browser.get(address).text
    assert "Fermo:" not in page and "Confermo: pubblica i nuovi dati" in page


def test_the_guide_lets_no_file_slip_into_public_data(browser, public):
    answer = browser.post(f"/pubblica/{public.pk}/file", {"file": SimpleUploadedFile("alberi.csv", MORE)})

    assert answer.url == f"/pubblica/{public.pk}/aggiorna"
    assert FileVersion.objects.count() == 1


def test_the_same_file_changes_nothing(browser, public):
    answer = give(browser, public, TREES, "alberi_monumentali_v2.csv")

    assert answer.status_code == 400
    assert "È lo stesso file" in answer.text


def test_the_same_values_in_another_dress_are_told(browser, public):
    give(browser, public, TREES.replace(b";", b"\t"), "alberi.tsv")

    assert "I valori sono tutti uguali" in browser.get(f"/pubblica/{public.pk}/aggiorna").text


def test_what_was_decided_in_another_window_is_told(browser, public):
    answer = browser.post(f"/pubblica/{public.pk}/aggiorna", {"decision": "confirm", "version": "1"}, follow=True)

    assert "già stati confermati" in answer.text


def test_a_draft_has_nothing_to_renew(browser, begin):
    guide = begin()

    assert browser.get(f"/pubblica/{guide.dataset_id}/aggiorna").url == f"/pubblica/{guide.dataset_id}"


def test_late_data_wait_on_the_desk(browser, public):
    Dataset.objects.filter(pk=public.pk).update(modified="2024-01-01")

    page = browser.get("/pubblica/da-fare").text

    assert "Dati attesi entro il" in page
    assert f'href="/pubblica/{public.pk}/aggiorna"' in page
