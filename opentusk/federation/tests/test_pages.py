"""Proves what the pages of federation say, and to whom."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from opentusk.bodies.actions import add_member
from opentusk.bodies.models import Membership
from opentusk.catalog.actions import create_draft, publish, withdraw
from opentusk.catalog.models import Dataset
from opentusk.catalog.tests.records import trees
from opentusk.federation.actions import read_national
from opentusk.federation.tests.conftest import package, signed_in
from opentusk.federation.visits import collect_visits
from opentusk.feeds.models import FeedQuarantine
from opentusk.journal.actors import SYSTEM
from opentusk.journal.models import Task
from opentusk.journal.reactions import deliver_all

pytestmark = pytest.mark.django_db
LECCE = "/scrivania/federazione/comune-di-lecce"
CONTACT = {"name": "Ada Bianchi", "email": "ada@example.org", "phone": "0832 000000"}


def text_of(client, address, status=200):
    answer = client.get(address)
    assert answer.status_code == status
    return answer.content.decode()


def test_the_desk_sees_everything_and_people_only_their_bodies(client, catalogue, desk, member, ada, bari):
    assert client.get(LECCE).status_code == 302
    assert "/catalog.rdf</code>" in text_of(desk, "/scrivania/federazione")
    assert "fq=organization%3Acomune-di-lecce</code>" in text_of(desk, LECCE)
    assert member.get("/scrivania/federazione").headers["Location"] == LECCE
    assert "Comune di Lecce" in text_of(member, LECCE)
    text_of(member, "/scrivania/federazione/comune-di-bari", status=403)
    text_of(member, "/scrivania/federazione/nessuno", status=404)

    add_member(bari, email=ada.email, role=Membership.Role.REVISORE, by=SYSTEM)
    assert "comune-di-bari" in text_of(member, "/scrivania/federazione")

    stranger = signed_in(type(ada).objects.create_user("x@example.org"))
    assert "non è collegato a nessun ente" in text_of(stranger, "/scrivania/federazione")
    text_of(stranger, LECCE, status=403)


def test_what_is_kept_out_is_listed_with_its_reason(catalogue, member, lecce, settings):
    one, two, three, four = catalogue[:4]
    Dataset.objects.filter(pk=one.pk).update(duplicate_of=two)
    Dataset.objects.filter(pk=three.pk).update(is_territorial=True)
    FeedQuarantine.objects.create(dataset=four, reason="Unwritable: dct:source")
    fresh = publish(create_draft(trees("c_e506:fresco", title={"it": "Fresco"}), holder=lecce, by=SYSTEM), by=SYSTEM)

    text = text_of(member, LECCE)

    for dataset, words in (
        (one, "È un doppione"), (three, "Repertorio nazionale"), (four, "Unwritable: dct:source"), (fresh, "secondi"),
    ):  # fmt: skip
        assert f"/scrivania/dataset/{dataset.pk}" in text and words in text
    assert "Niente: tutto" not in text


def test_a_demonstration_in_public_says_why_it_is_not_taken(catalogue, member, settings):
    assert "Niente: tutto" in text_of(member, LECCE)
    settings.DEMO_IN_FEEDS = False
    Dataset.objects.update(is_demo=True)

    assert "È un dato dimostrativo" in text_of(member, LECCE)


def test_the_report_counts_the_datasets_that_break_a_rule_and_the_scores_by_band(catalogue, desk, lecce):
    poor = replace(trees("c_e506:povero"), keyword={}, temporal=(), spatial=())
    publish(create_draft(poor, holder=lecce, by=SYSTEM), by=SYSTEM)
    deliver_all()

    text = text_of(desk, LECCE)

    stored = Dataset.objects.get(identifier="c_e506:povero").problems
    assert stored and all(problem["message_it"].replace("'", "&#x27;") in text for problem in stored)
    assert "6 dataset su 6 rispettano le forme europee" in text
    assert "su 405" in text and "Eccellente: " in text


def test_the_message_names_the_bodies_and_keeps_nothing(catalogue, desk, lecce):
    text = text_of(desk, "/scrivania/federazione")
    assert "Referente: …" in text and "agisce come aggregatore per questi 2 enti" in text

    filled = desk.post("/scrivania/federazione", {**CONTACT, "alone": ["comune-di-bari"]}).content.decode()

    assert "Referente: Ada Bianchi" in filled and "Telefono: 0832 000000" in filled
    assert "- Comune di Lecce (codice IPA c_e506): 5 dataset" in filled
    assert "- Comune di Bari" not in filled
    assert "Indirizzo da raccogliere: http://localhost:8000/catalog.rdf?fq=-organization%3Acomune-di-bari" in filled
    assert "Dataset: 5\n" in filled
    assert "Ada Bianchi" not in text_of(desk, "/scrivania/federazione")
    wrong = desk.post("/scrivania/federazione", {**CONTACT, "email": "no"}).content.decode()
    assert "Referente: Ada Bianchi" not in wrong and "field-wrong" in wrong


def test_the_address_of_the_message_gives_what_the_message_says(client: Client, catalogue, desk):
    filled = desk.post("/scrivania/federazione", {**CONTACT, "alone": ["comune-di-bari"]}).content.decode()
    address = filled.partition("Indirizzo da raccogliere: http://localhost:8000")[2].split()[0]

    feed = client.get(address).content.decode()

    assert "alberi-0" in feed and "piste-0" not in feed


def test_visits_are_shown_to_those_they_concern(client, catalogue, desk, member):
    client.get("/catalog.rdf", headers={"user-agent": "python-requests/2.32.3"})
    client.get("/catalog.ttl?fq=organization:c_e506", headers={"user-agent": "curl/8"})
    collect_visits(now=datetime.now(UTC) + timedelta(minutes=3))

    assert "python-requests/2.32.3" in text_of(desk, "/scrivania/federazione")
    assert "molte raccolte CKAN" in text_of(desk, "/scrivania/federazione")
    lecce = text_of(member, LECCE)
    assert "curl/8" in lecce and "python-requests/2.32.3" not in lecce


def test_the_national_catalogue_is_read_and_shown_where_it_is_switched_on(
    catalogue, desk, member, lecce, settings, national
):
    national.packages = [package("c_e506:alberi-0"), package("c_e506:altro", title="<b>Altro</b>")]
    assert "Non è ancora stato letto" in text_of(member, LECCE)

    asked = member.post(f"{LECCE}/leggi", follow=True).content.decode()
    assert "La lettura è partita" in asked and Task.objects.filter(key=f"federation:national:{lecce.pk}").exists()
    again = member.post(f"{LECCE}/leggi", follow=True).content.decode()
    assert "riprova fra 60 minuti" in again
    read_national(lecce, now=timezone.now())

    text = text_of(member, LECCE)
    assert "Mostra 2 dataset; nel nostro feed sono 5." in text
    assert "Mancano (4)" in text and "In più (1)" in text and "&lt;b&gt;Altro" in text
    assert "Mancano: 4" in text_of(desk, "/scrivania/federazione")
    settings.NATIONAL_API = ""
    assert "OPENTUSK_NATIONAL_API" in text_of(member, LECCE)


def test_the_desk_sees_which_bodies_could_not_be_read(catalogue, desk, lecce, national):
    national.answer = (503, b"")
    read_national(lecce, now=timezone.now())

    text = text_of(desk, "/scrivania/federazione")

    assert "codice 503" in text and "<td>mai</td>" in text


def test_a_withdrawn_dataset_is_no_matter_of_the_feed(catalogue, member):
    withdraw(catalogue[0], by=SYSTEM, reason="Via")
    deliver_all()

    text = text_of(member, LECCE)
    assert "<li>4 dataset</li>" in text and "Niente: tutto" in text
