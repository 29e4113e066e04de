"""Who sees the federation of whom."""

from opentusk.bodies.models import Agent, AgentQuerySet, Membership
from opentusk.bodies.permissions import is_desk, require
from opentusk.journal.actors import Actor

__all__ = ["can_see_body", "can_see_everything", "own_bodies", "require"]


def can_see_everything(by: Actor) -> bool:
    """Whether the actor runs the portal or works at its desk."""
    return is_desk(by)


def can_see_body(by: Actor, agent: Agent) -> bool:
    """Whether the actor works for the body, in whatever role, or at the desk."""
    return is_desk(by) or own_bodies(by).filter(pk=agent.pk).exists()


def own_bodies(by: Actor) -> AgentQuerySet:
    """The bodies that the actor works for."""
    if by.user_id is None:
        return Agent.objects.none()
    memberships = Membership.objects.valid().filter(user=by.user_id)
    return Agent.objects.filter(pk__in=memberships.values("agent")).by_name()
