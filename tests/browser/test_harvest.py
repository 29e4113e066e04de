"""Proves that the console of the sources is usable with the whole national list in it, on a telephone too."""

from pathlib import Path

import pytest

from opentusk.harvest.actions import begin_run, import_sources
from opentusk.harvest.models import HarvestSource, RunItem
from opentusk.journal.actors import SYSTEM
from opentusk.people.models import User
from tests.browser.conftest import PASSWORD
from tests.browser.examining import walk

LIST = Path(__file__).resolve().parents[2] / "../shared/samples/packages/dati_gov_it_harvest_2026-08.json"
DESK = "desk@example.org"
PAGES = {
    DESK: (
        *("/raccolte", "/raccolte?page=7", "/raccolte/importa", "/raccolte/{source}", "/raccolte/{source}/modifica"),
        "/raccolte/run/{run}",
    )
}


@pytest.fixture
def desk(catalogue) -> User:
    return User.objects.create_user(DESK, PASSWORD, desk_role="editor")


def test_the_national_list_is_imported_and_found_again(desk, visit):
    page = visit(width=390).sign_in(DESK).open("/raccolte/importa")

    page.set_input_files("input[type=file]", str(LIST))
    page.click("main button[type=submit]")
    page.wait_for_selector("text=321 sorgenti aggiunte")
    page.click("text=Vedi le sorgenti in pausa")
    page.click("summary:has-text('Filtri: 1 attivo')")
    page.fill("main input[name=q]", "lecce")
    page.click("text=Filtra")

    assert HarvestSource.objects.count() == 321
    assert page.locator("tbody tr").count() == HarvestSource.objects.about("lecce").count() > 0


def test_its_pages_break_no_rule(desk, visit):
    import_sources(LIST.read_bytes(), by=SYSTEM)
    source = HarvestSource.objects.order_by("pk")[0]
    run = begin_run(source)
    RunItem.objects.create(run=run, origin_id="alberi", title="Alberi", outcome="rejected")

    walk(visit, PAGES, source=source.pk, run=run.pk)
