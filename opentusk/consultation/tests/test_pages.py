"""Proves that everybody reads a consultation and its report, that acting asks who one is, and that figures agree."""

import csv
import hashlib
import html
import json
import re
from collections import Counter
from io import BytesIO, StringIO

import pytest
from django.core import mail
from django.utils import timezone, translation
from pypdf import PdfReader

from opentusk.comments import actions as comments
from opentusk.comments.models import Comment
from opentusk.consultation import actions
from opentusk.consultation.actions.reporting import counts_of
from opentusk.consultation.counting import canonical
from opentusk.consultation.errors import IllegalMove
from opentusk.consultation.report_pdf import pdf_of
from opentusk.consultation.tests.conftest import person
from opentusk.demand import actions as demand
from opentusk.demand.models import Endorsement, WantedDataset
from opentusk.journal.actors import SYSTEM
from opentusk.notices.tests.conftest import told
from opentusk.people.models import User
from opentusk.ui.pace import begun

pytestmark = pytest.mark.django_db
HOME = "/consultazioni/consultazione-2023"


@pytest.fixture
def reader(client, dora):
    """A client signed in as Dora."""
    client.force_login(User.objects.get(email="dora@example.org"))
    return client


def close(consultation):
    actions.change_consultation(consultation, by=SYSTEM, closes_at=timezone.now())
    consultation.refresh_from_db()


