"""What happened to a dataset, in words, from the public entries of the journal."""

from dataclasses import dataclass
from datetime import datetime

from opentusk.catalog.events import CatalogEvent
from opentusk.catalog.models import Dataset
from opentusk.journal.models import Entry
from opentusk.notices.words import field_words
from opentusk.quality.wording import IN_HISTORY, history_words

_LONGEST = 20


@dataclass(frozen=True)
class Step:
    """One thing that happened; `fields` say what changed."""

    at: datetime
    words: str
    author: str
    fields: tuple[str, ...]


def history_of(dataset: Dataset) -> list[Step]:
    """The latest public steps, newest first; of other rooms only what was decided about personal data is told."""
    told = [*CatalogEvent.values, *IN_HISTORY]
    entries = Entry.objects.about(dataset).public().filter(event__in=told).newest_first()
    return [
        Step(entry.at, _words(entry), entry.actor_label, tuple(map(field_words, entry.changes)))
        for entry in entries[:_LONGEST]
    ]


def _words(entry: Entry) -> str:
    return history_words(entry) if entry.event in IN_HISTORY else str(CatalogEvent(entry.event).label)
