"""Proves that a consultation can be read and taken part in by everybody: on a phone, by keyboard, without scripts."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from opentusk.comments import actions as comments
from opentusk.consultation import actions
from opentusk.consultation.models import Consultation, MilestoneReport
from opentusk.datalab.actions import make_tables, wish_at_table
from opentusk.demand import actions as demand
from opentusk.demand.actions import Wish
from opentusk.demand.models import Endorsement, WantedDataset
from opentusk.journal.actors import SYSTEM
from opentusk.journal.models import reference_of
from opentusk.journal.subjects import Card
from opentusk.people.actors import actor_of
from opentusk.people.models import User
from tests.browser.conftest import EMAIL, PASSWORD
from tests.browser.examining import VISITOR, examine, walk
from tests.browser.keyboard import enter, tab_to, write

DESK = "desk@example.org"
SUPPORT, SUPPORTED = re.compile("Sostieni.*Qualità dell'aria"), re.compile("Sostenuto.*Qualità dell'aria")
HOME = "/consultazioni/estate"
_DESK = "/scrivania/consultazioni"
OPEN = {
    VISITOR: ("/consultazioni", HOME, f"{HOME}/ENVI", f"{HOME}/proponi"),
    EMAIL: (
        *(f"{HOME}/ENVI", f"{HOME}/voci/1", f"{HOME}/proponi"),
        *("/commenti/{comment}/modifica", "/commenti/{comment}/segnala"),
    ),
    DESK: (
        *(_DESK, f"{_DESK}/nuova", f"{_DESK}/estate", f"{_DESK}/estate/temi/ENVI"),
        *(f"{_DESK}/decidim", f"{_DESK}/decidim/voci"),
    ),
}
CLOSED = {VISITOR: (HOME, f"{HOME}/ENVI", f"{HOME}/rapporto", "/rapporti/{report}")}
PAGES = (OPEN, CLOSED)


@pytest.fixture
def consultation(transactional_db) -> Consultation:
    """An open consultation on a basket of four wishes."""
    User.objects.create_user(EMAIL, PASSWORD, world="citizens")
    User.objects.create_user(DESK, PASSWORD, desk_role="editor")
    now = timezone.now()
    event = Card(
        subject="programme.event:1", title="Datalab di Lecce", url="/eventi/lecce", is_public=True, edition="2023"
    )
    times = {"opens_at": now - timedelta(hours=1), "closes_at": now + timedelta(hours=3)}
    table = make_tables(event, [["ENVI"]], by=SYSTEM, **times).tables.get()
    for number, title in enumerate(("Alberi monumentali", "Qualità dell'aria", "Rumore", "Raccolta dei rifiuti")):
        wish = Wish(title=title, theme="ENVI", use_case="Per la tutela", producers_text="Comuni")
        demand.accept(wish_at_table(table, wish, client_key=str(number))[0], by=SYSTEM)
    made = actions.create_consultation(
        by=SYSTEM,
        slug="estate",
        edition="2023",
        title="Consultazione dell'estate",
        intro="Che dati servono alla Puglia?",
        opens_at=now - timedelta(days=1),
        closes_at=now + timedelta(days=5),
    )
    actions.schedule(made, by=SYSTEM)
    return made


def close(consultation: Consultation) -> None:
    for proposal in consultation.proposals.all():
        actions.write_answer(proposal, f"Risposta su {proposal.theme}.", by=SYSTEM)
    actions.change_consultation(consultation, by=SYSTEM, closes_at=timezone.now())
    consultation.refresh_from_db()
    actions.publish_answers(consultation, by=SYSTEM)
    actions.freeze_report(consultation, by=SYSTEM)


def test_its_pages_stand_every_check(consultation, visit):
    about = WantedDataset.objects.get(number=1)
    written = comments.post(
        reference_of(about), "Servono anche le altezze.", by=actor_of(User.objects.get(email=EMAIL))
    )

    walk(visit, OPEN, comment=written.pk)


def test_the_indicators_and_the_path_of_a_wish_stand_every_check_with_support_in_them(consultation, visit):
    item = WantedDataset.objects.in_the_basket().first()
    actions.endorse_wish(consultation, item, by=actor_of(User.objects.get(email=EMAIL)))

    for address in ("/indicatori", f"/paniere/2023/{item.number}/percorso"):
        examine(visit, address, signed_in=False)


def test_its_closed_pages_and_its_report_stand_every_check(consultation, visit):
    close(consultation)

    walk(visit, CLOSED, report=MilestoneReport.objects.get().uuid)


@pytest.mark.parametrize("scripts", [True, False])
def test_a_tap_supports_on_a_phone_and_the_keyboard_takes_it_back(consultation, visit, scripts):
    page = visit(width=390, java_script_enabled=scripts).sign_in().open(f"{HOME}/ENVI")
    place = page.locator("#voce-2")

    place.get_by_role("button", name=SUPPORT).click()
    pressed = place.get_by_role("button", name=SUPPORTED, pressed=True)
    pressed.wait_for()
    place.get_by_text("1 sostegno").wait_for()
    assert Endorsement.objects.count() == 1
    if scripts:
        assert page.evaluate("document.activeElement.id") == "bottone-voce-2"
    pressed.focus()
    page.keyboard.press("Enter")
    place.get_by_role("button", name=SUPPORT, pressed=False).wait_for()

    assert not Endorsement.objects.exists()


def test_a_comment_is_written_by_keyboard_without_scripts(consultation, visit):
    page = visit(width=320, java_script_enabled=False).sign_in().open(f"{HOME}/voci/2")

    write(page, "main [name=body]", "Serve la media di ogni ora.")
    page.keyboard.press("Tab")
    enter(page)

    assert page.get_by_text("Serve la media di ogni ora.").is_visible()


def test_a_wish_is_proposed_in_the_consultation_by_keyboard_without_scripts(consultation, visit):
    page = visit(width=320, java_script_enabled=False).sign_in().open(f"{HOME}/proponi")

    write(page, "main [name=title]", "Fontane pubbliche")
    write(page, "main [name=use_case]", "Per bere camminando")
    tab_to(page, "main [name=theme]")
    page.keyboard.press("ArrowDown")
    tab_to(page, "main form button[type=submit]")
    enter(page)

    assert WantedDataset.objects.filter(title="Fontane pubbliche").exists()
