"""What happened to a dataset, in words, from the public entries of the journal."""

from dataclasses import dataclass
from datetime import datetime

from opentusk.catalog.events import CatalogEvent
from opentusk.catalog.models import Dataset
from opentusk.journal.models import Entry

_LONGEST = 20


@dataclass(frozen=True)
class Step:
    """One thing that happened; `fields` are the names of what changed."""

    at: datetime
    words: str
    author: str
    fields: tuple[str, ...]


def history_of(dataset: Dataset) -> list[Step]:
    """The latest public steps, newest first; events of other rooms have no words here and are left out."""
    entries = Entry.objects.about(dataset).public().filter(event__in=CatalogEvent.values).newest_first()
    return [
        Step(entry.at, str(CatalogEvent(entry.event).label), entry.actor_label, tuple(entry.changes))
        for entry in entries[:_LONGEST]
    ]
