"""The permission matrix of the catalogue: each kind of actor against each action."""

from dataclasses import replace

import pytest

from opentusk.bodies.actions import add_member
from opentusk.bodies.models import Membership
from opentusk.catalog import actions
from opentusk.catalog.errors import NotAllowed
from opentusk.catalog.permissions import can_see
from opentusk.catalog.tests.records import trees
from opentusk.journal.actors import ANONYMOUS, SYSTEM, Actor, ActorKind
from opentusk.people.actors import actor_of
from opentusk.people.models import User

pytestmark = pytest.mark.django_db

ALLOWED = {
    "anonymous": False,
    "reader": False,
    "member of another body": False,
    "dpo": False,
    "redattore": True,
    "revisore": True,
    "rtd": True,
    "referente": True,
    "editor": True,
    "admin": True,
    "system": True,
    "source": True,
}
ACTIONS = {
    "create": lambda by, holder, dataset: actions.create_draft(trees("c_e506:siepi"), holder=holder, by=by),
    "edit": lambda by, holder, dataset: actions.change_record(
        dataset, replace(trees(), title={"it": "Altro"}), by=by, expected=dataset.checksum
    ),
    "publish": lambda by, holder, dataset: actions.publish(dataset, by=by),
    "withdraw": lambda by, holder, dataset: actions.withdraw(
        actions.publish(dataset, by=SYSTEM), by=by, reason="Prova"
    ),
    "restore": lambda by, holder, dataset: actions.restore(
        actions.withdraw(actions.publish(dataset, by=SYSTEM), by=SYSTEM, reason="Prova"), by=by
    ),
    "delete": lambda by, holder, dataset: actions.delete_draft(dataset, by=by),
}


def actor(who: str, lecce, bari) -> Actor:
    if who in {"anonymous", "system"}:
        return ANONYMOUS if who == "anonymous" else SYSTEM
    if who == "source":
        return Actor(ActorKind.SOURCE, "harvest.source:1", "raccolta")
    user = User.objects.create_user("somebody@example.org", desk_role=who if who in {"editor", "admin"} else "")
    if who in Membership.Role.values:
        add_member(lecce, email=user.email, role=Membership.Role(who), by=SYSTEM)
    if who == "member of another body":
        add_member(bari, email=user.email, role=Membership.Role.REFERENTE, by=SYSTEM)
    return actor_of(user)


@pytest.mark.parametrize("action", ACTIONS)
@pytest.mark.parametrize(("who", "may"), ALLOWED.items())
def test_who_may_do_what(action, who, may, lecce, bari):
    dataset = actions.create_draft(trees(), holder=lecce, by=SYSTEM)
    by = actor(who, lecce, bari)

    if may:
        ACTIONS[action](by, lecce, dataset)
    else:
        with pytest.raises(NotAllowed):
            ACTIONS[action](by, lecce, dataset)


@pytest.mark.parametrize(("who", "may"), ALLOWED.items())
def test_a_draft_is_seen_by_those_who_may_write_it(who, may, lecce, bari):
    dataset = actions.create_draft(trees(), holder=lecce, by=SYSTEM)

    assert can_see(actor(who, lecce, bari), dataset) is may


def test_what_is_public_is_seen_by_everybody(lecce):
    dataset = actions.publish(actions.create_draft(trees(), holder=lecce, by=SYSTEM), by=SYSTEM)

    assert can_see(ANONYMOUS, dataset)
    assert can_see(ANONYMOUS, actions.withdraw(dataset, by=SYSTEM, reason="Prova"))
