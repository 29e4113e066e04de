"""The people of many rooms' tests: Ada writes for Lecce, Bruno answers for Bari. A conftest imports whom it needs."""

import pytest

from opentusk.bodies.actions import add_member, ensure_agent
from opentusk.bodies.models import Agent, Membership
from opentusk.journal.actors import SYSTEM, Actor
from opentusk.kit.records import Agent as AgentRecord
from opentusk.people.actors import actor_of
from opentusk.people.models import User


def body(code: str, name: str) -> Agent:
    return ensure_agent(AgentRecord(identifier=code, name=name), by=SYSTEM)


def account(agent: Agent, email: str, role: str) -> User:
    return add_member(agent, email=email, role=Membership.Role(role), by=SYSTEM).user


def member(agent: Agent, email: str, role: str) -> Actor:
    return actor_of(account(agent, email, role))


@pytest.fixture
def lecce(db) -> Agent:
    return body("c_e506", "Comune di Lecce")


@pytest.fixture
def bari(db) -> Agent:
    return body("c_a662", "Comune di Bari")


@pytest.fixture
def ada_account(lecce) -> User:
    return account(lecce, "ada@example.org", "redattore")


@pytest.fixture
def ada(ada_account) -> Actor:
    return actor_of(ada_account)


@pytest.fixture
def bruno_account(bari) -> User:
    return account(bari, "bruno@example.org", "referente")


@pytest.fixture
def bruno(bruno_account) -> Actor:
    return actor_of(bruno_account)
