"""Proves that a body joins in a browser, from the first search to its first redattore, and every page on the way."""

import re
from pathlib import Path

import pytest
from django.core import mail

from opentusk.bodies import actions as bodies
from opentusk.bodies.letters import INVITATION
from opentusk.bodies.models import Agent, Membership
from opentusk.bodies.tokens import token_of
from opentusk.joining import actions
from opentusk.joining.letters import CONFIRM, PAGE
from opentusk.joining.models import Accreditation, AccreditationDocument
from opentusk.joining.models import AccreditationStatus as S
from opentusk.joining.tests.conftest import bring  # noqa: F401 - a fixture
from opentusk.joining.tests.files import PDF, SAMPLES, request_of, upload
from opentusk.journal.actors import SYSTEM
from opentusk.journal.tasks import run_next
from opentusk.people.models import User
from tests.browser.conftest import PASSWORD, Visitor
from tests.browser.examining import VISITOR, walk

DESK = "desk@example.org"
REFERENTE = "referente@comune.example"


@pytest.fixture
def desk(transactional_db) -> User:
    return User.objects.create_user(DESK, PASSWORD, desk_role="editor")


def last_link(reader: str) -> str:
    """Let the worker write what waits; the address in the latest letter to this reader, without the host."""
    while run_next():
        pass
    letters = [letter for letter in mail.outbox if letter.to == [reader]]
    return re.findall(r"http://localhost:8000(/\S{25,})", letters[-1].body)[0]


def set_file(visitor: Visitor, label: str, path: Path) -> None:
    visitor.page.get_by_label(label).set_input_files(path)


def bring_in(visit) -> Visitor:
    """Comune di Crispiano joins, from the first search to its first redattore, who is given back at their desk."""
    clerk, office, referente = visit(width=390), visit(), visit(width=390)

    # the clerk finds the body while typing, asks, and confirms by e-mail
    page = clerk.open("/adesione")
    page.get_by_role("link", name="Chiedi di aderire").click()
    page.get_by_label("Nome o codice IPA dell'ente").press_sequentially("crispiano comune")
    page.get_by_role("link", name="Comune di Crispiano").click()
    page.get_by_label("Il tuo nome e cognome").fill("Persona A")
    page.get_by_label("La tua funzione").fill("Ufficio anagrafe")
    page.get_by_label("La tua e-mail").fill("persona@posta.example")
    page.get_by_role("button", name="Manda la richiesta").click()
    assert page.get_by_text("scrivi chi ti incarica").first.is_visible()
    page.get_by_label("Chi ti incarica").fill("Il Segretario generale")
    page.get_by_role("button", name="Manda la richiesta").click()
    page.wait_for_url("**/adesione/inviata")
    page = clerk.open(last_link("persona@posta.example"))
    page.get_by_role("button", name="Conferma la richiesta").click()
    assert page.get_by_text("Tocca alla redazione.").is_visible()

    # the desk takes it in hand
    office.sign_in(DESK)
    page = office.open("/redazione/adesioni?stato=requested")
    page.get_by_role("link", name="Comune di Crispiano").click()
    for check in page.get_by_role("group", name="Controlli").get_by_role("checkbox").all():
        check.check()
    page.get_by_role("button", name="Prendi in carico").click()
    assert page.get_by_text("La richiesta è in istruttoria.").is_visible()

    # the clerk brings act, scheme and names; a wrong file is refused beside its field
    page = clerk.open(last_link("persona@posta.example"))
    page.get_by_label("Numero dell'atto").fill("41")
    page.get_by_label("Data dell'atto").fill("2024-03-10")
    page.get_by_label("Organo che lo ha adottato").fill("Giunta comunale")
    set_file(clerk, "Il file dell'atto (PDF o P7M)", Path(__file__))
    page.get_by_role("button", name="Carica l'atto").click()
    assert page.get_by_text("Il contenuto del file non è tra quelli ammessi").first.is_visible()
    set_file(clerk, "Il file dell'atto (PDF o P7M)", SAMPLES / "atto.pdf.p7m")
    page.get_by_role("button", name="Carica l'atto").click()
    page.get_by_label("Chi ha firmato (obbligatorio)", exact=True).fill("Persona B")
    page.get_by_label("Carica di chi ha firmato").fill("Sindaco")
    page.get_by_label("Data della firma").fill("2024-03-12")
    set_file(clerk, "Lo schema firmato (PDF o P7M)", SAMPLES / "atto.pdf")
    page.get_by_role("button", name="Carica lo schema").click()
    page.get_by_label("Referente open data: nome").fill("Persona C")
    page.get_by_label("Referente open data: e-mail").fill(REFERENTE)
    page.get_by_label("Responsabile per la transizione digitale (RTD)").fill("Persona D")
    page.get_by_label("Punto di contatto: l'ufficio").fill("Ufficio statistica")
    page.get_by_label("Punto di contatto: e-mail").fill("dati@comune.example")
    page.get_by_role("button", name="Salva le persone").click()

    # the desk registers the transmission and activates the body
    page = office.page
    page.reload()
    page.get_by_label("Numero di protocollo").fill("AOO_9")
    page.get_by_label("Data di protocollo").fill("2024-03-20")
    page.get_by_role("button", name="Registra").click()
    page.get_by_role("button", name="Attiva l'ente").click()
    assert page.get_by_text("L'ente è attivo.").is_visible()
    assert "ha aderito il" in visit().open("/enti/comune-di-crispiano").text_content("main")

    # the referente comes in by the letter and invites a redattore, who comes in too
    page = referente.open(last_link(REFERENTE))
    page.get_by_role("button", name="Entra").click()
    page = referente.open("/enti/comune-di-crispiano/persone")
    page.get_by_label("E-mail").fill("redattore@comune.example")
    page.get_by_role("button", name="Manda l'invito").click()
    assert page.get_by_text("L'invito è partito").is_visible()
    newcomer = visit(width=390)
    page = newcomer.open(last_link("redattore@comune.example"))
    page.get_by_role("button", name="Accetta l'invito").click()
    page.get_by_role("button", name="Entra").click()
    page.wait_for_url("**/scrivania")
    return newcomer


