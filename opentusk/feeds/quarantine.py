"""Keeps account of the datasets that cannot go out, and tells their bodies."""

from collections.abc import Mapping, Sequence

from opentusk.catalog.models import Dataset
from opentusk.feeds.building import Written
from opentusk.feeds.events import FeedsEvent
from opentusk.feeds.models import FeedQuarantine
from opentusk.journal.actions import record
from opentusk.journal.actors import SYSTEM


def note_quarantine(written: Sequence[Written], datasets: Mapping[int, Dataset]) -> None:
    """Keep what could not be written, with its reason; let go what can be written again."""
    known = FeedQuarantine.objects.in_bulk([one.dataset_id for one in written], field_name="dataset_id")
    for one in written:
        held = known.get(one.dataset_id)
        if one.fault and (held is None or held.reason != one.fault):
            FeedQuarantine.objects.update_or_create(dataset_id=one.dataset_id, defaults={"reason": one.fault})
            facts = {"reason": one.fault}
            record(FeedsEvent.DATASET_QUARANTINED, datasets[one.dataset_id], by=SYSTEM, facts=facts)
        elif held and not one.fault:
            held.delete()
            if one.dataset_id in datasets:
                record(FeedsEvent.DATASET_RELEASED, datasets[one.dataset_id], by=SYSTEM)
