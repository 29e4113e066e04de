"""A dataset that is whole as it begins: written, signed for and public in one step."""

from collections.abc import Mapping
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from opentusk.bodies.models import Agent
from opentusk.catalog.actions.beginning import admitted, write_new
from opentusk.catalog.actions.holding import hold_facts
from opentusk.catalog.actions.looking import WAITS_FROM_THE_START, hold_changed_draft, wants_review
from opentusk.catalog.actions.publishing import issued_today
from opentusk.catalog.events import CatalogEvent
from opentusk.catalog.models import Dataset, Hold
from opentusk.catalog.permissions import require
from opentusk.catalog.records import put_record, with_names_now
from opentusk.editorial.actions.declaring import SIGNED, keep_declaration, require_answered
from opentusk.editorial.events import EditorialEvent
from opentusk.journal.actions import draft, record_many
from opentusk.journal.actors import Actor, ActorKind
from opentusk.kit import records as kit
from opentusk.kit.problems import blocking, problem_to_json
from opentusk.kit.verdict import judge_dataset


@transaction.atomic
def create_signed(
    record: kit.Dataset,
    *,
    holder: Agent,
    by: Actor,
    answers: Mapping[str, Mapping[str, str]],
    slug: str = "",
    uuid: UUID | None = None,
) -> Dataset:
    """A new dataset that a person signs for as it begins: public at once if nothing else keeps it, else a draft.

    The rows and entries of `catalog.create_draft`, `sign_declaration` and `catalog.publish`, without reading again at
    each step what nobody else has seen yet. Raises NotAllowed, IdentifierTaken, TooLong, Unanswered.
    """
    require(by.kind is ActorKind.PERSON, "sign", record.identifier)
    require_answered(answers)
    dataset = admitted(record, holder=holder, by=by, slug=slug, uuid=uuid)
    is_looked_at = wants_review(holder)
    is_public = not is_looked_at and _put_public(dataset, record, holder)
    if not is_public:
        put_record(dataset, record, holder)
    write_new(dataset, record)
    hold = _signed_hold(dataset, by=by)
    declared = keep_declaration(dataset, answers, by=by, columns={})
    entries = [
        draft(CatalogEvent.DATASET_CREATED, dataset, by=by),
        draft(CatalogEvent.HOLD_OPENED, dataset, by=by, facts=hold_facts(hold)),
        draft(CatalogEvent.HOLD_LIFTED, dataset, by=by, facts={**hold_facts(hold), "reason": SIGNED}),
        draft(EditorialEvent.DECLARATION_SIGNED, dataset, by=by, facts=declared.facts),
    ]
    if is_public:
        entries.append(draft(CatalogEvent.DATASET_PUBLISHED, dataset, by=by, is_public=True))
    record_many(entries)
    if is_looked_at:
        hold_changed_draft(dataset, by=by)
    return dataset


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


def _signed_hold(dataset: Dataset, *, by: Actor) -> Hold:
    """The hold of a new draft, lifted as it is opened."""
    who, now = by.label[:200], timezone.now()
    return Hold.objects.create(
        dataset=dataset,
        kind=Hold.Kind.DECLARATION,
        facts=dict(WAITS_FROM_THE_START),
        opened_by=who,
        lifted_at=now,
        lifted_by=who,
        reason=SIGNED,
    )
