"""Proves that tables are explored by everybody: with and without JavaScript, by keyboard, on a phone, on a map."""

import json
from dataclasses import replace
from random import Random

import pytest

from opentusk.catalog.actions import add_file_version, attach_file, create_draft, publish
from opentusk.catalog.tests.records import trees
from opentusk.files.actions import receive
from opentusk.journal.actors import SYSTEM
from opentusk.journal.reactions import deliver_all
from opentusk.journal.tasks import run_next
from opentusk.kit import records as kit
from opentusk.tables.addresses import desk_page_of, page_of
from opentusk.tables.models import Table
from tests.browser.conftest import EMAIL
from tests.browser.examining import VISITOR, walk

_TABLE, _DESK = "/dataset/{dataset}/tabella/{file}", "/scrivania/tabelle/{held}"
OF_A_TABLE = {
    VISITOR: (
        *(_TABLE, f"{_TABLE}?vista=mappa", f"{_TABLE}?vista=colonne", f"{_TABLE}?vista=api"),
        *(f"{_TABLE}?search=olea&altezza__gte=10", (f"{_TABLE}?boh=1", 400), f"{_TABLE}/versioni"),
        *("/dataset/{dataset}", "/dataset/{dataset}/tabella/{document}"),
    ),
    EMAIL: (_DESK, f"{_DESK}/dizionario", f"{_DESK}/eccezioni"),
}
OF_VERSIONS = {VISITOR: (f"{_TABLE}/versioni/2",)}
PAGES = (OF_A_TABLE, OF_VERSIONS)
LICENCE = kit.LicenseDocument(iri="https://creativecommons.org/licenses/by/4.0/")


def work() -> None:
    deliver_all()
    while run_next():
        deliver_all()


def points(rows: int) -> bytes:
    """Invented trees with places, a date, money and a yes or no."""
    draw = Random(5)
    lines = ["codice;specie;altezza;importo;piantato;monumentale;lat;lon"]
    lines += [
        f"{row:05d};{draw.choice(['Olea europaea', 'Quercus ilex', 'Pinus halepensis'])};{draw.randrange(2, 22)},5;"
        f"{draw.randrange(1000, 9999)},{draw.randrange(10, 99)};{draw.randrange(10, 29)}/0{draw.randrange(1, 9)}/2020;"
        f"{draw.choice(['sì', 'no'])};{draw.uniform(40.1, 40.5):.6f};{draw.uniform(18.0, 18.4):.6f}"
        for row in range(rows)
    ]
    return "\n".join(lines).encode()


@pytest.fixture
def give(catalogue, settings, tmp_path):
    settings.FILES_DIR, settings.TABLES_DIR = tmp_path / "files", tmp_path / "tables"
    lecce = catalogue["draft"].rights_holder

    def make(name: str, content: bytes, *more: tuple[str, bytes], is_public: bool = True) -> tuple:
        """A dataset with these files, all read; the first one, and its table."""
        stem = name.partition(".")[0]
        dataset = create_draft(replace(trees(f"c_e506:{stem}"), distribution=()), holder=lecce, by=SYSTEM)
        described = {"license": LICENCE, "title": {"it": "Alberi"}, "description": {"it": "Un file."}}
        files = [
            attach_file(
                dataset, receive([data], name=title, agent=lecce, by=SYSTEM), name=title, by=SYSTEM, **described
            )
            for title, data in ((name, content), *more)
        ]
        work()
        dataset.refresh_from_db()
        if is_public:
            publish(dataset, by=SYSTEM)
            work()
        return dataset, files, Table.objects.of_file(files[0]).first()

    return make


def test_every_page_of_a_table_is_accessible_and_fits_a_phone(give, visit):
    dataset, files, _table = give("censimento.csv", points(300), ("relazione.pdf", b"%PDF-1.7\n"))
    _draft, _files, held = give(
        "elenco.csv",
        b"cod_istat;comune;importo\n71024;Foggia;1,50\n75035;Lecce;n.d.\n72006;Bari;boh\n",
        is_public=False,
    )

    names = {"dataset": dataset.slug, "file": files[0].uuid, "document": files[1].uuid, "held": held.uuid}
    walk(visit, OF_A_TABLE, **names)


def test_a_table_is_filtered_sorted_and_left_without_javascript(give, visit):
    _dataset, _files, table = give("censimento.csv", points(120))
    page = visit(width=390, java_script_enabled=False).open(page_of(table))
    assert page.locator("h2:has-text('120 righe')").count() == 1

    page.click("summary:has-text('Filtra per colonna')")
    page.select_option("[name='come.altezza']", "gte")
    page.fill("[name='valore.altezza']", "15")
    page.click("#filtri-colonne button")
    assert "altezza__gte=15" in page.url
    assert "altezza da (compreso) 15" in page.text_content(".chips")

    page.click("#ordina-altezza")
    page.click("#ordina-altezza")
    heights = [text.replace(",", ".") for text in page.locator("tbody tr td:nth-of-type(3)").all_text_contents()]
    assert heights == sorted(heights, key=float, reverse=True)

    page.click("text=Togli tutti i filtri")
    assert page.locator("h2:has-text('120 righe')").count() == 1


