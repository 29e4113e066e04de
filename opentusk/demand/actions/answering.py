"""Answering wishes: a body takes one on, and a dataset answers it."""

from datetime import date, timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from opentusk.bodies.models import Agent
from opentusk.bodies.permissions import is_desk
from opentusk.catalog.models import Dataset
from opentusk.demand.actions.moving import begin, finish, said
from opentusk.demand.errors import AnotherHolder, DatasetNotPublic, WordsMissing
from opentusk.demand.models import WantedDataset, WantedDatasetLink
from opentusk.demand.models.items import WORDS_LENGTH
from opentusk.demand.states import ANSWERED, Move, State
from opentusk.demand.words import checked
from opentusk.journal.actors import SYSTEM, Actor


@transaction.atomic
def assign(item: WantedDataset, agent: Agent, *, by: Actor, due_on: date | None = None) -> None:
    """Ask a body for it; until the body says another day, it has the days that the basket gives."""
    found = begin(item, Move.ASSIGN, by=by)
    now = timezone.now()
    found.assigned_body, found.assigned_at = agent, now
    found.due_on = due_on or timezone.localdate(now) + timedelta(days=found.basket.due_days)
    found.reminders = 0
    finish(found, Move.ASSIGN, by=by, item=item, facts={"due_on": found.due_on.isoformat()})


@transaction.atomic
def start(item: WantedDataset, *, by: Actor, due_on: date | None) -> None:
    """The body takes it on, and says by when. Raises WordsMissing without a day."""
    found = begin(item, Move.START, by=by)
    if due_on is None and found.due_on is None:
        raise WordsMissing("due_on")
    found.due_on = due_on or found.due_on
    finish(found, Move.START, by=by, item=item, facts={"due_on": str(found.due_on)})


@transaction.atomic
def decline(item: WantedDataset, *, by: Actor, note: str) -> None:
    """Give it back to the desk, with a note for the desk alone. Raises WordsMissing."""
    found = begin(item, Move.DECLINE, by=by)
    private_note = said(note, "note")
    agent = found.assigned_body
    found.assigned_body = found.assigned_at = found.due_on = None
    facts = {"private_note": private_note, "from": agent.ipa_code if agent else ""}
    finish(found, Move.DECLINE, by=by, item=item, facts=facts)


@transaction.atomic
def link(item: WantedDataset, dataset: Dataset, *, by: Actor, note: str = "") -> None:
    """A public dataset answers the wish: it is published.

    The dataset is of the body that was asked; the desk may take another's, saying why. Raises DatasetNotPublic,
    AnotherHolder, IllegalMove, NotAllowed.
    """
    move = Move.LINK_EXISTING if item.state == State.IN_BASKET else Move.LINK
    found = begin(item, move, by=by)
    asked = found.assigned_body_id
    if asked is not None and dataset.rights_holder_id != asked and not (is_desk(by) and note.strip()):
        raise AnotherHolder(dataset.rights_holder.name)
    tie(found, dataset, by=by, note=note)
    found.published_at = found.published_at or timezone.now()
    finish(found, move, by=by, item=item, facts={"dataset": dataset.identifier, "note": note})


@transaction.atomic
def verify(item: WantedDataset, *, by: Actor) -> None:
    """Say that the dataset is what was wanted. Raises DatasetNotPublic when it is not there any more."""
    found = begin(item, Move.VERIFY, by=by)
    holding = found.links.holding()
    if not holding.exists():
        raise DatasetNotPublic("")
    holding.update(verified_at=timezone.now(), verified_by=by.reference)
    finish(found, Move.VERIFY, by=by, item=item)


@transaction.atomic
def reopen(item: WantedDataset, *, by: Actor, note: str) -> None:
    """The dataset is gone, or is not what was wanted: work goes on. Raises WordsMissing."""
    found = begin(item, Move.REOPEN, by=by)
    why = said(checked(note, "note", most=WORDS_LENGTH), "note")
    found.links.filter(broken_at__isnull=True).update(broken_at=timezone.now())
    if found.assigned_body is None:
        # It was linked straight from the basket: whoever published it is asked again.
        last = found.links.select_related("dataset__rights_holder").order_by("-linked_at").first()
        found.assigned_body = last.dataset.rights_holder if last and last.dataset else None
    if found.assigned_body is None:
        raise WordsMissing("body")
    found.due_on = timezone.localdate() + timedelta(days=found.basket.due_days)
    finish(found, Move.REOPEN, by=by, item=item, facts={"note": why})


def reopen_without_data(dataset_ids: set[int]) -> int:
    """Reopen what these datasets answered and nothing answers any more; how many."""
    items = WantedDataset.objects.filter(
        state__in=ANSWERED, links__dataset__in=dataset_ids, links__broken_at__isnull=True
    ).distinct()
    without = [item for item in items if not item.links.holding().exists()]
    for item in without:
        reopen(item, by=SYSTEM, note="Il dataset collegato è stato ritirato.")
    return len(without)


def tie(found: WantedDataset, dataset: Dataset, *, by: Actor, note: str) -> WantedDatasetLink:
    """Write down that a dataset answers a wish, as it is now. Raises DatasetNotPublic."""
    now_public = Dataset.objects.published().filter(pk=dataset.pk).select_related("rights_holder").first()
    if now_public is None:
        raise DatasetNotPublic(dataset.identifier)
    values = {"dataset": now_public, "title": now_public.title, "publisher": now_public.rights_holder.name}
    made, _is_new = WantedDatasetLink.objects.get_or_create(
        item=found,
        dataset_uri=f"{settings.SITE_URL}/id/dataset/{now_public.uuid}",
        broken_at=None,
        defaults=values | {"note": note.strip(), "linked_by": by.reference},
    )
    return made
