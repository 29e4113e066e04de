"""Roles for one event, edition or hackathon: given, ended, asked for."""

from django.db import models, transaction
from django.utils import timezone

from opentusk.journal.actions import record
from opentusk.journal.actors import Actor
from opentusk.journal.models import reference_of
from opentusk.people.events import PeopleEvent
from opentusk.people.models import RoleGrant, User


def has_role(by: Actor, role: RoleGrant.Role, scope: models.Model | str = "") -> bool:
    """Whether the actor has this role for this thing, or for everything."""
    if by.user_id is None:
        return False
    subject = scope if isinstance(scope, str) else reference_of(scope)
    return RoleGrant.objects.valid().in_scope(subject).filter(user=by.user_id, role=role).exists()


@transaction.atomic
def grant_role(user: User, role: RoleGrant.Role, *, by: Actor, scope: str = "") -> RoleGrant:
    """Give a role; giving it twice changes nothing. Who may give it is for the calling room to ask."""
    found = RoleGrant.objects.valid().filter(user=user, role=role, scope=scope).first()
    if found is not None:
        return found
    grant = RoleGrant.objects.create(user=user, role=role, scope=scope)
    record(PeopleEvent.ROLE_GRANTED, user, by=by, facts={"role": str(role), "scope": scope})
    return grant


@transaction.atomic
def end_role(grant: RoleGrant, *, by: Actor) -> None:
    """Take a role back; twice changes nothing."""
    if grant.ended_at is not None:
        return
    grant.ended_at = timezone.now()
    grant.save(update_fields=["ended_at"])
    record(PeopleEvent.ROLE_ENDED, grant.user, by=by, facts={"role": grant.role, "scope": grant.scope})
