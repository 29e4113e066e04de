"""Bodies and people of the catalogue's tests: Ada writes for Lecce, Bruno for Bari, Carla is at the desk."""

import pytest

from opentusk.bodies.actions import add_member, ensure_agent
from opentusk.bodies.models import Agent, Membership
from opentusk.journal.actors import SYSTEM, Actor
from opentusk.kit.records import Agent as AgentRecord
from opentusk.people.actors import actor_of
from opentusk.people.models import User


@pytest.fixture
def lecce(db) -> Agent:
    return ensure_agent(AgentRecord(identifier="c_e506", name="Comune di Lecce"), by=SYSTEM)


@pytest.fixture
def bari(db) -> Agent:
    return ensure_agent(AgentRecord(identifier="c_a662", name="Comune di Bari"), by=SYSTEM)


@pytest.fixture
def ada(lecce) -> Actor:
    return actor_of(add_member(lecce, email="ada@example.org", role=Membership.Role.REDATTORE, by=SYSTEM).user)


@pytest.fixture
def bruno(bari) -> Actor:
    return actor_of(add_member(bari, email="bruno@example.org", role=Membership.Role.REFERENTE, by=SYSTEM).user)


@pytest.fixture
def carla(db) -> Actor:
    return actor_of(User.objects.create_user("carla@example.org", desk_role="editor"))
