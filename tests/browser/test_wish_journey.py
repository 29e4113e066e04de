"""Proves the whole way on a phone: from a wish at a table to a dataset that answers it and a work that reuses it."""

import re
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal

import pytest
from django.core import mail
from django.utils import timezone
from playwright.sync_api import expect

from opentusk.bodies.actions import add_member
from opentusk.bodies.models import Membership
from opentusk.catalog.models import Dataset
from opentusk.consultation import actions as consultation
from opentusk.consultation.models import Consultation
from opentusk.datalab.actions import make_tables
from opentusk.demand.models import WantedDataset
from opentusk.hackathon import actions as hackathon
from opentusk.hackathon.actions.preparing import CriterionSaid
from opentusk.hackathon.models import Hackathon
from opentusk.journal.actors import SYSTEM
from opentusk.journal.reactions import deliver
from opentusk.journal.subjects import Card
from opentusk.journal.tasks import run_next
from opentusk.people.models import User
from opentusk.subscriptions.tests.conftest import everything_happens
from tests.browser.conftest import PASSWORD

PHONE = 390
WISH = "Alberi monumentali e la loro età"
RITA, DARIO, REFERENTE = "rita@example.org", "dario@example.org", "referente@example.org"
REDAZIONE = "redazione@example.org"


@dataclass
class Place:
    """Where the journey takes place: what the desk prepared before anybody came."""

    table_code: str
    datalab: str
    consultation: Consultation
    hackathon: Hackathon
    draft: Dataset

    @property
    def wish(self) -> WantedDataset:
        return WantedDataset.objects.get(title=WISH)


@pytest.fixture
def place(catalogue) -> Place:
    now = timezone.now()
    hour = timedelta(hours=1)
    event = Card(subject="programme.event:1", title="Datalab di Lecce", url="/", is_public=True, edition="2026")
    made = make_tables(event, [["ENVI"]], by=SYSTEM, place="Lecce", opens_at=now - hour, closes_at=now + 3 * hour)
    asked = consultation.create_consultation(
        by=SYSTEM, slug="consultazione-2026", edition="2026", title="Consultazione 2026",
        opens_at=now - hour, closes_at=now + 9 * hour,
    )  # fmt: skip
    consultation.schedule(asked, by=SYSTEM)
    contest = hackathon.create_hackathon(
        by=SYSTEM, slug="hackathon-2026", title="Hackathon 2026", edition="2026", rules="Squadre da 1 a 3.",
        categories=["app"], team_min=1, team_max=3, min_sheets=2,
        submit_closes_at=now + 8 * hour, judging_closes_at=now + 10 * hour,
    )  # fmt: skip
    criteria = [CriterionSaid(code=code, label=code.title(), weight=Decimal(50)) for code in ("impatto", "dati")]
    hackathon.set_criteria(contest, criteria, by=SYSTEM)
    for email in (RITA, DARIO):
        User.objects.create_user(email, PASSWORD)
    User.objects.create_user(REDAZIONE, PASSWORD, desk_role="editor")
    lecce = catalogue["draft"].rights_holder
    referente = add_member(lecce, email=REFERENTE, role=Membership.Role.REFERENTE, by=SYSTEM).user
    referente.set_password(PASSWORD)
    referente.save(update_fields=["password"])
    the_worker_works()
    return Place(made.tables.get().join_code, made.slug, asked, contest, catalogue["draft"])


def test_a_wish_at_a_table_becomes_a_dataset_and_the_dataset_a_work(place, visit):
    somebody_wishes_at_the_table(place, visit)
    the_wall_shows_it_and_the_basket_takes_it(place, visit)
    people_support_it_in_the_consultation(place, visit)
    the_body_is_asked_and_publishes(place, visit)
    everybody_who_cared_is_told(place, visit)
    the_desk_leads_the_hackathon(place, visit, "iscrizioni aperte", "in corso")
    a_team_hands_in_a_work_that_reuses_it(place, visit)
    the_jury_judges_and_the_ranking_is_public(place, visit)
    the_way_of_the_wish_is_one_page(place, visit)


