"""Who may do what in a hackathon. Not even the desk writes a mark."""

from opentusk.bodies.permissions import is_desk
from opentusk.hackathon.errors import NotAllowed
from opentusk.hackathon.models import Hackathon, Juror, Team
from opentusk.hackathon.states import JurorState
from opentusk.journal.actors import Actor
from opentusk.journal.models import reference_of
from opentusk.people.models import RoleGrant
from opentusk.people.roles import has_role


def can_run(by: Actor) -> bool:
    """Whether the actor prepares and leads hackathons."""
    return is_desk(by)


def is_member(by: Actor, team: Team) -> bool:
    """Whether the actor is in the team."""
    return by.user_id is not None and team.members.filter(user=by.user_id).exists()


def is_on_the_other_side(by: Actor, hackathon: Hackathon) -> bool:
    """Whether the actor judges or helps there: such a person is in no team."""
    if by.user_id is None:
        return False
    judges = Juror.objects.filter(hackathon=hackathon, user=by.user_id).exclude(state=JurorState.REPLACED)
    return judges.exists() or has_role(by, RoleGrant.Role.MENTOR, reference_of(hackathon))


def require(allowed: bool, action: str) -> None:
    """Raises NotAllowed, with what was asked."""
    if not allowed:
        raise NotAllowed(action)
