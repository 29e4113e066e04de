"""Proves that the pages about addresses stand, and that an editor reads what is wrong and has it checked."""

import pytest

from opentusk.quality.actions import score_datasets
from opentusk.quality.models import UrlCheck, UrlResult
from tests.browser.conftest import EMAIL
from tests.browser.examining import walk

PAGES = {
    EMAIL: (
        "/scrivania/collegamenti",
        "/scrivania/dataset/{published}/collegamenti",
        "/scrivania/dataset/{draft}/collegamenti",
    )
}


@pytest.fixture
def checked(catalogue) -> dict[str, int]:
    """The published dataset, whose file answers to GET alone and is a web page."""
    dataset = catalogue["published"]
    score_datasets([dataset.pk])
    UrlCheck.objects.update(
        state="failing", status=405, get_status=200, found="HTML", media_type="text/html", byte_size=512
    )
    check = UrlCheck.objects.get()
    for status in (200, 405):
        UrlResult.objects.create(url_check=check, state="failing", status=status, get_status=200)
    return {name: row.pk for name, row in catalogue.items()}


def test_the_pages_about_addresses(checked, visit):
    walk(visit, PAGES, **checked)


def test_an_editor_reads_what_is_wrong_and_has_it_checked(checked, visit):
    page = visit(width=390).sign_in().open("/scrivania/collegamenti")

    page.get_by_role("link", name="Alberi del verde pubblico").first.click()
    page.get_by_text("Risponde solo a GET").wait_for()
    assert page.get_by_text("dentro c'è una pagina web (HTML)").is_visible()
    page.get_by_text("Gli ultimi 2 controlli").click()
    assert page.get_by_text("HEAD: codice 405").is_visible()
    page.get_by_role("button", name="Controlla adesso").click()

    page.get_by_text("Il controllo è partito").wait_for()
