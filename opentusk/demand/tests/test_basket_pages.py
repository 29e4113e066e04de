"""Proves that everybody sees the basket as it is: figures, lists and files agree, and private things stay private."""

import csv
import io
from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone

from opentusk.demand import actions
from opentusk.demand.models import WantedDataset
from opentusk.demand.states import Origin, RefusalReason
from opentusk.journal.actors import SYSTEM
from opentusk.journal.models import Entry, reference_of
from opentusk.people.actors import actor_of
from opentusk.people.models import User
from opentusk.subscriptions.actions import follow_deeds
from opentusk.subscriptions.tests.conftest import everything_happens, following
from opentusk.ui.pace import begun

pytestmark = pytest.mark.django_db


def rows_of(client, query: str = "") -> list[dict[str, str]]:
    answer = client.get(f"/paniere.csv?{query}")
    return list(csv.DictReader(io.StringIO(b"".join(answer.streaming_content).decode("utf-8-sig"))))


@pytest.fixture
def full(wish, lecce):
    """One wish in each state that a list must tell apart."""
    return {
        "in_basket": wish("Alberi", state="in_basket"),
        "late": wish(
            "Fontane",
            state="in_progress",
            assigned_body=lecce,
            due_on=timezone.localdate() - timedelta(days=1),
            primary_theme="HEAL",
        ),
        "proposed": wish("Panchine"),
        "hidden": wish("Parolacce", state="in_basket", is_hidden=True),
        "refused": wish("Multe", state="refused", refusal_reason="personal_data", public_answer="Nomina persone."),
    }


@pytest.mark.parametrize(
    ("query", "titles"),
    [
        ("", ["Alberi", "Fontane"]),
        ("stato=proposed", ["Panchine"]),
        ("stato=refused", ["Multe"]),
        ("oltre=1", ["Fontane"]),
        ("ente=comune-di-lecce", ["Fontane"]),
        ("tema=ENVI&edizione=2023", ["Alberi"]),
        ("edizione=2024", []),
        ("origine=datalab&q=font", ["Fontane"]),
    ],
)
def test_invariant_05_figures_list_file_and_json_answer_the_same_question(client, full, query, titles):
    page = client.get(f"/paniere?{query}")
    found = client.get(f"/paniere.json?{query}").json()

    assert [item.title for item in page.context["page"]] == titles
    assert [row["dato"] for row in rows_of(client, query)] == titles
    assert [row["dato"] for row in found["items"]] == titles
    for name in ("by_theme", "by_origin", "by_state"):
        assert sum(found[name].values()) == found["total"] == page.context["counts"].total == len(titles)


def test_whoever_looks_for_their_proposal_is_told_that_it_waits(client, full):
    page = client.get("/paniere?q=panch").content.decode()

    assert "1 proposta aspetta ancora di essere esaminata" in page
    assert "/paniere?q=panch&amp;stato=proposed" in page
    assert "ancora di essere esaminata" not in client.get("/paniere?stato=proposed").content.decode()
    assert "ancora di essere esaminata" not in client.get("/paniere?q=parolacce").content.decode()


def test_a_wish_tells_its_history_and_keeps_notes_and_people_to_itself(
    client, full, wish, lecce, referent, staff, published
):
    item = full["in_basket"]
    actions.assign(item, lecce, by=staff)
    actions.decline(item, by=referent, note="Non sappiamo chi lo tiene, chiedere a Rossi")
    actions.assign(item, lecce, by=staff)
    actions.link(item, published, by=referent)
    address = f"/paniere/2023/{item.number}"
    page = client.get(address).content.decode()

    assert "Assegnata a Comune di Lecce" in page and "Rimandata" in page and "Un dataset risponde" in page
    assert "Rossi" not in page and "example.org/" not in page.replace("opendata@example.org", "")
    assert f"/dataset/{published.slug}" in page and f"key=demand.wanteddataset%3A{item.pk}" in page
    assert "Fontane" in client.get("/paniere/enti/comune-di-lecce").content.decode()
    assert client.get(f"/paniere/2023/{full['hidden'].number}").status_code == 404
    assert "Nomina persone" in client.get(f"/paniere/2023/{full['refused'].number}").content.decode()