def test_htmx_changes_the_rows_in_place_and_keeps_focus_and_address(give, visitor):
    _dataset, _files, table = give("censimento.csv", points(120))
    page = visitor.open(page_of(table))
    page.evaluate("window.untouched = true")

    page.focus("#ordina-altezza")
    page.keyboard.press("Enter")
    page.wait_for_url("**altezza__sort=asc")

    assert page.evaluate("window.untouched") is True
    assert page.evaluate("document.activeElement.id") == "ordina-altezza"
    assert page.locator("th[aria-sort=ascending]").count() == 1
    page.go_back()
    page.wait_for_selector("th[aria-sort=ascending]", state="detached")


def test_columns_are_chosen_and_the_choice_is_in_the_address(give, visitor):
    _dataset, _files, table = give("censimento.csv", points(20))
    page = visitor.open(page_of(table))

    page.click("summary:has-text('Scegli le colonne')")
    for column in ("altezza", "importo", "piantato", "monumentale", "lat", "lon"):
        page.uncheck(f"[name=colonna][value={column}]")
    page.click("text=Mostra queste colonne")
    page.wait_for_url("**columns=**")

    assert [head.strip() for head in page.locator("thead th a").all_text_contents()] == ["codice", "specie"]


def test_many_points_are_counted_and_open_as_one_comes_nearer(give, visitor):
    _dataset, _files, table = give("censimento.csv", points(2_500))
    page = visitor.open(page_of(table))
    # By a click, as people do: the page is not loaded again, and the map must still stay in its box.
    page.click("#vista-mappa")
    page.wait_for_selector(".map-box .cluster")
    assert page.evaluate("document.documentElement.scrollWidth") <= page.viewport_size["width"]
    assert page.text_content("#mappa-quanti") == "2500 righe nel riquadro"
    counts = [int(text.replace(".", "")) for text in page.locator(".map-box .cluster").all_text_contents()]
    assert sum(counts) == 2_500

    for _step in range(3):
        page.click(".leaflet-control-zoom-in")
    page.wait_for_selector(".map-box .cluster", state="detached")

    assert page.locator(".map-box canvas").count() == 1


def test_shapes_are_drawn(give, visitor, catalogue):
    square = [[18.1, 40.3], [18.2, 40.3], [18.2, 40.4], [18.1, 40.4], [18.1, 40.3]]
    feature = {
        "type": "Feature",
        "properties": {"quartiere": "Rudiae", "abitanti": 1200},
        "geometry": {"type": "Polygon", "coordinates": [square]},
    }
    document = {"type": "FeatureCollection", "features": [feature]}
    _dataset, _files, table = give("quartieri.geojson", json.dumps(document).encode())

    page = visitor.open(f"{page_of(table)}?vista=mappa")

    page.wait_for_selector("#mappa-quanti:has-text('1 riga')")
    answer = page.evaluate(f"fetch('{page_of(table)}/mappa.json?vista=18,40,19,41').then((got) => got.json())")
    assert answer["shapes"][0]["geometry"] == {"type": "Polygon", "coordinates": [square]}


def test_a_proposal_is_accepted_and_revoked_with_the_keyboard_and_without_javascript(give, visit):
    _dataset, _files, table = give(
        "elenco.csv", b"cod_istat;comune\n71024;Foggia\n75035;Lecce\n72006;Bari\n", is_public=False
    )
    page = visit(width=390, java_script_enabled=False).sign_in().open(desk_page_of(table))
    assert "071024" in page.text_content("ins")

    page.focus("button:has-text('Accetta'):not(:has-text('tutte'))")
    page.keyboard.press("Enter")
    page.wait_for_selector("main:has-text('Il file è in lettura')")
    work()
    page.reload()
    table.refresh_from_db()
    assert table.versions.get().accepted == ["zeros.pad:cod_istat"]

    page.click("button:has-text('Revoca')")
    page.wait_for_selector("main:has-text('Il file è in lettura')")
    work()
    assert table.versions.get().accepted == []


def test_the_rows_that_differ_fit_a_phone(give, visit):
    dataset, files, table = give("censimento.csv", points(40))
    lines = points(40).decode().replace("Quercus ilex", "Quercus").splitlines()[:-1]
    stored = receive(["\n".join(lines).encode()], name="censimento.csv", agent=dataset.rights_holder, by=SYSTEM)
    add_file_version(files[0], stored, name="censimento.csv", by=SYSTEM)
    work()

    page = visit(width=390).open(f"{page_of(table)}/versioni")
    page.click("text=Guarda le righe diverse")

    assert page.locator("tbody del:has-text('Quercus ilex') + ins:has-text('Quercus')").count() > 0
    assert page.locator("tbody th:has-text('tolta')").count() == 1
    walk(visit, OF_VERSIONS, dataset=dataset.slug, file=files[0].uuid)
