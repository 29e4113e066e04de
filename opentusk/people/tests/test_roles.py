"""Proves that a role counts for its own thing only, once, and until it is taken back."""

import pytest

from opentusk.journal.actors import SYSTEM
from opentusk.journal.models import Entry
from opentusk.people.actors import actor_of
from opentusk.people.models import RoleGrant, User
from opentusk.people.roles import end_role, grant_role, has_role

FACILITATOR = RoleGrant.Role.FACILITATOR

pytestmark = pytest.mark.django_db


@pytest.fixture
def ada():
    return User.objects.create_user("ada@example.org")


def test_a_role_for_one_thing_gives_nothing_on_another(ada):
    grant_role(ada, FACILITATOR, by=SYSTEM, scope="programme.event:1")

    assert has_role(actor_of(ada), FACILITATOR, "programme.event:1")
    assert not has_role(actor_of(ada), FACILITATOR, "programme.event:2")
    assert not has_role(actor_of(ada), RoleGrant.Role.JUROR, "programme.event:1")


def test_a_role_for_everything_counts_everywhere(ada):
    grant_role(ada, RoleGrant.Role.MODERATOR, by=SYSTEM)

    assert has_role(actor_of(ada), RoleGrant.Role.MODERATOR, "programme.event:1")


def test_giving_twice_is_giving_once_and_the_end_is_the_end(ada):
    first = grant_role(ada, FACILITATOR, by=SYSTEM, scope="programme.event:1")
    again = grant_role(ada, FACILITATOR, by=SYSTEM, scope="programme.event:1")
    end_role(first, by=SYSTEM)
    end_role(first, by=SYSTEM)

    assert again == first
    assert not has_role(actor_of(ada), FACILITATOR, "programme.event:1")
    assert list(Entry.objects.about(ada).values_list("event", flat=True)) == [
        "people.role_granted",
        "people.role_ended",
    ]