def words_of(answer) -> str:
    """What the page says, without its tags."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def test_everything_is_read_without_an_account(client, consultation, wish):
    item = wish()
    for address in ("/consultazioni", HOME, f"{HOME}/ENVI", f"{HOME}/voci/{item.number}", f"{HOME}/proponi"):
        assert client.get(address).status_code == 200, address
    home = words_of(client.get(HOME))
    assert "manca 1 giorno" in home and "Che cosa succede dopo" in home
    assert client.get(HOME).content.decode().count('<th scope="row">') == 13
    assert client.get(f"{HOME}/XXXX").status_code == client.get("/consultazioni/nessuna").status_code == 404


def test_acting_asks_who_one_is_and_leads_back_to_the_wish(client, consultation, wish, dora):
    item = wish()

    answer = client.post(f"{HOME}/voci/{item.number}/sostegno", {"che": "sostieni"}, follow=True)
    client.post("/accedi/collegamento", {"email": "dora@example.org"})
    link = re.search(r"/accedi/collegamento/\S+", mail.outbox[-1].body).group()

    assert answer.redirect_chain[-1][0].startswith("/accedi/collegamento?next=")
    assert client.post(link)["Location"] == f"{HOME}/ENVI#voce-{item.number}"
    assert not Endorsement.objects.exists()


def test_one_tap_supports_and_another_takes_it_back(reader, consultation, wish):
    item = wish()
    address = f"{HOME}/voci/{item.number}/sostegno"

    answer = reader.post(address, {"che": "sostieni", "ordine": "caso", "seme": "7"}, follow=True)
    assert answer.redirect_chain == [(f"{HOME}/ENVI?ordine=caso&seme=7#voce-{item.number}", 302)]
    assert 'aria-pressed="true">Sostenuto' in answer.content.decode()
    script = reader.post(address, {"che": "ritira"}, headers={"HX-Request": "true"})
    assert 'aria-pressed="false">Sostieni' in script.content.decode() and "<html" not in script.content.decode()
    assert not Endorsement.objects.exists()
    reader.post(f"{HOME}/ENVI/sostegno", {"che": "sostieni"})
    assert Endorsement.objects.get().subject.startswith("consultation.thematicproposal:")


def test_comments_stand_under_themes_and_wishes_with_one_level_of_replies(reader, consultation, wish):
    item = wish()
    for place in (f"{HOME}/ENVI", f"{HOME}/voci/{item.number}"):
        assert reader.post(f"{place}/commenta", {"body": "Serve la specie."}).status_code == 302
        first = Comment.objects.latest("pk")
        reader.post(f"{place}/commenta", {"body": "E l'altezza.", "parent": first.pk})
        wrong = reader.post(f"{place}/commenta", {"body": "Scrivi a mario.rossi@gmail.com"})
        assert wrong.status_code == 400 and "dato personale" in words_of(wrong)
        assert "Scrivi a mario.rossi" in wrong.content.decode()
        assert "2 commenti" in words_of(reader.get(place))
    assert Comment.objects.filter(parent__isnull=False).count() == 2


def test_wishes_that_are_like_it_are_shown_before_a_new_one_is_made(reader, consultation, wish, settings):
    wish("Alberi monumentali della Puglia")
    said = {"title": "alberi monumentali", "theme": "ENVI", "use_case": "Tutela"}

    first = reader.post(f"{HOME}/proponi", said)
    assert "È forse già nel paniere?" in words_of(first) and WantedDataset.objects.count() == 1
    second = reader.post(f"{HOME}/proponi", said | {"is_different": "1"}, follow=True)

    item = WantedDataset.objects.get(origin="consultation")
    assert second.redirect_chain[-1][0] == f"{HOME}/voci/{item.number}"
    assert "nuova, da esaminare" in words_of(reader.get(f"{HOME}/ENVI"))
    settings.FILLING_SECONDS = 2
    hurried = reader.post(f"{HOME}/proponi", said | {"title": "Orari", "begun": begun(), "is_different": "1"})
    assert hurried.status_code == 400 and "aspetta due secondi" in words_of(hurried)
    settings.FILLING_SECONDS = 0
    refused = reader.post(f"{HOME}/proponi", {"title": "Scuole RSSMRA85T10A562S", "theme": "EDUC"})
    assert refused.status_code == 400 and "dato personale" in words_of(refused)
    assert reader.post(f"{HOME}/proponi", said | {"website": "x", "is_different": "1"}).status_code == 400
    assert WantedDataset.objects.count() == 2


def test_counts_that_wait_for_the_end_are_nowhere_before(reader, consultation, wish):
    item = wish()
    actions.change_consultation(consultation, by=SYSTEM, hide_counts=True)
    reader.post(f"{HOME}/voci/{item.number}/sostegno", {"che": "sostieni"})
    places = (HOME, f"{HOME}/ENVI", f"{HOME}/voci/{item.number}")

    assert not [place for place in places if re.search(r"\d+ sostegn", words_of(reader.get(place)))]
    basket = f"/paniere/2023/{item.number}"
    assert "Sostegni" not in words_of(reader.get(basket))
    close(consultation)
    assert "Sostegni 1 " in words_of(reader.get(basket))
    assert "1 sostegno" in words_of(reader.get(f"{HOME}/ENVI")) and "Sostegni" in words_of(reader.get(HOME))


def test_a_closed_consultation_shows_its_result_in_the_place_of_its_forms(reader, consultation, wish):
    item = wish()
    reader.post(f"{HOME}/voci/{item.number}/sostegno", {"che": "sostieni"})
    for proposal in consultation.proposals.all():
        actions.write_answer(proposal, f"Risposta su {proposal.theme}.", by=SYSTEM)
    close(consultation)
    places = (HOME, f"{HOME}/ENVI", f"{HOME}/voci/{item.number}", f"{HOME}/proponi")

    for place in places:
        main = reader.get(place).content.decode().partition("<main")[2].partition("</main>")[0]
        assert "<form" not in main and "Si è chiusa il" in main, place
    assert "Risposta su ENVI" not in words_of(reader.get(f"{HOME}/ENVI"))
    late = reader.post(f"{HOME}/voci/{item.number}/sostegno", {"che": "ritira"}, follow=True)
    assert "non è aperta" in words_of(late) and Endorsement.objects.exists()
    actions.publish_answers(consultation, by=SYSTEM)
    actions.freeze_report(consultation, by=SYSTEM)
    assert "Risposta su ENVI" in words_of(reader.get(f"{HOME}/ENVI"))
    assert f"{HOME}/rapporto" in reader.get(HOME).content.decode()


@pytest.fixture
def report(consultation, wish, staff):
    """A report on two wishes that count and one that was merged, with support, a comment and answers."""
    one, two, three = wish("Alberi"), wish("Alberi monumentali"), wish("=Bus", "TRAN")
    people = [person(f"p{n}") for n in range(3)]
    for supporter in people:
        actions.endorse_wish(consultation, one, by=supporter)
    actions.endorse_proposal(consultation.proposals.get(theme="TRAN"), by=people[1])
    actions.comment_on(consultation, three, "Anche la notte.", by=people[2])
    demand.merge(one, two, by=staff)
    for proposal in consultation.proposals.all():
        actions.write_answer(proposal, f"Risposta su {proposal.theme}.", by=staff)
    close(consultation)
    actions.publish_answers(consultation, by=staff)
    return actions.freeze_report(consultation, by=staff)


def all_texts(client, report):
    """Page, PDF, CSV and JSON of a report."""
    place = f"/rapporti/{report.uuid}"
    with translation.override("it"):
        pdf = "\n".join(page.extract_text() for page in PdfReader(BytesIO(pdf_of(report, "it"))).pages)
    page = re.sub(r"csrfmiddlewaretoken[^>]+|<p class=\"panel\">.*?</p>", "", client.get(place).content.decode())
    tables = {
        code: list(csv.reader(StringIO(client.get(f"{place}/{code}.csv").content.decode())))
        for code in ("sintesi", "temi", "origini", "stati", "eventi", "voci")
    }
    return page, pdf, tables, client.get(f"{place}/numeri.json").content.decode()


def test_invariant_07_page_pdf_and_csv_stay_what_a_recomputation_gives(client, report, consultation, wish, staff):
    before = all_texts(client, report)
    demand.merge(
        WantedDataset.objects.get(title="Alberi monumentali"), WantedDataset.objects.get(title="=Bus"), by=staff
    )
    demand.hide(wish("Arrivata dopo"), by=staff)
    wish("Un'altra ancora", "TRAN")
    gone = User.objects.get(email="p0@example.org")
    for forget in (demand.forget, comments.forget):
        forget(gone, "tomba")

    after = all_texts(client, report)

    assert after == before
    page, pdf, tables, numbers = after
    assert numbers == canonical(counts_of(consultation, report.as_of))
    assert hashlib.sha256(numbers.encode()).hexdigest() == report.sha256 and report.sha256 in page
    counts = json.loads(numbers)
    themes = {row[0]: row[1:] for row in tables["temi"][1:]}
    assert themes["Ambiente"] == ["1", "3", "0"] and themes["Trasporti"] == ["1", "0", "1"]
    assert themes["Totale"] == [str(counts["basket"]), "3", "1"]
    assert sum(int(row[1]) for row in tables["temi"][1:-1]) == counts["basket"] == 2
    assert [row[1] for row in tables["voci"][1:]] == ["Alberi monumentali", "'=Bus"]
    assert "Risposta su ENVI." in page and "Risposta su ENVI." in pdf
    for table in tables.values():
        for cell in (cell for row in table for cell in row):
            assert cell.lstrip("'") in re.sub(r"\s+", " ", pdf), cell
    assert "oggi ne ha 2" not in page


def test_the_live_report_page_says_what_has_changed_since(client, report, wish):
    place = f"{HOME}/rapporto"
    assert "le stesse 2 voci" in words_of(client.get(place))
    wish("Arrivata dopo")
    assert "2 voci; oggi ne ha 3 (+1)" in words_of(client.get(place))


@pytest.mark.parametrize("language", ["it", "en"])
def test_the_pdf_is_tagged(report, language):
    with translation.override(language):
        pdf = PdfReader(BytesIO(pdf_of(report, language)))
    catalog = pdf.trailer["/Root"]
    tags: Counter[str] = Counter()

    def walk(node):
        node = node.get_object()
        for child in node if isinstance(node, list) else [node.get("/K")] if isinstance(node, dict) else []:
            if child is not None:
                walk(child)
        if isinstance(node, dict) and "/S" in node:
            tags[node["/S"]] += 1

    walk(catalog["/StructTreeRoot"])
    assert catalog["/MarkInfo"]["/Marked"] and catalog["/Lang"] == language
    assert catalog["/ViewerPreferences"]["/DisplayDocTitle"] and pdf.metadata.title == "Consultazione 2023"
    assert tags["/H1"] == 1 and tags["/H2"] == 7 and tags["/H3"] == 13 and tags["/Table"] == 6
    assert tags["/TH"] == 2 + 4 + 2 + 2 + 2 + 6
    assert b"pdfuaid" in catalog["/Metadata"].get_data()


def test_figures_after_the_datalabs_are_fixed_once(client, consultation, wish, staff):
    wish()
    report = actions.freeze_datalab_report("2023", by=staff)
    wish("Dopo")

    answer = words_of(client.get(f"/rapporti/{report.uuid}"))
    assert "Edizione 2023 dopo i datalab" in answer and "1 voci; oggi ne ha 2" in answer
    with pytest.raises(IllegalMove):
        actions.freeze_datalab_report("2023", by=staff)


def test_followers_of_the_consultation_and_of_a_theme_hear_of_its_steps(client, report, consultation):
    told()
    proposal = consultation.proposals.get(theme="ENVI")
    whole, theme = f"consultation.consultation:{consultation.pk}", f"consultation.thematicproposal:{proposal.pk}"

    def types_of(subject: str) -> list[str]:
        assert client.get(f"/segui?kind=subject&key={subject}").status_code == 200
        return [one["type"] for one in client.get(f"/api/v1/events?subject={subject}").json()["events"]]

    steps = ["consultation.scheduled", "consultation.answered", "consultation.reported"]
    assert (types_of(whole), types_of(theme)) == (steps, ["consultation.theme_answered"])
    assert "C'è la risposta ufficiale sul tema Ambiente." in html.unescape(client.get("/novita").content.decode())
