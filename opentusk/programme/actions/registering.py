"""Registering for an event, without an account where that is enough."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac

from opentusk.bodies.models import Agent
from opentusk.journal.actions import record
from opentusk.journal.actors import ANONYMOUS, SYSTEM, Actor
from opentusk.people.models import User
from opentusk.people.tokens import hash_of
from opentusk.programme.actions.seats import fill_seats, last_position, lock_line, locked_event, seat_or_line
from opentusk.programme.errors import (
    ForBodies,
    IllegalMove,
    Missing,
    OfferExpired,
    OnInvitation,
    RegistrationsClosed,
    UnknownTicket,
)
from opentusk.programme.events import ProgrammeEvent
from opentusk.programme.models import Event, Registration
from opentusk.programme.permissions import can_run, works_for_a_body
from opentusk.programme.states import REGISTRATION_MOVES, Audience, RegistrationState


@dataclass(frozen=True, kw_only=True)
class Person:
    """Who wants to come: only what the door needs."""

    email: str
    name: str
    world: str = ""
    body_name: str = ""
    agent: Agent | None = None
    answers: Sequence[str] = field(default=())
    needs: str = ""
    language: str = "it"


@dataclass(frozen=True)
class Ticket:
    """A registration with the secret of its address: for letters to its mailbox, never for whoever asked."""

    registration: Registration
    secret: str


@transaction.atomic
def register(event: Event, person: Person, *, by: Actor, now: datetime | None = None) -> Ticket:
    """Register; twice with one address is once, and changes nothing of somebody else's.

    Who is signed in with that address has a seat, or a place in the line, at once; others after they confirm by e-mail.
    Raises RegistrationsClosed, ForBodies, OnInvitation, Missing.
    """
    moment = now or timezone.now()
    found = locked_event(event)
    if not found.takes_registrations(moment):
        raise RegistrationsClosed
    _check_audience(found, by=by)
    if not can_run(by) and len([answer for answer in person.answers if answer.strip()]) < len(found.questions):
        raise Missing("answers")
    email = person.email.strip().lower()
    user = User.objects.active().filter(pk=by.user_id, email=email).first() if by.user_id is not None else None
    registration = found.registrations.filter(email=email).first() or Registration(event=found, email=email)
    is_new = registration.pk is None or registration.state == RegistrationState.CANCELLED
    if not is_new and user is None:
        # Whoever writes somebody else's address changes nothing: the letter goes to that mailbox again.
        facts = {"registration": registration.pk, "state": str(registration.state)}
        record(ProgrammeEvent.ASKED_AGAIN, found, by=by, facts=facts)
        return Ticket(registration, secret_of(registration))
    _fill_in(registration, person, user=user)
    if is_new:
        registration.state = RegistrationState.PENDING
    if registration.state == RegistrationState.PENDING and user is not None:
        seat_or_line(registration, found)
    registration.save()
    if is_new:
        facts = {"registration": registration.pk, "state": str(registration.state)}
        record(ProgrammeEvent.REGISTERED, found, by=by, facts=facts)
    return Ticket(registration, secret_of(registration))


@transaction.atomic
def confirm(ticket: Registration, *, now: datetime | None = None) -> Registration:
    """Whoever opened the secret address reads that mailbox: a seat, or a place in the line. Twice changes nothing."""
    event = locked_event(ticket.event)
    found = _locked(ticket)
    if found.state != RegistrationState.PENDING:
        return found
    if not event.takes_registrations(now or timezone.now()):
        raise RegistrationsClosed
    seat_or_line(found, event)
    found.save(update_fields=["state", "position"])
    facts = {"registration": found.pk, "state": str(found.state)}
    record(ProgrammeEvent.CONFIRMED, event, by=ANONYMOUS, facts=facts)
    return found


@transaction.atomic
def take_offer(ticket: Registration, *, now: datetime | None = None) -> Registration:
    """Take the seat that was offered. Raises OfferExpired, IllegalMove."""
    event = locked_event(ticket.event)
    found = _locked(ticket)
    if found.state == RegistrationState.CONFIRMED:
        return found
    if found.state != RegistrationState.OFFERED:
        raise IllegalMove(found.state, RegistrationState.CONFIRMED)
    if found.expires_at is not None and (now or timezone.now()) >= found.expires_at:
        raise OfferExpired
    found.state, found.expires_at = RegistrationState.CONFIRMED, None
    found.save(update_fields=["state", "expires_at"])
    record(ProgrammeEvent.CONFIRMED, event, by=ANONYMOUS, facts={"registration": found.pk, "state": "confirmed"})
    return found


@transaction.atomic
def cancel_registration(
    ticket: Registration, *, by: Actor = ANONYMOUS, now: datetime | None = None
) -> list[Registration]:
    """Give the seat back; who is offered it now. Raises IllegalMove after the beginning."""
    moment = now or timezone.now()
    event = locked_event(ticket.event)
    lock_line(event)
    found = _locked(ticket)
    if found.state == RegistrationState.CANCELLED:
        return []
    has_begun = event.starts_at is not None and moment >= event.starts_at
    if has_begun or RegistrationState.CANCELLED not in REGISTRATION_MOVES[found.state]:
        raise IllegalMove(found.state, RegistrationState.CANCELLED)
    found.state, found.position, found.expires_at = RegistrationState.CANCELLED, None, None
    found.save(update_fields=["state", "position", "expires_at"])
    record(ProgrammeEvent.UNREGISTERED, event, by=by, facts={"registration": found.pk})
    return fill_seats(event, by=by, now=moment)


def expire_offers(now: datetime | None = None) -> list[Registration]:
    """Send offers that nobody took to the end of the line, and offer their seats on; who is offered one now."""
    moment = now or timezone.now()
    events = Event.objects.filter(registrations__in=Registration.objects.expired(moment)).distinct()
    return [registration for event in events for registration in _expire(event, moment)]


def find_ticket(secret: str, event: Event | None = None) -> Registration:
    """The registration that a secret address opens. Raises UnknownTicket: also when it is of another event."""
    found = Registration.objects.select_related("event__edition").filter(token_hash=hash_of(secret)).first()
    if found is None or (event is not None and found.event_id != event.pk):
        raise UnknownTicket
    return found


def secret_of(registration: Registration) -> str:
    """The secret of its address, made anew for each letter from the portal's key: only its hash is kept."""
    return salted_hmac("programme.ticket", str(registration.uuid), algorithm="sha256").hexdigest()[:40]


