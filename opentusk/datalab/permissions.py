"""Who leads the tables of a datalab."""

from opentusk.bodies.permissions import is_desk
from opentusk.demand.permissions import is_facilitator
from opentusk.journal.actors import Actor


def can_lead(by: Actor, event: str) -> bool:
    """Whether the actor opens and closes the tables of an event, and types in its cards."""
    return is_desk(by) or is_facilitator(by, event)
