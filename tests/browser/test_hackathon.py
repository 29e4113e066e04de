"""Proves that jurors and the desk lead a hackathon by keyboard, enlarged, on small screens and without scripts."""

from decimal import Decimal

import pytest
from axe_playwright_python.sync_playwright import Axe

from opentusk.hackathon import actions
from opentusk.hackathon.models import Entry, Juror, Sheet, Team
from opentusk.hackathon.states import HackathonState
from opentusk.journal.actors import SYSTEM
from opentusk.jury import actions as jury
from opentusk.people.actors import actor_of
from opentusk.people.models import User
from tests.browser.conftest import EMAIL, PASSWORD
from tests.browser.examining import VISITOR, walk, walk_as
from tests.browser.keyboard import enter, press, tab_to, write

DESK_EMAIL = "carla@example.org"
_OPEN, _CONSOLE, _JURY = "/hackathon/hackathon-2026", "/scrivania/hackathon/hackathon-2026", "/giuria/{secret}"
OF_A_JUROR = (
    *(_JURY, f"{_JURY}/progetti", f"{_JURY}/conflitti", f"{_JURY}/schede"),
    f"{_JURY}/progetti/{{entry}}",
)
OF_THE_DESK = {
    DESK_EMAIL: (
        *("/scrivania/hackathon", _CONSOLE, f"{_CONSOLE}/impostazioni", f"{_CONSOLE}/criteri", f"{_CONSOLE}/giurati"),
        *(f"{_CONSOLE}/schede", f"{_CONSOLE}/risultati", "/scrivania/riusi"),
    )
}
CEREMONY = {VISITOR: (f"{_OPEN}/premiazione",), DESK_EMAIL: (f"{_OPEN}/premiazione", f"{_CONSOLE}/risultati")}
PUBLISHED = {VISITOR: (_OPEN, f"{_OPEN}/progetti/{{entry}}", f"{_OPEN}/premiazione"), DESK_EMAIL: (_CONSOLE,)}
PAGES = ({VISITOR: OF_A_JUROR}, OF_THE_DESK, CEREMONY, PUBLISHED)


@pytest.fixture
def seat(contest, catalogue):
    """A juror of a hackathon that is judging: the secret address and the code."""
    by = actor_of(User.objects.get(email=EMAIL))
    entry, team = Entry.objects.get(), Team.objects.get()
    actions.save_entry(
        team, by=by, title="Ombra", category="app", datasets=[catalogue["published"]], main=catalogue["published"],
        abstract="Dove c'è ombra.",
    )  # fmt: skip
    actions.submit(entry, by=by)
    _juror, secret, code = jury.invite_juror(contest, by=SYSTEM, office="ASL BT", email="j@example.org")
    for state in (HackathonState.RUNNING, HackathonState.SUBMISSIONS_CLOSED):
        actions.advance(contest, state, by=SYSTEM)
    actions.admit(Entry.objects.get(), by=SYSTEM, order=1)
    actions.advance(contest, HackathonState.JUDGING, by=SYSTEM)
    return secret, code


def stands(page) -> None:
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
    assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0


def test_a_juror_marks_by_keyboard_at_twice_the_size_without_scripts(seat, visit):
    secret, code = seat
    # 640 CSS pixels on a screen of 1280: what a browser makes of it at 200 %.
    page = visit(width=640, java_script_enabled=False).open(f"/giuria/{secret}")

    tab_to(page, "#id_code")
    page.keyboard.type(code)
    enter(page)
    tab_to(page, "main form button")
    enter(page)
    tab_to(page, "main table a")
    enter(page)
    tab_to(page, "[name=mark_impact]")
    press(page, "ArrowDown", "ArrowDown")
    tab_to(page, "[name=mark_open_data]")
    press(page, "ArrowDown")
    tab_to(page, "button[value=consegna]")
    enter(page)

    assert "Scheda consegnata" in page.content()
    assert Sheet.objects.get().state == "submitted"


def test_every_screen_of_a_juror_stands(seat, visit):
    secret, code = seat
    visitor = visit(width=320)
    page = visitor.open(f"/giuria/{secret}")
    page.fill("#id_code", code)
    page.click("main form button")
    page.click("main form button")
    page.click("main table a")
    page.click("button[value=consegna]")
    assert page.locator("[data-takes-focus]").evaluate("box => box === document.activeElement")
    stands(page)

    assert walk_as(visitor, OF_A_JUROR, secret=secret, entry=Entry.objects.get().pk) == []


def test_the_console_stands(seat, visit):
    User.objects.create_user(DESK_EMAIL, PASSWORD, desk_role="editor")

    walk(visit, OF_THE_DESK)


def test_the_pages_after_the_deliberation_stand(seat, contest, visit):
    juror = Juror.objects.get()
    jury.accept_juror(juror, user=None)
    jury.declare_conflicts(juror, {})
    entry = Entry.objects.get()
    jury.save_sheet(juror, entry, {"impact": Decimal(7), "open_data": Decimal(8)}, note="", is_final=True)
    jury.deliberate(contest, by=SYSTEM)
    jury.reveal(contest, 1, by=SYSTEM)
    User.objects.create_user(DESK_EMAIL, PASSWORD, desk_role="editor")

    walk(visit, CEREMONY)
    jury.publish_ranking(contest, by=SYSTEM, minutes="La giuria si è riunita.")
    walk(visit, PUBLISHED, entry=entry.pk)


def test_what_a_team_types_is_kept_without_a_button(contest, visit):
    page = visit().sign_in().open("/hackathon/hackathon-2026/squadra/progetto")

    page.fill("#id_title", "Ombra e fontane")
    page.press("#id_title", "Tab")
    page.locator("#salvataggio", has_text="Salvato alle").wait_for()

    assert Entry.objects.get().work.title == "Ombra e fontane"
    assert Entry.objects.get().work.datasets.count() == 1


def test_a_team_is_made_and_hands_in_by_keyboard_without_scripts(contest, catalogue, visit):
    User.objects.create_user(DESK_EMAIL, PASSWORD)
    actions.advance(contest, HackathonState.RUNNING, by=SYSTEM)
    page = visit(width=320, java_script_enabled=False).sign_in(DESK_EMAIL).open(f"{_OPEN}/squadra")

    write(page, "main [name=name]", "Fontanieri")
    tab_to(page, "main [name=adult_declared]")
    page.keyboard.press("Space")
    page.keyboard.press("Tab")
    enter(page)
    page.goto(page.url.removesuffix("/progetto") + "/progetto")
    write(page, "main [name=title]", "Fontane")
    tab_to(page, "main [name=category]")
    page.keyboard.press("ArrowDown")
    write(page, "main [name=abstract]", "Dove si beve.")
    tab_to(page, "main button[value=salva]:not([tabindex])")
    enter(page)

    entry = Entry.objects.get(team__name="Fontanieri")
    assert (entry.work.title, entry.work.abstract, entry.category) == ("Fontane", "Dove si beve.", "app")
