"""The description of a dataset, as people write it: begun, and changed."""

from typing import Any
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from opentusk.bodies.models import Agent
from opentusk.catalog.actions.describing import judge, require_publishable, save_record, write_new_rows
from opentusk.catalog.actions.holding import lock
from opentusk.catalog.actions.looking import addresses_added, hold_changed_draft, hold_new_draft, hold_new_source
from opentusk.catalog.errors import EditedMeanwhile, IdentifierTaken
from opentusk.catalog.events import CatalogEvent
from opentusk.catalog.lengths import require_fitting
from opentusk.catalog.models import Dataset
from opentusk.catalog.permissions import can_create, can_edit, require
from opentusk.catalog.records import (
    changes_between,
    put_record,
    row_of_part,
    slug_of,
    with_identity,
    with_own_services,
    written_now,
)
from opentusk.journal.actions import record as write_entry
from opentusk.journal.actors import Actor, ActorKind
from opentusk.kit import records as kit
from opentusk.kit.record_json import write_record


@transaction.atomic
def create_draft(
    record: kit.Dataset,
    *,
    holder: Agent,
    by: Actor,
    is_demo: bool = False,
    slug: str = "",
    uuid: UUID | None = None,
) -> Dataset:
    """A new dataset that only its body sees; one that a person begins waits for a declaration to be signed.

    Its address follows from the identifier, and its number from chance, where none is given. Raises IdentifierTaken,
    TooLong.
    """
    require(can_create(by, holder), "create", holder.ipa_code)
    if by.kind is ActorKind.PERSON:
        # A rule of reviews that is being set waits, or is seen: before the journal, which it needs too.
        Agent.objects.select_for_update(no_key=True).get(pk=holder.pk)
    require_fitting(record)
    slug = slug or slug_of(record.identifier)
    if Dataset.objects.filter(Q(identifier__iexact=record.identifier) | Q(slug=slug) | Q(uuid=uuid)).exists():
        raise IdentifierTaken(record.identifier)
    dataset = Dataset(identifier=record.identifier, slug=slug, uuid=uuid or uuid4(), is_demo=is_demo)
    put_record(dataset, record, holder)
    dataset.save()
    write_new_rows([row_of_part(dataset, position, part) for position, part in enumerate(record.distribution)])
    write_entry(CatalogEvent.DATASET_CREATED, dataset, by=by)
    hold_new_draft(dataset, by=by)
    return dataset


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
