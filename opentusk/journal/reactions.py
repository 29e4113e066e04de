"""Delivers entries to reactions: in order, in batches, at least once.

Each reaction has its own cursor. A batch that fails is tried again entry by entry; the entry that fails becomes a
`Setback` with its own clock and the cursor goes on, so one bad row never stops a reaction, and one bad reaction
never stops the others.
"""

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from fnmatch import fnmatchcase

from django.conf import settings
from django.utils import timezone
from django.utils.module_loading import import_string

from opentusk.journal.models import Cursor, Entry, Setback

logger = logging.getLogger(__name__)

BATCH = 500
_Task = Callable[[Sequence[Entry]], None]


@dataclass(frozen=True)
class Reaction:
    """`task` is the dotted path of a function that takes a sequence of entries; `events` are names or `family.*`."""

    name: str
    events: tuple[str, ...]
    task: str

    def wants(self, event: str) -> bool:
        """Whether the reaction follows from this event."""
        return any(fnmatchcase(event, pattern) for pattern in self.events)


def all_reactions() -> tuple[Reaction, ...]:
    """The table of `config/reactions.py`."""
    table: tuple[Reaction, ...] = import_string(settings.REACTIONS)
    return table


def deliver(*, batch: int = BATCH) -> int:
    """Give every reaction its next batch; how many entries were read in all (0: nothing was left to do)."""
    return sum(_advance(reaction, batch) for reaction in all_reactions())


def deliver_all(*, batch: int = BATCH) -> None:
    """Deliver until nothing is left."""
    while deliver(batch=batch):
        pass


def retry_setbacks() -> int:
    """Try again the entries whose time has come; how many succeeded."""
    reactions = {reaction.name: reaction for reaction in all_reactions()}
    due = Setback.objects.filter(next_attempt_at__lte=timezone.now()).select_related("entry")
    return sum(_retry(setback, reactions.get(setback.reaction)) for setback in due)


def _advance(reaction: Reaction, batch: int) -> int:
    cursor, _ = Cursor.objects.get_or_create(reaction=reaction.name)
    entries = list(Entry.objects.after(cursor.position)[:batch])
    if not entries:
        return 0
    wanted = [entry for entry in entries if reaction.wants(entry.event)]
    if wanted:
        _react(reaction, wanted)
    cursor.position = entries[-1].seq
    cursor.save(update_fields=["position", "moved_at"])
    return len(entries)


def _react(reaction: Reaction, entries: Sequence[Entry]) -> None:
    task: _Task = import_string(reaction.task)
    try:
        task(entries)
    except Exception:
        logger.exception("reaction %s failed on %s entries", reaction.name, len(entries))
        for entry in entries:
            _react_to_one(reaction, task, entry)


def _react_to_one(reaction: Reaction, task: _Task, entry: Entry) -> None:
    try:
        task([entry])
    except Exception as fault:  # noqa: BLE001 - kept as a setback
        Setback.objects.update_or_create(
            reaction=reaction.name,
            entry=entry,
            defaults={"fault": repr(fault), "next_attempt_at": timezone.now() + timedelta(minutes=1)},
        )


def _retry(setback: Setback, reaction: Reaction | None) -> bool:
    if reaction is None:
        setback.delete()
        return False
    try:
        import_string(reaction.task)([setback.entry])
    except Exception as fault:  # noqa: BLE001 - stays a setback
        setback.attempts += 1
        setback.fault = repr(fault)
        setback.next_attempt_at = timezone.now() + timedelta(minutes=min(2**setback.attempts, 24 * 60))
        setback.save(update_fields=["attempts", "fault", "next_attempt_at"])
        return False
    setback.delete()
    return True
