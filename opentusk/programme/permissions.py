"""Who may do what in the programme."""

from django.db.models import Q

from opentusk.bodies.models import Membership
from opentusk.bodies.permissions import is_desk
from opentusk.journal.actors import Actor
from opentusk.people.models import RoleGrant
from opentusk.people.roles import has_role
from opentusk.programme.errors import NotAllowed
from opentusk.programme.models import Event, Material
from opentusk.programme.states import Access


def can_run(by: Actor) -> bool:
    """Whether the actor prepares and changes events."""
    return is_desk(by)


def can_check_in(by: Actor, event: Event) -> bool:
    """Whether the actor stands at the door of this event."""
    return is_desk(by) or has_role(by, RoleGrant.Role.FACILITATOR, event)


def works_for_a_body(by: Actor) -> bool:
    """Whether the actor works, now, for a body that is not suspended: one that joined, or a public one of the IPA.

    A body that is only a name in somebody's catalogue opens nothing.
    """
    known = Q(agent__joined_on__isnull=False) | Q(agent__is_in_ipa=True)
    return by.user_id is not None and Membership.objects.valid().filter(known, user=by.user_id).exists()


def is_of_the_community(by: Actor) -> bool:
    """Whether the actor works, now, for a body that joined and is not suspended."""
    valid = Membership.objects.valid().filter(user=by.user_id, agent__joined_on__isnull=False)
    return by.user_id is not None and valid.exists()


def can_have(by: Actor, material: Material) -> bool:
    """Whether the actor may have a material."""
    if not material.event.is_public and not is_desk(by):
        return False
    match material.access:
        case Access.PUBLIC:
            return True
        case Access.PA_MEMBERS:
            return is_desk(by) or works_for_a_body(by)
        case Access.COMMUNITY:
            return is_desk(by) or is_of_the_community(by)
    return is_desk(by)


def require(allowed: bool, action: str) -> None:
    """Raises NotAllowed, with what was asked."""
    if not allowed:
        raise NotAllowed(action)
