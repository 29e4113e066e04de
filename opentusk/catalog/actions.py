"""Every write of the catalogue by people; what sources bring is stored by `storing.py`, with the same publication."""

from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from opentusk.bodies.models import Agent
from opentusk.catalog.errors import EditedMeanwhile, IdentifierTaken, NotPublishable, WrongState
from opentusk.catalog.events import CatalogEvent
from opentusk.catalog.models import Dataset, Distribution
from opentusk.catalog.permissions import can_create, can_edit, can_publish, require
from opentusk.catalog.records import PROJECTED, changes_between, put_record, slug_of, to_record, with_identity
from opentusk.journal.actions import record as write_entry
from opentusk.journal.actors import Actor, ActorKind
from opentusk.kit import records as kit
from opentusk.kit.problems import Problem, blocking, problem_to_json
from opentusk.kit.record_json import write_record
from opentusk.kit.verdict import judge_dataset


@transaction.atomic
def create_draft(record: kit.Dataset, *, holder: Agent, by: Actor, is_demo: bool = False) -> Dataset:
    """A new dataset that only its body sees. Raises IdentifierTaken."""
    require(can_create(by, holder), "create", holder.ipa_code)
    same_name = Q(identifier__iexact=record.identifier) | Q(slug=slug_of(record.identifier))
    if Dataset.objects.filter(same_name).exists():
        raise IdentifierTaken(record.identifier)
    dataset = Dataset(identifier=record.identifier, slug=slug_of(record.identifier), is_demo=is_demo)
    rows = put_record(dataset, record, holder)
    dataset.save()
    Distribution.objects.bulk_create(rows)
    write_entry(CatalogEvent.DATASET_CREATED, dataset, by=by)
    return dataset


@transaction.atomic
def change_record(dataset: Dataset, record: kit.Dataset, *, by: Actor, expected: str) -> Dataset:
    """Save an edited description. `expected` is the checksum the editor started from.

    A published dataset must stay publishable. On a harvested dataset each changed field becomes a correction that
    the next harvest respects. Raises EditedMeanwhile, NotPublishable.
    """
    require(can_edit(by, dataset), "edit", dataset)
    stored = Dataset.objects.select_for_update().get(pk=dataset.pk)
    if stored.checksum != expected:
        raise EditedMeanwhile(stored.identifier)
    record = with_identity(record, stored)
    # Against the record as people see it, so that a body renamed meanwhile does not look like their change.
    changes = changes_between(write_record(to_record(stored)), write_record(record))
    if not changes:
        return stored
    if stored.is_published:
        _require_publishable(judge(record, stored), stored)
    if stored.is_harvested:
        stored.corrections = _corrected(stored.corrections, changes, by)
    save_record(stored, record, stored.rights_holder)
    write_entry(CatalogEvent.DATASET_CHANGED, stored, by=by, changes=changes, is_public=stored.is_published)
    return stored


@transaction.atomic
def publish(dataset: Dataset, *, by: Actor) -> Dataset:
    """Make the dataset public. Raises NotPublishable with the blocking problems, WrongState for a tombstone."""
    require(can_publish(by, dataset), "publish", dataset)
    dataset.refresh_from_db(from_queryset=Dataset.objects.select_for_update())
    if dataset.is_withdrawn:
        raise WrongState(dataset.status, Dataset.Status.DRAFT)
    problems = judge(to_record(dataset), dataset)
    _require_publishable(problems, dataset)
    dataset.status = Dataset.Status.PUBLISHED
    dataset.published_at = dataset.published_at or timezone.now()
    dataset.problems = [problem_to_json(problem) for problem in problems]
    dataset.save(update_fields=["status", "published_at", "problems"])
    write_entry(CatalogEvent.DATASET_PUBLISHED, dataset, by=by, is_public=True)
    return dataset


@transaction.atomic
def withdraw(dataset: Dataset, *, by: Actor, reason: str, successor: Dataset | None = None) -> Dataset:
    """Take a published dataset away; its tombstone keeps the description, the reason and the date."""
    require(can_publish(by, dataset), "withdraw", dataset)
    dataset.refresh_from_db(from_queryset=Dataset.objects.select_for_update())
    if not dataset.is_published:
        raise WrongState(dataset.status, Dataset.Status.PUBLISHED)
    dataset.status = Dataset.Status.WITHDRAWN
    dataset.withdrawn_at = timezone.now()
    dataset.withdrawal_reason = reason
    dataset.successor = successor
    # What a person took away, a source that still offers it must not bring back.
    dataset.is_kept_away = by.kind is ActorKind.PERSON
    dataset.save(update_fields=["status", "withdrawn_at", "withdrawal_reason", "successor", "is_kept_away"])
    write_entry(CatalogEvent.DATASET_WITHDRAWN, dataset, by=by, facts={"reason": reason}, is_public=True)
    return dataset


@transaction.atomic
def restore(dataset: Dataset, *, by: Actor) -> Dataset:
    """Publish a withdrawn dataset again. Raises NotPublishable, WrongState."""
    require(can_publish(by, dataset), "restore", dataset)
    dataset.refresh_from_db(from_queryset=Dataset.objects.select_for_update())
    if not dataset.is_withdrawn:
        raise WrongState(dataset.status, Dataset.Status.WITHDRAWN)
    _require_publishable(judge(to_record(dataset), dataset), dataset)
    dataset.status = Dataset.Status.PUBLISHED
    dataset.withdrawn_at, dataset.withdrawal_reason, dataset.successor = None, "", None
    dataset.is_kept_away = False
    dataset.save(update_fields=["status", "withdrawn_at", "withdrawal_reason", "successor", "is_kept_away"])
    write_entry(CatalogEvent.DATASET_RESTORED, dataset, by=by, is_public=True)
    return dataset


@transaction.atomic
def delete_draft(dataset: Dataset, *, by: Actor) -> None:
    """Throw a draft away. What has been public once is withdrawn instead, never deleted."""
    require(can_edit(by, dataset), "delete", dataset)
    dataset.refresh_from_db(from_queryset=Dataset.objects.select_for_update())
    if dataset.status != Dataset.Status.DRAFT or dataset.published_at:
        raise WrongState(dataset.status, Dataset.Status.DRAFT)
    write_entry(CatalogEvent.DATASET_DELETED, dataset, by=by, facts={"identifier": dataset.identifier})
    dataset.delete()


def judge(record: kit.Dataset, dataset: Dataset) -> list[Problem]:
    """Every problem of a record as the record of this row."""
    others = Dataset.objects.exclude(pk=dataset.pk)
    return judge_dataset(
        record,
        today=timezone.localdate(),
        is_taken=lambda identifier: others.filter(identifier__iexact=identifier).exists(),
    )


def save_record(dataset: Dataset, record: kit.Dataset, holder: Agent) -> None:
    """Write a changed record and its distribution rows; those that are still there keep their numbers."""
    rows = put_record(dataset, record, holder)
    dataset.metadata_modified_at = timezone.now()
    dataset.save(update_fields=[*PROJECTED, "metadata_modified_at", "corrections", "problems"])
    dataset.distributions.exclude(iri__in=[row.iri for row in rows]).delete()
    Distribution.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["dataset", "iri"],
        update_fields=["position", "access_url", "format"],
    )


def _require_publishable(problems: list[Problem], dataset: Dataset) -> None:
    dataset.problems = [problem_to_json(problem) for problem in problems]
    if blockers := blocking(problems):
        raise NotPublishable(blockers)


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
