"""The basket as it was at an instant, read from the journal: what a report says stays true whatever happens later.

Rows say how things are now. Mergers, separations, deletions of accounts and withdrawals of support change them; the
entries of the journal do not change, so a count made from them at an instant is the same for ever.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from opentusk.demand.models import WantedDataset
from opentusk.demand.states import IN_THE_BASKET, State
from opentusk.journal.models import Entry, EntryQuerySet

_ITEM = "demand.wanteddataset"


@dataclass
class ItemAt:
    """A wish at an instant. `name` is the journal's; `supporters` are keys of persons, each with its first wish."""

    name: str
    number: int
    title: str
    theme: str
    origin: str
    world: str = ""
    event: str = ""
    state: str = State.PROPOSED
    is_hidden: bool = False
    is_demo: bool = False
    merged_into: int | None = None
    supporters: dict[str, str] = field(default_factory=dict)

    @property
    def counts(self) -> bool:
        """Whether it is part of the basket."""
        return self.state in IN_THE_BASKET and not self.is_hidden


def basket_at(edition: str, as_of: datetime) -> list[ItemAt]:
    """Every wish of an edition as it was at an instant, that instant included, by number."""
    names = {f"{_ITEM}:{pk}" for pk in WantedDataset.objects.of_edition(edition).values_list("pk", flat=True)}
    items: dict[str, ItemAt] = {}
    numbers: dict[int, str] = {}
    for entry in _entries(as_of):
        if entry.subject in names:
            _apply(entry, items, numbers)
    return sorted(items.values(), key=lambda item: item.number)


def supporters_at(subjects: Iterable[str], as_of: datetime) -> dict[str, set[str]]:
    """The persons who supported each of these things at an instant, by key: proposals of themes, for example."""
    found: dict[str, set[str]] = {subject: set() for subject in subjects}
    for entry in _entries(as_of).filter(subject__in=found, event__startswith="demand.endorse"):
        person = entry.facts.get("person", "")
        if entry.event == "demand.endorsed":
            found[entry.subject].add(person)
        else:
            found[entry.subject].discard(person)
    return found


def _entries(as_of: datetime) -> EntryQuerySet:
    return Entry.objects.filter(event__startswith="demand.", at__lte=as_of).order_by("seq")


def _apply(entry: Entry, items: dict[str, ItemAt], numbers: dict[int, str]) -> None:
    """Let one thing happen to the wishes."""
    name, facts = entry.subject, entry.facts
    if entry.event == "demand.proposed":
        keys = ("number", "title", "theme", "origin", "world", "event")
        item = ItemAt(name=name, **{key: facts.get(key, "") for key in keys})
        item.is_hidden, item.is_demo = facts.get("hidden", False), facts.get("demo", False)
        items[name], numbers[item.number] = item, name
        return
    item = items[name]
    if "state" in entry.changes:
        item.state = entry.changes["state"][1]
    match entry.event:
        case "demand.corrected":
            item.title = entry.changes.get("title", [None, item.title])[1]
            item.theme = entry.changes.get("primary_theme", [None, item.theme])[1]
        case "demand.hidden":
            item.is_hidden = True
        case "demand.shown" | "demand.accepted":
            item.is_hidden = False
        case "demand.endorsed":
            item.supporters[facts["person"]] = name
        case "demand.endorsement_withdrawn":
            item.supporters.pop(facts["person"], None)
        case "demand.merged":
            _merge(name, item, items[numbers[facts["into"]]], items)
        case "demand.unmerged":
            _separate(name, item, items)


def _merge(name: str, item: ItemAt, target: ItemAt, items: dict[str, ItemAt]) -> None:
    """Support goes along, nobody twice; who supports both stays with the first as well, for a separation."""
    both = item.supporters.keys() & target.supporters.keys()
    for person in item.supporters.keys() - both:
        target.supporters[person] = name
    item.supporters = {person: item.supporters[person] for person in both}
    for other in items.values():
        if other.merged_into == item.number:
            other.merged_into = target.number
    item.merged_into = target.number


def _separate(name: str, item: ItemAt, items: dict[str, ItemAt]) -> None:
    item.merged_into = None
    for other in items.values():
        for person in [person for person, first in other.supporters.items() if first == name and other is not item]:
            del other.supporters[person]
            item.supporters[person] = name
