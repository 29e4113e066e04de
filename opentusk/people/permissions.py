"""Who may do what to accounts."""

from opentusk.journal.actors import Actor
from opentusk.people.errors import NotAllowed
from opentusk.people.models import User


def is_portal_admin(by: Actor) -> bool:
    """Whether the actor runs the portal."""
    if by.is_system:
        return True
    return by.user_id is not None and User.objects.active().filter(pk=by.user_id, desk_role="admin").exists()


def can_open_accounts(by: Actor) -> bool:
    """Whether the actor may make, close and reopen accounts."""
    return is_portal_admin(by)


def can_change_account(by: Actor, user: User) -> bool:
    """Whether the actor may change what is said of this person: they themselves, or who runs the portal."""
    return by.user_id == user.pk or is_portal_admin(by)


def require(allowed: bool, action: str, subject: object) -> None:
    """Raises NotAllowed, with what was asked and on what."""
    if not allowed:
        raise NotAllowed(action=action, subject=str(subject))
