"""Who may do what with a wish."""

from opentusk.bodies.models import Membership
from opentusk.bodies.permissions import is_desk
from opentusk.demand.errors import NotAllowed
from opentusk.demand.models import WantedDataset
from opentusk.demand.states import Move, State
from opentusk.journal.actors import Actor
from opentusk.people.models import RoleGrant
from opentusk.people.roles import has_role

# Everything else is the desk's alone: a body cannot refuse for good what it has promised to work on.
_OF_MODERATORS = frozenset({(State.PROPOSED, move) for move in (Move.ACCEPT, Move.MERGE, Move.REFUSE)})
_OF_THE_BODY = frozenset(
    {
        (State.ASSIGNED, Move.START),
        (State.ASSIGNED, Move.DECLINE),
        (State.ASSIGNED, Move.LINK),
        (State.IN_PROGRESS, Move.LINK),
    }
)


def can_move(by: Actor, item: WantedDataset, move: Move) -> bool:
    """Whether the actor may do this to a wish in the state it is in."""
    key = (item.state, move)
    if is_desk(by):
        return True
    if key in _OF_MODERATORS:
        return can_moderate(by) or (move != Move.REFUSE and is_facilitator(by, item.event))
    if key in _OF_THE_BODY:
        return item.assigned_body_id is not None and is_referent_of(by, item.assigned_body_id)
    return key == (State.PUBLISHED, Move.VERIFY) and is_proponent(by, item)


def can_moderate(by: Actor) -> bool:
    """Whether the actor examines and hides."""
    return is_desk(by) or has_role(by, RoleGrant.Role.MODERATOR)


def is_facilitator(by: Actor, event: str) -> bool:
    """Whether the actor leads the tables of this event."""
    return bool(event) and has_role(by, RoleGrant.Role.FACILITATOR, event)


def can_edit(by: Actor, item: WantedDataset) -> bool:
    """Whether the actor may change title, theme and visibility of a wish."""
    return can_moderate(by) or is_facilitator(by, item.event)


def is_referent_of(by: Actor, agent_id: int) -> bool:
    """Whether the actor answers for this body."""
    if by.user_id is None:
        return False
    referenti = Membership.objects.valid().filter(agent=agent_id, role=Membership.Role.REFERENTE)
    return referenti.filter(user=by.user_id).exists()


def is_proponent(by: Actor, item: WantedDataset) -> bool:
    """Whether the wish is the actor's own."""
    return by.user_id is not None and by.user_id == item.proponent_id


def require(allowed: bool, action: str) -> None:
    """Raises NotAllowed, with what was asked."""
    if not allowed:
        raise NotAllowed(action)
