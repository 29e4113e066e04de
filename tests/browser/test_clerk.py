"""Proves that a municipality without an IT office joins, brings a messy CSV and has a queryable, documented dataset:
the whole path of a clerk in a browser, on a phone; and the refused paths, each with its way out.
"""

import json
import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

from opentusk.bulk.tests.test_batches import GOOD, sheet_of, zip_of
from opentusk.catalog.actions import attach_file
from opentusk.catalog.models import Dataset, Hold
from opentusk.catalog.records import to_record
from opentusk.files.actions import receive
from opentusk.journal.actors import SYSTEM
from opentusk.journal.reactions import deliver_all
from opentusk.journal.tasks import run_next
from opentusk.publishing.tests.conftest import TREES
from opentusk.tables.models import Table
from tests.browser.conftest import EMAIL
from tests.browser.examining import walk
from tests.browser.test_joining import bring_in, desk  # noqa: F401 - a fixture

# The server reads files and judges records while the page waits; a busy machine needs longer than a page usually does.
expect.set_options(timeout=20_000)
SAMPLES = Path(__file__).resolve().parents[3] / "shared" / "samples" / "tables"
IN_THE_MIDDLE = {
    EMAIL: (
        *("/pubblica/{read}/lettura", "/pubblica/{read}/descrizione", "/pubblica/{read}/verifica"),
        "/pubblica/{stopped}/lettura",
    )
}
WAITING = {
    EMAIL: ("/pubblica/{dataset}/aggiorna", "/pubblica/in-blocco/{tried}", "/pubblica/in-blocco/{tried}/pubblica")
}
PAGES = (IN_THE_MIDDLE, WAITING)
BUILDINGS = SAMPLES / "palermo_edifici_pubblici_cp1252.csv"


@pytest.fixture(autouse=True)
def disk(settings, tmp_path):
    settings.VAR_DIR, settings.FILES_DIR = tmp_path, tmp_path / "files"
    settings.TABLES_DIR, settings.FEEDS_DIR, settings.SEARCH_DIR = (
        tmp_path / "tables", tmp_path / "feeds", tmp_path / "search",
    )  # fmt: skip


def work() -> None:
    """What the worker does until nothing is left."""
    deliver_all()
    while run_next():
        deliver_all()


def answer_usually(page) -> None:
    """Answer every question as a clerk does who may publish."""
    for group in page.locator(".guide-questions fieldset").all():
        text = group.locator("legend").inner_text()
        usual = "Sì" if re.search("del tuo ente, oppure|Chiunque potrà|Hai controllato", text) else "No"
        group.get_by_label(usual, exact=True).check()


def give(page, path: Path) -> None:
    """Drop a file on the first page, and wait for the page that reads it."""
    page.set_input_files("#file_file", path)
    page.get_by_role("button", name="Carica il file").click()
    page.wait_for_url("**/lettura")


