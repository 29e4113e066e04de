"""What the two indexes follow."""

from collections.abc import Sequence

from opentusk.bodies.events import BodiesEvent
from opentusk.catalog.models import Dataset
from opentusk.ckan_search.actions import index_packages
from opentusk.journal.models import Entry


def follow(entries: Sequence[Entry]) -> None:
    """Index the datasets that entries are about; a body that changed its name takes its datasets with it."""
    bodies = {entry.subject_id for entry in entries if entry.event == BodiesEvent.AGENT_CHANGED}
    datasets = {entry.subject_id for entry in entries if entry.event != BodiesEvent.AGENT_CHANGED}
    if bodies:
        datasets |= set(Dataset.objects.filter(rights_holder__in=bodies).values_list("pk", flat=True))
    index_packages(datasets)
