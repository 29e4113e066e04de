"""Examining wishes: into the basket, together with others, or not taken up."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from opentusk.catalog.models import Dataset
from opentusk.comments.actions import move_all
from opentusk.demand.actions.answering import tie
from opentusk.demand.actions.moving import begin, finish, locked, said
from opentusk.demand.errors import CannotMerge, TooLate, WordsMissing
from opentusk.demand.events import DemandEvent
from opentusk.demand.models import Basket, Endorsement, UseCase, WantedDataset
from opentusk.demand.models.items import TITLE_LENGTH, WORDS_LENGTH
from opentusk.demand.permissions import can_edit, require
from opentusk.demand.states import Move, RefusalReason, State
from opentusk.demand.words import checked, checked_theme
from opentusk.journal.actions import record
from opentusk.journal.actors import Actor
from opentusk.journal.models import reference_of

UNMERGEABLE_FOR = timedelta(days=30)


@transaction.atomic
def accept(item: WantedDataset, *, by: Actor) -> None:
    """Into the basket. Raises WordsMissing without a theme, IllegalMove, NotAllowed."""
    found = begin(item, Move.ACCEPT, by=by)
    if not found.primary_theme:
        raise WordsMissing("theme")
    found.is_hidden = False
    finish(found, Move.ACCEPT, by=by, item=item)


@transaction.atomic
def refuse(
    item: WantedDataset, *, by: Actor, reason: RefusalReason, answer: str, dataset: Dataset | None = None
) -> None:
    """Say no, with a reason and an answer that everybody reads; what is published already needs the dataset.

    Raises WordsMissing, DatasetNotPublic, IllegalMove, NotAllowed.
    """
    found = begin(item, Move.REFUSE, by=by)
    found.public_answer = said(checked(answer, "answer", most=WORDS_LENGTH), "answer")
    found.refusal_reason = reason
    if reason == RefusalReason.ALREADY_PUBLISHED:
        if dataset is None:
            raise WordsMissing("dataset")
        tie(found, dataset, by=by, note="")
    found.assigned_body = found.assigned_at = found.due_on = None
    finish(found, Move.REFUSE, by=by, item=item, facts={"reason": str(reason)})


@transaction.atomic
def merge(item: WantedDataset, target: WantedDataset, *, by: Actor, title: str = "") -> None:
    """Make two wishes one: what supports the first supports the second, and nobody counts twice.

    With a `title` the second gets it, if the actor may change it. Raises CannotMerge, IllegalMove, NotAllowed.
    """
    # Always in the order of their numbers: two people who merge two wishes into each other wait, and one is refused.
    for row in sorted((item, target), key=lambda one: one.pk):
        locked(row)
    found, other = begin(item, Move.MERGE, by=by), locked(target)
    is_possible = other.state not in {State.MERGED, State.REFUSED} and other.basket_id == found.basket_id
    if found.pk == other.pk or not is_possible:
        raise CannotMerge
    _move_support(found, other)
    # What was merged into the first is now merged into the second: a chain of one step, never a circle.
    WantedDataset.objects.filter(merged_into=found).update(merged_into=other)
    found.merged_into, found.merged_at = other, timezone.now()
    found.assigned_body = found.assigned_at = found.due_on = None
    finish(found, Move.MERGE, by=by, item=item, facts={"into": other.number, "into_subject": reference_of(other)})
    target.refresh_from_db()
    if title and title != target.title:
        correct(target, by=by, title=title)


@transaction.atomic
def unmerge(item: WantedDataset, *, by: Actor, now: datetime | None = None) -> None:
    """Take a wish out of the one it was merged into, for a month and until the report is frozen. Raises TooLate."""
    found = begin(item, Move.UNMERGE, by=by)
    moment = now or timezone.now()
    if found.basket.frozen_at or found.merged_at is None or moment - found.merged_at >= UNMERGEABLE_FOR:
        raise TooLate
    _take_support_back(found)
    facts = {"into_subject": reference_of(found.merged_into)} if found.merged_into else {}
    found.merged_into = found.merged_at = None
    finish(found, Move.UNMERGE, by=by, item=item, facts=facts)


@transaction.atomic
def reconsider(item: WantedDataset, *, by: Actor, note: str) -> None:
    """A wish that was refused goes into the basket all the same, with a public note. Raises WordsMissing."""
    found = begin(item, Move.RECONSIDER, by=by)
    if not found.primary_theme:
        raise WordsMissing("theme")
    found.public_answer = said(checked(note, "note", most=WORDS_LENGTH), "note")
    found.refusal_reason = ""
    finish(found, Move.RECONSIDER, by=by, item=item)


@transaction.atomic
def correct(item: WantedDataset, *, by: Actor, title: str | None = None, theme: str | None = None) -> None:
    """Give a better title, or another theme. Raises NotAllowed, WordsMissing, UnknownTheme, WordsTooLong."""
    found = locked(item)
    require(can_edit(by, found), "correct")
    before = {"title": found.title, "primary_theme": found.primary_theme}
    if title is not None:
        found.title = said(checked(title, "title", most=TITLE_LENGTH), "title")
    if theme is not None:
        found.primary_theme = said(checked_theme(theme), "theme")
    changes = {name: [old, getattr(found, name)] for name, old in before.items() if old != getattr(found, name)}
    if changes:
        found.save(update_fields=[*changes])
        record(DemandEvent.CORRECTED, found, by=by, changes=changes, facts={"number": found.number})
    item.refresh_from_db()


@transaction.atomic
def hide(item: WantedDataset, *, by: Actor) -> None:
    """Take a wish out of sight, and out of every count. Raises NotAllowed."""
    _set_hidden(item, by=by, is_hidden=True)


@transaction.atomic
def show(item: WantedDataset, *, by: Actor) -> None:
    """Show it again, or for the first time. Raises NotAllowed."""
    _set_hidden(item, by=by, is_hidden=False)


@transaction.atomic
def freeze(basket: Basket, *, at: datetime) -> None:
    """No more separations: the report of this edition is written. Freezing twice keeps the first time."""
    if basket.frozen_at is None:
        basket.frozen_at = at
        basket.save(update_fields=["frozen_at"])


def _set_hidden(item: WantedDataset, *, by: Actor, is_hidden: bool) -> None:
    found = locked(item)
    require(can_edit(by, found), "hide")
    if found.is_hidden != is_hidden:
        found.is_hidden = is_hidden
        found.save(update_fields=["is_hidden"])
        record(DemandEvent.HIDDEN if is_hidden else DemandEvent.SHOWN, found, by=by, facts={"number": found.number})
    item.refresh_from_db()


def _move_support(found: WantedDataset, other: WantedDataset) -> None:
    """Endorsements, reasons and comments go along; whoever supports both stays with the first, and counts once."""
    old, new = reference_of(found), reference_of(other)
    both = Endorsement.objects.on(new).values("person_key")
    Endorsement.objects.on(old).exclude(person_key__in=both).update(subject=new, moved_from=old)
    UseCase.objects.filter(item=found).update(item=other, moved_from=found)
    move_all(old, to=new)


def _take_support_back(found: WantedDataset) -> None:
    old = reference_of(found)
    now_at = Endorsement.objects.filter(moved_from=old)
    again = Endorsement.objects.on(old).values("person_key")
    now_at.exclude(Q(person_key__in=again)).update(subject=old, moved_from="")
    UseCase.objects.filter(moved_from=found).update(item=found, moved_from=None)
