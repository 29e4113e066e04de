"""A body that joined with its people, one that only is known, and the desk."""

import pytest
from django.utils import timezone

from opentusk.bodies.actions import add_member, ensure_agent
from opentusk.bodies.models import Agent, Membership
from opentusk.journal.actors import SYSTEM
from opentusk.kit.records import Agent as AgentRecord
from opentusk.people.models import User


def member_of(agent: Agent, name: str, role: str = Membership.Role.REFERENTE) -> User:
    user = add_member(agent, email=f"{name}@example.org", role=role, by=SYSTEM).user
    user.name = name.title()
    user.save()
    return user


@pytest.fixture
def lecce(db) -> Agent:
    agent = ensure_agent(AgentRecord(identifier="c_e506", name="Comune di Lecce"), by=SYSTEM)
    Agent.objects.filter(pk=agent.pk).update(joined_on=timezone.localdate())
    agent.refresh_from_db()
    return agent


@pytest.fixture
def ada(lecce) -> User:
    return member_of(lecce, "ada")


@pytest.fixture
def bruno(lecce) -> User:
    return member_of(lecce, "bruno", Membership.Role.DPO)


@pytest.fixture
def known_only(db) -> User:
    bari = ensure_agent(AgentRecord(identifier="c_a662", name="Comune di Bari"), by=SYSTEM)
    return member_of(bari, "rita")


@pytest.fixture
def carla(db) -> User:
    return User.objects.create_user("carla@example.org", desk_role="editor", name="Carla")


@pytest.fixture(autouse=True)
def places(settings, tmp_path) -> None:
    settings.FILES_DIR = tmp_path / "files"
