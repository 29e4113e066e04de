"""Events from the journal."""

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid5

from django.conf import settings
from django.db import transaction

from opentusk.bodies.models import Agent
from opentusk.catalog.models import Dataset, Distribution
from opentusk.catalog.records import iris, to_record
from opentusk.journal.models import Entry
from opentusk.kit.records import Dataset as Record
from opentusk.notices.catalogue import rules_for
from opentusk.notices.models import EVENTS_PER_ENTRY, Event, Mention
from opentusk.notices.rules import Rule, refuse_reserved
from opentusk.notices.speakers import Subject, describe_all, speakers

SCHEMA_VERSION = 1
_LARGEST_PAYLOAD = 20_000
_DATASET, _BODY, _SOURCE = "catalog.dataset", "bodies.agent", "harvest.harvestsource"
_BATCH = 500


@dataclass(frozen=True)
class _Known:
    """The rows that a batch of entries is about."""

    datasets: Mapping[int, tuple[Dataset, Record]]
    bodies: Mapping[int, Agent]
    bodies_by_code: Mapping[str, Agent]
    subjects: Mapping[str, Subject]


@transaction.atomic
def tell(entries: Sequence[Entry]) -> None:
    """Make the events of these entries; done twice, it changes nothing."""
    told = [(entry, rule) for entry in entries for rule in rules_for(entry.event)]
    known = _known(entries)
    events = [event for entry, rule in told if (event := _event(entry, rule, known))]
    Event.objects.bulk_create(events, ignore_conflicts=True)
    Mention.objects.bulk_create(_mentions(told, known, {event.seq for event in events}), ignore_conflicts=True)
    _withhold({entry.subject for entry in entries if entry.subject.partition(":")[0] in speakers()}, known)


def _mentions(told: Iterable[tuple[Entry, Rule]], known: _Known, made: Collection[int]) -> list[Mention]:
    """The datasets whose followers hear of what happened to a thing of another room."""
    return [
        Mention(event_id=number, dataset_id=dataset)
        for entry, rule in told
        if rule.told_to_datasets and (number := _number(entry, rule)) in made and entry.subject in known.subjects
        for dataset in known.subjects[entry.subject].datasets
    ]


def _number(entry: Entry, rule: Rule) -> int:
    return entry.seq * EVENTS_PER_ENTRY + rules_for(entry.event).index(rule)


def _withhold(references: Collection[str], known: _Known) -> None:
    """Something happened to these things: whether everybody may see them is asked again."""
    public = {reference for reference in references if reference in known.subjects}
    public = {reference for reference in public if known.subjects[reference].is_public}
    for hidden, found in ((False, public), (True, set(references) - public)):
        if found:
            Event.objects.filter(subject__in=found).exclude(is_withheld=hidden).update(is_withheld=hidden)


def rebuild_events() -> int:
    """Make all events again from the journal; how many there are."""
    Event.objects.all().delete()
    position = 0
    while batch := list(Entry.objects.after(position)[:_BATCH]):
        tell(batch)
        position = batch[-1].seq
    return Event.objects.count()


def _known(entries: Sequence[Entry]) -> _Known:
    numbers = {entry.subject_id for entry in entries if _is_about(entry, _DATASET)}
    rows = Dataset.objects.filter(pk__in=numbers).with_holder()
    codes = {str(entry.facts["holder"]) for entry in entries if entry.facts.get("holder")}
    bodies = Agent.objects.filter(pk__in={entry.subject_id for entry in entries if _is_about(entry, _BODY)})
    return _Known(
        datasets={row.pk: (row, to_record(row)) for row in rows},
        bodies=bodies.in_bulk(),
        bodies_by_code={agent.ipa_code: agent for agent in Agent.objects.filter(ipa_code__in=codes)},
        subjects=describe_all({entry.subject for entry in entries}),
    )


def _is_about(entry: Entry, kind: str) -> bool:
    return entry.subject.startswith(f"{kind}:")


def _event(entry: Entry, rule: Rule, known: _Known) -> Event | None:
    """The event of an entry; None when it means nothing to others, or what it is about is gone for ever."""
    facts = rule.build(entry)
    if facts is None:
        return None
    refuse_reserved(facts, rule.type)
    if _is_about(entry, _DATASET):
        found = known.datasets.get(entry.subject_id)
        return _about_dataset(entry, rule, facts, found) if found else None
    if entry.subject in known.subjects:
        return _about_subject(entry, rule, facts, known.subjects[entry.subject])
    return _about_work(entry, rule, facts, known)


