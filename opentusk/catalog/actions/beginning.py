"""Datasets begun: as drafts, or written, signed for and public in one step."""

from collections.abc import Callable
from dataclasses import replace
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from opentusk.bodies.models import Agent
from opentusk.catalog.actions.describing import write_new_rows
from opentusk.catalog.actions.holding import hold_facts
from opentusk.catalog.actions.looking import WAITS_FROM_THE_START, hold_changed_draft, hold_new_draft, wants_review
from opentusk.catalog.errors import IdentifierTaken
from opentusk.catalog.events import CatalogEvent
from opentusk.catalog.lengths import require_fitting
from opentusk.catalog.models import Dataset, Hold
from opentusk.catalog.permissions import can_create, require
from opentusk.catalog.records import put_record, row_of_part, slug_of, with_names_now
from opentusk.journal.actions import draft as draft_entry
from opentusk.journal.actions import record as write_entry
from opentusk.journal.actions import record_many
from opentusk.journal.actors import Actor, ActorKind
from opentusk.journal.models import Entry
from opentusk.kit import records as kit
from opentusk.kit.problems import blocking, problem_to_json
from opentusk.kit.verdict import judge_dataset


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
    dataset = _admitted(record, holder=holder, by=by, is_demo=is_demo, slug=slug, uuid=uuid)
    put_record(dataset, record, holder)
    _write(dataset, record)
    write_entry(CatalogEvent.DATASET_CREATED, dataset, by=by)
    hold_new_draft(dataset, by=by)
    return dataset


@transaction.atomic
def create_signed(
    record: kit.Dataset,
    *,
    holder: Agent,
    by: Actor,
    sign: Callable[[Dataset], Entry],
    reason: str,
    slug: str = "",
    uuid: UUID | None = None,
) -> Dataset:
    """A new dataset that a person signs for as it begins: public at once if nothing else keeps it, else a draft.

    The rows and entries of `create_draft`, a declaration lifted for this `reason` and `publish`, without reading again
    at each step what nobody else has seen yet. `sign` keeps the signature, and gives the entry that tells of it.
    Raises IdentifierTaken, TooLong.
    """
    dataset = _admitted(record, holder=holder, by=by, slug=slug, uuid=uuid)
    is_looked_at = wants_review(holder)
    is_public = not is_looked_at and _put_public(dataset, record, holder)
    if not is_public:
        put_record(dataset, record, holder)
    _write(dataset, record)
    hold = _signed_hold(dataset, by=by, reason=reason)
    entries = [
        draft_entry(CatalogEvent.DATASET_CREATED, dataset, by=by),
        draft_entry(CatalogEvent.HOLD_OPENED, dataset, by=by, facts=hold_facts(hold)),
        draft_entry(CatalogEvent.HOLD_LIFTED, dataset, by=by, facts={**hold_facts(hold), "reason": reason}),
        sign(dataset),
    ]
    if is_public:
        entries.append(draft_entry(CatalogEvent.DATASET_PUBLISHED, dataset, by=by, is_public=True))
    record_many(entries)
    if is_looked_at:
        hold_changed_draft(dataset, by=by)
    return dataset


def issued_today(record: kit.Dataset) -> kit.Dataset:
    """With today as the day of the first publication, where none is said."""
    return record if record.issued else replace(record, issued=timezone.localdate().isoformat())


def _admitted(
    record: kit.Dataset, *, holder: Agent, by: Actor, slug: str, uuid: UUID | None, is_demo: bool = False
) -> Dataset:
    """The row of a dataset that may begin, without its record (unsaved)."""
    require(can_create(by, holder), "create", holder.ipa_code)
    if by.kind is ActorKind.PERSON:
        # A rule of reviews that is being set waits, or is seen: before the journal, which it needs too.
        Agent.objects.select_for_update(no_key=True).values_list("pk").get(pk=holder.pk)
    require_fitting(record)
    slug = slug or slug_of(record.identifier)
    if Dataset.objects.filter(Q(identifier__iexact=record.identifier) | Q(slug=slug) | Q(uuid=uuid)).exists():
        raise IdentifierTaken(record.identifier)
    return Dataset(identifier=record.identifier, slug=slug, uuid=uuid or uuid4(), is_demo=is_demo)


def _put_public(dataset: Dataset, record: kit.Dataset, holder: Agent) -> bool:
    """Put the record in its row as a public one; whether it may be one. Its identifier is known to be its own."""
    record = issued_today(with_names_now(record, holder))
    problems = judge_dataset(record, today=timezone.localdate())
    if blocking(problems):
        return False
    put_record(dataset, record, holder)
    dataset.status, dataset.published_at = Dataset.Status.PUBLISHED, timezone.now()
    dataset.problems = [problem_to_json(problem) for problem in problems]
    return True


def _write(dataset: Dataset, record: kit.Dataset) -> None:
    dataset.save()
    write_new_rows([row_of_part(dataset, position, part) for position, part in enumerate(record.distribution)])


def _signed_hold(dataset: Dataset, *, by: Actor, reason: str) -> Hold:
    """The hold of a new draft, lifted as it is opened."""
    who, now = by.label[:200], timezone.now()
    return Hold.objects.create(
        dataset=dataset,
        kind=Hold.Kind.DECLARATION,
        facts=dict(WAITS_FROM_THE_START),
        opened_by=who,
        lifted_at=now,
        lifted_by=who,
        reason=reason,
    )
