"""Preparing, changing, holding and closing events."""

from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction

from opentusk.files import disk
from opentusk.files.actions.receiving import keep, recognise
from opentusk.files.models import StoredFile
from opentusk.files.names import clean_name
from opentusk.journal.actions import record
from opentusk.journal.actors import Actor
from opentusk.programme.actions.seats import fill_seats, lock_line, locked_event
from opentusk.programme.errors import IllegalMove, Missing, TooManyQuestions
from opentusk.programme.events import ProgrammeEvent
from opentusk.programme.models import Edition, Event, Material
from opentusk.programme.permissions import can_run, require
from opentusk.programme.states import EVENT_MOVES, Access, EventState, JoinPolicy, MaterialKind, Mode

MOST_QUESTIONS = 5
REMIND_BEFORE = timedelta(days=2)
# What a calendar must hear of.
_IN_CALENDARS = frozenset({"title", "starts_at", "ends_at", "venue", "municipality", "mode"})
_NEVER_WRITTEN_DOWN = frozenset({"join_url"})


@transaction.atomic
def create_event(edition: Edition, *, by: Actor, slug: str, kind: str, title: str, **fields: Any) -> Event:
    """A draft. Raises NotAllowed, TooManyQuestions."""
    require(can_run(by), "create_event")
    _check_questions(fields.get("questions", []))
    event = Event.objects.create(edition=edition, slug=slug, kind=kind, title=title, **fields)
    record(ProgrammeEvent.EVENT_CREATED, event, by=by, facts={"title": title, "kind": kind})
    return event


@transaction.atomic
def change_event(event: Event, *, by: Actor, **fields: Any) -> Event:
    """Change some fields; more seats let the waiting in, fewer evict nobody. Raises NotAllowed, TooManyQuestions."""
    require(can_run(by), "change_event")
    found = locked_event(event)
    _check_questions(fields.get("questions", []))
    changes = {name: [getattr(found, name), value] for name, value in fields.items() if getattr(found, name) != value}
    if not changes:
        return found
    for name, value in fields.items():
        setattr(found, name, value)
    if found.is_public and changes.keys() & _IN_CALENDARS:
        found.sequence += 1
    found.save()
    lock_line(found)
    fill_seats(found, by=by)
    told = {name: [str(old), str(new)] for name, (old, new) in changes.items() if name not in _NEVER_WRITTEN_DOWN}
    facts = {"fields": sorted(changes), "sequence": found.sequence}
    record(ProgrammeEvent.EVENT_CHANGED, found, by=by, changes=told, facts=facts, is_public=found.is_public)
    return found


@transaction.atomic
def publish_event(event: Event, *, by: Actor) -> None:
    """Announce it. Raises Missing without a beginning, or without a room where one joins online."""
    found = _begin(event, EventState.PUBLISHED, by=by)
    if found.starts_at is None:
        raise Missing("starts_at")
    if found.mode == Mode.ONLINE and found.join_policy == JoinPolicy.OPEN_LINK and not found.join_url:
        raise Missing("join_url")
    _finish(found, EventState.PUBLISHED, ProgrammeEvent.EVENT_PUBLISHED, by=by, event=event)


@transaction.atomic
def hold_event(event: Event, *, by: Actor) -> None:
    """It took place."""
    found = _begin(event, EventState.HELD, by=by)
    _finish(found, EventState.HELD, ProgrammeEvent.EVENT_HELD, by=by, event=event)


@transaction.atomic
def close_event(event: Event, *, by: Actor) -> None:
    """Close it, with public minutes. Raises Missing without them."""
    found = _begin(event, EventState.CLOSED, by=by)
    if not found.materials.filter(kind=MaterialKind.MINUTES, access=Access.PUBLIC).exists():
        raise Missing("minutes")
    _finish(found, EventState.CLOSED, ProgrammeEvent.EVENT_CLOSED, by=by, event=event)


@transaction.atomic
def cancel_event(event: Event, *, by: Actor, reason: str) -> None:
    """It does not take place; calendars hear of it. Raises Missing without a reason."""
    found = _begin(event, EventState.CANCELLED, by=by)
    if not reason.strip():
        raise Missing("reason")
    found.cancel_reason, found.sequence = reason.strip(), found.sequence + 1
    _finish(found, EventState.CANCELLED, ProgrammeEvent.EVENT_CANCELLED, by=by, event=event)


