"""What the journal and the clock ask of the feeds."""

from collections.abc import Sequence

from opentusk.bodies.events import BodiesEvent
from opentusk.catalog.models import Dataset
from opentusk.feeds.actions import refresh_datasets, write_lists
from opentusk.journal.models import Entry

_AT_ONCE = 500


def follow(entries: Sequence[Entry]) -> None:
    """Bring the feeds up to what happened to datasets and bodies."""
    datasets = {entry.subject_id for entry in entries if entry.event.startswith("catalog.")}
    bodies = {entry.subject_id for entry in entries if entry.event == BodiesEvent.AGENT_CHANGED}
    if bodies:
        datasets.update(Dataset.objects.filter(rights_holder__in=bodies).values_list("pk", flat=True))
    ordered = sorted(datasets)
    for start in range(0, len(ordered), _AT_ONCE):
        refresh_datasets(ordered[start : start + _AT_ONCE])


def update_lists() -> None:
    """Write data.json and the sitemap anew."""
    write_lists()
