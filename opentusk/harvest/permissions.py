"""Who may do what to a source."""

from opentusk.bodies.models import Agent
from opentusk.bodies.permissions import can_write_for, is_desk
from opentusk.harvest.errors import NotAllowed
from opentusk.harvest.models import HarvestSource
from opentusk.journal.actors import Actor, ActorKind


def can_add(by: Actor, agent: Agent | None, role: str) -> bool:
    """The desk adds any source; the people of a body add catalogues of that body only."""
    if is_desk(by):
        return True
    return role == HarvestSource.Role.BODY and agent is not None and _works_for(by, agent)


def can_manage(by: Actor, source: HarvestSource) -> bool:
    """Whether the actor may change, preview, run, pause the source and confirm its withdrawals."""
    return can_add(by, source.agent, source.role)


def _works_for(by: Actor, agent: Agent) -> bool:
    # A source may write datasets of a body, but only people decide about sources.
    return by.kind is ActorKind.PERSON and can_write_for(by, agent)


def require(allowed: bool, action: str, subject: object) -> None:
    """Raises NotAllowed, with what was asked and on what."""
    if not allowed:
        raise NotAllowed(action=action, subject=str(subject))
