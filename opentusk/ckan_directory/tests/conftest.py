"""The clients of the CKAN door, and Eva, who answers for Lecce as its referente."""

import pytest

from opentusk.bodies.actions import add_member
from opentusk.ckan.tests.conftest import (  # noqa: F401 - the same people and programs
    Ckan,
    ada,
    ada_account,
    bari,
    bruno,
    carla,
    diego,
    disk,
    draft,
    key_of,
    lecce,
    nobody,
    public,
)
from opentusk.journal.actors import SYSTEM
from opentusk.people.models import User


@pytest.fixture
def eva_account(lecce) -> User:  # noqa: F811
    return add_member(lecce, email="eva@example.org", role="referente", by=SYSTEM).user


@pytest.fixture
def eva(client, eva_account) -> Ckan:
    """Says who works for Lecce."""
    return Ckan(client, key_of(eva_account))


@pytest.fixture
def everybody(nobody, bruno, ada, eva, carla, diego) -> dict[str, Ckan]:  # noqa: F811
    return {"nobody": nobody, "bruno": bruno, "ada": ada, "eva": eva, "carla": carla, "diego": diego}
