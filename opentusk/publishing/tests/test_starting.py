"""Proves the ways in: a file, an address, a service; and that a refused way in says what to do."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from opentusk.catalog.models import Dataset, Hold
from opentusk.catalog.records import to_record
from opentusk.files.models import FileVersion
from opentusk.outbound.tests.local_server import Page, serving
from opentusk.publishing.models import Guide
from opentusk.publishing.tests.conftest import SAMPLES, TREES, sent_form, work

CSV = {"Content-Type": "text/csv"}
PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


@pytest.fixture
def site(settings):
    with serving() as running:
        settings.OUTBOUND_ALLOWED_PRIVATE = [running.place]
        yield running


def begin_with(browser, address: str, what: str = "copy"):
    return browser.post("/pubblica", {"way": "address", "agent": "c_e506", "address": address, "is_copied": what})


def test_an_address_is_copied_and_read(browser, site):
    site.pages["/opendata/alberi_2023.csv"] = Page(TREES, headers=CSV)

    answer = begin_with(browser, site.url("/opendata/alberi_2023.csv"))
    assert "Puoi già scrivere la descrizione" in browser.get(f"/pubblica/{Dataset.objects.get().pk}/file").text
    work()

    assert answer.status_code == 302
    assert FileVersion.objects.get().stored.path.read_bytes() == TREES
    assert (
        browser.get(f"/pubblica/{Dataset.objects.get().pk}/descrizione").context["form"]["title_it"].value() == "Alberi"
    )


def test_an_address_may_stay_where_it_is(browser, site):
    site.pages["/alberi.csv"] = Page(TREES, headers=CSV)

    begin_with(browser, site.url("/alberi.csv"), "link")

    part = to_record(Dataset.objects.get()).distribution[0]
    assert part.download_url == (site.url("/alberi.csv"),)
    assert (part.format or "").endswith("/CSV")
    assert part.byte_size == len(TREES)
    assert "il file non è nel portale" in browser.get(f"/pubblica/{Dataset.objects.get().pk}/lettura").text


@pytest.mark.parametrize(
    ("page", "words"),
    [
        (Page(b"", 404), "non c&#x27;è nulla"),
        (Page(b"", 403), "non ci lascia leggere"),
        (Page(b"", 500), "ha risposto con un errore (500)"),
        (Page(b"<html>", headers={"Content-Type": "text/html; charset=utf-8"}), "una pagina web, non un file"),
    ],
)
def test_an_address_without_a_file_says_what_to_do_and_keeps_what_was_typed(browser, site, page, words):
    site.pages["/dati"] = page

    answer = begin_with(browser, site.url("/dati"))

    assert answer.status_code == 400
    assert words in answer.text
    assert site.url("/dati") in answer.text
    assert not Dataset.objects.exists()


def test_a_private_address_is_never_asked(browser):
    answer = begin_with(browser, "http://127.0.0.1:9/alberi.csv")

    assert answer.status_code == 400
    assert not Dataset.objects.exists()


def test_a_copy_that_fails_says_so_and_leaves_the_draft(browser, site):
    site.pages["/alberi.csv"] = Page(TREES, headers=CSV)
    begin_with(browser, site.url("/alberi.csv"))
    site.pages["/alberi.csv"] = Page(b"", 500)

    work()

    page = browser.get(f"/pubblica/{Guide.objects.get().dataset_id}/lettura").text
    assert "ha risposto con un errore" in page
    assert "Carica il file da qui" in page


def test_a_service_is_described_without_a_file(browser):
    browser.post(
        "/pubblica",
        {
            "way": "service",
            "agent": "c_e506",
            "title": "Orari degli autobus",
            "endpoint": "https://api.example.org/orari",
            "page": "https://api.example.org/guida",
            "format": "http://publications.europa.eu/resource/authority/file-type/JSON",
        },
    )

    dataset = Dataset.objects.get()
    service = to_record(dataset).distribution[0].access_service[0]
    assert dataset.title == "Orari degli autobus"
    assert service.endpoint_url == ("https://api.example.org/orari",)
    assert browser.get(f"/pubblica/{dataset.pk}/descrizione").context["form"]["license"].value()


def test_an_empty_file_is_refused_in_words(browser):
    answer = browser.post("/pubblica", {"way": "file", "agent": "c_e506", "file": SimpleUploadedFile("vuoto.csv", b"")})

    assert answer.status_code == 400
    assert "è vuoto: controlla di aver scelto quello giusto" in answer.text
    assert not Dataset.objects.exists()


def test_no_file_at_all_is_told(browser):
    answer = browser.post("/pubblica", {"way": "file", "agent": "c_e506"})

    assert "Scegli un file." in answer.text


def test_a_pdf_alone_says_what_is_missing(browser, begin):
    guide = begin(content=PDF, name="alberi.pdf")

    page = browser.get(f"/pubblica/{guide.dataset_id}/lettura").text
    assert "serve anche il foglio di calcolo da cui è nato" in page

    browser.post(f"/pubblica/{guide.dataset_id}/descrizione", {**sent_form(browser, guide), "theme": [THEME]})
    check = browser.get(f"/pubblica/{guide.dataset_id}/verifica").text
    assert "L&#x27;unico formato è PDF" in check
    assert f'href="/pubblica/{guide.dataset_id}/file"' in check


THEME = "http://publications.europa.eu/resource/authority/data-theme/ENVI"


def test_personal_data_stop_and_say_who_decides(browser, begin):
    people = "cognome;nome;codice fiscale;via\n" + "".join(
        f"Rossi;Ada;RSSDAA8{n}A41E506{check};Via Roma {n}\n" for n, check in enumerate("YXWVU")
    )
    guide = begin(content=people.encode(), name="elenco_beneficiari.csv")

    page = browser.get(f"/pubblica/{guide.dataset_id}/lettura").text

    assert Hold.objects.still_open().filter(kind=Hold.Kind.PERSONAL_DATA).exists()
    assert "Fermo: forse in questo file ci sono dati personali." in page
    assert "RSSDAA" not in page
    assert "carica la nuova copia" in page
    assert "responsabile della protezione dei dati" in page


def test_another_file_takes_the_place_of_the_wrong_one(browser, begin):
    guide = begin()

    browser.post(
        f"/pubblica/{guide.dataset_id}/file", {"file": SimpleUploadedFile("alberi_giusti.csv", TREES + b"1;Olea;1;\n")}
    )

    assert browser.get(f"/pubblica/{guide.dataset_id}/file").text.count("alberi_giusti.csv") >= 1
    assert Dataset.objects.get().distributions.count() == 1


def test_the_same_file_again_is_told(browser, begin):
    guide = begin()

    answer = browser.post(
        f"/pubblica/{guide.dataset_id}/file", {"file": SimpleUploadedFile("alberi_monumentali_v2.csv", TREES)}
    )

    assert "È lo stesso file" in answer.text


def test_proposals_are_accepted_in_one_click(browser, begin):
    guide = begin(content=b"nome;prezzo\nA;1.234,56\nB;2,00\nTOTALE;1.236,56\n", name="prezzi.csv")
    address = f"/pubblica/{guide.dataset_id}/lettura"
    desk = browser.get(address).context["reads"][0].desks[0]

    browser.post(address, {"table": str(desk.version.table.uuid), "decision": "all"})
    work()

    again = browser.get(address)
    assert all(proposal.accepted for proposal in again.context["reads"][0].desks[0].proposals)
    assert "Accettata" in again.text


def test_an_old_spreadsheet_gets_its_open_twin_in_one_click(browser, begin):
    guide = begin(content=(SAMPLES / "ukqa_August-2010.xls").read_bytes(), name="spese 2010.xls")
    address = f"/pubblica/{guide.dataset_id}/lettura"
    assert "Offri anche il CSV" in browser.get(address).text

    browser.post(address, {"decision": "csv"})

    first, *twins = to_record(Dataset.objects.get()).distribution
    assert (first.format or "").endswith("/XLS")
    assert twins and all((part.format or "").endswith("/CSV") and "/export.csv" in part.access_url for part in twins)
    assert "Offri anche il CSV" not in browser.get(address).text
    browser.post(address, {"decision": "csv"})
    assert len(to_record(Dataset.objects.get()).distribution) == 1 + len(twins)