def test_a_body_joins_and_half_an_hour_later_its_data_are_queryable(transactional_db, desk, visit):  # noqa: F811
    clerk = bring_in(visit)
    page = clerk.page

    # one button on the desk; the file as it is
    page.get_by_role("link", name="Pubblica un file").click()
    give(page, BUILDINGS)
    expect(page.get_by_text("Stiamo leggendo il file")).to_be_visible()
    work()

    # the page goes on by itself: what was found, and what could be better
    expect(page.get_by_text("8620", exact=True)).to_be_visible()
    expect(page.get_by_text("vecchio DOS (cp850)")).to_be_visible()
    page.get_by_role("button", name="Accetta tutte le proposte").click()
    work()
    expect(page.get_by_text("Accettata").first).to_be_visible()
    page.get_by_role("link", name="Continua: la descrizione").click()

    # the form is filled; only what nobody can know is asked
    expect(page.get_by_label("Titolo (obbligatorio)", exact=True)).to_have_value("Edifici pubblici")
    expect(page.get_by_label("Governo e settore pubblico")).to_be_checked()
    expect(page.get_by_label("E-mail dell'ufficio")).to_have_value("dati@comune.example")
    page.get_by_label("Territorio coperto").fill("Crispiano")
    page.get_by_label("Frequenza di aggiornamento").select_option(label="annuale")
    page.get_by_label("Periodo coperto: inizio").fill("2023")
    page.get_by_label("Che cosa descrive una riga?").fill("un'unità immobiliare")
    expect(page.locator("#ricordato")).to_contain_text("al sicuro")
    page.locator(".guide-save").get_by_role("button", name="Salva e continua").click()
    page.wait_for_url("**/verifica")
    expect(page.get_by_text("lo prende così com'è.")).to_be_visible()
    page.get_by_role("link", name="Continua: la dichiarazione").click()

    # the law, then everybody
    answer_usually(page)
    page.get_by_role("button", name="Firma la dichiarazione").click()
    page.get_by_role("button", name="Pubblica adesso").click()
    expect(page.get_by_role("heading", name="È pubblicato")).to_be_visible()
    work()

    # the row API, the explorer and the feed contain it, for somebody who never signed in
    stranger = visit().page
    table = Table.objects.get()
    rows = stranger.request.get(f"{clerk.portal}/api/v1/tables/{table.uuid}/rows?page_size=2").text()
    assert json.loads(rows)["meta"]["total"] == 8620
    stranger.goto(f"{clerk.portal}/dataset/{Dataset.objects.get().slug}/tabella/{table.uuid}")
    assert "ALLOGGIO CUSTODE" in stranger.inner_text("main")
    feed = stranger.request.get(f"{clerk.portal}/catalog.ttl").text()
    assert '"Edifici pubblici"@it' in feed
    assert Dataset.objects.get().identifier == "c_d171:edifici-pubblici"


def file_of(folder: Path, name: str, content: bytes) -> Path:
    path = folder / name
    path.write_bytes(content)
    return path


def test_everything_works_without_scripts(catalogue, visit, tmp_path):
    clerk = visit(width=320, java_script_enabled=False).sign_in()
    page = clerk.open("/pubblica")

    give(page, file_of(tmp_path, "alberi monumentali.csv", TREES))
    work()
    page.get_by_role("link", name="Guarda se è finito").click()
    page.get_by_role("link", name="Continua: la descrizione").click()
    page.get_by_label("Frequenza di aggiornamento").select_option(label="annuale")
    page.locator(".guide-save").get_by_role("button", name="Salva e continua").click()
    page.get_by_role("link", name="Continua: la dichiarazione").click()
    answer_usually(page)
    page.get_by_role("button", name="Firma la dichiarazione").click()
    page.get_by_role("button", name="Pubblica adesso").click()

    assert page.get_by_role("heading", name="È pubblicato").is_visible()


def press_until(page, selector: str, key: str = "Tab") -> None:
    """Walk with the keyboard until the focus is there."""
    for _press in range(400):
        if page.evaluate("wanted => document.activeElement?.matches(wanted) ?? false", selector):
            return
        page.keyboard.press(key)
    raise AssertionError(f"{selector} is not reached with {key}")


def test_the_description_is_saved_with_the_keyboard_alone(catalogue, visit, tmp_path):
    clerk = visit().sign_in()
    page = clerk.open("/pubblica")
    give(page, file_of(tmp_path, "alberi monumentali.csv", TREES))
    work()
    page.goto(page.url.replace("lettura", "descrizione"))

    press_until(page, "#id_title_it")
    page.keyboard.press("End")
    page.keyboard.type(" di pregio")
    press_until(page, "#id_accrual_periodicity")
    page.keyboard.type("annuale")
    press_until(page, ".guide-save button[value=save]")
    page.keyboard.press("Enter")
    page.wait_for_url("**/verifica")

    assert Dataset.objects.get(identifier__contains="pregio").title == "Alberi monumentali di pregio"


