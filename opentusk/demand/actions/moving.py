"""The one way in which a wish changes its state."""

from typing import Any

from django.utils import timezone

from opentusk.demand.errors import IllegalMove, WordsMissing
from opentusk.demand.events import DemandEvent
from opentusk.demand.models import WantedDataset
from opentusk.demand.permissions import can_move, require
from opentusk.demand.states import MOVES, Move
from opentusk.journal.actions import record
from opentusk.journal.actors import Actor

_EVENTS = {
    Move.ACCEPT: DemandEvent.ACCEPTED,
    Move.MERGE: DemandEvent.MERGED,
    Move.REFUSE: DemandEvent.REFUSED,
    Move.ASSIGN: DemandEvent.ASSIGNED,
    Move.LINK_EXISTING: DemandEvent.PUBLISHED,
    Move.START: DemandEvent.STARTED,
    Move.DECLINE: DemandEvent.DECLINED,
    Move.LINK: DemandEvent.PUBLISHED,
    Move.VERIFY: DemandEvent.VERIFIED,
    Move.REOPEN: DemandEvent.REOPENED,
    Move.RECONSIDER: DemandEvent.RECONSIDERED,
    Move.UNMERGE: DemandEvent.UNMERGED,
}
# What happens before anybody has looked at a wish, or is about people's work, is not told to everybody.
_TOLD_TO_ALL = frozenset(_EVENTS) - {Move.DECLINE, Move.UNMERGE}


def locked(item: WantedDataset) -> WantedDataset:
    """The wish as it is now, nobody else changing it, with what it hangs on."""
    wishes = WantedDataset.objects.select_for_update(no_key=True, of=("self",)).select_related("basket")
    return wishes.get(pk=item.pk)


def begin(item: WantedDataset, move: Move, *, by: Actor) -> WantedDataset:
    """The locked wish, if the move is in the table and the actor's to do. Raises IllegalMove, NotAllowed."""
    found = locked(item)
    if (found.state, move) not in MOVES:
        raise IllegalMove(found.state, move)
    require(can_move(by, found, move), move)
    return found


def finish(
    found: WantedDataset, move: Move, *, by: Actor, item: WantedDataset, facts: dict[str, Any] | None = None
) -> None:
    """Put the wish into its new state and write it down; the caller's own row then says the same."""
    before, found.state = found.state, MOVES[(found.state, move)]
    found.state_since = timezone.now()
    found.save()
    told = {
        "edition": found.basket.edition,
        "number": found.number,
        "title": found.title,
        "theme": found.primary_theme,
        "body": found.assigned_body.ipa_code if found.assigned_body else "",
    }
    record(
        _EVENTS[move],
        found,
        by=by,
        changes={"state": [before, found.state]},
        facts=told | (facts or {}),
        is_public=move in _TOLD_TO_ALL and not found.is_hidden,
    )
    item.refresh_from_db()


def said(words: str, field: str) -> str:
    """The words, which must be there. Raises WordsMissing."""
    words = words.strip()
    if not words:
        raise WordsMissing(field)
    return words
