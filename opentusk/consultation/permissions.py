"""Who may do what with a consultation."""

from opentusk.bodies.permissions import is_desk
from opentusk.consultation.errors import NotAllowed
from opentusk.journal.actors import Actor


def can_run(by: Actor) -> bool:
    """Whether the actor prepares, answers and reports."""
    return is_desk(by)


def require(allowed: bool, action: str) -> None:
    """Raises NotAllowed, with what was asked."""
    if not allowed:
        raise NotAllowed(action)
