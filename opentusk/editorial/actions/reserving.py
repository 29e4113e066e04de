"""Published with reserve: what is limited and by when, said to everybody (rule U8)."""

from datetime import date

from django.db import transaction

from opentusk.catalog.actions.holding import lock
from opentusk.catalog.events import CatalogEvent
from opentusk.catalog.models import Dataset
from opentusk.catalog.permissions import can_publish, require
from opentusk.journal.actions import record as write_entry
from opentusk.journal.actors import Actor


@transaction.atomic
def set_reserve(dataset: Dataset, *, limits: str, until: date | None, by: Actor) -> Dataset:
    """Say what is limited in the data, and by when it will be overcome; without limits the reserve is over."""
    require(can_publish(by, dataset), "reserve", dataset)
    dataset = lock(dataset)
    until = until if limits else None
    if (dataset.reserve, dataset.reserve_until) == (limits, until):
        return dataset
    dataset.reserve, dataset.reserve_until = limits, until
    dataset.save(update_fields=["reserve", "reserve_until"])
    event = CatalogEvent.RESERVE_SET if limits else CatalogEvent.RESERVE_ENDED
    facts = {"limits": limits, "until": until.isoformat() if until else ""}
    write_entry(event, dataset, by=by, facts=facts, is_public=dataset.is_published)
    return dataset
