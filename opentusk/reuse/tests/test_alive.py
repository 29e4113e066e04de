"""Proves that addresses are asked by the clock, authors once a year, and that one answer is enough."""

from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone

from opentusk.journal.models import Entry
from opentusk.outbound.client import Answer
from opentusk.outbound.errors import Reason, Unreachable
from opentusk.reuse import actions, alive
from opentusk.reuse.models import Work
from opentusk.subscriptions.tests.conftest import everything_happens, following, letters

pytestmark = pytest.mark.django_db


@pytest.fixture
def work(maker, staff, datasets) -> Work:
    made = actions.draft_work(by=maker, title="Ombra", abstract="Dove c'è ombra.", url="https://ombra.example.org/")
    actions.set_datasets(made, datasets, by=maker, main=datasets[0])
    actions.propose_work(made, by=maker)
    actions.publish_work(made, by=staff)
    return Work.objects.get(pk=made.pk)


def server(*statuses):
    """Answers with these statuses, one after the other; None is no answer."""
    left = list(statuses)

    def fetch(url: str, **options) -> Answer:
        status = left.pop(0)
        if status is None:
            raise Unreachable(Reason.TOO_SLOW, url)
        return Answer(status=status, url=url, media_type="text/html", content=b"")

    return fetch


def test_two_failures_in_a_row_break_a_link_and_one_answer_mends_it(work, client):
    now = timezone.now()
    for day, fetch in enumerate([server(200), server(None), server(500), server(405, 200)]):
        assert alive.check_links(limit=5, now=now + timedelta(days=8 * day), fetch=fetch) == 1
        assert alive.check_links(limit=5, now=now + timedelta(days=8 * day, hours=1), fetch=server()) == 0
        said = "non rispondeva" in client.get("/riusi/ombra").content.decode()
        assert said == (day == 2)

    events = list(Entry.objects.filter(event__startswith="reuse.link").order_by("pk").values_list("event", flat=True))
    assert events == ["reuse.link_broken", "reuse.link_restored"]


@pytest.mark.parametrize(("answer", "state"), [("si", "published"), ("no", "archived")])
def test_the_yearly_letter_is_answered_with_one_click_and_never_by_a_scanner(work, client, answer, state):
    later = work.published_at + timedelta(days=366)
    assert alive.ask_authors(limit=5) == 0
    assert (alive.ask_authors(limit=5, now=later), alive.ask_authors(limit=5, now=later)) == (1, 0)
    address = next(word for word in mail.outbox[0].body.split() if "/riusi/risposta/" in word)
    path = address[address.index("/riusi/") :]

    assert client.get(path).status_code == 200 and Work.objects.get().alive_said_at is None
    client.post(path, {"risposta": answer})
    client.post(path, {"risposta": answer})

    assert Work.objects.get().state == state
    assert client.post(path + "x", {"risposta": "no"}).status_code == 404
    alive.ask_authors(limit=5, now=later + timedelta(days=366))
    assert client.get(path).status_code == (404 if state == "published" else 200)


def test_followers_of_the_dataset_holder_hear_of_a_new_work(maker, staff, datasets):
    following("holder", "c_e506")
    everything_happens()
    made = actions.draft_work(by=maker, title="Ombra", abstract="Dove c'è ombra.")
    actions.set_datasets(made, datasets, by=maker, main=datasets[0])
    actions.propose_work(made, by=maker)
    actions.publish_work(made, by=staff)

    everything_happens()

    assert any(
        "Un nuovo riuso dei dati è nella galleria." in letter and "/riusi/ombra" in letter for letter in letters()
    )
