"""Who helps the teams."""

from django.db import transaction

from opentusk.hackathon.errors import OnTheOtherSide, Unconfirmed
from opentusk.hackathon.models import Hackathon, TeamMember
from opentusk.hackathon.permissions import can_run, require
from opentusk.journal.actions import enqueue
from opentusk.journal.actors import Actor
from opentusk.journal.models import reference_of
from opentusk.people.models import RoleGrant, User
from opentusk.people.roles import end_role, grant_role


@transaction.atomic
def add_mentor(hackathon: Hackathon, email: str, *, by: Actor) -> RoleGrant:
    """Somebody with an account helps the teams, and is written to. Raises Unconfirmed, OnTheOtherSide, NotAllowed."""
    require(can_run(by), "add_mentor")
    user = User.objects.active().filter(email=email.strip().lower()).first()
    if user is None:
        raise Unconfirmed
    if TeamMember.objects.filter(hackathon=hackathon, user=user).exists():
        raise OnTheOtherSide
    grant = grant_role(user, RoleGrant.Role.MENTOR, by=by, scope=reference_of(hackathon))
    enqueue("opentusk.hackathon.tasks.send_mentor_letter", hackathon=hackathon.pk, grant=grant.pk)
    return grant


@transaction.atomic
def end_mentor(grant: RoleGrant, *, by: Actor) -> None:
    """That person helps no more. Raises NotAllowed."""
    require(can_run(by), "end_mentor")
    end_role(grant, by=by)
