"""Proves what people read about addresses: the three states, since when, what to do, and only of what is theirs."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from opentusk.bodies.actions import add_member, ensure_agent
from opentusk.bodies.models import Membership
from opentusk.catalog.tests.records import distribution
from opentusk.journal.actors import SYSTEM
from opentusk.journal.models import Task
from opentusk.kit.records import Agent as AgentRecord
from opentusk.people.models import User
from opentusk.quality.actions import score_datasets
from opentusk.quality.models import UrlCheck

URL = "https://dati.example.org/alberi.csv"
STATES = [
    ({"state": "ok", "status": 200}, "Risponde", None),
    ({"state": "failing", "status": 404}, "Non risponde dal 1 marzo 2026", "Correggi l'indirizzo"),
    ({"state": "failing", "status": 405, "get_status": 200}, "Risponde solo a GET", "toglie 80 punti"),
    ({"state": "refused", "fault": "outbound.private_address"}, "Non controllabile", "usa un indirizzo pubblico"),
    ({"state": "waiting"}, "Non ancora controllato", None),
    ({"state": "ok", "status": 200, "found": "HTML"}, "dentro c'è una pagina web (HTML)", "correggi il formato"),
]


@pytest.fixture
def dataset(publish_trees):
    made = publish_trees(distribution=(distribution("alberi"),))
    score_datasets([made.pk])
    return made


@pytest.fixture
def ada(dataset) -> Client:
    member = add_member(dataset.rights_holder, email="ada@example.org", role=Membership.Role.REDATTORE, by=SYSTEM)
    client = Client()
    client.force_login(member.user)
    return client


def text_of(client: Client, address: str) -> str:
    return client.get(address).content.decode().replace("&#x27;", "'")


@pytest.mark.parametrize(("found", "words", "advice"), STATES)
def test_an_address_is_told_in_words_with_the_way_out(dataset, ada, found, words, advice):
    since = timezone.now().replace(year=2026, month=3, day=1, hour=12)
    UrlCheck.objects.filter(url=URL).update(since=since, **found)

    page = text_of(ada, f"/scrivania/dataset/{dataset.pk}/collegamenti")

    assert words in page
    assert advice is None or advice in page


def test_the_desk_sees_what_does_not_answer_body_by_body(dataset, ada):
    UrlCheck.objects.filter(url=URL).update(state="failing", status=500)
    desk = Client()
    desk.force_login(User.objects.create_user("carla@example.org", desk_role="editor"))

    assert "1 indirizzo non risponde" in text_of(desk, "/scrivania/collegamenti?ente=comune-di-lecce")
    assert "1 indirizzo non risponde" in text_of(ada, "/scrivania/collegamenti")


def test_another_body_sees_nothing_of_it(dataset):
    UrlCheck.objects.filter(url=URL).update(state="failing", status=500)
    bari = ensure_agent(AgentRecord(identifier="c_a662", name="Comune di Bari"), by=SYSTEM)
    bruno = Client()
    bruno.force_login(add_member(bari, email="b@example.org", role=Membership.Role.REFERENTE, by=SYSTEM).user)

    assert "Tutti gli indirizzi controllati rispondono" in text_of(bruno, "/scrivania/collegamenti")
    assert bruno.get(f"/scrivania/dataset/{dataset.pk}/collegamenti").status_code == 404
    assert bruno.post(f"/scrivania/dataset/{dataset.pk}/collegamenti/controlla").status_code == 404


def test_the_button_asks_the_worker_once_and_then_says_how_long_to_wait(dataset, ada):
    address = f"/scrivania/dataset/{dataset.pk}/collegamenti/controlla"

    assert "Il controllo è partito" in ada.post(address, follow=True).content.decode()
    ada.post(address)
    assert Task.objects.filter(function="opentusk.quality.tasks.check_dataset").count() == 1

    UrlCheck.objects.update(checked_at=timezone.now() - timedelta(seconds=5))
    assert "riprova fra 5" in ada.post(address, follow=True).content.decode()


def test_nobody_without_account_sees_links(dataset, client):
    assert client.get("/scrivania/collegamenti").status_code == 302
