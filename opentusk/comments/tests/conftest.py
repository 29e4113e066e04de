"""People who write, and the thing they write under."""

import pytest

from opentusk.people.actors import actor_of
from opentusk.people.models import User


def person(name: str, **fields):
    return actor_of(User.objects.create_user(f"{name}@example.org", **fields))


@pytest.fixture
def ada(db):
    return person("ada")


@pytest.fixture
def bruno(db):
    return person("bruno")


@pytest.fixture
def moderator(db):
    return person("desk", desk_role="editor")
