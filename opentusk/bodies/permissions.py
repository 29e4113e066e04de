"""Who may do what for a body."""

from opentusk.bodies.models import Agent, AgentQuerySet, Membership
from opentusk.journal.actors import Actor, ActorKind
from opentusk.people.models import User

_WRITERS = (Membership.Role.REFERENTE, Membership.Role.RTD, Membership.Role.REDATTORE, Membership.Role.REVISORE)


def is_desk(by: Actor) -> bool:
    """Whether the actor is the portal itself or works at the regional desk."""
    if by.is_system:
        return True
    return by.user_id is not None and User.objects.active().filter(pk=by.user_id).exclude(desk_role="").exists()


def is_portal_admin(by: Actor) -> bool:
    """Whether the actor runs the portal."""
    if by.is_system:
        return True
    return by.user_id is not None and User.objects.active().filter(pk=by.user_id, desk_role="admin").exists()


def can_write_for(by: Actor, agent: Agent) -> bool:
    """Whether the actor may write datasets of this body: its own people, the desk, a source read for it."""
    if by.kind is ActorKind.SOURCE or is_desk(by):
        return True
    return _has_role(by, agent, _WRITERS)


def writable_agents(by: Actor) -> AgentQuerySet:
    """The bodies for which a person may write: every active one for the desk."""
    if is_desk(by):
        return Agent.objects.active().by_name()
    memberships = Membership.objects.valid().filter(user=by.user_id, role__in=_WRITERS)
    return Agent.objects.filter(pk__in=memberships.values("agent")).by_name()


def can_manage_members(by: Actor, agent: Agent) -> bool:
    """Whether the actor may say who works for this body."""
    return is_desk(by) or _has_role(by, agent, (Membership.Role.REFERENTE,))


def _has_role(by: Actor, agent: Agent, roles: tuple[Membership.Role, ...]) -> bool:
    if by.user_id is None:
        return False
    return Membership.objects.valid().filter(user=by.user_id, agent=agent, role__in=roles).exists()
