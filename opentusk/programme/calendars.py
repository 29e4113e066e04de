"""Events as calendars read them: one UID for ever, a higher SEQUENCE for each change, CANCEL when it is off."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.conf import settings
from icalendar import Calendar
from icalendar import Event as Entry

from opentusk.programme.models import Event
from opentusk.programme.states import EventState

_USUAL_LENGTH = timedelta(hours=2)


def calendar_of(events: Iterable[Event], *, method: str = "PUBLISH") -> bytes:
    """The events with a known beginning, as iCalendar (RFC 5545); the address of an online room is never in it."""
    calendar = Calendar()
    calendar.add("prodid", f"-//{settings.PORTAL_TITLE}//IT")
    calendar.add("version", "2.0")
    calendar.add("method", method)
    calendar.add("x-wr-calname", settings.PORTAL_TITLE)
    for event in events:
        if event.starts_at is not None:
            calendar.add_component(_entry(event, event.starts_at))
    written: bytes = calendar.to_ical()
    return written


def _entry(event: Event, starts_at: datetime) -> Entry:
    entry = Entry()
    entry.add("uid", f"{event.uuid}@{settings.SITE_URL.partition('://')[2]}")
    entry.add("sequence", event.sequence)
    entry.add("summary", event.title)
    entry.add("dtstamp", event.created_at)
    if event.has_times:
        entry.add("dtstart", starts_at)
        entry.add("dtend", event.ends_at or starts_at + _USUAL_LENGTH)
    else:
        entry.add("dtstart", starts_at.date())
    entry.add("url", f"{settings.SITE_URL}/eventi/{event.slug}")
    if place := ", ".join(part for part in (event.venue, event.municipality) if part):
        entry.add("location", place)
    if event.abstract:
        entry.add("description", event.abstract)
    entry.add("status", "CANCELLED" if event.state == EventState.CANCELLED else "CONFIRMED")
    return entry