@transaction.atomic
def _expire(event: Event, moment: datetime) -> list[Registration]:
    found = locked_event(event)
    lock_line(found)
    for registration in found.registrations.expired(moment).order_by("expires_at", "pk"):
        registration.state = RegistrationState.WAITING
        registration.position, registration.expires_at = last_position(found) + 1, None
        registration.save(update_fields=["state", "position", "expires_at"])
        record(ProgrammeEvent.OFFER_EXPIRED, found, by=SYSTEM, facts={"registration": registration.pk})
    return fill_seats(found, now=moment)


def _check_audience(event: Event, *, by: Actor) -> None:
    """The desk invites whom it wants."""
    if can_run(by):
        return
    if event.audience == Audience.PA_MEMBERS and not works_for_a_body(by):
        raise ForBodies
    if event.audience == Audience.INVITED:
        raise OnInvitation


def _fill_in(registration: Registration, person: Person, *, user: User | None) -> None:
    registration.user = user or registration.user
    registration.name, registration.world = person.name.strip(), person.world
    registration.agent, registration.body_name = person.agent, person.body_name.strip()
    registration.answers, registration.needs = list(person.answers), person.needs.strip()
    registration.language, registration.token_hash = person.language, hash_of(secret_of(registration))


def _locked(ticket: Registration) -> Registration:
    return Registration.objects.select_for_update(no_key=True).get(pk=ticket.pk)
