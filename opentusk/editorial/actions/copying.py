"""Describing the same thing again without writing it again: copies, and series with a dataset for each year."""

from dataclasses import replace

from django.db import transaction

from opentusk.catalog import actions as catalog
from opentusk.catalog.models import Dataset
from opentusk.catalog.permissions import can_edit, require
from opentusk.catalog.records import iris, to_record
from opentusk.editorial.errors import NoPeriod
from opentusk.editorial.events import EditorialEvent
from opentusk.editorial.models import Series
from opentusk.editorial.repeating import free_identifier, next_record, without_own
from opentusk.journal.actions import record as write_entry
from opentusk.journal.actors import Actor


@transaction.atomic
def duplicate(dataset: Dataset, *, by: Actor) -> Dataset:
    """A new draft with the same description; name, files and dates are its own to give."""
    require(can_edit(by, dataset), "duplicate", dataset)
    stored = to_record(dataset)
    title = {language: f"{text} (copia)"[:500] for language, text in stored.title.items()}
    identifier = free_identifier(f"{dataset.identifier}-copia")
    copy = replace(without_own(stored, identifier), title=title, temporal=(), in_series=(), relation=())
    return catalog.create_draft(copy, holder=dataset.rights_holder, by=by)


@transaction.atomic
def start_series(dataset: Dataset, *, title: str, by: Actor) -> Series:
    """Make a dataset the first of a series, or give back the series that it belongs to already."""
    require(can_edit(by, dataset), "start_series", dataset)
    if found := series_of(dataset):
        return found
    series = Series.objects.create(agent=dataset.rights_holder, title=title[:500])
    stored = to_record(dataset)
    member = replace(stored, in_series=(*stored.in_series, iris().series(str(series.uuid))))
    catalog.change_record(dataset, member, by=by, expected=dataset.checksum)
    write_entry(EditorialEvent.SERIES_STARTED, dataset, by=by, facts={"series": str(series.uuid), "title": title})
    return series


@transaction.atomic
def next_in_series(dataset: Dataset, *, by: Actor) -> Dataset:
    """The draft of the period that follows: same description and series, years and period moved on.

    Raises NoPeriod when the dataset does not say what time it is about.
    """
    require(can_edit(by, dataset), "next_in_series", dataset)
    following = next_record(to_record(dataset))
    if following is None:
        raise NoPeriod
    return catalog.create_draft(following, holder=dataset.rights_holder, by=by)


def series_of(dataset: Dataset) -> Series | None:
    """The series of this portal that a dataset belongs to."""
    numbers = [iri.rpartition("/")[2] for iri in to_record(dataset).in_series if iri.startswith(iris().series(""))]
    return Series.objects.filter(uuid__in=[number for number in numbers if len(number) == 36]).first()
