"""From draft to public to tombstone and back, with the files that belong to it."""

from dataclasses import replace

from django.db import transaction
from django.utils import timezone

from opentusk.catalog.actions.describing import judge, require_publishable
from opentusk.catalog.actions.holding import locked_rows
from opentusk.catalog.actions.releasing import close_files, open_files, require_nothing_holds
from opentusk.catalog.errors import WrongState
from opentusk.catalog.events import CatalogEvent
from opentusk.catalog.lengths import require_fitting_reason
from opentusk.catalog.models import Dataset
from opentusk.catalog.permissions import can_edit, can_publish, require
from opentusk.catalog.records import PROJECTED, iris, put_record, to_record
from opentusk.files import actions as files
from opentusk.journal.actions import record as write_entry
from opentusk.journal.actors import Actor, ActorKind
from opentusk.kit import records as kit
from opentusk.kit.problems import problem_to_json


@transaction.atomic
def publish(dataset: Dataset, *, by: Actor) -> Dataset:
    """Make the dataset public, with the files that nothing holds; what never said when it came out, comes out today.

    Raises NotPublishable with the blocking problems, OnHold with the open holds, WrongState for a tombstone.
    """
    require(can_publish(by, dataset), "publish", dataset)
    dataset.refresh_from_db(from_queryset=locked_rows())
    if dataset.is_withdrawn:
        raise WrongState(dataset.status, Dataset.Status.DRAFT)
    before = to_record(dataset)
    # Of what another catalogue published first, only that one knows the day.
    record = before if dataset.is_harvested or dataset.published_at else issued_today(before)
    problems = judge(record, dataset)
    require_publishable(problems, dataset)
    require_nothing_holds(dataset)
    changed = ["status", "published_at", "problems"]
    if record is not before:
        # Of the record only a date is new: the rows of its files stay as they are.
        put_record(dataset, record, dataset.rights_holder)
        dataset.metadata_modified_at = timezone.now()
        changed += [*PROJECTED, "metadata_modified_at"]
    dataset.status = Dataset.Status.PUBLISHED
    dataset.published_at = dataset.published_at or timezone.now()
    dataset.problems = [problem_to_json(problem) for problem in problems]
    dataset.save(update_fields=changed)
    write_entry(CatalogEvent.DATASET_PUBLISHED, dataset, by=by, is_public=True)
    open_files(dataset, by=by)
    return dataset


@transaction.atomic
def withdraw(dataset: Dataset, *, by: Actor, reason: str, successor: Dataset | None = None) -> Dataset:
    """Take a published dataset away; its tombstone keeps the description, the reason and the date."""
    require(can_publish(by, dataset), "withdraw", dataset)
    require_fitting_reason(reason)
    dataset.refresh_from_db(from_queryset=locked_rows())
    if not dataset.is_published:
        raise WrongState(dataset.status, Dataset.Status.PUBLISHED)
    dataset.status = Dataset.Status.WITHDRAWN
    dataset.withdrawn_at = timezone.now()
    dataset.withdrawal_reason = reason
    dataset.successor = successor
    # What a person took away, a source that still offers it must not bring back.
    dataset.is_kept_away = by.kind is ActorKind.PERSON
    dataset.save(update_fields=["status", "withdrawn_at", "withdrawal_reason", "successor", "is_kept_away"])
    close_files(dataset, by=by, reason=reason, successor_address=_page_of(successor))
    write_entry(CatalogEvent.DATASET_WITHDRAWN, dataset, by=by, facts={"reason": reason}, is_public=True)
    return dataset


@transaction.atomic
def restore(dataset: Dataset, *, by: Actor) -> Dataset:
    """Publish a withdrawn dataset again, with its files. Raises NotPublishable, OnHold, WrongState."""
    require(can_publish(by, dataset), "restore", dataset)
    dataset.refresh_from_db(from_queryset=locked_rows())
    if not dataset.is_withdrawn:
        raise WrongState(dataset.status, Dataset.Status.WITHDRAWN)
    require_publishable(judge(to_record(dataset), dataset), dataset)
    require_nothing_holds(dataset)
    dataset.status = Dataset.Status.PUBLISHED
    dataset.withdrawn_at, dataset.withdrawal_reason, dataset.successor = None, "", None
    dataset.is_kept_away = False
    dataset.save(update_fields=["status", "withdrawn_at", "withdrawal_reason", "successor", "is_kept_away"])
    write_entry(CatalogEvent.DATASET_RESTORED, dataset, by=by, is_public=True)
    open_files(dataset, by=by)
    return dataset


@transaction.atomic
def delete_draft(dataset: Dataset, *, by: Actor) -> None:
    """Throw a draft away, with its files. What has been public once is withdrawn instead, never deleted."""
    require(can_edit(by, dataset), "delete", dataset)
    dataset.refresh_from_db(from_queryset=locked_rows())
    if dataset.status != Dataset.Status.DRAFT or dataset.published_at:
        raise WrongState(dataset.status, Dataset.Status.DRAFT)
    write_entry(CatalogEvent.DATASET_DELETED, dataset, by=by, facts={"identifier": dataset.identifier})
    series = [row.series for row in dataset.distributions.with_series() if row.series]
    dataset.delete()
    for one in series:
        files.delete_series(one, by=by)


def issued_today(record: kit.Dataset) -> kit.Dataset:
    """With today as the day of the first publication, where none is said."""
    return record if record.issued else replace(record, issued=timezone.localdate().isoformat())


def _page_of(dataset: Dataset | None) -> str:
    return iris().dataset_page(dataset.slug) if dataset else ""
