"""Between a record and the dataset's form."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from opentusk.kit import records as kit
from opentusk.kit.editing.merging import (
    merge_agents,
    merge_codes,
    merge_standards,
    merge_text,
    merge_words,
    standard_pair,
)

_LISTS = (
    "theme",
    "subject",
    "hvd_category",
    "language",
    "applicable_legislation",
    "page",
    "type",
    "is_version_of",
    "has_version",
    "relation",
    "in_series",
)
_LINES = (
    "accrual_periodicity",
    "modified",
    "issued",
    "access_rights",
    "landing_page",
    "version_info",
    "temporal_resolution",
)


def initial_of(record: kit.Dataset) -> dict[str, Any]:
    """What the fields show of a record."""
    contact = next(iter(record.contact_point), kit.ContactPoint())
    period = next(iter(record.temporal), kit.PeriodOfTime())
    place = next(iter(record.spatial), kit.Location())
    publisher = record.publisher or kit.Agent()
    return {
        **{name: getattr(record, name) for name in (*_LISTS, *_LINES, "spatial_resolution_in_meters")},
        **_texts(record),
        "start_date": period.start_date,
        "end_date": period.end_date,
        "place": place.geographic_name,
        "place_address": place.geographical_identifier if "://" in place.geographical_identifier else "",
        "bbox": place.bbox,
        "contact_name": contact.fn,
        "contact_email": contact.has_email,
        "contact_phone": contact.has_telephone,
        "contact_url": contact.has_url,
        "publisher_name": publisher.name,
        "publisher_code": publisher.identifier,
        "creators": [(agent.name, agent.identifier) for agent in record.creator],
        "conforms_to": [standard_pair(standard) for standard in record.conforms_to],
        "other_identifier": [(code.notation, code.agency) for code in record.other_identifier],
    }


def applied_to(record: kit.Dataset, typed: Mapping[str, Any]) -> kit.Dataset:
    """The record with what was typed; what the form does not show stays as it is."""
    resolution = typed["spatial_resolution_in_meters"]
    plain: dict[str, Any] = {
        **{name: tuple(typed[name]) for name in _LISTS},
        **{name: typed[name] or None for name in _LINES},
    }
    return replace(
        record,
        **plain,
        spatial_resolution_in_meters=None if resolution is None else str(resolution),
        title=merge_text(record.title, it=typed["title_it"], en=typed["title_en"]),
        description=merge_text(record.description, it=typed["description_it"], en=typed["description_en"]),
        keyword=merge_words(record.keyword, it=typed["keyword_it"], en=typed["keyword_en"]),
        provenance=merge_text(record.provenance, it=typed["provenance_it"]),
        version_notes=merge_text(record.version_notes, it=typed["version_notes_it"]),
        temporal=_period(record.temporal, typed),
        spatial=_place(record.spatial, typed),
        contact_point=_contact(record.contact_point, typed),
        publisher=_publisher(record.publisher, typed),
        creator=merge_agents(record.creator, typed["creators"]),
        conforms_to=merge_standards(record.conforms_to, typed["conforms_to"]),
        other_identifier=merge_codes(record.other_identifier, typed["other_identifier"]),
    )


def _texts(record: kit.Dataset) -> dict[str, Any]:
    """Each multilingual field in Italian (or without a language) and in English."""
    shown: dict[str, Any] = {}
    for name in ("title", "description", "keyword", "provenance", "version_notes"):
        text = getattr(record, name)
        shown[f"{name}_it"] = text.get("it") or text.get("", "")
        shown[f"{name}_en"] = text.get("en", "")
    return shown


def _period(stored: Sequence[kit.PeriodOfTime], typed: Mapping[str, Any]) -> tuple[kit.PeriodOfTime, ...]:
    first = next(iter(stored), kit.PeriodOfTime())
    start, end = typed["start_date"] or None, typed["end_date"] or None
    if (start, end) == (first.start_date, first.end_date):
        return tuple(stored)
    # The address of a period is made of its dates: other dates, another period.
    return (kit.PeriodOfTime(start_date=start, end_date=end), *stored[1:]) if start or end else tuple(stored[1:])


def _place(stored: Sequence[kit.Location], typed: Mapping[str, Any]) -> tuple[kit.Location, ...]:
    first = next(iter(stored), kit.Location())
    shown = first.geographical_identifier if "://" in first.geographical_identifier else ""
    if typed["place"] != first.geographic_name or typed["place_address"] != shown:
        first = kit.Location(
            geographic_name=typed["place"],
            geographical_identifier=typed["place_address"],
            geometry=first.geometry,
            centroid=first.centroid,
        )
    place = replace(first, bbox=typed["bbox"])
    return (place, *stored[1:]) if place != kit.Location() else tuple(stored[1:])


def _contact(stored: Sequence[kit.ContactPoint], typed: Mapping[str, Any]) -> tuple[kit.ContactPoint, ...]:
    first = next(iter(stored), kit.ContactPoint())
    contact = replace(
        first,
        fn=typed["contact_name"],
        has_email=typed["contact_email"],
        has_telephone=typed["contact_phone"],
        has_url=typed["contact_url"],
    )
    if contact.has_email != first.has_email:
        # The address of an office is made of its e-mail.
        contact = replace(contact, iri=None)
    return (contact, *stored[1:]) if contact != kit.ContactPoint(iri=contact.iri) else tuple(stored[1:])


def _publisher(stored: kit.Agent | None, typed: Mapping[str, Any]) -> kit.Agent | None:
    name, code = typed["publisher_name"], typed["publisher_code"].lower()
    if stored and (name, code) == (stored.name, stored.identifier):
        return stored
    return kit.Agent(name=name, identifier=code) if name or code else None
