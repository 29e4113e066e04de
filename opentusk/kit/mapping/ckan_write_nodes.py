"""Bodies, contacts, periods, places, standards and identifiers as the nested objects of a CKAN package."""

import json
from collections.abc import Mapping, Sequence
from typing import Any, TypeVar

from opentusk.kit.mapping.ckan_extras import read_literal
from opentusk.kit.mapping.ckan_nodes import AGENT_STATEMENTS, PACKAGE_ID
from opentusk.kit.mapping.geojson import geojson_of_wkt
from opentusk.kit.rdf.namespaces import DCT
from opentusk.kit.records import (
    Agent,
    ContactPoint,
    Identifier,
    Location,
    PeriodOfTime,
    Standard,
    Statement,
    Text,
)
from opentusk.kit.vocabularies import LANGUAGES, PLACES, Term, Vocabulary

Json = dict[str, Any]
T = TypeVar("T", bound=Term)


def code_of(vocabulary: Vocabulary[T], iri: str | None) -> str | None:
    """The code of a term, as CKAN extensions write it; what is not of the vocabulary as it is."""
    term = vocabulary.by_iri(iri) if iri else None
    return term.code if term else iri


def pack(value: Sequence[object]) -> str | None:
    """A list as the JSON text in which ckanext-dcatapit keeps it."""
    return json.dumps(value, ensure_ascii=False) if value else None


def drop_empty(source: Mapping[str, Any]) -> Json:
    """The keys that say something."""
    return {key: value for key, value in source.items() if value not in (None, "", (), [], {})}


def write_text(key: str, text: Text) -> Json:
    """A text under its plain key, in Italian if possible, and under `<key>_translated` where languages are known."""
    plain = text.get("it") or next(iter(text.values()), "")
    return {key: plain, f"{key}_translated": dict(text) if set(text) - {""} else None}


def write_agent(agent: Agent) -> Json:
    """A body, with the keys of ckanext-dcat."""
    said = {statement.predicate: statement for statement in agent.extra}
    extra = {key: _literal(said.get(str(predicate))) for key, predicate in AGENT_STATEMENTS.items()}
    return drop_empty({"uri": agent.iri, "name": agent.name, "identifier": agent.identifier, **extra})


def write_creator(agent: Agent) -> Json:
    """A creator, with the keys of ckanext-dcatapit too."""
    named = {"creator_name": {"it": agent.name} if agent.name else None, "creator_identifier": agent.identifier}
    return drop_empty({**write_agent(agent), **named})


def write_contact(contact: ContactPoint) -> Json:
    """A contact, with the keys of ckanext-dcat."""
    identifier = next((said for said in contact.extra if said.predicate == str(DCT("identifier"))), None)
    return drop_empty(
        {
            "uri": contact.iri,
            "name": contact.fn,
            "email": contact.has_email,
            "telephone": contact.has_telephone,
            "url": contact.has_url,
            "identifier": _literal(identifier),
        }
    )


def write_period(period: PeriodOfTime) -> Json:
    """A period in both spellings."""
    start, end = period.start_date, period.end_date
    return drop_empty({"uri": period.iri, "start": start, "end": end, "temporal_start": start, "temporal_end": end})


def write_place(place: Location) -> Json:
    """A place, with the keys of ckanext-dcat; geometries as GeoJSON where they are simple."""
    return drop_empty(
        {
            "uri": place.iri,
            "identifier": place.geographical_identifier,
            "text": place.geographic_name,
            "geom": geojson_of_wkt(place.geometry) or place.geometry,
            "bbox": geojson_of_wkt(place.bbox) or place.bbox,
            "centroid": geojson_of_wkt(place.centroid) or place.centroid,
        }
    )


def write_place_codes(places: Sequence[Location]) -> str | None:
    """The places of the EU list as the array `{ITA_TRT}` of ckanext-dcatapit."""
    terms = [PLACES.by_iri(place.iri or "") for place in places]
    codes = [term.code for term in terms if term]
    return "{" + ",".join(codes) + "}" if codes else None


def write_languages(languages: Sequence[str]) -> object:
    """Languages of the EU list as the array `{DEU,ITA}` of ckanext-dcatapit; a plain list when one is not of it."""
    terms = [LANGUAGES.by_iri(language) for language in languages]
    codes = [term.code for term in terms if term]
    return "{" + ",".join(codes) + "}" if codes and len(codes) == len(languages) else list(languages)


def write_standard(standard: Standard) -> Json | str:
    """A standard; one that is only an address or a name is written as that text."""
    if standard in (Standard(iri=standard.iri), Standard(identifier=standard.identifier)):
        return standard.iri or standard.identifier
    return drop_empty(
        {
            "uri": standard.iri,
            "identifier": standard.identifier,
            "title": _plain_or_translated(standard.title),
            "description": _plain_or_translated(standard.description),
            "referenceDocumentation": list(standard.reference_documentation),
        }
    )


def write_identifiers(identifiers: Sequence[Identifier]) -> list[Json]:
    """The other identifiers except the CKAN id, which is the package's own."""
    return [
        drop_empty({"identifier": other.notation, "agent": {"agent_name": other.agency} if other.agency else None})
        for other in identifiers
        if not (other.iri or "").startswith(PACKAGE_ID)
    ]


def _plain_or_translated(text: Text) -> object:
    return text[""] if set(text) == {""} else dict(text)


def _literal(statement: Statement | None) -> str:
    return read_literal(statement.object)[0] if statement else ""
