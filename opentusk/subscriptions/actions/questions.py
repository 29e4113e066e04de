"""Saved searches and questions to rows: asked again when what they are about has changed."""

from collections import defaultdict
from collections.abc import Sequence

from django.http import QueryDict

from opentusk.notices.models import Event
from opentusk.search.finding import find_all
from opentusk.search.question import read_question
from opentusk.subscriptions.counting import rows_found
from opentusk.subscriptions.models import Match, SavedQuery, ScopeKind
from opentusk.subscriptions.scopes import Scope, saved_queries

_ABOUT_DESCRIPTION = frozenset({"dataset.published", "dataset.restored", "dataset.metadata_changed"})
_ABOUT_ROWS = frozenset({"file.updated", "dataset.published", "file.released"})


def matched_questions(events: Sequence[Event]) -> dict[int, list[Scope]]:
    """For each event the saved queries that it made true; each is noted as a match."""
    found: dict[int, list[Scope]] = defaultdict(list)
    _match_searches(events, found)
    _match_tables(events, found)
    return found


def _match_searches(events: Sequence[Event], found: dict[int, list[Scope]]) -> None:
    """A search matches when a dataset begins to be among its results; one that was already there says nothing."""
    fresh = {event.dataset_id: event for event in events if event.type in _ABOUT_DESCRIPTION and event.dataset_id}
    if not fresh:
        return
    for query in saved_queries(ScopeKind.SEARCH):
        hits = set(find_all(read_question(QueryDict(query.key)))) & fresh.keys()
        known = set(query.matches.filter(dataset__in=hits).values_list("dataset", flat=True))
        for pk in sorted(hits - known):
            event = fresh[pk]
            Match.objects.get_or_create(query=query, dataset_id=pk, seq=event.seq)
            found[event.seq].append((query.kind, query.key))


def _match_tables(events: Sequence[Event], found: dict[int, list[Scope]]) -> None:
    """A question to rows matches when rows answer it now and none did the last time: a value crossed a limit."""
    fresh = {str(event.payload.get("table") or event.distribution or ""): event for event in events
             if event.type in _ABOUT_ROWS}  # fmt: skip
    fresh.pop("", None)
    if not fresh:
        return
    for query in saved_queries(ScopeKind.TABLE):
        event = fresh.get(query.key.partition("?")[0])
        if event is None or event.dataset_id is None:
            continue
        if _crosses(query):
            Match.objects.get_or_create(
                query=query, dataset_id=event.dataset_id, seq=event.seq, defaults={"value": query.value}
            )
            found[event.seq].append((query.kind, query.key))


def _crosses(query: SavedQuery) -> bool:
    """Ask again; whether rows answer now that did not before."""
    before, now = query.value, rows_found(query.key)
    if now is None:
        return False
    query.value = now
    query.save(update_fields=["value"])
    return now > 0 and not before
