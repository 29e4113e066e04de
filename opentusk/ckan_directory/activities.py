"""The journal read as CKAN's activities: who may read which entry, what it is called, what the package was then."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from copy import copy
from dataclasses import dataclass
from typing import Any

from django.db.models import CharField, QuerySet, Value
from django.db.models.functions import Cast, Concat

from opentusk.bodies.events import BodiesEvent
from opentusk.bodies.models import Agent
from opentusk.catalog.events import CatalogEvent
from opentusk.catalog.models import Dataset, DatasetQuerySet
from opentusk.catalog.records import text_in
from opentusk.ckan.permissions import may_edit
from opentusk.ckan.protocol import Call
from opentusk.ckan.showing import package_dict
from opentusk.ckan_directory.people import number_of_reference, user_id
from opentusk.ckan_directory.permissions import Sight, sight_of
from opentusk.ckan_directory.showing import Json
from opentusk.journal.models import Entry, EntryQuerySet
from opentusk.kit.ckan_packages.spelling import moment
from opentusk.people.models import User

_NEW, _CHANGED, _DELETED = "new package", "changed package", "deleted package"
_OF_PACKAGES: Mapping[str, str] = {
    CatalogEvent.DATASET_CREATED: _NEW,
    CatalogEvent.DATASET_PUBLISHED: _CHANGED,
    CatalogEvent.DATASET_CHANGED: _CHANGED,
    CatalogEvent.DATASET_RESTORED: _CHANGED,
    CatalogEvent.FILE_ADDED: _CHANGED,
    CatalogEvent.FILE_RELEASED: _CHANGED,
    CatalogEvent.FILE_REMOVED: _CHANGED,
    CatalogEvent.DATASET_WITHDRAWN: _DELETED,
}
_OF_BODIES: Mapping[str, str] = {
    BodiesEvent.AGENT_ADDED: "new organization",
    BodiesEvent.AGENT_CHANGED: "changed organization",
    BodiesEvent.AGENT_JOINED: "changed organization",
    BodiesEvent.AGENT_SUSPENDED: "changed organization",
    BodiesEvent.AGENT_REACTIVATED: "changed organization",
    BodiesEvent.AGENT_ENDED: "deleted organization",
}
TYPES = frozenset({*_OF_PACKAGES.values(), *_OF_BODIES.values()})
_CHUNK = 200
# So much of the journal is read for one answer; `before` leads on.
MOST_READ = 5_000


@dataclass(frozen=True)
class Activity:
    """An entry that the caller may read, with what it is about as that is now."""

    entry: Entry
    kind: str
    dataset: Dataset | None
    agent: Agent | None

    @property
    def object_id(self) -> str:
        """The number of what it is about."""
        return str(self.dataset.uuid if self.dataset else self.agent.uuid if self.agent else "")


def told_entries() -> EntryQuerySet:
    """The entries that are activities, the latest first."""
    return Entry.objects.filter(event__in=[*_OF_PACKAGES, *_OF_BODIES]).newest_first()


def events_of(kinds: Iterable[str]) -> list[str]:
    """The events that may be activities of these kinds: that a package became public may be its beginning."""
    wanted = frozenset(kinds)
    found = {event for event, kind in {**_OF_PACKAGES, **_OF_BODIES}.items() if kind in wanted}
    return sorted(found | ({str(CatalogEvent.DATASET_PUBLISHED)} if _NEW in wanted else set()))


def references_of(datasets: DatasetQuerySet) -> QuerySet[Any, Any]:
    """The journal's names of some datasets, as a subquery."""
    start = Value(f"{Dataset._meta.label_lower}:")
    return datasets.annotate(reference=Concat(start, Cast("pk", CharField()), output_field=CharField())).values(
        "reference"
    )


def readable(call: Call, entries: EntryQuerySet) -> Iterator[Activity]:
    """Those of the entries that the caller may read, as activities, read from the journal as they are needed.

    Only the latest `MOST_READ` are looked at: how much somebody may not read must not cost others anything.
    """
    rights: dict[int, bool] = {}

    def may(dataset: Dataset) -> bool:
        if dataset.rights_holder_id not in rights:
            rights[dataset.rights_holder_id] = may_edit(call, dataset)
        return rights[dataset.rights_holder_id]

    # By number, not by a cursor: PostgreSQL would gather the whole journal for one.
    chunk, left = list(entries[:_CHUNK]), MOST_READ
    while chunk:
        yield from _read(chunk, may)
        left -= len(chunk)
        chunk = list(entries.filter(seq__lt=chunk[-1].seq)[: min(_CHUNK, left)]) if left > 0 else []


