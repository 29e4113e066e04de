"""Who sees and decides suspicions of personal data, and who looks after links."""

from django.db import models

from opentusk.bodies.models import Agent, Membership
from opentusk.bodies.permissions import can_decide_privacy_for, is_desk, is_portal_admin, writable_agents
from opentusk.journal.actors import Actor
from opentusk.quality.errors import NotAllowed
from opentusk.quality.models import PrivacyCase, PrivacyCaseQuerySet


def can_decide(by: Actor, case: PrivacyCase) -> bool:
    """Whether the actor may decide: the body's data protection officer, or who stands in for one."""
    return can_decide_privacy_for(by, case.dataset.rights_holder)


def visible_cases(by: Actor) -> PrivacyCaseQuerySet:
    """The cases that the actor may read: all for the desk, those of one's bodies for their people."""
    if is_desk(by):
        return PrivacyCase.objects.all()
    return PrivacyCase.objects.of_bodies(_own_bodies(by))


def is_dpo_of(by: Actor, agent: Agent) -> bool:
    """Whether the actor is the data protection officer of the body."""
    return Membership.objects.valid().dpos_of(agent).filter(user=by.user_id).exists()


def role_of(by: Actor, agent: Agent) -> str:
    """In which role the actor decides for this body: a code of `Membership.Role`, or `admin`."""
    if is_dpo_of(by, agent):
        return str(Membership.Role.DPO.value)
    return "admin" if is_portal_admin(by) else str(Membership.Role.REFERENTE.value)


def require(allowed: bool, action: str, subject: object) -> None:
    """Raises NotAllowed, with what was asked and on what."""
    if not allowed:
        raise NotAllowed(action=action, subject=str(subject))


def _own_bodies(by: Actor) -> models.QuerySet[Agent]:
    if by.user_id is None:
        return Agent.objects.none()
    officer = Membership.objects.valid().filter(user=by.user_id, role=Membership.Role.DPO)
    return Agent.objects.filter(pk__in=officer.values("agent")) | writable_agents(by).order_by()
