"""Who may do what in the community. Asked at every request: a suspended body is out at once."""

from opentusk.bodies.models import Agent, Membership
from opentusk.bodies.permissions import can_write_for, is_desk
from opentusk.community.errors import NotAllowed
from opentusk.community.models import Document, Thread
from opentusk.journal.actors import Actor
from opentusk.people.models import RoleGrant
from opentusk.people.roles import has_role


def can_enter(by: Actor) -> bool:
    """Whether the actor works now for a body that joined and is active, moderates, or is of the desk."""
    return body_of(by) is not None or can_moderate(by)


def body_of(by: Actor) -> Agent | None:
    """The accredited body that the actor works for now; the first by name of several."""
    if by.user_id is None:
        return None
    valid = Membership.objects.valid().filter(user=by.user_id, agent__joined_on__isnull=False)
    return Agent.objects.filter(pk__in=valid.values("agent")).by_name().first()


def can_moderate(by: Actor) -> bool:
    """Whether the actor pins, locks and hides."""
    return is_desk(by) or has_role(by, RoleGrant.Role.MODERATOR)


def can_read(by: Actor, thread: Thread) -> bool:
    """Whether the actor reads this thread."""
    return can_enter(by) and (thread.state == Thread.State.VISIBLE or can_moderate(by))


def is_author(by: Actor, thread: Thread) -> bool:
    """Whether the actor began this thread, and is still one of us."""
    return by.user_id is not None and by.user_id == thread.author_id and can_enter(by)


def can_have(by: Actor, document: Document) -> bool:
    """Whether the actor may download this document."""
    match document.access:
        case Document.Access.PUBLIC:
            return True
        case Document.Access.COMMUNITY:
            return can_enter(by)
    return is_desk(by)


def can_keep(by: Actor, owner: Agent) -> bool:
    """Whether the actor adds documents of this body, and versions of them."""
    return is_desk(by) or (can_enter(by) and can_write_for(by, owner))


def can_write_newsletters(by: Actor) -> bool:
    """Whether the actor writes and sends newsletters."""
    return is_desk(by)


def require(allowed: bool, action: str) -> None:
    """Raises NotAllowed, with what was asked."""
    if not allowed:
        raise NotAllowed(action)