def test_each_missing_point_is_one_click_from_its_field(catalogue, visit, tmp_path):
    page = visit().sign_in().open("/pubblica")
    give(page, file_of(tmp_path, "alberi monumentali.csv", TREES))
    work()
    page.goto(page.url.replace("lettura", "descrizione"))
    panel = page.locator("#verifica")

    # the panel follows the typing
    page.get_by_label("Frequenza di aggiornamento").select_option(value="")
    expect(panel).to_contain_text("non lo prende: manca un punto.")
    panel.get_by_role("link", name=re.compile("Vai al campo.*la frequenza")).click()
    expect(page.get_by_label("Frequenza di aggiornamento")).to_be_focused()
    page.get_by_label("Frequenza di aggiornamento").select_option(label="annuale")
    expect(panel).to_contain_text("lo prende così com'è.")
    expect(panel).to_contain_text("405/405")

    # a field of a folded group opens with its group
    page.get_by_text("Licenza e diritti").click()
    page.get_by_label("Licenza dei file").select_option(value="")
    expect(panel).to_contain_text("non lo prende: manca un punto.")
    page.get_by_text("Licenza e diritti").click()
    panel.get_by_role("link", name=re.compile("Vai al campo.*licenza", re.IGNORECASE)).first.click()
    expect(page.get_by_label("Licenza dei file")).to_be_focused()

    # or the button writes our proposal
    panel.get_by_role("button", name="Scrivi «Creative Commons").click()
    expect(page.locator("#id_license")).to_have_value("https://creativecommons.org/licenses/by/4.0/")


def test_without_a_licence_nothing_is_published(catalogue, visit, tmp_path):
    page = visit().sign_in().open("/pubblica")
    give(page, file_of(tmp_path, "alberi.csv", TREES))
    work()
    page.goto(page.url.replace("lettura", "descrizione"))
    page.get_by_label("Frequenza di aggiornamento").select_option(label="annuale")
    page.get_by_text("Licenza e diritti").click()
    page.get_by_label("Licenza dei file").select_option(value="")
    page.locator(".guide-save").get_by_role("button", name="Salva e continua").click()
    page.wait_for_url("**/verifica")
    expect(page.get_by_text("Obbligatorio.")).to_be_visible()
    page.goto(page.url.replace("verifica", "dichiarazione"))
    answer_usually(page)
    page.get_by_role("button", name="Firma la dichiarazione").click()

    page.get_by_role("button", name="Pubblica adesso").click()

    expect(page.get_by_role("heading", name="Non si può ancora")).to_be_visible()
    assert Dataset.objects.latest("pk").status == Dataset.Status.DRAFT
    page.get_by_role("alert").get_by_role("link", name=re.compile("Vai")).first.click()
    page.get_by_role("button", name="Scrivi «Creative Commons").click()
    expect(page.get_by_text("lo prende così com'è.")).to_be_visible()


PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


def test_a_pdf_alone_is_not_enough_and_says_what_is(catalogue, visit, tmp_path):
    page = visit(width=390).sign_in().open("/pubblica")
    give(page, file_of(tmp_path, "alberi monumentali.pdf", PDF))
    work()

    expect(page.get_by_text("serve anche il foglio di calcolo da cui è nato")).to_be_visible()
    page.get_by_role("link", name="Carica un file al suo posto").click()
    page.get_by_text("Il file è sbagliato?").click()
    page.set_input_files("#id_file", file_of(tmp_path, "alberi.csv", TREES))
    page.get_by_role("button", name="Carica il file").click()
    page.wait_for_url("**/lettura")
    work()

    expect(page.get_by_text("Spiega che cosa sono le colonne")).to_be_visible()
    assert to_record(Dataset.objects.latest("pk")).distribution[0].format.endswith("/CSV")


PEOPLE = "cognome;nome;codice fiscale;via\n" + "".join(
    f"Rossi;Ada;RSSDAA8{n}A41E506{check};Via Roma {n}\n" for n, check in enumerate("YXWVU")
)


