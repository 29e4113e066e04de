"""Proves the last two steps: the check-list of the law, and the four ways to publish, each refusal with its way out."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from opentusk.bodies.actions import add_member
from opentusk.bodies.models import Membership
from opentusk.catalog.models import Dataset
from opentusk.catalog.records import to_record
from opentusk.editorial import actions as editorial
from opentusk.editorial.questions import QUESTIONS
from opentusk.editorial.tests.conftest import seal_on
from opentusk.journal.actors import SYSTEM
from opentusk.people.actors import actor_of
from opentusk.publishing.progress import StepState, steps_of
from opentusk.publishing.tests.conftest import TREES, sent_form, work

ANSWERS = {f"answer_{question.code}": question.usual for question in QUESTIONS}


@pytest.fixture
def described(browser, begin):
    guide = begin()
    browser.post(f"/pubblica/{guide.dataset_id}/descrizione", sent_form(browser, guide))
    return guide


def publish(browser, guide, **decision):
    return browser.post(f"/pubblica/{guide.dataset_id}/pubblicazione", {"decision": "publish", **decision}, follow=True)


def sign(browser, guide, **changed):
    address = f"/pubblica/{guide.dataset_id}/dichiarazione"
    return browser.post(address, {**ANSWERS, "shown": seal_on(browser, address), **changed}, follow=True)


def status_of(guide) -> str:
    return Dataset.objects.get(pk=guide.dataset_id).status


def test_from_the_file_to_the_public(browser, described):
    assert "Dichiarazione firmata" in sign(browser, described).text

    answer = publish(browser, described)
    work()

    assert status_of(described) == Dataset.Status.PUBLISHED
    assert to_record(Dataset.objects.get()).issued == timezone.localdate().isoformat()
    assert "È pubblicato" in answer.text
    page = browser.get(f"/pubblica/{described.dataset_id}/pubblicazione").text
    assert "la tabella da esplorare" in page
    assert "/api/v1/tables/" in page


def test_without_the_declaration_it_says_where_to_sign(browser, described):
    answer = publish(browser, described)

    assert answer.status_code == 409
    assert "aspetta la dichiarazione" in answer.text
    assert f'href="/pubblica/{described.dataset_id}/dichiarazione"' in answer.text
    assert status_of(described) == Dataset.Status.DRAFT


def test_what_blocks_is_told_with_its_step(browser, begin):
    guide = begin()
    browser.post(f"/pubblica/{guide.dataset_id}/descrizione", {**sent_form(browser, guide), "theme": []})
    sign(browser, guide)

    answer = publish(browser, guide)

    assert answer.status_code == 409
    assert "tema" in answer.text
    assert f'href="/pubblica/{guide.dataset_id}/verifica"' in answer.text


def test_a_licence_is_asked_for(browser, begin):
    guide = begin()
    browser.post(f"/pubblica/{guide.dataset_id}/descrizione", {**sent_form(browser, guide), "license": ""})
    sign(browser, guide)

    answer = publish(browser, guide)

    assert answer.status_code == 409
    assert "licenza" in answer.text.lower()
    assert "dct:license" not in answer.text
    browser.cookies["django_language"] = "en"
    assert "licence" in publish(browser, guide).context["refused"][0].words
    browser.cookies["django_language"] = "it"
    points = browser.get(f"/pubblica/{guide.dataset_id}/verifica").context["points"]
    assert [point.field for point in points if point.blocks] == ["license"]


def test_what_was_typed_and_not_saved_is_saved_before_publishing(browser, described):
    typed = {**sent_form(browser, described), "title_it": "Alberi di pregio"}
    browser.post(f"/pubblica/{described.dataset_id}/salva", typed)
    sign(browser, described)

    publish(browser, described)

    assert Dataset.objects.get().title == "Alberi di pregio"
    assert status_of(described) == Dataset.Status.PUBLISHED


def test_typed_mistakes_are_not_published(browser, described):
    typed = {**sent_form(browser, described), "start_date": "boh"}
    browser.post(f"/pubblica/{described.dataset_id}/salva", typed)
    sign(browser, described)

    answer = publish(browser, described)

    assert answer.status_code == 409
    assert f'href="/pubblica/{described.dataset_id}/descrizione"' in answer.text


def test_an_answer_that_forbids_is_explained_beside_its_question(browser, described):
    answer = sign(browser, described, answer_contracts="yes")

    assert answer.status_code == 400
    assert "Togli ciò che il contratto riserva" in answer.text


def test_an_unanswered_question_is_named(browser, described):
    answers = {name: value for name, value in ANSWERS.items() if name != "answer_secrets"}

    answer = browser.post(f"/pubblica/{described.dataset_id}/dichiarazione", answers)

    assert answer.status_code == 400
    assert "Rispondi sì o no." in answer.text


def test_publication_waits_for_its_hour(browser, described):
    sign(browser, described)
    at = timezone.localtime() + timedelta(days=2)

    publish(browser, described, decision="schedule", at=at.strftime("%Y-%m-%dT%H:%M"))

    dataset = Dataset.objects.get()
    assert dataset.publish_at.replace(second=0, microsecond=0) == at.replace(second=0, microsecond=0)
    assert "Sarà pubblicato da solo" in browser.get(f"/pubblica/{dataset.pk}/pubblicazione").text
    publish(browser, described, decision="unschedule")
    assert Dataset.objects.get().publish_at is None


def test_an_hour_that_is_over_is_refused(browser, described):
    answer = publish(browser, described, decision="schedule", at="2020-01-01T08:00")

    assert answer.status_code == 400
    assert Dataset.objects.get().publish_at is None


def test_data_with_limits_are_published_with_their_reserve(browser, described):
    sign(browser, described)

    publish(browser, described, decision="reserve", limits="Mancano i quartieri nord", until="2027-03-31")

    assert status_of(described) == Dataset.Status.PUBLISHED
    assert "Mancano i quartieri nord" in browser.get(f"/pubblica/{described.dataset_id}/pubblicazione").text


def test_a_second_person_is_asked_where_the_body_wants_one(browser, described, lecce):
    reviewer = add_member(lecce, email="revisora@example.org", role=Membership.Role.REVISORE, by=SYSTEM).user
    editorial.set_policy(lecce, wanted=True, by=SYSTEM)
    sign(browser, described)
    page = publish(browser, described)
    assert page.status_code == 409

    publish(browser, described, decision="review", note="Guarda le date")
    hold = Dataset.objects.get().holds.still_open().get()
    assert (hold.kind, hold.facts["note"]) == ("review", "Guarda le date")
    editorial.approve(hold, by=actor_of(reviewer))
    publish(browser, described)

    assert status_of(described) == Dataset.Status.PUBLISHED


def test_who_signs_answers_for_what_could_not_be_read(browser, begin, settings):
    settings.TABLES_SECONDS = 0
    guide = begin()
    reading = f"/pubblica/{guide.dataset_id}/lettura"

    assert "Serve la tua firma" in browser.get(reading).text
    browser.post(f"/pubblica/{guide.dataset_id}/descrizione", sent_form(browser, guide))
    sign(browser, guide)

    assert "Serve la tua firma" not in browser.get(reading).text


def test_a_file_that_could_not_be_read_after_the_signature_asks_for_another(browser, described, settings):
    sign(browser, described)
    settings.TABLES_SECONDS = 0
    other = SimpleUploadedFile("alberi.csv", TREES + b"071060;Acer campestre;3,00;01/06/2024\n")
    browser.post(f"/pubblica/{described.dataset_id}/file", {"file": other})
    work()

    steps = {step.name: step.state for step in steps_of(described)}
    assert steps["dichiarazione"] == StepState.TODO
    assert "da firmare" in browser.get(f"/pubblica/{described.dataset_id}/dichiarazione").text