def test_invariant_09_whoever_wished_or_follows_is_told_when_a_dataset_answers(
    basket, citizen, staff, lecce, published, client
):
    item = actions.propose(basket, actions.Wish(title="Alberi", theme="ENVI"), by=citizen, origin=Origin.REQUEST)
    follow_deeds(list(Entry.objects.about(item)))
    following("subject", reference_of(item))
    everything_happens()
    mail.outbox.clear()
    actions.accept(item, by=staff)
    actions.link(item, published, by=staff)
    everything_happens()

    told = {address for letter in mail.outbox for address in letter.to}
    assert "dora@example.org" in told and len(told) == 2
    assert all("Un dataset risponde" in letter.body for letter in mail.outbox)
    assert "Un dataset risponde" in client.get("/novita?family=demand").content.decode()


def test_whoever_wished_or_endorsed_what_is_merged_hears_of_it_once_and_then_of_the_other(basket, citizen, staff):
    first = actions.propose(basket, actions.Wish(title="Alberi", theme="ENVI"), by=citizen, origin=Origin.REQUEST)
    second = actions.propose(basket, actions.Wish(title="Verde", theme="ENVI"), by=citizen, origin=Origin.REQUEST)
    for item in (first, second):
        actions.accept(item, by=staff)
    endorser = actor_of(User.objects.create_user("elio@example.org"))
    actions.endorse(first, by=endorser)
    actions.merge(first, second, by=staff)
    actions.refuse(second, by=staff, reason=RefusalReason.NOT_HELD, answer="Nessuno lo raccoglie.")

    follow_deeds(list(Entry.objects.after(0)))
    everything_happens()

    for address in ("dora@example.org", "elio@example.org"):
        told = "\n".join(letter.body for letter in mail.outbox if letter.to == [address])
        assert told.count(f"Unita alla voce n. {second.number}") == told.count("Non accolta") == 1


def test_invented_wishes_are_no_news(client, wish, staff):
    item = wish("Alberi", is_demo=True)
    actions.accept(item, by=staff)
    everything_happens()

    assert client.get("/api/v1/events?family=demand").json()["events"] == []
    assert "dati dimostrativi" in client.get(f"/paniere/2023/{item.number}").content.decode()


def test_the_legal_day_of_a_request_and_a_refusal_are_told(client, basket, citizen, staff):
    item = actions.propose(basket, actions.Wish(title="Bilanci"), by=citizen, origin=Origin.REQUEST)
    actions.refuse(item, by=staff, reason=RefusalReason.NOT_HELD, answer="Nessuno li raccoglie.")
    page = client.get(f"/paniere/2023/{item.number}").content.decode()

    assert "Termine di legge" in page and "nessun ente ha questo dato" in page
    assert "dora" not in page and WantedDataset.objects.get().proponent is not None
    assert SYSTEM.label not in page


def test_a_request_needs_an_account_says_the_legal_day_and_keeps_what_was_written(client, basket, citizen, settings):
    said = {"title": "Bilanci delle scuole", "use_case": "Confrontarli", "theme": "EDUC", "basket": basket.pk}
    nobody = client.post("/richiedi-un-dato", said)
    client.force_login(User.objects.get(pk=citizen.user_id))
    page = client.get("/richiedi-un-dato").content.decode()
    settings.FILLING_SECONDS = 2
    hurried = client.post("/richiedi-un-dato", said | {"begun": begun()})
    assert hurried.status_code == 400 and "aspetta due secondi" in hurried.content.decode()
    settings.FILLING_SECONDS = 0
    refused = client.post("/richiedi-un-dato", said | {"use_case": "scrivetemi a mario.rossi@gmail.com"})
    sent = client.post("/richiedi-un-dato", said, follow=True).content.decode()

    assert "/accedi" in nobody.url and "30 giorni" in page
    assert refused.status_code == 400 and "mario.rossi" in refused.content.decode()
    item = WantedDataset.objects.get()
    assert (item.origin, item.proponent_id, item.proponent_world) == (Origin.REQUEST, citizen.user_id, "citizens")
    assert "Bilanci delle scuole" in sent and "cittadinanza" in sent
