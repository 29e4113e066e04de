"""Who may do what for a body."""

from functools import cache

from django.db.models import QuerySet

from opentusk.bodies.errors import NotAllowed
from opentusk.bodies.models import Agent, AgentQuerySet, Membership
from opentusk.journal.actors import Actor, ActorKind
from opentusk.journal.prepared import Prepared
from opentusk.people.models import User
from opentusk.people.permissions import is_portal_admin as is_portal_admin

_WRITERS = (Membership.Role.REFERENTE, Membership.Role.RTD, Membership.Role.REDATTORE, Membership.Role.REVISORE)
REVIEWERS = (Membership.Role.REFERENTE, Membership.Role.REVISORE)


def is_desk(by: Actor) -> bool:
    """Whether the actor is the portal itself or works at the regional desk."""
    if by.is_system:
        return True
    return by.user_id is not None and User.objects.active().filter(pk=by.user_id).exclude(desk_role="").exists()


def can_write_for(by: Actor, agent: Agent) -> bool:
    """Whether the actor may write datasets of this body: its own people, the desk, a source read for it.

    A suspended or ended body publishes nothing, through people or sources; the desk still looks after what is public.
    """
    if by.kind is ActorKind.SOURCE:
        return Agent.objects.active().filter(pk=agent.pk).exists()
    return _is_desk_or_has_role(by, agent, _WRITERS)


def writable_agents(by: Actor) -> AgentQuerySet:
    """The bodies for which a person may write: every active one for the desk."""
    if is_desk(by):
        return Agent.objects.active().by_name()
    memberships = Membership.objects.valid().filter(user=by.user_id, role__in=_WRITERS)
    return Agent.objects.filter(pk__in=memberships.values("agent")).by_name()


def can_review_for(by: Actor, agent: Agent, *, author_id: int | None) -> bool:
    """Whether the actor may approve a colleague's work for this body; never the author's own.

    `author_id` is the number of the account that did the work, None when no person did.
    """
    if by.user_id is not None and by.user_id == author_id:
        return False
    return _is_desk_or_has_role(by, agent, REVIEWERS)


def can_decide_privacy_for(by: Actor, agent: Agent) -> bool:
    """Whether the actor may decide on personal data of this body: its DPO, or an administrator of the portal.

    The referente decides only where the body has named no DPO. The portal itself never does: a person answers for it.
    """
    if by.user_id is None:
        return False
    if is_portal_admin(by) or _has_role(by, agent, (Membership.Role.DPO,)):
        return True
    return _has_role(by, agent, (Membership.Role.REFERENTE,)) and not Membership.objects.valid().dpos_of(agent).exists()


def can_manage_members(by: Actor, agent: Agent) -> bool:
    """Whether the actor may say who works for this body."""
    return _is_desk_or_has_role(by, agent, (Membership.Role.REFERENTE,))


def require(allowed: bool, action: str, subject: object) -> None:
    """Raises NotAllowed, with what was asked and on what."""
    if not allowed:
        raise NotAllowed(action=action, subject=str(subject))


def _is_desk_or_has_role(by: Actor, agent: Agent, roles: tuple[Membership.Role, ...]) -> bool:
    """The role first, one plain question: a program that writes a dataset is asked about its rights at every step."""
    return _has_role(by, agent, roles) or is_desk(by)


def _has_role(by: Actor, agent: Agent, roles: tuple[Membership.Role, ...]) -> bool:
    return by.user_id is not None and bool(_memberships(roles)(by.user_id, agent.pk))


@cache
def _memberships(roles: tuple[Membership.Role, ...]) -> Prepared:
    """The valid memberships of an account in a body, in one of these roles: asked at every step of a program."""

    def valid(user: int, agent: int) -> QuerySet[Membership, tuple[int]]:
        return Membership.objects.valid().filter(user=user, agent=agent, role__in=roles).values_list("pk")[:1]

    return Prepared(valid, -1, -2)
