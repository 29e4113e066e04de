"""The day itself: the door, the online room, who came."""

import hashlib
import secrets
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from opentusk.journal.actions import record
from opentusk.journal.actors import Actor
from opentusk.people.actors import actor_of
from opentusk.people.tokens import hash_of
from opentusk.programme.actions.registering import secret_of
from opentusk.programme.actions.seats import locked_event
from opentusk.programme.errors import ForBodies, IllegalMove, InUse, Missing, NotCounted, NotYet, Over, UnknownTicket
from opentusk.programme.events import ProgrammeEvent
from opentusk.programme.models import Certificate, Event, Feedback, Registration
from opentusk.programme.models.events import JOIN_BEFORE
from opentusk.programme.permissions import can_check_in, can_run, require, works_for_a_body
from opentusk.programme.states import Audience, EventState, RegistrationState

# Somebody whose connection fell comes in again from elsewhere after a while.
_IN_USE_FOR = timedelta(minutes=10)
_COMING = (RegistrationState.CONFIRMED, RegistrationState.OFFERED, RegistrationState.NO_SHOW)


@transaction.atomic
def check_in(event: Event, code: str, *, by: Actor, now: datetime | None = None) -> tuple[Registration, bool]:
    """Let somebody in, by the secret of the ticket or its short code; whether this was the first time.

    The second time nothing changes, and the row says when the first was. Raises NotAllowed, UnknownTicket (also for a
    ticket of another event), IllegalMove for one who has no seat.
    """
    require(can_check_in(by, event), "check_in")
    rows = event.registrations.select_for_update(no_key=True)
    code = code.strip()
    found = rows.filter(token_hash=hash_of(code)).first() or rows.filter(short_code=code.upper()).first()
    if found is None:
        raise UnknownTicket
    if found.checked_in_at is not None:
        return found, False
    if found.state not in _COMING:
        raise IllegalMove(found.state, RegistrationState.ATTENDED)
    found.state, found.checked_in_at = RegistrationState.ATTENDED, now or timezone.now()
    found.checked_in_by = by.reference
    found.save(update_fields=["state", "checked_in_at", "checked_in_by"])
    record(ProgrammeEvent.CHECKED_IN, event, by=by, facts={"registration": found.pk})
    return found, True


@transaction.atomic
def walk_in(event: Event, name: str, *, by: Actor, now: datetime | None = None) -> Registration:
    """Let in somebody who never registered: who stands at the door sees whether there is room. Raises NotAllowed, Over.

    No address is asked. The seat counts as taken, so that nobody is offered it.
    """
    require(can_check_in(by, event), "walk_in")
    found = locked_event(event)
    if found.state in {EventState.DRAFT, EventState.CANCELLED}:
        raise Over
    made = Registration(event=found, name=name.strip(), state=RegistrationState.ATTENDED)
    made.token_hash = hash_of(secret_of(made))
    made.checked_in_at, made.checked_in_by = now or timezone.now(), by.reference
    made.save()
    record(ProgrammeEvent.CHECKED_IN, found, by=by, facts={"registration": made.pk, "walked_in": True})
    return made


@transaction.atomic
def close_attendance(event: Event, *, by: Actor) -> int:
    """Mark as absent who had a seat and never came; how many. Whoever is let in later still counts as present."""
    require(can_run(by), "close_attendance")
    found = locked_event(event)
    absent = found.registrations.filter(state__in=(RegistrationState.CONFIRMED, RegistrationState.OFFERED))
    number = absent.update(state=RegistrationState.NO_SHOW)
    record(ProgrammeEvent.ATTENDANCE_CLOSED, found, by=by, facts={"absent": number})
    return number


@transaction.atomic
def join_online(ticket: Registration, *, session: str, now: datetime | None = None) -> str:
    """The true address of the online room, for one person, in the time around the event.

    Raises NotYet, Over, InUse while somebody else is in with it, ForBodies when the person works for no body now,
    IllegalMove for one without a seat, Missing when nobody wrote the address yet.
    """
    moment = now or timezone.now()
    found = Registration.objects.select_for_update(no_key=True, of=("self",)).select_related("event").get(pk=ticket.pk)
    event = found.event
    if found.state not in {RegistrationState.CONFIRMED, RegistrationState.ATTENDED}:
        raise IllegalMove(found.state, "join")
    if event.starts_at is None or (event.state == EventState.PUBLISHED and moment < event.starts_at - JOIN_BEFORE):
        raise NotYet(event.starts_at - JOIN_BEFORE if event.starts_at else moment)
    if not event.lets_in(moment):
        raise Over
    if event.audience == Audience.PA_MEMBERS and not (found.user and works_for_a_body(actor_of(found.user))):
        raise ForBodies
    if not event.join_url:
        raise Missing("join_url")
    here = hash_of(session)
    is_elsewhere = found.joined_from not in {"", here}
    if is_elsewhere and found.joined_at is not None and moment - found.joined_at < _IN_USE_FOR:
        raise InUse
    found.joined_at, found.joined_from = moment, here
    found.save(update_fields=["joined_at", "joined_from"])
    return event.join_url


@transaction.atomic
def issue_certificate(ticket: Registration, *, by: Actor) -> Certificate:
    """A certificate for one who was counted, the same one every time. Raises NotCounted for one who was not."""
    found = Registration.objects.select_for_update(no_key=True, of=("self",)).select_related("event").get(pk=ticket.pk)
    if found.checked_in_at is None or not found.name:
        raise NotCounted
    if known := Certificate.objects.filter(registration=found).first():
        return known
    made = Certificate.objects.create(
        event=found.event, registration=found, code=secrets.token_hex(6).upper(), name_hash=name_hash(found.name)
    )
    record(ProgrammeEvent.CERTIFICATE_ISSUED, found.event, by=by, facts={"code": made.code})
    return made


def name_hash(name: str) -> str:
    """What is kept of a name so that a certificate can be compared with it, whatever its blanks and capitals."""
    return hashlib.sha256(" ".join(name.casefold().split()).encode()).hexdigest()


def may_give_feedback(ticket: Registration) -> bool:
    """Whether this person was there, and has not said what they think of it yet."""
    return (ticket.checked_in_at or ticket.joined_at) is not None and not ticket.gave_feedback


@transaction.atomic
def give_feedback(ticket: Registration, **answers: Any) -> None:
    """The three answers, once for each who came; nothing says whose they are. Raises UnknownTicket."""
    found = Registration.objects.select_for_update(no_key=True, of=("self",)).select_related("event").get(pk=ticket.pk)
    if not may_give_feedback(found):
        raise UnknownTicket
    Feedback.objects.create(event=found.event, **answers)
    found.gave_feedback = True
    found.save(update_fields=["gave_feedback"])
