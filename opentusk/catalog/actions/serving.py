"""A file gets a service: the record says where programs may ask for what is in it."""

from collections.abc import Sequence
from dataclasses import replace

from django.db import transaction

from opentusk.catalog.actions.describing import save_record
from opentusk.catalog.actions.holding import lock
from opentusk.catalog.events import CatalogEvent
from opentusk.catalog.models import Distribution
from opentusk.catalog.permissions import can_edit, require
from opentusk.catalog.records import changes_between, iris, part_of_row, to_record, with_own_services, with_part
from opentusk.journal.actions import record as write_entry
from opentusk.journal.actors import Actor
from opentusk.kit.own_services import own_service
from opentusk.kit.record_json import write_record


@transaction.atomic
def offer_service(
    distribution: Distribution, *, endpoints: Sequence[str], descriptions: Sequence[str], page: str, by: Actor
) -> None:
    """Let the record of a public file name the API over it. Nothing happens when it says so already.

    A copy of a file that stays elsewhere leaves the record of its source alone.
    """
    require(can_edit(by, distribution.dataset), "serve", distribution.dataset)
    dataset = lock(distribution.dataset)
    row = Distribution.objects.get(pk=distribution.pk)
    if row.is_copy or row.waiting is not None or not dataset.is_published:
        return
    before = to_record(dataset)
    part = part_of_row(before, row)
    service = own_service(part, iris(), endpoints=endpoints, descriptions=descriptions, page=page)
    others = tuple(known for known in part.access_service if known.iri != service.iri)
    after = with_own_services(with_part(before, replace(part, access_service=(*others, service))))
    if changes := changes_between(write_record(before), write_record(after)):
        save_record(dataset, after, dataset.rights_holder)
        write_entry(CatalogEvent.DATASET_CHANGED, dataset, by=by, changes=changes, is_public=True)