@transaction.atomic
def clone_event(event: Event, *, by: Actor, slug: str, starts_at: datetime | None, title: str = "") -> Event:
    """A draft like it at another time: a series of webinars. People, figures and the room's address stay behind."""
    require(can_run(by), "clone_event")
    kept = ("kind", "abstract", "agenda", "mode", "venue", "municipality", "audience", "join_policy", "capacity",
            "questions", "is_demo")  # fmt: skip
    length = event.ends_at - event.starts_at if event.ends_at and event.starts_at else None
    made = Event.objects.create(
        edition=event.edition,
        slug=slug,
        title=title or event.title,
        starts_at=starts_at,
        ends_at=starts_at + length if starts_at and length else None,
        cloned_from=event,
        **{name: getattr(event, name) for name in kept},
    )
    record(ProgrammeEvent.EVENT_CREATED, made, by=by, facts={"title": made.title, "from": event.slug})
    return made


@transaction.atomic
def declare(
    event: Event, *, by: Actor, attendance: int | None, registrations: int | None = None, source: str = ""
) -> None:
    """Write down figures that were published without rows behind them; counts stay what they are."""
    require(can_run(by), "declare")
    event.declared_attendance, event.declared_registrations = attendance, registrations
    event.declared_source = source
    event.save(update_fields=["declared_attendance", "declared_registrations", "declared_source"])
    facts = {"fields": ["declared_attendance"], "attendance": attendance, "registrations": registrations}
    record(ProgrammeEvent.EVENT_CHANGED, event, by=by, facts=facts, is_public=event.is_public)


@transaction.atomic
def add_material(
    event: Event, *, by: Actor, kind: str, title: str, file: StoredFile | None = None, url: str = "", **fields: Any
) -> Material:
    """A material of the event. Raises Missing when a public recording has neither captions nor a transcript."""
    require(can_run(by), "add_material")
    access = fields.get("access", Access.PUBLIC)
    is_understandable = fields.get("has_captions") or fields.get("transcript")
    if kind == MaterialKind.RECORDING and access != Access.STAFF and not is_understandable:
        raise Missing("captions")
    material = Material.objects.create(event=event, kind=kind, title=title, file=file, url=url, **fields)
    facts = {"title": title, "kind": str(kind), "access": str(access)}
    is_public = event.is_public and access == Access.PUBLIC
    record(ProgrammeEvent.MATERIAL_ADDED, event, by=by, facts=facts, is_public=is_public)
    return material


def give_material(event: Event, *, by: Actor, given: Any, **fields: Any) -> Material:
    """A material with the file of a form, if one was given. Raises what `add_material` and the files room raise."""
    require(can_run(by), "add_material")
    if not given:
        return add_material(event, by=by, **fields)
    written = disk.write(given.chunks(), limit=settings.MAX_UPLOAD)
    try:
        with transaction.atomic():
            file = keep(recognise(written, name=given.name), name=given.name, agent=None, by=by)
            return add_material(event, by=by, file=file, file_name=clean_name(given.name), **fields)
    finally:
        written.path.unlink(missing_ok=True)


@transaction.atomic
def remove_material(material: Material, *, by: Actor) -> None:
    """Take a material away."""
    require(can_run(by), "remove_material")
    facts = {"title": material.title, "kind": material.kind}
    material.delete()
    record(ProgrammeEvent.MATERIAL_REMOVED, material.event, by=by, facts=facts)


@transaction.atomic
def due_for_reminder(now: datetime) -> list[Event]:
    """The events that begin within two days and whose people were not asked yet; each is given once."""
    soon = Event.objects.filter(
        state=EventState.PUBLISHED, starts_at__gt=now, starts_at__lte=now + REMIND_BEFORE, reminded_at__isnull=True
    )
    due = list(soon.select_for_update(no_key=True).order_by("starts_at"))
    Event.objects.filter(pk__in=[event.pk for event in due]).update(reminded_at=now)
    return due


def _begin(event: Event, state: EventState, *, by: Actor) -> Event:
    require(can_run(by), state)
    found = locked_event(event)
    if state not in EVENT_MOVES[found.state]:
        raise IllegalMove(found.state, state)
    return found


def _finish(found: Event, state: EventState, said: ProgrammeEvent, *, by: Actor, event: Event) -> None:
    before, found.state = found.state, state
    found.save()
    facts = {"title": found.title, "edition": found.edition.slug, "kind": found.kind, "sequence": found.sequence}
    record(said, found, by=by, changes={"state": [before, str(state)]}, facts=facts, is_public=True)
    event.refresh_from_db()


def _check_questions(questions: list[str]) -> None:
    if len(questions) > MOST_QUESTIONS:
        raise TooManyQuestions
