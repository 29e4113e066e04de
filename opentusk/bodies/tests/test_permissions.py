"""The permission matrix of the bodies: each right against each role and each state of the body."""

import pytest

from opentusk.bodies.actions import add_member, end_membership, ensure_agent
from opentusk.bodies.models import Agent, Membership
from opentusk.bodies.permissions import (
    can_decide_privacy_for,
    can_manage_members,
    can_review_for,
    can_write_for,
    writable_agents,
)
from opentusk.journal.actors import ANONYMOUS, SYSTEM, Actor, ActorKind
from opentusk.kit.records import Agent as AgentRecord
from opentusk.people.actors import actor_of
from opentusk.people.models import User

pytestmark = pytest.mark.django_db

RIGHTS = {
    "write": can_write_for,
    "review": lambda by, agent: can_review_for(by, agent, author_id=None),
    "decide on privacy": can_decide_privacy_for,
    "manage members": can_manage_members,
}
DESK = {"editor", "admin", "system"}
# Who may, with a DPO named in the body, while it is active.
ACTIVE = {
    "write": {"referente", "rtd", "redattore", "revisore", "source"} | DESK,
    "review": {"referente", "revisore"} | DESK,
    "decide on privacy": {"dpo", "admin"},
    "manage members": {"referente"} | DESK,
}
# Who still may when it is suspended or ended: the desk alone.
CLOSED = {"write": DESK, "review": DESK, "decide on privacy": {"admin"}, "manage members": DESK}


@pytest.fixture
def lecce() -> Agent:
    return ensure_agent(AgentRecord(identifier="c_e506", name="Comune di Lecce"), by=SYSTEM)


@pytest.fixture
def cast(lecce: Agent) -> dict[str, Actor]:
    """One of each who might try."""
    bari = ensure_agent(AgentRecord(identifier="c_a662", name="Comune di Bari"), by=SYSTEM)

    def person(name: str, desk_role: str = "") -> Actor:
        return actor_of(User.objects.create_user(f"{name}@example.org", desk_role=desk_role))

    def member(agent: Agent, role: str) -> Actor:
        email = f"{role}.{agent.ipa_code}@example.org"
        return actor_of(add_member(agent, email=email, role=Membership.Role(role), by=SYSTEM).user)

    roles = {role: member(lecce, role) for role in Membership.Role.values}
    neighbours = {f"{role} of another body": member(bari, role) for role in Membership.Role.values}
    former = add_member(lecce, email="former@example.org", role=Membership.Role.REFERENTE, by=SYSTEM)
    end_membership(former, by=SYSTEM)
    return (
        roles
        | neighbours
        | {
            "editor": person("editor", "editor"),
            "admin": person("admin", "admin"),
            "stranger": person("stranger"),
            "former referente": actor_of(former.user),
            "source": Actor(ActorKind.SOURCE, "harvest.source:1", "raccolta"),
            "system": SYSTEM,
            "anonymous": ANONYMOUS,
        }
    )


@pytest.mark.parametrize("right", RIGHTS)
@pytest.mark.parametrize(("status", "expected"), [("active", ACTIVE), ("suspended", CLOSED), ("ended", CLOSED)])
def test_each_right_belongs_to_these_and_to_nobody_else(right, status, expected, lecce, cast):
    Agent.objects.filter(pk=lecce.pk).update(status=status)
    lecce.refresh_from_db()

    assert {name for name, by in cast.items() if RIGHTS[right](by, lecce)} == expected[right]


@pytest.mark.parametrize("status", ["suspended", "ended"])
def test_a_closed_body_is_offered_to_nobody_to_write_for(status, lecce, cast):
    assert lecce in writable_agents(cast["redattore"])

    Agent.objects.filter(pk=lecce.pk).update(status=status)

    assert [name for name, by in cast.items() if lecce in writable_agents(by)] == []


@pytest.mark.parametrize("who", ["referente", "revisore", "editor", "admin"])
def test_nobody_reviews_their_own_work(who, lecce, cast):
    by = cast[who]

    assert can_review_for(by, lecce, author_id=cast["redattore"].user_id)
    assert not can_review_for(by, lecce, author_id=by.user_id)


def test_the_referente_decides_on_privacy_only_where_no_dpo_does(lecce, cast):
    assert not can_decide_privacy_for(cast["referente"], lecce)

    end_membership(Membership.objects.get(agent=lecce, role=Membership.Role.DPO), by=SYSTEM)

    assert can_decide_privacy_for(cast["referente"], lecce)
    assert not can_decide_privacy_for(cast["redattore"], lecce)