def _about_dataset(entry: Entry, rule: Rule, facts: dict[str, Any], found: tuple[Dataset, Record]) -> Event:
    dataset, record = found
    event = _bare(entry, rule)
    event.is_public = entry.is_public and not rule.is_private
    event.dataset, event.holder = dataset, dataset.rights_holder
    event.distribution = _distribution(entry)
    event.themes = [iri.rpartition("/")[2] for iri in record.theme]
    event.places = [place.geographic_name for place in record.spatial if place.geographic_name]
    event.payload = _payload(facts, dataset)
    if not event.is_public:
        event.payload["act"] = f"{settings.SITE_URL}/scrivania/dataset/{dataset.pk}"
    return event


def _about_subject(entry: Entry, rule: Rule, facts: dict[str, Any], subject: Subject) -> Event:
    """What happened to a thing of another room."""
    event = _bare(entry, rule)
    event.is_public = entry.is_public and not rule.is_private
    event.subject, event.holder = entry.subject, subject.holder
    event.themes, event.places = list(subject.themes), list(subject.places)
    about: dict[str, Any] = {
        "schema_version": SCHEMA_VERSION,
        "about": subject.title,
        "subject": {"reference": entry.subject, "title": subject.title, "page": settings.SITE_URL + subject.path},
    }
    if subject.holder:
        about["holder"] = {"identifier": subject.holder.ipa_code, "name": subject.holder.name}
    event.payload = _short(about, facts)
    if not event.is_public:
        event.payload["act"] = settings.SITE_URL + (subject.work_path or subject.path)
    return event


def _about_work(entry: Entry, rule: Rule, facts: dict[str, Any], known: _Known) -> Event | None:
    """What happened to a body or to a source; never public."""
    if _is_about(entry, _BODY):
        holder = known.bodies.get(entry.subject_id)
        about, act = (holder.name, f"/enti/{holder.slug}/persone") if holder else ("", "")
    elif _is_about(entry, _SOURCE):
        holder = known.bodies_by_code.get(entry.facts.get("holder", ""))
        about, act = str(facts.get("source", "")), f"/raccolte/{entry.subject_id}"
    else:
        return None
    if not about:
        return None
    event = _bare(entry, rule)
    event.holder = holder
    event.payload = {"schema_version": SCHEMA_VERSION, "about": about, "act": settings.SITE_URL + act, **facts}
    if holder:
        event.payload["holder"] = {"identifier": holder.ipa_code, "name": holder.name}
    return event


def _bare(entry: Entry, rule: Rule) -> Event:
    position = rules_for(entry.event).index(rule)
    return Event(
        seq=_number(entry, rule),
        id=entry.id if position == 0 else uuid5(entry.id, rule.type),
        type=rule.type,
        family=rule.family,
        severity=rule.severity,
        at=entry.at,
        actor=entry.actor_label,
        caused_by=_person(entry),
    )


def _payload(facts: dict[str, Any], dataset: Dataset) -> dict[str, Any]:
    """The facts with what every event says of its dataset; facts that are too long are left at their address."""
    about = {
        "schema_version": SCHEMA_VERSION,
        "dataset": {
            "identifier": dataset.identifier,
            "title": dataset.title,
            "page": iris().dataset_page(dataset.slug),
            "iri": iris().dataset(dataset.identifier),
        },
        "holder": {"identifier": dataset.rights_holder.ipa_code, "name": dataset.rights_holder.name},
    }
    return _short(about, facts)


def _short(about: dict[str, Any], facts: dict[str, Any]) -> dict[str, Any]:
    whole = {**about, **facts}
    if len(json.dumps(whole, ensure_ascii=False).encode()) <= _LARGEST_PAYLOAD:
        return whole
    return {**about, "is_long": True}


def _distribution(entry: Entry) -> UUID | None:
    number = entry.facts.get("distribution")
    if not isinstance(number, int):
        return None
    return Distribution.objects.filter(pk=number).values_list("uuid", flat=True).first()


def _person(entry: Entry) -> int | None:
    kind, _colon, number = entry.actor.partition(":")
    return int(number) if kind == "people.user" and number.isdigit() else None
