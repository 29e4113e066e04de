"""The one count behind page, CSV, API and PDF: the basket at an instant, in figures."""

import hashlib
import json
from collections import Counter
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

from opentusk.demand.models import WantedDataset
from opentusk.demand.replaying import ItemAt, basket_at, supporters_at
from opentusk.demand.words import THEME_CODES
from opentusk.journal.models import Entry

Counts = dict[str, Any]


def counts_at(edition: str, as_of: datetime, *, proposals: Iterable[str] = ()) -> Counts:
    """Figures of an edition at an instant, from the journal alone; `proposals` are names of thematic proposals.

    Sums agree: over themes, over origins, over states of the basket each give `basket`.
    """
    items = basket_at(edition, as_of)
    counting = [item for item in items if item.counts]
    by_proposal = supporters_at(proposals, as_of)
    people = {person for item in items for person in item.supporters}
    people |= {person for supporters in by_proposal.values() for person in supporters}
    return {
        "edition": edition,
        "as_of": as_of.astimezone(UTC).isoformat(timespec="microseconds"),
        "basket": len(counting),
        "by_theme": _counted((item.theme for item in counting), THEME_CODES),
        "by_origin": _counted((item.origin for item in counting), ()),
        "by_state": _counted((item.state for item in counting), ()),
        "by_event": _counted((item.event for item in counting if item.event), ()),
        "event_titles": _titles(edition, {item.event for item in counting if item.event}),
        "merged": sum(item.state == "merged" for item in items),
        "refused": sum(item.state == "refused" and not item.is_hidden for item in items),
        "proposed": sum(item.state == "proposed" and not item.is_hidden for item in items),
        "endorsements": sum(len(item.supporters) for item in counting) + sum(map(len, by_proposal.values())),
        "endorsements_of_themes": {name: len(given) for name, given in sorted(by_proposal.items())},
        "endorsers": len(people),
        "comments": _comments(items, by_proposal, as_of),
        "items": [_row(item) for item in counting],
    }


def canonical(counts: Counts) -> str:
    """The counts as one text that is always the same: sorted keys, no blanks, UTF-8."""
    return json.dumps(counts, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def hash_of(text: str) -> str:
    """SHA-256 of the canonical text."""
    return hashlib.sha256(text.encode()).hexdigest()


def _row(item: ItemAt) -> dict[str, Any]:
    return {
        "number": item.number,
        "title": item.title,
        "theme": item.theme,
        "origin": item.origin,
        "state": item.state,
        "endorsements": len(item.supporters),
    }


def _counted(values: Iterable[str], keys: Iterable[str]) -> dict[str, int]:
    found = Counter(values)
    return {key: found[key] for key in sorted({*keys, *found})}


def _titles(edition: str, events: set[str]) -> dict[str, str]:
    """What the events were called when the first of these wishes was made there."""
    rows = WantedDataset.objects.of_edition(edition).filter(event__in=events).order_by("-pk")
    return dict(rows.values_list("event", "event_title"))


def _comments(items: list[ItemAt], proposals: dict[str, set[str]], as_of: datetime) -> int:
    """How many comments could be read under the wishes and the themes at that instant."""
    under = set(proposals) | {item.name for item in items}
    visible: dict[str, bool] = {}
    for entry in Entry.objects.filter(event__startswith="comments.", at__lte=as_of).order_by("seq"):
        if entry.facts.get("under") not in under:
            continue
        if entry.event in {"comments.posted", "comments.restored"}:
            visible[entry.subject] = True
        elif entry.event in {"comments.hidden", "comments.deleted"}:
            visible[entry.subject] = False
    return sum(visible.values())
