"""Who did the work on a draft, and so is not its second person.

Three are its authors: who asked for the review; who gave the newest version of one of its files; who wrote most of
the description, counted by fields, each of its last hand. A reviewer who corrects some fields is none of them: the
correction stands in the history, the other reviewers hear of it when it is approved, and the only reviewer of a small
body is not locked out. What the portal fills by itself counts for nobody.
"""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime

from opentusk.catalog.events import CatalogEvent
from opentusk.catalog.forms.dataset import DatasetForm
from opentusk.catalog.models import Dataset, Hold, ReviewPolicy
from opentusk.catalog.permissions import can_lift
from opentusk.files.models import FileVersion
from opentusk.journal.actors import Actor
from opentusk.journal.models import Entry

_FILLED_BY_PORTAL = frozenset(
    (
        *("iri", "identifier", "landing_page", "rights_holder", "publisher", "creator", "contact_point"),
        *("language", "access_rights", "issued", "modified"),
    )
)
_PERSON = "people.user:"
# The field of the form that asks for a field of the record, where the names differ.
_ASKED_AS = {"temporal": "start_date", "spatial": "place"}


@dataclass(frozen=True)
class Correction:
    """What somebody else than its author changed in a draft after the review was asked."""

    at: datetime
    fields: tuple[str, ...]


def may_approve(by: Actor, hold: Hold) -> bool:
    """Whether somebody may be the second person of this review."""
    if not can_lift(by, hold):
        return False
    is_wanted = ReviewPolicy.objects.filter(agent=hold.dataset.rights_holder).exists()
    if hold.version_id or by.user_id is None or not is_wanted:
        return True
    return by.user_id not in _givers(hold.dataset) and not _wrote_most(by.user_id, hold.dataset)


def corrections_of(by: Actor, hold: Hold) -> list[str]:
    """The fields that somebody changed last, of a draft that others wrote."""
    return sorted(name for name, hand in _hands(hold.dataset).items() if hand == f"{_PERSON}{by.user_id}")


def corrections_after(hold: Hold) -> list[Correction]:
    """What was corrected since the review was asked, for the people of the body, the oldest first."""
    if not (asked_at := hold.facts.get("asked_at")):
        return []
    author = f"{_PERSON}{hold.facts.get('author_id')}"
    changed = Entry.objects.about(hold.dataset).filter(event=CatalogEvent.DATASET_CHANGED, at__gte=asked_at)
    entries = changed.exclude(actor=author).order_by("seq")
    return [Correction(entry.at, tuple(label_of(name) for name in entry.changes)) for entry in entries]


def label_of(name: str) -> str:
    """What the form calls a field of the description."""
    fields = DatasetForm.base_fields
    found = (fields[one] for one in (_ASKED_AS.get(name, name), f"{name}_it") if one in fields)
    field = next(found, None)
    return str(field.label).lower() if field and field.label else name


def _wrote_most(user_id: int, dataset: Dataset) -> bool:
    hands = Counter(_hands(dataset).values())
    return hands[f"{_PERSON}{user_id}"] * 2 > hands.total()


def _hands(dataset: Dataset) -> dict[str, str]:
    """Who wrote each field of the description last; what nobody changed is of who began it."""
    happened = [CatalogEvent.DATASET_CREATED, CatalogEvent.DATASET_CHANGED]
    entries = list(Entry.objects.about(dataset).filter(event__in=happened).order_by("seq"))
    present = [name for name in dataset.record if name not in _FILLED_BY_PORTAL]
    hands = dict.fromkeys(present, entries[0].actor) if entries else {}
    for entry in entries:
        hands.update({name: entry.actor for name in entry.changes if name in hands})
    return hands


def _givers(dataset: Dataset) -> set[int | None]:
    versions = FileVersion.objects.not_refused().filter(series__distribution__dataset=dataset)
    return set(dict(versions.order_by("number").values_list("series", "made_by")).values())
