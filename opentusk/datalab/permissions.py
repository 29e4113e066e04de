"""Who leads the tables of a datalab."""

from opentusk.bodies.permissions import is_desk
from opentusk.demand.permissions import is_facilitator
from opentusk.journal.actors import Actor
from opentusk.people.models import RoleGrant


def can_lead(by: Actor, event: str) -> bool:
    """Whether the actor opens and closes the tables of an event, and types in its cards."""
    return is_desk(by) or is_facilitator(by, event)


def leads_some(by: Actor) -> bool:
    """Whether there may be datalabs that the actor leads: one event's, or everybody's."""
    if by.user_id is None:
        return False
    facilitates = RoleGrant.objects.valid().filter(user=by.user_id, role=RoleGrant.Role.FACILITATOR)
    return is_desk(by) or facilitates.exists()
