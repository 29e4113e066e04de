"""Proves that menu and filters fold on a phone, open by keyboard without scripts, and lie open on a desk."""

import pytest

from opentusk.journal.reactions import deliver_all
from tests.browser.keyboard import enter, tab_to

LISTS = ("/paniere", "/enti", "/riusi", "/raccolte", "/eventi")


def test_the_menu_is_one_line_on_a_phone_and_opens_by_keyboard_without_scripts(catalogue, visit):
    page = visit(width=390, java_script_enabled=False).open("/")
    menu, sections = page.locator(".portal-nav"), page.locator(".portal-nav a")
    assert menu.bounding_box()["height"] < 60
    assert not sections.first.is_visible()

    tab_to(page, ".portal-nav summary")
    page.keyboard.press("Enter")
    tab_to(page, ".portal-nav a[href='/partecipa']")
    enter(page)

    assert page.url.endswith("/partecipa")


@pytest.mark.parametrize("address", LISTS)
def test_a_list_begins_on_the_first_screen_of_a_phone(address, catalogue, visit):
    page = visit(width=390, java_script_enabled=False).open(address)
    field = page.locator(".filters :is(input, select)").first
    assert not field.is_visible()
    assert page.locator(".filters").bounding_box()["height"] < 60

    page.locator(".filters summary").click()

    assert field.is_visible()


def test_on_a_desk_menu_and_filters_lie_open_without_a_line_to_open_them(catalogue, visit):
    page = visit(width=1280, java_script_enabled=False).open("/paniere?q=alberi")

    assert page.locator(".portal-nav a").first.is_visible()
    assert page.locator("#cerca-voce").is_visible()
    assert page.locator(".folds > summary:visible").count() == 0


def test_a_filter_that_is_chosen_in_place_leaves_the_fold_open(catalogue, visit):
    deliver_all()
    page = visit(width=390).open("/catalogo")

    page.click(".filters summary")
    page.locator(".search-choice input").first.check()
    page.get_by_text("Filtri: 1 attivo").wait_for()

    assert page.locator(".search-choice input").first.is_visible()
