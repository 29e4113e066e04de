"""Editions, and who helps at one event."""

from typing import Any

from django.db import transaction

from opentusk.journal.actions import record
from opentusk.journal.actors import Actor
from opentusk.journal.models import reference_of
from opentusk.people.models import RoleGrant, User
from opentusk.people.roles import end_role, grant_role
from opentusk.programme.errors import Missing
from opentusk.programme.events import ProgrammeEvent
from opentusk.programme.models import Edition, Event
from opentusk.programme.permissions import can_run, require


@transaction.atomic
def create_edition(*, by: Actor, slug: str, title: str, state: str = Edition.State.RUNNING, **fields: Any) -> Edition:
    """A year, or a campaign."""
    require(can_run(by), "create_edition")
    made = Edition.objects.create(slug=slug, title=title, state=state, **fields)
    record(ProgrammeEvent.EDITION_CREATED, made, by=by, facts={"title": title, "slug": slug})
    return made


@transaction.atomic
def change_edition(edition: Edition, *, by: Actor, **fields: Any) -> None:
    """Change title, words, days or state; the address stays, because baskets and hackathons name it."""
    require(can_run(by), "change_edition")
    found = Edition.objects.select_for_update(no_key=True).get(pk=edition.pk)
    changes = {name: [str(getattr(found, name)), str(value)] for name, value in fields.items()}
    changes = {name: told for name, told in changes.items() if told[0] != told[1]}
    if not changes:
        return
    for name, value in fields.items():
        setattr(found, name, value)
    found.save(update_fields=[*fields])
    record(ProgrammeEvent.EDITION_CHANGED, found, by=by, changes=changes, facts={"title": found.title})
    edition.refresh_from_db()


def helpers_of(event: Event) -> list[RoleGrant]:
    """Who stands at the door of this event without being of the desk."""
    grants = RoleGrant.objects.valid().filter(role=RoleGrant.Role.FACILITATOR, scope=reference_of(event))
    return list(grants.select_related("user").order_by("granted_at"))


def add_helper(event: Event, *, email: str, by: Actor) -> RoleGrant:
    """Let an account help at this event. Raises Missing when no account has this address."""
    require(can_run(by), "add_helper")
    user = User.objects.active().filter(email=email.strip().lower()).first()
    if user is None:
        raise Missing("account")
    return grant_role(user, RoleGrant.Role.FACILITATOR, by=by, scope=reference_of(event))


def remove_helper(event: Event, pk: int, *, by: Actor) -> None:
    """Take the role back."""
    require(can_run(by), "remove_helper")
    for grant in RoleGrant.objects.valid().filter(pk=pk, scope=reference_of(event)):
        end_role(grant, by=by)
