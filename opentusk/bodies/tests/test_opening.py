"""Proves that the desk makes a body known under its own address, and forgets only what was never used."""

import pytest

from opentusk.bodies.actions import add_member, open_agent, remove_agent
from opentusk.bodies.errors import AgentKnown, NotAllowed, StillInUse
from opentusk.bodies.models import Agent, Membership
from opentusk.catalog.models import Dataset
from opentusk.journal.actors import SYSTEM
from opentusk.journal.models import Entry
from opentusk.kit.records import Agent as AgentRecord
from opentusk.people.actors import actor_of
from opentusk.people.models import User

pytestmark = pytest.mark.django_db
RECORD = AgentRecord(identifier="C_E506", name="Comune di Lecce")


def test_the_desk_chooses_the_address_and_the_index_gives_the_rest():
    desk = actor_of(User.objects.create_user("desk@example.org", desk_role="editor"))

    agent = open_agent(RECORD, slug="lecce", by=desk)

    assert (agent.slug, agent.ipa_code, agent.is_in_ipa) == ("lecce", "c_e506", True)
    assert agent.kind == Agent.Kind.MUNICIPALITY


def test_a_body_that_is_known_is_refused_by_code_and_by_address():
    open_agent(RECORD, slug="lecce", by=SYSTEM)

    with pytest.raises(AgentKnown) as code:
        open_agent(RECORD, slug="altra", by=SYSTEM)
    with pytest.raises(AgentKnown) as slug:
        open_agent(AgentRecord(identifier="c_a662", name="Bari"), slug="lecce", by=SYSTEM)
    assert (code.value.field, slug.value.field) == ("ipa_code", "slug")


def test_only_the_desk_opens_and_only_who_runs_the_portal_forgets():
    ada = User.objects.create_user("ada@example.org")
    desk = actor_of(User.objects.create_user("desk@example.org", desk_role="editor"))
    agent = open_agent(RECORD, slug="lecce", by=SYSTEM)
    add_member(agent, email=ada.email, role=Membership.Role.REFERENTE, by=SYSTEM)

    with pytest.raises(NotAllowed):
        open_agent(AgentRecord(identifier="c_a662", name="Bari"), slug="bari", by=actor_of(ada))
    for actor in (actor_of(ada), desk):
        with pytest.raises(NotAllowed):
            remove_agent(agent, by=actor)


def test_what_was_used_is_not_forgotten_and_what_was_not_leaves_a_line():
    lecce = open_agent(RECORD, slug="lecce", by=SYSTEM)
    bari = open_agent(AgentRecord(identifier="c_a662", name="Bari"), slug="bari", by=SYSTEM)
    Dataset.objects.create(identifier="c_a662:alberi", slug="c_a662-alberi", rights_holder=bari, record={})

    remove_agent(lecce, by=SYSTEM)
    with pytest.raises(StillInUse) as refused:
        remove_agent(bari, by=SYSTEM)

    assert (list(Agent.objects.all()), refused.value.kinds) == ([bari], ("dataset",))
    assert Entry.objects.get(event="bodies.agent_removed").facts["ipa_code"] == "c_e506"
