"""Proves that the pages of an event, of its ticket, of its door and of its desk stand what every page must stand."""

from datetime import timedelta

import pytest
from django.utils import timezone

from opentusk.journal.actors import ANONYMOUS, SYSTEM
from opentusk.people.models import User
from opentusk.programme import actions
from opentusk.programme.models import Edition, Registration
from tests.browser.conftest import PASSWORD
from tests.browser.examining import VISITOR, walk
from tests.browser.keyboard import enter, tab_to, write

DESK = "carla@example.org"
_DESK = "/scrivania/eventi"
PAGES = {
    VISITOR: (
        *("/eventi", "/eventi/rete-lecce", "/eventi/rete-lecce/iscriviti", "/attestati/{certificate}"),
        *("/biglietto/{ada}", "/biglietto/{bea}", "/biglietto/{ada}/parere"),
    ),
    DESK: (
        *(_DESK, f"{_DESK}/nuovo", f"{_DESK}/rete-lecce", f"{_DESK}/rete-lecce/modifica", "/biglietto/{bea}"),
        "/scrivania/edizioni/2026",
        *(f"{_DESK}/rete-lecce/ingresso?q=e", f"{_DESK}/rete-lecce/ingresso/elenco"),
    ),
}


@pytest.fixture
def meeting(transactional_db) -> dict[str, str]:
    """An event that begins tomorrow, with one who is in already, and one who may come."""
    User.objects.create_user(DESK, PASSWORD, desk_role="editor")
    edition = Edition.objects.create(slug="2026", title="Programma 2026", state=Edition.State.RUNNING)
    starts = timezone.now() + timedelta(days=1)
    event = actions.create_event(
        edition,
        by=SYSTEM,
        slug="rete-lecce",
        kind="network",
        title="Evento di rete a Lecce",
        abstract="Una giornata sui dati aperti.",
        starts_at=starts,
        ends_at=starts + timedelta(hours=4),
        venue="Officine Cantelmo",
        municipality="Lecce",
        questions=["Da dove vieni?"],
    )
    actions.publish_event(event, by=SYSTEM)
    said = {"kind": "slides", "title": "Le diapositive", "url": "https://example.org/1"}
    actions.add_material(event, by=SYSTEM, **said)
    made = {}
    for name in ("Ada Bàrberi", "Bea Conte"):
        email = f"{name[:3].lower()}@example.org"
        person = actions.Person(email=email, name=name, answers=["Lecce"], body_name="Comune di Lecce")
        made[name[:3].lower()] = actions.register(event, person, by=ANONYMOUS)
        actions.confirm(made[name[:3].lower()].registration)
    actions.check_in(event, made["ada"].secret, by=SYSTEM)
    code = actions.issue_certificate(made["ada"].registration, by=SYSTEM).code
    return {"ada": made["ada"].secret, "bea": made["bea"].secret, "certificate": code}


def test_the_pages_of_an_event(meeting, visit):
    walk(visit, PAGES, **meeting)


def test_somebody_registers_by_keyboard_without_scripts(meeting, visit):
    page = visit(width=320, java_script_enabled=False).open("/eventi/rete-lecce/iscriviti")

    write(page, "[name=name]", "Carlo Dotti")
    write(page, "[name=email]", "carlo@example.org")
    write(page, "[name=question_0]", "Brindisi")
    tab_to(page, "main form button")
    enter(page)

    registration = Registration.objects.get(email="carlo@example.org")
    assert (registration.name, registration.answers) == ("Carlo Dotti", ["Brindisi"])


def test_the_door_lets_people_in_by_keyboard_without_scripts(meeting, visit):
    page = visit(width=320, java_script_enabled=False).sign_in(DESK).open(f"{_DESK}/rete-lecce/ingresso")

    write(page, "#q", "bea")
    enter(page)
    tab_to(page, "main li form button")
    enter(page)
    tab_to(page, "main details summary")
    page.keyboard.press("Enter")
    write(page, "#name", "Dina Elia")
    enter(page)

    came = set(Registration.objects.filter(checked_in_at__isnull=False).values_list("name", flat=True))
    assert came == {"Ada Bàrberi", "Bea Conte", "Dina Elia"}
