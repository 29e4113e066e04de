"""Who works for a body, in CKAN's capacities: each change is made of the portal's own joining and leaving."""

from collections.abc import Mapping

from django.db import transaction

from opentusk.bodies.actions import add_member, end_membership
from opentusk.bodies.models import Agent, Membership
from opentusk.bodies.permissions import can_manage_members, require
from opentusk.ckan_directory.capacities import ROLES, capacity_of
from opentusk.journal.actors import Actor
from opentusk.people.models import User


@transaction.atomic
def set_capacity(agent: Agent, user: User, capacity: str, *, by: Actor) -> None:
    """Give a person this capacity in a body and no other; one who has it keeps the role that gives it.

    `capacity` is a key of `ROLES`, or one that the person has already. Raises LastReferente.
    """
    require(can_manage_members(by, agent), "add_member", agent.ipa_code)
    held = list(_held(agent, user))
    if capacity not in {capacity_of([membership.role]) for membership in held}:
        add_member(agent, email=user.email, role=ROLES[capacity], by=by)
    for membership in held:
        # Who answers for personal data keeps doing so, whatever else they do: the role gives no right to write.
        if capacity_of([membership.role]) not in {capacity, "member"}:
            end_membership(membership, by=by)


@transaction.atomic
def leave_body(agent: Agent, user: User, *, by: Actor) -> None:
    """Take every role of a person in a body away. Raises LastReferente."""
    for membership in _held(agent, user):
        end_membership(membership, by=by)


@transaction.atomic
def set_members(agent: Agent, capacities: Mapping[User, str], *, by: Actor) -> None:
    """Make these, and nobody else, the people of a body. Raises LastReferente."""
    for user, capacity in capacities.items():
        set_capacity(agent, user, capacity, by=by)
    others = Membership.objects.current().filter(agent=agent).exclude(user__in=capacities)
    for membership in others.select_related("user", "agent"):
        end_membership(membership, by=by)


def _held(agent: Agent, user: User) -> list[Membership]:
    return list(Membership.objects.current().filter(agent=agent, user=user).select_related("agent", "user"))
