"""The name of a draft: what was chosen before anybody knew the title may still change, until the first publication."""

from dataclasses import replace

from django.db import transaction
from django.db.models import Q

from opentusk.catalog.actions.describing import save_record
from opentusk.catalog.actions.holding import lock
from opentusk.catalog.errors import IdentifierTaken, WrongState
from opentusk.catalog.events import CatalogEvent
from opentusk.catalog.models import Dataset
from opentusk.catalog.permissions import can_edit, require
from opentusk.catalog.records import iris, slug_of, to_record
from opentusk.journal.actions import record as write_entry
from opentusk.journal.actors import Actor
from opentusk.kit import records as kit


@transaction.atomic
def rename_draft(dataset: Dataset, identifier: str, *, by: Actor, slug: str = "") -> Dataset:
    """Give a draft another identifier, and with it another address, or the one given. Raises IdentifierTaken.

    What has been public once keeps its name for ever: WrongState.
    """
    require(can_edit(by, dataset), "rename", dataset)
    dataset = lock(dataset)
    if dataset.status != Dataset.Status.DRAFT or dataset.published_at or dataset.is_harvested:
        raise WrongState(dataset.status, Dataset.Status.DRAFT)
    former = dataset.identifier
    slug = slug or slug_of(identifier)
    if (identifier, slug) == (former, dataset.slug):
        return dataset
    same_name = Q(identifier__iexact=identifier) | Q(slug=slug)
    if Dataset.objects.exclude(pk=dataset.pk).filter(same_name).exists():
        raise IdentifierTaken(identifier)
    record = _renamed(to_record(dataset), identifier)
    dataset.identifier, dataset.slug = identifier, slug
    dataset.save(update_fields=["identifier", "slug"])
    save_record(dataset, record, dataset.rights_holder)
    write_entry(CatalogEvent.DATASET_CHANGED, dataset, by=by, changes={"identifier": [former, identifier]})
    return dataset


def _renamed(record: kit.Dataset, identifier: str) -> kit.Dataset:
    """The record under its new address; nodes that hang on the old one move with it."""
    former, iri = record.iri or "", iris().dataset(identifier)
    others = tuple(
        replace(other, iri=iri + other.iri.removeprefix(former)) if other.iri and former in other.iri else other
        for other in record.other_identifier
    )
    return replace(record, identifier=identifier, iri=iri, other_identifier=others)
