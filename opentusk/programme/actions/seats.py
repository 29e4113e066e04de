"""Seats: who has one, and who is next."""

from datetime import datetime, timedelta

from django.db.models import Max
from django.utils import timezone

from opentusk.journal.actions import record
from opentusk.journal.actors import SYSTEM, Actor
from opentusk.programme.events import ProgrammeEvent
from opentusk.programme.models import Event, Registration
from opentusk.programme.states import EventState, RegistrationState

OFFER_LIFE, OFFER_LIFE_NEAR = timedelta(hours=48), timedelta(hours=2)


def locked_event(event: Event) -> Event:
    """The event as it is now; whoever else counts its seats waits."""
    return Event.objects.select_for_update(no_key=True, of=("self",)).select_related("edition").get(pk=event.pk)


def lock_line(event: Event) -> None:
    """Lock whoever waits or was offered a seat, before the journal is written: the door locks people one by one."""
    states = (RegistrationState.WAITING, RegistrationState.OFFERED)
    rows = event.registrations.select_for_update(no_key=True).filter(state__in=states).order_by("pk")
    list(rows.values_list("pk", flat=True))


def free_seats(event: Event) -> int | None:
    """How many seats are free; None when there is no limit. Fewer seats than people is no seat."""
    if event.capacity is None:
        return None
    return max(0, event.capacity - event.registrations.seated().count())


def seat_or_line(registration: Registration, event: Event) -> None:
    """Give the registration a seat, or the last place in the line; saved by the caller, under the event's lock.

    Nobody passes those who wait already.
    """
    is_full = free_seats(event) == 0 or event.registrations.in_the_line().exclude(pk=registration.pk).exists()
    if is_full and event.capacity is not None:
        registration.state, registration.position = RegistrationState.WAITING, last_position(event) + 1
    else:
        registration.state, registration.position = RegistrationState.CONFIRMED, None


def last_position(event: Event) -> int:
    """The last place in the line that was ever given."""
    found = event.registrations.aggregate(last=Max("position"))["last"]
    return int(found or 0)


def fill_seats(event: Event, *, by: Actor = SYSTEM, now: datetime | None = None) -> list[Registration]:
    """Offer every free seat to the first in the line, for a while; under the event's lock. Who was offered one."""
    moment = now or timezone.now()
    if event.state != EventState.PUBLISHED or (event.starts_at and moment >= event.starts_at):
        return []
    free, line = free_seats(event), event.registrations.in_the_line()
    chosen = list(line) if free is None else list(line[:free])
    for registration in chosen:
        registration.state = RegistrationState.OFFERED
        registration.promoted_at, registration.expires_at = moment, moment + _offer_life(event, moment)
        registration.position = None
        registration.save(update_fields=["state", "promoted_at", "expires_at", "position"])
        record(ProgrammeEvent.OFFERED, event, by=by, facts={"registration": registration.pk})
    return chosen


def _offer_life(event: Event, now: datetime) -> timedelta:
    """Two days; near the event two hours, and never beyond its beginning."""
    if event.starts_at is None:
        return OFFER_LIFE
    left = event.starts_at - now
    return min(OFFER_LIFE if left > OFFER_LIFE * 2 else OFFER_LIFE_NEAR, left)