def shown(activities: Iterable[Activity], call: Call) -> list[Json]:
    """Activities as a list shows them: of what they are about only the names."""
    found = list(activities)
    sight = sight_of(call)
    users = _users(found)
    return [_shown(one, users, sight) for one in found]


def package_then(activity: Activity, *, for_its_people: bool) -> Json:
    """The package as it was described right after the activity: today's description with every later change undone.

    Files that left the dataset since are not in it.
    """
    dataset = copy(activity.dataset)
    if dataset is None:
        raise ValueError("an activity of a body has no package")
    later = Entry.objects.about(dataset).filter(event=CatalogEvent.DATASET_CHANGED, seq__gt=activity.entry.seq)
    dataset.record = dict(dataset.record)
    for entry in later.newest_first():
        _undo(dataset.record, entry.changes)
    dataset.title = text_in(dataset.record.get("title") or {})
    dataset.metadata_modified_at = activity.entry.at
    return package_dict(dataset, for_its_people=for_its_people)


def _undo(record: dict[str, Any], changes: Mapping[str, Sequence[Any]]) -> None:
    for field, (before, _after) in changes.items():
        if before is None:
            record.pop(field, None)
        else:
            record[field] = before


def _read(entries: Sequence[Entry], may: Callable[[Dataset], bool]) -> Iterator[Activity]:
    of_packages = {entry.subject_id for entry in entries if entry.event in _OF_PACKAGES}
    of_bodies = {entry.subject_id for entry in entries if entry.event in _OF_BODIES}
    datasets = Dataset.objects.with_holder().in_bulk(of_packages)
    agents = Agent.objects.in_bulk(of_bodies)
    begun = _begun(entries)
    for entry in entries:
        if entry.event in _OF_BODIES:
            agent = agents.get(entry.subject_id)
            if agent and entry.is_public:
                yield Activity(entry, _OF_BODIES[entry.event], None, agent)
        elif (dataset := datasets.get(entry.subject_id)) and (_is_public(entry, dataset) or may(dataset)):
            yield Activity(entry, _kind(entry, may(dataset) and entry.subject in begun), dataset, None)


def _is_public(entry: Entry, dataset: Dataset) -> bool:
    """Of what was withdrawn only that it was is told, as its tombstone does."""
    is_told = dataset.is_published or (dataset.is_withdrawn and entry.event == CatalogEvent.DATASET_WITHDRAWN)
    return entry.is_public and is_told


def _kind(entry: Entry, knows_beginning: bool) -> str:
    """For whoever does not see a draft begin, the package is new when it becomes public."""
    if entry.event == CatalogEvent.DATASET_PUBLISHED and not knows_beginning:
        return _NEW
    return _OF_PACKAGES[entry.event]


def _begun(entries: Sequence[Entry]) -> frozenset[str]:
    """Which of the published things have their beginning in the journal."""
    published = [entry.subject for entry in entries if entry.event == CatalogEvent.DATASET_PUBLISHED]
    found = Entry.objects.filter(event=CatalogEvent.DATASET_CREATED, subject__in=published)
    return frozenset(found.values_list("subject", flat=True))


def _users(activities: Iterable[Activity]) -> Mapping[int, User]:
    numbers = {number_of_reference(one.entry.actor) for one in activities} - {None}
    return User.objects.select_related("ckan_account").in_bulk([number for number in numbers if number is not None])


def _shown(activity: Activity, users: Mapping[int, User], sight: Sight) -> Json:
    entry = activity.entry
    user = users.get(number_of_reference(entry.actor) or 0)
    return {
        "id": str(entry.id),
        "timestamp": moment(entry.at),
        # Who did it is told as far as the person is: to everybody else it was "the body's people".
        "user_id": user_id(user) if user and sight.knows(user) else None,
        "object_id": activity.object_id,
        "activity_type": activity.kind,
        "data": {**_subject(activity), "actor": entry.actor_label},
    }


def _subject(activity: Activity) -> Json:
    if activity.dataset:
        dataset = activity.dataset
        return {"package": {"id": str(dataset.uuid), "name": dataset.slug, "title": dataset.title}}
    agent = activity.agent
    return {"group": {"id": str(agent.uuid), "name": agent.slug, "title": agent.name}} if agent else {}