def test_personal_data_stop_until_the_file_is_mended(catalogue, visit, tmp_path):
    page = visit(width=390).sign_in().open("/pubblica")
    give(page, file_of(tmp_path, "beneficiari.csv", PEOPLE.encode()))
    work()

    expect(page.get_by_text("Fermo: forse in questo file ci sono dati personali.")).to_be_visible()
    assert "RSSDAA" not in page.content()
    page.get_by_role("link", name="carica la nuova copia").click()
    page.get_by_text("Il file è sbagliato?").click()
    page.set_input_files("#id_file", file_of(tmp_path, "contributi.csv", b"anno;importo\n2022;10,50\n2023;11,20\n"))
    page.get_by_role("button", name="Carica il file").click()
    page.wait_for_url("**/lettura")
    work()

    expect(page.get_by_text("Fermo:")).to_have_count(0)
    assert not Hold.objects.still_open().filter(kind=Hold.Kind.PERSONAL_DATA).exists()


def test_the_pages_of_the_guide_in_the_middle_of_the_work(catalogue, visit, tmp_path):
    clerk = visit().sign_in()
    page = clerk.open("/pubblica")
    give(page, BUILDINGS)
    read = page.url.removeprefix(clerk.portal)
    clerk.open("/pubblica")
    give(page, file_of(tmp_path, "beneficiari.csv", PEOPLE.encode()))
    stopped = page.url.removeprefix(clerk.portal)
    work()
    clerk.open(read.replace("lettura", "descrizione"))
    page.get_by_label("Periodo coperto: inizio").fill("boh")
    page.get_by_label("Periodo coperto: fine").fill("2023")
    expect(page.locator("#ricordato")).to_contain_text("al sicuro")

    walk(visit, IN_THE_MIDDLE, read=read.split("/")[2], stopped=stopped.split("/")[2])


def test_new_data_that_wait_and_a_bulk_run_that_is_signed(catalogue, visit, tmp_path):
    clerk = visit().sign_in()
    page = clerk.page
    public = Dataset.objects.with_holder().get(pk=catalogue["published"].pk)
    stored = receive([TREES], name="alberi.csv", agent=public.rights_holder, by=SYSTEM)
    licence = to_record(public).distribution[0].license
    attach_file(public, stored, name="alberi.csv", by=SYSTEM, license=licence)
    work()
    clerk.open(f"/pubblica/{public.pk}/aggiorna")
    page.set_input_files("#id_file", file_of(tmp_path, "alberi.csv", b"codice;specie\n071057;Olea europaea\n"))
    page.get_by_role("button", name="Carica il nuovo file").click()
    expect(page.get_by_text("Stiamo leggendo il nuovo file")).to_be_visible()
    work()
    expect(page.get_by_role("button", name="Confermo")).to_be_visible()

    clerk.open("/pubblica/in-blocco")
    page.set_input_files("#id_sheet", file_of(tmp_path, "elenco.xlsx", sheet_of(GOOD, {**GOOD, "theme": "Boschi"})))
    page.set_input_files("#id_file", file_of(tmp_path, "file.zip", zip_of(alberi_csv=TREES)))
    page.get_by_role("button", name="Prova senza cambiare nulla").click()
    page.wait_for_url("**/in-blocco/*-*")
    tried = page.url.removeprefix(clerk.portal)
    work()
    expect(page.get_by_text("Colonna «Tema»: «Boschi»")).to_be_visible()
    page.get_by_role("button", name="Confermo: fallo davvero").click()
    expect(page.get_by_text("puoi chiudere la pagina")).to_be_visible()
    work()
    walk(visit, WAITING, dataset=public.pk, tried=tried.rsplit("/", 1)[1])

    clerk.open(tried)
    page.get_by_role("link", name="Firma e pubblica quelli pronti").click()
    answer_usually(page)
    page.get_by_role("button", name="Firma e pubblica").click()
    expect(page.get_by_text("Firmato:")).to_be_visible()
    work()
    expect(page.get_by_text("Finito.")).to_be_visible()
    assert Dataset.objects.get(identifier="c_e506:alberi-monumentali").is_published
