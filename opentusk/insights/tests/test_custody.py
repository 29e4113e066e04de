"""Proves that the path of a wish is one page: what happened is there with its link, what did not is «non ancora»."""

from datetime import timedelta

import pytest
from django.utils import timezone

from opentusk.bodies.models import Agent
from opentusk.comments.actions import post
from opentusk.consultation import actions as consultation
from opentusk.datalab.actions import make_tables, wish_at_table
from opentusk.demand import actions as demand
from opentusk.demand.actions import Wish
from opentusk.demand.events import DemandEvent
from opentusk.demand.models import Endorsement, WantedDataset
from opentusk.hackathon.states import HackathonState
from opentusk.hackathon.tests.conftest import marks, somebody
from opentusk.insights.custody import steps_of
from opentusk.journal.actors import SYSTEM
from opentusk.journal.models import Entry, reference_of
from opentusk.journal.subjects import Card
from opentusk.jury import actions as judges
from opentusk.programme import actions as programme
from opentusk.programme.models import Edition
from opentusk.programme.subjects import event_card

pytestmark = pytest.mark.django_db


@pytest.fixture
def card(db) -> Card:
    edition = Edition.objects.create(slug="2026", title="Programma 2026", state=Edition.State.RUNNING)
    now = timezone.now()
    event = programme.create_event(
        edition, by=SYSTEM, slug="datalab-lecce", title="Datalab di Lecce", kind="datalab", starts_at=now
    )
    programme.publish_event(event, by=SYSTEM)
    return event_card(event.pk)


@pytest.fixture
def item(card) -> WantedDataset:
    now = timezone.now()
    times = {"opens_at": now - timedelta(hours=1), "closes_at": now + timedelta(hours=3)}
    table = make_tables(card, [["ENVI"]], by=SYSTEM, **times).tables.get()
    found, _is_new = wish_at_table(table, Wish(title="Alberi monumentali", theme="ENVI"), client_key="")
    return found


def done(item: WantedDataset) -> list[str]:
    return [step.code for step in steps_of(WantedDataset.objects.get(pk=item.pk)) if step.is_done]


def test_a_wish_is_followed_from_the_card_to_the_ranking(client, item, datasets, hackathon, enter, jury, judging):
    trees, _parks = datasets
    lecce = Agent.objects.get(ipa_code="c_e506")
    now = timezone.now()
    assert done(item) == ["card"]

    demand.accept(item, by=SYSTEM)
    assert done(item) == ["card", "basket"]
    times = {"opens_at": now - timedelta(days=1), "closes_at": now + timedelta(days=1)}
    held = consultation.create_consultation(by=SYSTEM, slug="c-2026", edition="2026", title="Consultazione", **times)
    consultation.schedule(held, by=SYSTEM)
    dora = somebody("dora")
    consultation.endorse_wish(held, item, by=dora)
    post(reference_of(item), "Anche con le coordinate", by=dora)
    demand.assign(item, lecce, by=SYSTEM)
    demand.link(item, trees, by=SYSTEM)
    assert done(item) == ["card", "basket", "consultation", "assignment", "dataset"]

    entry = enter("Verdi")
    jurors = jury(2)
    judging(entry)
    for juror in jurors:
        judges.save_sheet(juror, entry, marks(10, 8, 8, 8, 8), is_final=True)
    judges.deliberate(hackathon, by=SYSTEM)
    judges.publish_ranking(hackathon, by=SYSTEM, minutes="Verbale.")
    assert hackathon.state == HackathonState.PUBLISHED

    page = client.get("/paniere/2026/1/percorso").content.decode()
    for shown in (
        "/eventi/datalab-lecce", "Tavolo 1", "/paniere/2026/1", "/consultazioni/c-2026", "1 sostegno", "1 commento",
        "/enti/comune-di-lecce", f"/dataset/{trees.slug}", "/riusi/verdi", "1° posto", "/hackathon/hackathon-2026",
    ):  # fmt: skip
        assert shown in page
    assert "non ancora" not in page
    assert "/paniere/2026/1/percorso" in client.get(f"/dataset/{trees.slug}").content.decode()


def held(slug: str = "c-2026", *, opens: int, closes: int):
    """A consultation that opened and closes so many days from now."""
    now = timezone.now()
    times = {"opens_at": now + timedelta(days=opens), "closes_at": now + timedelta(days=closes)}
    made = consultation.create_consultation(by=SYSTEM, slug=slug, edition="2026", title="Consultazione", **times)
    consultation.schedule(made, by=SYSTEM)
    return made


def step(item: WantedDataset):
    return steps_of(WantedDataset.objects.get(pk=item.pk))[2]


def test_the_consultation_is_dated_by_what_people_said_of_the_wish(item):
    opened = held(opens=-9, closes=1)
    demand.accept(item, by=SYSTEM)
    accepted = Entry.objects.about(item).get(event=DemandEvent.ACCEPTED).at

    assert step(item).at == accepted
    consultation.endorse_wish(opened, item, by=somebody("dora"))
    assert step(item).at == Endorsement.objects.get().created_at
    consultation.change_consultation(opened, by=SYSTEM, hide_counts=True)
    assert step(item).at == accepted
    new = consultation.propose_wish(opened, Wish(title="Parchi", theme="ENVI"), by=somebody("elio"))
    assert step(new).at == new.created_at


def test_a_wish_was_in_no_consultation_that_closed_before_it_came(item):
    held(opens=-9, closes=-1)
    demand.accept(item, by=SYSTEM)

    assert not step(item).is_done


def test_support_from_another_platform_is_a_line_of_its_own(item):
    held(opens=-9, closes=1)
    demand.accept(item, by=SYSTEM)
    WantedDataset.objects.update(imported_support=14)

    assert [line.words for line in step(item).lines][1:3] == ["0 sostegni", "14 sostegni da un'altra piattaforma"]


def test_steps_to_come_are_said_and_hidden_wishes_have_no_page(client, item):
    page = client.get("/paniere/2026/1/percorso").content.decode()
    assert page.count("non ancora") == 6

    demand.hide(item, by=SYSTEM)
    assert client.get("/paniere/2026/1/percorso").status_code == 404


def test_the_hub_counts_the_basket_and_shows_what_is_on(client, item):
    demand.accept(item, by=SYSTEM)

    page = client.get("/partecipa").content.decode()

    assert "2026" in page
    assert "Datalab di Lecce" in page
    assert "<td>1</td><td>0</td><td>0</td>" in page