def the_worker_works():
    """What the journal asks of the rooms, and the tasks that wait; the clock is not asked."""
    while deliver() or run_next():
        pass


def choose(page, option: str) -> None:
    """By its words, as a finger does: the circle itself may lie under them."""
    page.locator(f"label:has({option})").click()
    expect(page.locator(option)).to_be_checked()


def somebody_wishes_at_the_table(place, visit):
    """By the address of the QR code of table 1."""
    page = visit(width=PHONE).open(f"/datalab/{place.table_code}")
    page.fill("[name=title]", WISH)
    page.fill("[name=use_case]", "Per una passeggiata all'ombra.")
    choose(page, "[name=theme][value=ENVI]")
    choose(page, "[name=world][value=students]")
    page.click("main button[type=submit]")
    page.get_by_text("Grazie, la tua voce è la n. 1").wait_for()


def moves(visitor, wish, move, words, body=None):
    """What the desk does to a wish, on the page where it works on it."""
    page = visitor.open(f"/scrivania/paniere/{wish.pk}")
    page.click(f"summary:has-text('{words}')")
    if body is not None:
        page.select_option(f"[name={move}-body]", str(body.pk))
    page.click(f"form[action$='/{move}'] button")


def the_wall_shows_it_and_the_basket_takes_it(place, visit):
    wall = visit(width=PHONE).open(f"/datalab/{place.datalab}/parete")
    assert WISH in wall.inner_text("body")
    desk = visit(width=PHONE).sign_in(REDAZIONE)
    desk.open("/scrivania/paniere")
    moves(desk, place.wish, "accept", "Accogli")
    page = visit(width=PHONE).open("/paniere")
    page.click(f"main a:has-text('{WISH}')")
    assert page.inner_text("h1") == WISH


def people_support_it_in_the_consultation(place, visit):
    """One supports the wish itself; another proposes what turns out to be the same, and is not lost."""
    page = visit(width=PHONE).sign_in(RITA).open(f"/consultazioni/{place.consultation.slug}")
    page.click("main a:has-text('Ambiente')")
    page.click(f"button:has-text('Sostieni: {WISH}')")
    page.locator(f"button:has-text('Sostenuto: {WISH}')").wait_for()
    page = visit(width=PHONE).sign_in(DARIO).open(f"/consultazioni/{place.consultation.slug}/voci/1")
    page.click("main button:has-text('Sostieni')")
    page.locator("main button:has-text('Sostenuto')").wait_for()
    page.reload()
    assert "2 sostegni" in page.inner_text("main")


def the_body_is_asked_and_publishes(place, visit):
    moves(visit(width=PHONE).sign_in(REDAZIONE), place.wish, "assign", "Assegna", body=place.draft.rights_holder)
    visitor = visit(width=PHONE).sign_in(REFERENTE)
    page = visitor.open(f"/scrivania/dataset/{place.draft.pk}/pubblica")
    page.click("main form button[type=submit]")
    the_worker_works()
    place.draft.refresh_from_db()
    assert place.draft.is_published
    page = visitor.open(f"/scrivania/paniere/{place.wish.pk}")
    page.click(f"form[action$='/link']:has(input[value='{place.draft.slug}']) button")
    page = visitor.open("/paniere?stato=published")
    page.click(f"main a:has-text('{WISH}')")
    assert place.draft.title in page.inner_text("main")


def everybody_who_cared_is_told(place, visit):
    mail.outbox.clear()
    the_worker_works()
    everything_happens()
    told = {address for letter in mail.outbox if WISH in letter.body for address in letter.to}
    assert told >= {RITA, DARIO}


