"""Who may see a request to join, and who may take it a step further."""

from opentusk.bodies.permissions import can_manage_members, is_desk
from opentusk.joining.machine import MOVES, Party
from opentusk.joining.models import Accreditation, AccreditationStatus
from opentusk.journal.actors import Actor, ActorKind
from opentusk.journal.models import reference_of


def requester_of(accreditation: Accreditation) -> Actor:
    """Whoever holds the secret address of a request to join. The label may be read by others: it names nobody."""
    return Actor(ActorKind.PERSON, reference_of(accreditation), "chi ha chiesto l'adesione")


def can_follow(by: Actor, accreditation: Accreditation) -> bool:
    """Whether the actor may see a request to join and its documents: its requester, its referente, the desk."""
    if is_desk(by) or by.reference == reference_of(accreditation):
        return True
    agent = accreditation.agent
    return agent is not None and can_manage_members(by, agent)


def can_bring(by: Actor, accreditation: Accreditation) -> bool:
    """Whether the actor may bring documents and names to a request: its requester, or the desk in their stead."""
    return is_desk(by) or by.reference == reference_of(accreditation)


def may_move(by: Actor, accreditation: Accreditation, target: AccreditationStatus) -> bool:
    """Whether the actor is of the party that may take a request from where it is to `target`."""
    party = MOVES.get((AccreditationStatus(accreditation.status), target))
    return is_desk(by) or (party is Party.BODY and can_bring(by, accreditation))
