"""Datasets that just became public and may answer a wish: proposed to people, never linked by themselves."""

from collections.abc import Collection

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from opentusk.catalog.models import Dataset
from opentusk.demand.events import DemandEvent
from opentusk.demand.likeness import likeness, stems
from opentusk.demand.models import Suggestion, WantedDataset
from opentusk.demand.permissions import can_move, require
from opentusk.demand.states import BEING_WORKED_ON, Move, State
from opentusk.journal.actions import record
from opentusk.journal.actors import SYSTEM, Actor
from opentusk.kit.vocabularies import THEMES

# Of the body that was asked anything near is worth a look; of the same theme alone, only what speaks of the same thing.
_NEAR_FOR_THE_BODY, _NEAR_FOR_THE_THEME = 0.2, 0.5


@transaction.atomic
def suggest_for(dataset_ids: Collection[int]) -> int:
    """Propose newly public datasets for the wishes that wait; how many new suggestions. Twice makes no more."""
    made = 0
    for dataset in Dataset.objects.published().filter(pk__in=dataset_ids):
        codes = [term.code for iri in dataset.record.get("theme", []) if (term := THEMES.by_iri(iri))]
        words = stems(f"{dataset.title} {' '.join(dataset.record.get('keyword', {}).get('it', []))}")
        waiting = WantedDataset.objects.shown().filter(state__in=(State.IN_BASKET, *BEING_WORKED_ON))
        near = Q(assigned_body=dataset.rights_holder_id) | Q(primary_theme__in=codes)
        for item in waiting.filter(near, is_demo=dataset.is_demo):
            how_near = likeness(stems(f"{item.title} {item.use_case}"), words)
            is_body = item.assigned_body_id == dataset.rights_holder_id
            if how_near >= (_NEAR_FOR_THE_BODY if is_body else _NEAR_FOR_THE_THEME):
                made += _suggest(item, dataset, how_near)
    return made


@transaction.atomic
def dismiss_suggestion(suggestion: Suggestion, *, by: Actor) -> None:
    """Say that it is not what was wanted; it is not proposed again. Raises NotAllowed."""
    item = suggestion.item
    move = Move.LINK_EXISTING if item.state == State.IN_BASKET else Move.LINK
    require(can_move(by, item, move), "dismiss_suggestion")
    suggestion.dismissed_at = suggestion.dismissed_at or timezone.now()
    suggestion.save(update_fields=["dismissed_at"])


def _suggest(item: WantedDataset, dataset: Dataset, how_near: float) -> bool:
    _row, is_new = Suggestion.objects.get_or_create(item=item, dataset=dataset, defaults={"likeness": how_near})
    if is_new:
        facts = {"number": item.number, "dataset": dataset.identifier}
        record(DemandEvent.SUGGESTED, item, by=SYSTEM, facts=facts)
    return is_new
