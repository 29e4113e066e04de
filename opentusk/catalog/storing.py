"""Stores what sources bring, many records at a time, through the same judgement as for people.

A record that says what it said last time writes nothing. One that cannot be public is rejected with its problems and
the last good version stays. Everything of a batch happens in one transaction, with one journal entry per dataset.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from opentusk.bodies.models import Agent
from opentusk.catalog.actions import save_record
from opentusk.catalog.actions.holding import lock_many
from opentusk.catalog.actions.releasing import open_files
from opentusk.catalog.events import CatalogEvent
from opentusk.catalog.lengths import length_problems
from opentusk.catalog.models import Dataset, Distribution
from opentusk.catalog.permissions import can_create, require
from opentusk.catalog.records import (
    changes_between,
    checksum_of,
    put_record,
    row_of_part,
    slug_of,
    with_corrections,
    with_identity,
)
from opentusk.journal.actions import draft, record_many
from opentusk.journal.actors import Actor
from opentusk.journal.models import Entry
from opentusk.kit import records as kit
from opentusk.kit.problems import Problem, Severity, blocking, problem_to_json
from opentusk.kit.quality.rulebook import OF_OTHERS
from opentusk.kit.record_json import write_record
from opentusk.kit.verdict import judge_dataset


class Outcome(models.TextChoices):
    """What became of one record that a source gave."""

    CREATED = "created", _("creato")
    UPDATED = "updated", _("aggiornato")
    UNCHANGED = "unchanged", _("invariato")
    REJECTED = "rejected", _("rifiutato")
    WITHDRAWN = "withdrawn", _("ritirato")


@dataclass(frozen=True, kw_only=True)
class Incoming:
    """A harmonised record with its key and checksum at the source.

    `problems` are those of reading and harmonising; `facts` tell its provenance (catalogue, page, original IRI).
    """

    record: kit.Dataset
    holder: Agent
    origin_id: str
    origin_checksum: str
    problems: Sequence[Problem] = ()
    facts: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Stored:
    """What became of one incoming record: the row it is in now, if any, and all its problems."""

    outcome: Outcome
    dataset: Dataset | None
    problems: Sequence[Problem]


@transaction.atomic
def store_records(
    batch: Sequence[Incoming], *, origin: str, by: Actor, takes_over: bool = False, is_demo: bool = False
) -> list[Stored]:
    """Create or update and publish a batch; the answers are in the order of the batch.

    With `takes_over`, a record whose identifier came from another source before is moved to this one: the
    titolare's own catalogue wins over an aggregator.
    """
    for holder in {incoming.holder for incoming in batch}:
        require(can_create(by, holder), "store", holder.ipa_code)
    # What people are writing now is waited for, and seen.
    lock_many(Dataset.objects.filter(_rows_of(batch, origin)))
    shelf = _Shelf(batch, origin, takes_over)
    stored = [_store_one(incoming, shelf, is_demo) for incoming in batch]
    shelf.write(by)
    return stored


def preview_records(batch: Sequence[Incoming], *, origin: str, takes_over: bool = False) -> list[Stored]:
    """What `store_records` would answer; nothing is written."""
    shelf = _Shelf(batch, origin, takes_over)
    return [_store_one(incoming, shelf, is_demo=False) for incoming in batch]


def _rows_of(batch: Sequence[Incoming], origin: str) -> models.Q:
    """The rows that a batch may touch: of this origin, or of the same name."""
    keys = [incoming.origin_id for incoming in batch]
    names = [incoming.record.identifier.lower() for incoming in batch]
    known = models.Q(origin=origin, origin_id__in=keys) & ~models.Q(origin="")
    return known | models.Q(identifier__in=names)


class _Shelf:
    """The rows a batch may touch, read in four queries, and the writes it will need."""

    def __init__(self, batch: Sequence[Incoming], origin: str, takes_over: bool) -> None:
        self.origin = origin
        self.takes_over = takes_over
        self.today: date = timezone.localdate()
        self.now = timezone.now()
        keys = [incoming.origin_id for incoming in batch]
        names = [incoming.record.identifier.lower() for incoming in batch]
        rows = Dataset.objects.with_holder()
        self.by_key = {row.origin_id: row for row in rows.from_origin(origin).filter(origin_id__in=keys)}
        self.by_identifier = {row.identifier: row for row in rows.filter(identifier__in=names)}
        self.by_address = _rows_by_address(batch)
        self.created: list[tuple[Dataset, list[Distribution]]] = []
        self.updated: list[tuple[Dataset, kit.Dataset, Agent]] = []
        self.touched: list[Dataset] = []
        self.reopened: list[Dataset] = []
        self.entries: list[tuple[CatalogEvent, Dataset, dict[str, Any]]] = []

    def write(self, by: Actor) -> None:
        """Write everything that was decided."""
        Dataset.objects.bulk_create([dataset for dataset, _rows in self.created])
        Distribution.objects.bulk_create([row for _dataset, rows in self.created for row in rows])
        for dataset, record, holder in self.updated:
            save_record(dataset, record, holder)
            dataset.save(update_fields=_ORIGIN_FIELDS)
        for dataset in self.touched:
            dataset.save(update_fields=("origin_checksum", "origin_facts"))
        for dataset in self.reopened:
            open_files(dataset, by=by)
        record_many([self._entry(event, dataset, changes, by) for event, dataset, changes in self.entries])

    def _entry(self, event: CatalogEvent, dataset: Dataset, changes: dict[str, Any], by: Actor) -> Entry:
        return draft(event, dataset, by=by, changes=changes, is_public=True)


_ORIGIN_FIELDS = (
    "origin", "origin_id", "origin_checksum", "origin_facts", "status", "published_at", "withdrawn_at",
    "withdrawal_reason", "duplicate_of", "successor", "is_kept_away",
)  # fmt: skip


def _store_one(incoming: Incoming, shelf: _Shelf, is_demo: bool) -> Stored:
    row = shelf.by_key.get(incoming.origin_id)
    if row and row.is_published and row.origin_checksum == incoming.origin_checksum:
        return Stored(outcome=Outcome.UNCHANGED, dataset=row, problems=incoming.problems)
    namesake = shelf.by_identifier.get(incoming.record.identifier.lower())
    if row is None and namesake is not None and _may_take_over(incoming, namesake, shelf):
        row = namesake
    if row and row.is_withdrawn and row.is_kept_away:
        return Stored(outcome=Outcome.UNCHANGED, dataset=row, problems=[*incoming.problems, _kept_away(row)])
    record = with_corrections(incoming.record, row.corrections if row else {})
    if row:
        record = with_identity(record, row)
    problems = [*incoming.problems, *length_problems(record, incoming.origin_id)]
    problems += _judge(record, row, namesake, shelf)
    if blocking(problems):
        return Stored(outcome=Outcome.REJECTED, dataset=row, problems=problems)
    twin = _twin_of(incoming, row, shelf)
    if twin:
        problems.append(_twin_problem(incoming, twin))
    if row and _says_the_same(row, record, twin, shelf):
        _put_origin(row, incoming, shelf)
        shelf.touched.append(row)
        return Stored(outcome=Outcome.UNCHANGED, dataset=row, problems=problems)
    dataset = _create(incoming, record, shelf, is_demo) if row is None else _update(row, incoming, record, shelf)
    dataset.duplicate_of = twin
    dataset.problems = [problem_to_json(problem) for problem in problems]
    return Stored(outcome=Outcome.UPDATED if row else Outcome.CREATED, dataset=dataset, problems=problems)


def _may_take_over(incoming: Incoming, namesake: Dataset, shelf: _Shelf) -> bool:
    """Whether this source may take a dataset from another one: only its own titolare's, and never from itself."""
    is_elsewhere = namesake.is_harvested and namesake.origin != shelf.origin
    return shelf.takes_over and is_elsewhere and namesake.rights_holder_id == incoming.holder.pk