def test_a_body_joins_from_the_first_search_to_its_first_redattore(transactional_db, desk, visit):
    bring_in(visit)

    assert Membership.objects.valid().filter(user__email="redattore@comune.example", role="redattore").exists()


def test_a_body_is_found_and_asked_for_without_scripts(transactional_db, visit):
    page = visit(width=320, java_script_enabled=False).open("/adesione/chiedi")
    page.get_by_label("Nome o codice IPA dell'ente").fill("c_e506")
    page.get_by_role("button", name="Cerca", exact=True).last.click()

    page.get_by_role("link", name="Comune di Lecce").click()

    assert page.get_by_label("Denominazione dell'ente").input_value() == "Comune di Lecce"


@pytest.fixture
def pages(bring, desk) -> dict[str, str]:  # noqa: F811
    """One request in each state that has a page of its own, and the people of the body that is in."""
    waiting = actions.request_accreditation(request_of("c_a662", name="Comune di Bari"))
    asked = bring(S.INTEGRATION_REQUESTED, code="c_b180", name="Comune di Brindisi")
    signed = bring(S.ACT_UPLOADED, code="c_d643", name="Comune di Foggia")
    active = bring(S.ACTIVE)
    obligation = actions.add_obligation(text="Tenere i dati aggiornati", side="body", by=SYSTEM)
    actions.add_template(title="Schema di adesione", version="1", upload=upload(PDF), by=SYSTEM)
    referente = User.objects.get(email=REFERENTE)
    referente.set_password(PASSWORD)
    referente.save(update_fields=["password"])
    someone = User.objects.create_user("someone@example.org", PASSWORD)
    bodies.request_membership(Agent.objects.get(), someone, role=Membership.Role.DPO, message="Sono il DPO")
    invitation = bodies.invite(Agent.objects.get(), email="new@example.org", role=Membership.Role.REVISORE, by=SYSTEM)
    return {
        "confirm": token_of(CONFIRM, waiting.key),
        "asked": token_of(PAGE, asked.key),
        "signed": token_of(PAGE, signed.key),
        "invitation": token_of(INVITATION, invitation.key),
        "active": str(active.pk),
        "under_way": str(signed.pk),
        "obligation": str(obligation.pk),
    }


FOR_EVERYBODY = (
    "/adesione",
    "/adesione/chiedi",
    "/adesione/chiedi?cerca=comune+lecce",
    "/adesione/chiedi?ente=c_f205",
    "/adesione/chiedi?ente=c_e506",
    "/adesione/chiedi?soggetto=altro",
    "/adesione/inviata",
    "/adesione/conferma/{confirm}",
    ("/adesione/conferma/x", 404),
    "/adesione/domanda/{asked}",
    "/adesione/domanda/{signed}",
    "/invito/{invitation}",
    ("/invito/x", 404),
)
FOR_THE_DESK = (
    "/redazione/adesioni",
    "/redazione/adesioni/{under_way}",
    "/redazione/adesioni/{active}",
    "/redazione/enti",
    "/redazione/enti/comune-di-lecce",
    "/redazione/accordo",
    "/redazione/accordo/impegni/{obligation}",
)
OF_THE_BODY = "/enti/comune-di-lecce"
PAGES = {
    VISITOR: FOR_EVERYBODY,
    DESK: FOR_THE_DESK,
    REFERENTE: (OF_THE_BODY, f"{OF_THE_BODY}/persone", f"{OF_THE_BODY}/dati", f"{OF_THE_BODY}/adesione"),
    "someone@example.org": (f"{OF_THE_BODY}/persone",),
}


def test_the_pages_of_who_joins(pages, visit):
    walk(visit, PAGES, **pages)


def test_a_wrong_step_takes_the_focus_and_leads_to_its_field(pages, visit):
    page = visit(width=320).open(f"/adesione/domanda/{pages['signed']}")

    page.get_by_role("button", name="Carica lo schema").click()

    assert page.evaluate("document.activeElement.getAttribute('role')") == "alert"
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.evaluate("location.hash") == "#schema_signer"
    assert Accreditation.objects.get(subject_code="c_d643").status == S.ACT_UPLOADED


def test_a_document_is_downloaded_and_never_shown(pages, visit):
    page = visit().open(f"/adesione/domanda/{pages['signed']}")

    with page.expect_download() as download:
        page.get_by_role("link", name="atto.pdf").click()

    assert Path(download.value.path()).read_bytes() == PDF
    assert AccreditationDocument.objects.filter(filename=download.value.suggested_filename).exists()


def test_a_role_is_not_taken_away_by_one_press(pages, visit):
    bodies.add_member(Agent.objects.get(), email="r@example.org", role=Membership.Role.REDATTORE, by=SYSTEM)
    page = visit(width=390).sign_in(REFERENTE).open("/enti/comune-di-lecce/persone")
    card = page.get_by_role("listitem").filter(has_text="r@example.org")

    card.get_by_text("Togli questo ruolo").first.click()
    assert Membership.objects.current().filter(user__email="r@example.org").exists()
    card.get_by_role("button", name="Sì, da subito").click()

    page.get_by_text("Il ruolo è finito.").wait_for()
    assert not Membership.objects.current().filter(user__email="r@example.org").exists()
