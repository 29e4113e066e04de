"""An event to come, and the people around it."""

from datetime import timedelta

import pytest
from django.utils import timezone

from opentusk.bodies.actions import add_member, ensure_agent
from opentusk.bodies.models import Agent, Membership
from opentusk.journal.actors import SYSTEM, Actor
from opentusk.kit.records import Agent as AgentRecord
from opentusk.people.actors import actor_of
from opentusk.people.models import User
from opentusk.programme import actions
from opentusk.programme.models import Edition, Event


@pytest.fixture
def staff(db) -> Actor:
    return actor_of(User.objects.create_user("carla@example.org", desk_role="editor"))


@pytest.fixture
def citizen(db) -> Actor:
    return actor_of(User.objects.create_user("dora@example.org", world="citizens"))


@pytest.fixture
def lecce(db) -> Agent:
    made = ensure_agent(AgentRecord(identifier="c_e506", name="Comune di Lecce"), by=SYSTEM)
    Agent.objects.filter(pk=made.pk).update(joined_on=timezone.localdate())
    return Agent.objects.get(pk=made.pk)


@pytest.fixture
def member(lecce) -> Actor:
    return actor_of(add_member(lecce, email="ada@example.org", role=Membership.Role.REDATTORE, by=SYSTEM).user)


@pytest.fixture
def edition(db) -> Edition:
    return Edition.objects.create(slug="2026", title="Programma 2026", state=Edition.State.RUNNING)


@pytest.fixture
def plan(edition):
    """Makes published events: `plan(capacity=2)`, in ten days unless told otherwise."""

    def make(slug: str = "rete-lecce", *, is_published: bool = True, **fields) -> Event:
        starts = fields.pop("starts_at", timezone.now() + timedelta(days=10))
        fields = {
            "kind": "network",
            "title": "Evento di rete a Lecce",
            "ends_at": starts and starts + timedelta(hours=4),
        } | fields
        event = actions.create_event(edition, by=SYSTEM, slug=slug, starts_at=starts, **fields)
        if is_published:
            actions.publish_event(event, by=SYSTEM)
        return event

    return make


def person(who: str, **fields) -> actions.Person:
    return actions.Person(**{"email": f"{who}@example.org", "name": who.title()} | fields)
