"""Datasets begun."""

from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import Q

from opentusk.bodies.models import Agent
from opentusk.catalog.actions.describing import write_new_rows
from opentusk.catalog.actions.looking import hold_new_draft
from opentusk.catalog.errors import IdentifierTaken
from opentusk.catalog.events import CatalogEvent
from opentusk.catalog.lengths import require_fitting
from opentusk.catalog.models import Dataset
from opentusk.catalog.permissions import can_create, require
from opentusk.catalog.records import put_record, row_of_part, slug_of
from opentusk.journal.actions import record as write_entry
from opentusk.journal.actors import Actor, ActorKind
from opentusk.kit import records as kit


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
    dataset = admitted(record, holder=holder, by=by, is_demo=is_demo, slug=slug, uuid=uuid)
    put_record(dataset, record, holder)
    write_new(dataset, record)
    write_entry(CatalogEvent.DATASET_CREATED, dataset, by=by)
    hold_new_draft(dataset, by=by)
    return dataset


def admitted(
    record: kit.Dataset, *, holder: Agent, by: Actor, slug: str, uuid: UUID | None, is_demo: bool = False
) -> Dataset:
    """The row of a dataset that may begin, without its record (unsaved).

    Raises NotAllowed, IdentifierTaken, TooLong.
    """
    require(can_create(by, holder), "create", holder.ipa_code)
    if by.kind is ActorKind.PERSON:
        # A rule of reviews that is being set waits, or is seen: before the journal, which it needs too.
        Agent.objects.select_for_update(no_key=True).values_list("pk").get(pk=holder.pk)
    require_fitting(record)
    slug = slug or slug_of(record.identifier)
    if Dataset.objects.filter(Q(identifier__iexact=record.identifier) | Q(slug=slug) | Q(uuid=uuid)).exists():
        raise IdentifierTaken(record.identifier)
    return Dataset(identifier=record.identifier, slug=slug, uuid=uuid or uuid4(), is_demo=is_demo)


def write_new(dataset: Dataset, record: kit.Dataset) -> None:
    """Write a row that has its record, and those of its distributions."""
    dataset.save()
    write_new_rows([row_of_part(dataset, position, part) for position, part in enumerate(record.distribution)])