def _says_the_same(row: Dataset, record: kit.Dataset, twin: Dataset | None, shelf: _Shelf) -> bool:
    """Whether the source changed in nothing that the record keeps: its new checksum is noted, and nobody is told."""
    is_here = row.is_published and row.origin == shelf.origin and row.duplicate_of_id == (twin.pk if twin else None)
    return is_here and row.checksum == checksum_of(write_record(record))


def _kept_away(row: Dataset) -> Problem:
    values = {"reason": row.withdrawal_reason}
    return Problem(code="storing.kept_away", severity=Severity.INFO, where=row.identifier, values=values)


def _judge(record: kit.Dataset, row: Dataset | None, namesake: Dataset | None, shelf: _Shelf) -> list[Problem]:
    is_other = namesake is not None and namesake is not row and (row is None or namesake.pk != row.pk)
    return judge_dataset(record, today=shelf.today, is_taken=lambda _identifier: is_other, severities=OF_OTHERS)


def _create(incoming: Incoming, record: kit.Dataset, shelf: _Shelf, is_demo: bool) -> Dataset:
    dataset = Dataset(
        identifier=record.identifier, slug=slug_of(record.identifier), published_at=shelf.now, is_demo=is_demo
    )
    _put_origin(dataset, incoming, shelf)
    put_record(dataset, record, incoming.holder)
    rows = [row_of_part(dataset, position, part) for position, part in enumerate(record.distribution)]
    shelf.created.append((dataset, rows))
    shelf.by_key[incoming.origin_id] = shelf.by_identifier[record.identifier.lower()] = dataset
    shelf.entries.append((CatalogEvent.DATASET_PUBLISHED, dataset, {}))
    return dataset