def the_desk_leads_the_hackathon(place, visit, *phases):
    """From phase to phase, on its page."""
    page = visit(width=PHONE).sign_in(REDAZIONE).open(f"/scrivania/hackathon/{place.hackathon.slug}")
    for phase in phases:
        page.click(f"button:has-text('Passa a: {phase}')")
        page.locator(f".tag:text-is('{phase}')").first.wait_for()
    return page


def the_jury_is_invited(place, visit):
    """By e-mail; the way in of each juror is what the letter says."""
    mail.outbox.clear()
    page = visit(width=PHONE).sign_in(REDAZIONE).open(f"/scrivania/hackathon/{place.hackathon.slug}/giurati")
    for office, email in (("Università", "rettrice@example.org"), ("Regione", "dirigente@example.org")):
        page.fill("[name=office]", office)
        page.fill("[name=email]", email)
        page.set_checked("[name=is_president]", office == "Università")
        page.get_by_role("button", name="Manda l'invito").click()
        page.click("main a:has-text('Torna alla giuria')")
    the_worker_works()
    return [
        (re.search(r"/giuria/\S+", letter.body).group(), re.search(r"\b\d{6}\b", letter.body).group())
        for letter in mail.outbox
    ]


def a_team_hands_in_a_work_that_reuses_it(place, visit):
    page = visit(width=PHONE).sign_in(RITA).open(f"/hackathon/{place.hackathon.slug}/squadra")
    page.fill("#crea_name", "Le ombre")
    page.check("#crea_adult_declared")
    page.click("button:has-text('Crea la squadra')")
    page.click("main a:has-text('Comincia il progetto')")
    page.fill("[name=title]", "Passeggiate all'ombra")
    page.select_option("[name=category]", "app")
    page.fill("[name=abstract]", "Un'app che sceglie la strada con più ombra.")
    page.select_option("[name=kind]", "web_app")
    page.fill("[name=cerca_dataset]", "alberi")
    page.click("button[value=cerca]")
    page.click(f"button[name=aggiungi][value='{place.draft.identifier}']")
    page.click("button[value=consegna]")
    page.get_by_text("Consegnato.").wait_for()


def the_jury_judges_and_the_ranking_is_public(place, visit):
    contest = place.hackathon
    page = the_desk_leads_the_hackathon(place, visit, "consegne chiuse")
    page.fill("[name=order]", "1")
    page.click("button:has-text('Ammetti')")
    page.locator(".tag:text-is('ammessa')").wait_for()
    invited = the_jury_is_invited(place, visit)
    assert len(invited) == 2
    the_desk_leads_the_hackathon(place, visit, "valutazione")
    for door, code in invited:
        page = visit(width=PHONE).open(door)
        page.fill("[name=code]", code)
        page.click("main button[type=submit]")
        page.click("button:has-text('Confermo la dichiarazione')")
        page.click("main a:has-text('Passeggiate')")
        choose(page, "[name=mark_impatto][value='8']")
        choose(page, "[name=mark_dati][value='9']")
        page.click("button[value=consegna]")
        page.get_by_text("Scheda consegnata.").wait_for()
    page = visit(width=PHONE).sign_in(REDAZIONE).open(f"/scrivania/hackathon/{contest.slug}/risultati")
    page.click("main button[value=delibera]")
    page.fill("main [name=minutes]", "La giuria ha deliberato all'unanimità.")
    page.click("main button[value=pubblica]")
    page = visit(width=PHONE).open(f"/hackathon/{contest.slug}")
    assert "85" in page.inner_text("section:has(#classifica)")
    page = visit(width=PHONE).open("/riusi")
    page.click("main a:has-text('Passeggiate')")
    assert place.draft.title in page.inner_text("main")


def the_way_of_the_wish_is_one_page(place, visit):
    page = visit(width=PHONE).open(f"/paniere/2026/{place.wish.number}")
    page.click("main a:has-text('Il suo percorso')")
    words = page.inner_text("main")
    for part in ("Datalab di Lecce", WISH, place.draft.rights_holder.name, place.draft.title, "Passeggiate all'ombra"):
        assert part in words
    assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0
