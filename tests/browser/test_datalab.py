"""Proves acceptance 1 to 3 of the experience: the form on a small phone, without scripts or network, and the wall."""

from datetime import timedelta

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.utils import timezone

from opentusk.datalab.actions import make_tables, wish_at_table
from opentusk.demand import actions
from opentusk.demand.actions import Wish
from opentusk.demand.models import DatalabTable, WantedDataset
from opentusk.journal.actors import SYSTEM
from opentusk.journal.subjects import Card
from opentusk.people.models import User
from tests.browser.conftest import PASSWORD
from tests.browser.examining import VISITOR, walk
from tests.browser.keyboard import enter, tab_to, write

PAGE_BYTES = 20_000
DESK = "carla@example.org"
_LEAD = "/scrivania/tavoli/{slug}"
PAGES = {
    VISITOR: (
        *("/datalab", "/datalab/{slug}", "/datalab/{slug}/parete", "/paniere", "/paniere/2023/1"),
        *("/datalab/{code}", "/datalab/{code}/grazie/1", "/datalab/{code}/perche/1", "/datalab/correggi/{own}"),
        ("/datalab/ABC234", 404),
    ),
    DESK: (
        *("/scrivania/tavoli", _LEAD, f"{_LEAD}/fogli", f"{_LEAD}/1/schede"),
        *("/scrivania/paniere", "/scrivania/paniere/{item}", "/scrivania/richieste"),
    ),
}


@pytest.fixture
def table(transactional_db) -> DatalabTable:
    now = timezone.now()
    event = Card(subject="programme.event:1", title="Datalab di Lecce", url="/", is_public=True, edition="2023")
    times = {"opens_at": now - timedelta(hours=1), "closes_at": now + timedelta(hours=3)}
    datalab = make_tables(event, [["ENVI"], ["TRAN", "REGI"]], by=SYSTEM, place="Lecce", **times)
    return datalab.tables.get(number=1)


def test_acceptance_1_the_form_by_keyboard_on_a_small_phone_without_scripts(table, visit):
    visitor = visit(width=320, java_script_enabled=False)
    sizes = []

    def weigh(answer):
        sizes.append(len(answer.body()))

    visitor.page.on("response", weigh)
    page = visitor.open(f"/datalab/{table.join_code}")
    page.wait_for_load_state("networkidle")
    page.remove_listener("response", weigh)
    assert sum(sizes) <= PAGE_BYTES, sizes

    for key in ("Tab", "A", "l", "b", "e", "r", "i", "Tab", "O", "m", "b", "r", "a", "Tab", "ArrowDown", "Tab", "Tab"):
        page.keyboard.press(key)
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Tab")
    enter(page)

    assert page.locator("h1").inner_text() == "Grazie, la tua voce è la n. 1"
    item = WantedDataset.objects.get()
    assert (item.title, item.use_case, item.primary_theme) == ("Alberi", "Ombra", item.primary_theme)
    assert item.primary_theme and item.proponent is None


def test_the_form_has_no_personal_field_large_targets_and_no_fault_for_the_checker(table, visit):
    page = visit(width=320).open(f"/datalab/{table.join_code}")

    names = page.locator("form [name]").evaluate_all("fields => [...new Set(fields.map(field => field.name))]")
    heights = page.locator("form label:has(input), form input:visible, button").evaluate_all(
        "all => all.filter(one => one.type !== 'radio').map(one => one.getBoundingClientRect().height)"
    )
    assert set(names) == {"client_key", "begun", "website", "title", "use_case", "theme", "producers_text", "world"}
    assert min(heights) >= 44
    assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()


def test_a_wish_without_network_stays_on_the_phone_and_is_sent_once_when_it_is_back(table, visit):
    wish_at_table(table, Wish(title="Alberi monumentali"), client_key="")
    visitor = visit(width=320)
    page = visitor.open(f"/datalab/{table.join_code}")
    page.fill("[name=title]", "Gli alberi")
    page.get_by_text("È già nel paniere").wait_for()
    page.fill("[name=title]", "Panchine")
    visitor.page.context.set_offline(True)
    page.click("button")
    page.get_by_text("Non c'è rete").wait_for()
    visitor.page.context.set_offline(False)
    page.get_by_text("la tua voce è la n. 2").wait_for()

    assert [item.title for item in WantedDataset.objects.order_by("number")] == ["Alberi monumentali", "Panchine"]


@pytest.mark.parametrize("has_scripts", [True, False])
def test_whoever_is_faster_than_people_presses_again_and_is_heard_once(table, visit, settings, has_scripts):
    settings.FILLING_SECONDS = 3_600
    page = visit(width=390, java_script_enabled=has_scripts).open(f"/datalab/{table.join_code}")
    page.fill("[name=title]", "Alberi")
    page.click("button[type=submit]")
    page.get_by_text("premi di nuovo").first.wait_for()
    assert page.input_value("[name=title]") == "Alberi" and not WantedDataset.objects.exists()

    settings.FILLING_SECONDS = 0  # the time has passed
    page.click("button[type=submit]")
    page.get_by_text("la tua voce è la n. 1").wait_for()

    assert WantedDataset.objects.get().title == "Alberi"


def test_acceptance_3_nothing_moves_on_the_wall_and_what_is_hidden_goes_with_one_poll(table, visit):
    item, _is_new = wish_at_table(table, Wish(title="Parolacce"), client_key="")
    page = visit(reduced_motion="reduce").open(f"/datalab/{table.datalab.slug}/parete")
    wish_at_table(table, Wish(title="Alberi"), client_key="")
    actions.hide(item, by=SYSTEM)
    page.get_by_text("Alberi").wait_for(timeout=8_000)

    assert page.get_by_text("Parolacce").count() == 0
    assert page.locator("#totale").inner_text() == "1"
    assert page.evaluate("document.getAnimations().length") == 0
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()


def test_the_pages_of_a_datalab_stand_every_check(table, visit):
    User.objects.create_user(DESK, PASSWORD, desk_role="editor")
    item, _is_new = wish_at_table(table, Wish(title="Alberi monumentali", theme="ENVI"), client_key="")
    wish_at_table(table, Wish(title="Panchine"), client_key="")
    actions.accept(item, by=SYSTEM)
    visit_of_sender = visit(width=320)
    page = visit_of_sender.open(f"/datalab/{table.join_code}")
    page.fill("[name=title]", "Fontane")
    page.click("button")
    correct = page.get_by_role("link", name="Correggi").get_attribute("href").rsplit("/", 1)[1]

    walk(visit, PAGES, code=table.join_code, slug=table.datalab.slug, item=item.pk, own=correct)


def test_data_are_asked_for_by_keyboard_without_scripts(table, visit):
    User.objects.create_user(DESK, PASSWORD)
    page = visit(width=320, java_script_enabled=False).sign_in(DESK).open("/richiedi-un-dato")

    write(page, "main [name=title]", "Orari dei mercati")
    tab_to(page, "main form button[type=submit]")
    enter(page)

    assert WantedDataset.objects.get(title="Orari dei mercati").origin == "request"
