"""Proves who may say who works for a body, and that rights begin and end with it."""

import pytest

from opentusk.bodies.actions import add_member, change_agent, end_membership, ensure_agent
from opentusk.bodies.errors import AlreadyMember, NotAllowed
from opentusk.bodies.models import Agent, Membership
from opentusk.bodies.permissions import can_write_for
from opentusk.journal.actors import ANONYMOUS, SYSTEM
from opentusk.journal.models import Entry
from opentusk.kit.records import Agent as AgentRecord
from opentusk.people.actors import actor_of
from opentusk.people.models import User

pytestmark = pytest.mark.django_db


@pytest.fixture
def lecce():
    return ensure_agent(AgentRecord(identifier="c_e506", name="Comune di Lecce"), by=SYSTEM)


@pytest.fixture
def bari():
    return ensure_agent(AgentRecord(identifier="c_a662", name="Comune di Bari"), by=SYSTEM)


def person(email: str, role: str = "") -> User:
    return User.objects.create_user(email, desk_role=role)


def test_a_body_is_made_once_with_what_the_ipa_index_says(lecce):
    again = ensure_agent(AgentRecord(identifier="C_E506", name="Città di Lecce"), by=SYSTEM)

    assert again == lecce
    assert (again.name, again.kind, again.is_in_ipa) == ("Comune di Lecce", Agent.Kind.MUNICIPALITY, True)


def test_an_unknown_code_is_kept_and_marked():
    agent = ensure_agent(AgentRecord(identifier="x_servizi", name="Servizi Esempio Spa"), by=SYSTEM)

    assert (agent.ipa_code, agent.is_in_ipa, agent.kind) == ("x_servizi", False, Agent.Kind.COMPANY)


def test_two_bodies_of_one_name_have_different_addresses():
    first = ensure_agent(AgentRecord(identifier="x_one", name="Ufficio"), by=SYSTEM)
    second = ensure_agent(AgentRecord(identifier="x_two", name="Ufficio"), by=SYSTEM)

    assert first.slug != second.slug


def test_the_referente_says_who_works_for_the_body(lecce):
    referente = person("referente@example.org")
    add_member(lecce, email=referente.email, role=Membership.Role.REFERENTE, by=SYSTEM)

    membership = add_member(
        lecce, email="Redattore@Example.org", role=Membership.Role.REDATTORE, by=actor_of(referente)
    )

    assert membership.user.email == "redattore@example.org"
    assert can_write_for(actor_of(membership.user), lecce)


def test_one_role_is_given_once(lecce):
    add_member(lecce, email="a@example.org", role=Membership.Role.DPO, by=SYSTEM)

    with pytest.raises(AlreadyMember):
        add_member(lecce, email="a@example.org", role=Membership.Role.DPO, by=SYSTEM)


def test_rights_end_with_the_membership_and_with_the_account(lecce):
    membership = add_member(lecce, email="a@example.org", role=Membership.Role.REDATTORE, by=SYSTEM)
    actor = actor_of(membership.user)
    assert can_write_for(actor, lecce)

    end_membership(membership, by=SYSTEM)

    assert not can_write_for(actor, lecce)
    assert list(Entry.objects.about(lecce).values_list("event", flat=True)) == [
        "bodies.agent_added",
        "bodies.member_added",
        "bodies.member_removed",
    ]


def test_a_suspended_body_gives_no_rights(lecce):
    membership = add_member(lecce, email="a@example.org", role=Membership.Role.REDATTORE, by=SYSTEM)
    Agent.objects.filter(pk=lecce.pk).update(status=Agent.Status.SUSPENDED)

    assert not can_write_for(actor_of(membership.user), lecce)


@pytest.mark.parametrize(
    ("who", "may"),
    [
        ("anonymous", False),
        ("outsider", False),
        ("redattore", False),
        ("dpo", False),
        ("referente of another body", False),
        ("referente", True),
        ("editor", True),
        ("admin", True),
        ("inactive admin", False),
        ("system", True),
    ],
)
def test_who_may_manage_members(who, may, lecce, bari):
    actor = _actor(who, lecce, bari)

    if may:
        add_member(lecce, email="new@example.org", role=Membership.Role.REVISORE, by=actor)
        change_agent(lecce, {"territory": "Lecce"}, by=actor)
    else:
        with pytest.raises(NotAllowed):
            add_member(lecce, email="new@example.org", role=Membership.Role.REVISORE, by=actor)
        with pytest.raises(NotAllowed):
            change_agent(lecce, {"territory": "Lecce"}, by=actor)


def _actor(who, lecce, bari):
    if who == "anonymous":
        return ANONYMOUS
    if who == "system":
        return SYSTEM
    user = person("someone@example.org", who.removeprefix("inactive ") if who.endswith(("editor", "admin")) else "")
    if who in {"redattore", "dpo", "referente"}:
        add_member(lecce, email=user.email, role=Membership.Role(who), by=SYSTEM)
    if who == "referente of another body":
        add_member(bari, email=user.email, role=Membership.Role.REFERENTE, by=SYSTEM)
    actor = actor_of(user)
    if who.startswith("inactive"):
        User.objects.filter(pk=user.pk).update(is_active=False)
    return actor
