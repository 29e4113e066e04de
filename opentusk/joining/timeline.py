"""What happened to a request to join, or to a body, in the words of its history."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from opentusk.bodies.events import BodiesEvent
from opentusk.joining.events import JoiningEvent
from opentusk.joining.models import AccreditationStatus
from opentusk.journal.models import Entry

_LABELS: dict[str, Any] = dict((*BodiesEvent.choices, *JoiningEvent.choices))
# What was noted, in words.
_NOTES: dict[str, Any] = {
    "people": _("persone indicate"),
    "catalogues": _("cataloghi esistenti annotati"),
    "address": _("nuovo indirizzo segreto"),
}


@dataclass(frozen=True)
class Moment:
    """One line of the history."""

    at: datetime
    what: str
    who: str
    message: str


def timeline_of(entries: Iterable[Entry]) -> list[Moment]:
    """The lines, in the order of the entries."""
    return [Moment(entry.at, _what(entry), entry.actor_label, str(entry.facts.get("message", ""))) for entry in entries]


def _what(entry: Entry) -> str:
    label = _NOTES.get(entry.facts.get("note", "")) or _LABELS.get(entry.event, entry.event)
    if "status" not in entry.changes:
        return str(label)
    before, after = (AccreditationStatus(code).label for code in entry.changes["status"])
    return f"{label}: {before} → {after}"
