"""Two published datasets, somebody who makes things with them, and the desk."""

import pytest

from opentusk.bodies.actions import ensure_agent
from opentusk.catalog.actions import create_draft, publish
from opentusk.catalog.models import Dataset
from opentusk.catalog.tests.records import trees
from opentusk.journal.actors import SYSTEM, Actor
from opentusk.kit.records import Agent as AgentRecord
from opentusk.people.actors import actor_of
from opentusk.people.models import User


@pytest.fixture
def staff(db) -> Actor:
    return actor_of(User.objects.create_user("carla@example.org", desk_role="editor"))


@pytest.fixture
def maker(db) -> Actor:
    return actor_of(User.objects.create_user("dora@example.org"))


@pytest.fixture
def datasets(db) -> list[Dataset]:
    lecce = ensure_agent(AgentRecord(identifier="c_e506", name="Comune di Lecce"), by=SYSTEM)
    made = [create_draft(trees(f"c_e506:{name}"), holder=lecce, by=SYSTEM) for name in ("alberi", "parchi")]
    for dataset in made:
        publish(dataset, by=SYSTEM)
    return [Dataset.objects.get(pk=dataset.pk) for dataset in made]