def _update(row: Dataset, incoming: Incoming, record: kit.Dataset, shelf: _Shelf) -> Dataset:
    was_public = row.is_published
    if not was_public:
        shelf.reopened.append(row)
    changes = changes_between(row.record, write_record(record))
    _put_origin(row, incoming, shelf)
    row.published_at = row.published_at or shelf.now
    row.withdrawn_at, row.withdrawal_reason, row.successor, row.is_kept_away = None, "", None, False
    shelf.updated.append((row, record, incoming.holder))
    event = CatalogEvent.DATASET_CHANGED if was_public else CatalogEvent.DATASET_RESTORED
    shelf.entries.append((event, row, changes))
    return row


def _put_origin(dataset: Dataset, incoming: Incoming, shelf: _Shelf) -> None:
    dataset.origin = shelf.origin
    dataset.origin_id = incoming.origin_id
    dataset.origin_checksum = incoming.origin_checksum
    dataset.origin_facts = dict(incoming.facts)
    dataset.status = Dataset.Status.PUBLISHED


def _rows_by_address(batch: Sequence[Incoming]) -> dict[tuple[str, int], Dataset]:
    addresses = {part.access_url for incoming in batch for part in incoming.record.distribution}
    found = Distribution.objects.filter(
        access_url__in=addresses,
        dataset__status=Dataset.Status.PUBLISHED,
        dataset__rights_holder__in={incoming.holder.pk for incoming in batch},
    ).select_related("dataset")
    return {(row.access_url, row.dataset.rights_holder_id): row.dataset for row in found}


def _twin_of(incoming: Incoming, row: Dataset | None, shelf: _Shelf) -> Dataset | None:
    """A dataset of the same titolare, from elsewhere, that offers the same file."""
    for part in incoming.record.distribution:
        twin = shelf.by_address.get((part.access_url, incoming.holder.pk))
        if twin and twin.origin != shelf.origin and (row is None or twin.pk != row.pk):
            return twin
    return None


def _twin_problem(incoming: Incoming, twin: Dataset) -> Problem:
    return Problem(
        code="storing.same_file",
        severity=Severity.MAJOR,
        where=incoming.record.identifier,
        values={"identifier": twin.identifier, "title": twin.title},
    )
