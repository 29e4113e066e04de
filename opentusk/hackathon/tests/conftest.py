"""A hackathon that runs, with two published datasets, teams and jurors to be made."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from opentusk.bodies.actions import ensure_agent
from opentusk.catalog.actions import create_draft, publish
from opentusk.catalog.models import Dataset
from opentusk.catalog.tests.records import trees
from opentusk.hackathon import actions
from opentusk.hackathon.actions.preparing import CriterionSaid
from opentusk.hackathon.models import Entry, Hackathon, Juror
from opentusk.hackathon.states import HackathonState
from opentusk.journal.actors import SYSTEM, Actor
from opentusk.jury import actions as judges
from opentusk.kit.records import Agent as AgentRecord
from opentusk.people.actors import actor_of
from opentusk.people.models import User

WEIGHTS = {"impact": 30, "open_data": 25, "originality": 20, "feasibility": 15, "pitch": 10}


def somebody(name: str, **fields) -> Actor:
    return actor_of(User.objects.create_user(f"{name}@example.org", **fields))


@pytest.fixture
def staff(db) -> Actor:
    return somebody("carla", desk_role="editor")


@pytest.fixture
def ada(db) -> Actor:
    return somebody("ada")


@pytest.fixture
def bea(db) -> Actor:
    return somebody("bea")


@pytest.fixture
def datasets(db) -> list[Dataset]:
    lecce = ensure_agent(AgentRecord(identifier="c_e506", name="Comune di Lecce"), by=SYSTEM)
    made = [create_draft(trees(f"c_e506:{name}"), holder=lecce, by=SYSTEM) for name in ("alberi", "parchi")]
    for dataset in made:
        publish(dataset, by=SYSTEM)
    return [Dataset.objects.get(pk=dataset.pk) for dataset in made]


@pytest.fixture
def hackathon(db) -> Hackathon:
    now = timezone.now()
    made = actions.create_hackathon(
        by=SYSTEM,
        slug="hackathon-2026",
        title="Hackathon 2026",
        rules="Squadre da 1 a 3.",
        categories=["app", "storytelling"],
        team_min=1,
        team_max=3,
        min_sheets=2,
        submit_closes_at=now + timedelta(hours=8),
        judging_closes_at=now + timedelta(hours=10),
    )
    said = [CriterionSaid(code=code, label=code.title(), weight=Decimal(weight)) for code, weight in WEIGHTS.items()]
    actions.set_criteria(made, said, by=SYSTEM)
    actions.advance(made, HackathonState.REGISTRATIONS, by=SYSTEM)
    actions.advance(made, HackathonState.RUNNING, by=SYSTEM)
    return made


@pytest.fixture
def enter(hackathon, datasets):
    """Makes entries that were handed in: `enter("E1", "app")`."""

    def make(name: str, category: str = "app", *, by: Actor | None = None) -> Entry:
        lead = by or somebody(name.lower())
        team = actions.make_team(hackathon, name, by=lead, adult_declared=True)
        entry = actions.save_entry(
            team, by=lead, title=name, category=category, datasets=datasets, main=datasets[0], abstract="Che cos'è."
        )
        actions.submit(entry, by=lead)
        return entry

    return make


@pytest.fixture
def jury(hackathon):
    """Makes jurors who have declared: `jury(3)`."""

    def make(number: int, **conflicts) -> list[Juror]:
        made = []
        for index in range(number):
            juror, _secret, _code = judges.invite_juror(
                hackathon, by=SYSTEM, office=f"Ufficio {index}", email=f"j{index}@example.org", is_president=index == 0
            )
            judges.accept_juror(juror, user=None)
            judges.declare_conflicts(juror, {})
            made.append(juror)
        return made

    return make


@pytest.fixture
def judging(hackathon):
    """Admits entries and opens the judging."""

    def make(*entries: Entry) -> None:
        actions.advance(hackathon, HackathonState.SUBMISSIONS_CLOSED, by=SYSTEM)
        for order, entry in enumerate(entries, start=1):
            actions.admit(entry, by=SYSTEM, order=order)
        actions.advance(hackathon, HackathonState.JUDGING, by=SYSTEM)

    return make


def marks(*values: int) -> dict[str, Decimal]:
    return dict(zip(WEIGHTS, map(Decimal, values), strict=True))
