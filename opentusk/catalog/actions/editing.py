"""The description of a dataset, as people change it."""

from typing import Any

from django.db import transaction
from django.utils import timezone

from opentusk.catalog.actions.describing import judge, require_publishable, save_record
from opentusk.catalog.actions.holding import lock
from opentusk.catalog.actions.looking import addresses_added, hold_changed_draft, hold_new_source
from opentusk.catalog.errors import EditedMeanwhile
from opentusk.catalog.events import CatalogEvent
from opentusk.catalog.lengths import require_fitting
from opentusk.catalog.models import Dataset
from opentusk.catalog.permissions import can_edit, require
from opentusk.catalog.records import (
    changes_between,
    with_identity,
    with_own_services,
    written_now,
)
from opentusk.journal.actions import record as write_entry
from opentusk.journal.actors import Actor
from opentusk.kit import records as kit
from opentusk.kit.record_json import write_record


@transaction.atomic
def change_record(dataset: Dataset, record: kit.Dataset, *, by: Actor, expected: str) -> Dataset:
    """Save an edited description. `expected` is the checksum the editor started from.

    A published dataset must stay publishable. On a harvested dataset each changed field becomes a correction that
    the next harvest respects. Raises EditedMeanwhile, NotPublishable, TooLong.
    """
    require(can_edit(by, dataset), "edit", dataset)
    require_fitting(record)
    stored = lock(dataset)
    if stored.checksum != expected:
        raise EditedMeanwhile(stored.identifier)
    record = with_own_services(with_identity(record, stored))
    # Against the record as people see it, so that a body renamed meanwhile does not look like their change.
    before, written = written_now(stored), write_record(record)
    changes = changes_between(before, written)
    if not changes:
        return stored
    if stored.is_published:
        require_publishable(judge(record, stored), stored)
    if stored.is_harvested:
        stored.corrections = _corrected(stored.corrections, changes, by)
    save_record(stored, record, stored.rights_holder, written=written)
    write_entry(CatalogEvent.DATASET_CHANGED, stored, by=by, changes=changes, is_public=stored.is_published)
    hold_changed_draft(stored, by=by)
    if addresses_added(before, written):
        hold_new_source(stored, by=by)
    return stored


@transaction.atomic
def note_change(dataset: Dataset, *, by: Actor) -> None:
    """Say that what is said of a dataset changed, where a room keeps it beside the record."""
    require(can_edit(by, dataset), "edit", dataset)
    dataset.metadata_modified_at = timezone.now()
    dataset.save(update_fields=["metadata_modified_at"])
    write_entry(CatalogEvent.DATASET_CHANGED, dataset, by=by, is_public=dataset.is_published)


def _corrected(corrections: dict[str, Any], changes: dict[str, list[Any]], by: Actor) -> dict[str, Any]:
    """The corrections with these changes: a field set back to what the source says is corrected no longer."""
    at = timezone.now().isoformat(timespec="seconds")
    found = dict(corrections)
    for name, (before, after) in changes.items():
        source = found[name]["source"] if name in found else before
        found[name] = {"source": source, "value": after, "by": by.label, "at": at}
        if after == source:
            del found[name]
    return found
