"""Who may do what with a work."""

from opentusk.bodies.permissions import is_desk
from opentusk.journal.actors import Actor
from opentusk.reuse.errors import NotAllowed
from opentusk.reuse.models import Work
from opentusk.reuse.states import WorkState


def can_edit(by: Actor, work: Work) -> bool:
    """Whether the actor changes it: the desk always, its author until it is published."""
    if is_desk(by):
        return True
    is_own = by.user_id is not None and by.user_id == work.contact_id
    return is_own and work.state in {WorkState.DRAFT, WorkState.PROPOSED}


def can_decide(by: Actor) -> bool:
    """Whether the actor publishes, refuses and archives."""
    return is_desk(by)


def require(allowed: bool, action: str) -> None:
    """Raises NotAllowed, with what was asked."""
    if not allowed:
        raise NotAllowed(action)
