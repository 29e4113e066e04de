"""The nested things of a CKAN package: bodies, contacts, periods, places, standards, identifiers, licences.

Each is spelled at least twice: by ckanext-dcat (`name`, `email`, `uri`…) and by ckanext-dcatapit (`creator_name`,
`temporal_start`…). Objects carry either set of keys, or both when we wrote them.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import TypeVar

from pyoxigraph import Literal

from opentusk.kit.mapping.ckan_extras import Fields
from opentusk.kit.mapping.geojson import wkt_of_geojson
from opentusk.kit.mapping.loose import (
    read_day,
    read_list,
    read_objects,
    read_one_text,
    read_string,
    read_strings,
    read_text,
)
from opentusk.kit.rdf.namespaces import DCT, FOAF
from opentusk.kit.records import (
    Agent,
    ContactPoint,
    Identifier,
    LicenseDocument,
    Location,
    PeriodOfTime,
    Standard,
    Statement,
)
from opentusk.kit.vocabularies import LANGUAGES, PLACES, Term, Vocabulary

T = TypeVar("T", bound=Term)
PACKAGE_ID = "urn:x-ckan:package:"
AGENT_STATEMENTS = {"email": FOAF("mbox"), "url": FOAF("homepage"), "type": DCT("type")}


def iri_of_code(vocabulary: Vocabulary[T], text: str) -> str:
    """The IRI behind a code that is exactly right, which is how CKAN extensions write the value; else the text."""
    term = vocabulary.by_code(text.strip())
    return term.iri if term else text


def read_agents(value: object, prefix: str) -> tuple[Agent, ...]:
    """The bodies of a list of objects whose keys may begin with `prefix`, such as `creator_`."""
    agents = (_read_agent(source, prefix) for source in read_objects(value))
    return tuple(agent for agent in agents if agent != Agent())


def read_agent_fields(fields: Fields, prefix: str) -> Agent | None:
    """The body spelled as separate keys: `holder_name`, `holder_identifier`, `publisher_uri`…"""
    keys = ("uri", "name", "identifier", *AGENT_STATEMENTS)
    agent = _read_agent({key: fields.take(prefix + key) for key in keys}, prefix)
    return agent if agent != Agent() else None


def _read_agent(source: Mapping[str, object], prefix: str) -> Agent:
    return Agent(
        iri=read_string(source.get("uri")) or None,
        identifier=read_string(source.get("identifier")) or read_string(source.get(f"{prefix}identifier")),
        name=read_one_text(source.get("name")) or read_one_text(source.get(f"{prefix}name")),
        extra=tuple(_agent_statements(source)),
    )


def _agent_statements(source: Mapping[str, object]) -> Iterator[Statement]:
    for key, predicate in AGENT_STATEMENTS.items():
        if text := read_string(source.get(key)):
            yield Statement(subject="<>", predicate=str(predicate), object=str(Literal(text)))


def read_contacts(fields: Fields) -> tuple[ContactPoint, ...]:
    """The contacts of a package: its own, else CKAN's maintainer, else its author.

    Maintainer and author are taken only when they say nothing else than the contact does.
    """
    contacts = tuple(_read_contacts(fields))
    for name_key, email_key in (("maintainer", "maintainer_email"), ("author", "author_email")):
        plain = ContactPoint(fn=read_string(fields.peek(name_key)), has_email=read_string(fields.peek(email_key)))
        if plain == ContactPoint():
            continue
        if not contacts:
            contacts = (plain,)
        if (plain.fn, plain.has_email) == (contacts[0].fn, contacts[0].has_email):
            fields.take(name_key)
            fields.take(email_key)
    return contacts


def _read_contacts(fields: Fields) -> Iterator[ContactPoint]:
    keys = ("uri", "name", "email", "telephone", "url", "identifier")
    flat = {key: fields.take(f"contact_{key}") for key in keys}
    for source in [*read_objects(fields.take("contact")), flat]:
        identifier = read_string(source.get("identifier"))
        contact = ContactPoint(
            iri=read_string(source.get("uri")) or None,
            fn=read_one_text(source.get("name")),
            has_email=read_string(source.get("email")),
            has_telephone=read_string(source.get("telephone")),
            has_url=read_string(source.get("url")),
            extra=(Statement(subject="<>", predicate=str(DCT("identifier")), object=str(Literal(identifier))),)
            if identifier
            else (),
        )
        if contact != ContactPoint():
            yield contact


def read_periods(fields: Fields) -> tuple[PeriodOfTime, ...]:
    """The periods of `temporal_coverage`, else the single `temporal_start` and `temporal_end`."""
    flat = {"start": fields.take("temporal_start"), "end": fields.take("temporal_end")}
    periods = (
        PeriodOfTime(
            iri=read_string(source.get("uri")) or None,
            start_date=read_day(source.get("start") or source.get("temporal_start")),
            end_date=read_day(source.get("end") or source.get("temporal_end")),
        )
        for source in read_objects(fields.take("temporal_coverage")) or [flat]
    )
    return tuple(dict.fromkeys(period for period in periods if period != PeriodOfTime()))


def read_places(fields: Fields) -> tuple[Location, ...]:
    """The places of a package: `spatial_coverage`, else the single keys and the codes of ckanext-dcatapit."""
    flat = {key: fields.take(f"spatial_{key}") for key in ("uri", "text", "bbox", "centroid")}
    flat["geom"] = fields.take("spatial")
    codes = read_strings(fields.take("geographical_name"))
    geonames = read_string(fields.take("geographical_geonames_url"))
    listed = [_read_place(source) for source in read_objects(fields.take("spatial_coverage"))]
    if listed:
        return _distinct(listed)
    return _with_geonames(_distinct([_read_place(flat), *map(_place_of_code, codes)]), geonames)


def _place_of_code(code: str) -> Location:
    iri = iri_of_code(PLACES, code)
    return Location(iri=iri) if iri.startswith("http") else Location(geographic_name=code)


def _distinct(places: Iterable[Location]) -> tuple[Location, ...]:
    return tuple(dict.fromkeys(place for place in places if place != Location()))


def _read_place(source: Mapping[str, object]) -> Location:
    return Location(
        iri=read_string(source.get("uri")) or None,
        geographical_identifier=read_string(source.get("identifier")),
        geographic_name=read_one_text(source.get("text")),
        geometry=wkt_of_geojson(source.get("geom")),
        bbox=wkt_of_geojson(source.get("bbox")),
        centroid=wkt_of_geojson(source.get("centroid")),
    )


def _with_geonames(places: tuple[Location, ...], geonames: str) -> tuple[Location, ...]:
    """The GeoNames address says again which place the first one is: one place, not two."""
    if not geonames:
        return places
    first, *others = places or (Location(),)
    return (replace(first, geographical_identifier=geonames), *others)


def read_standards(value: object) -> tuple[Standard, ...]:
    """Standards as objects (ckanext-dcatapit) or as bare addresses and names (ckanext-dcat)."""
    return tuple(standard for standard in map(_read_standard, read_list(value)) if standard != Standard())


def _read_standard(member: object) -> Standard:
    if not isinstance(member, Mapping):
        text = read_string(member)
        return Standard(iri=text) if text.startswith("http") else Standard(identifier=text)
    return Standard(
        iri=read_string(member.get("uri")) or None,
        identifier=read_string(member.get("identifier")),
        title=read_text(member.get("title")),
        description=read_text(member.get("description")),
        reference_documentation=read_strings(member.get("referenceDocumentation")),
    )


def read_identifiers(value: object) -> tuple[Identifier, ...]:
    """Other identifiers as objects with the body that gave them (ckanext-dcatapit) or as bare codes."""
    return tuple(found for found in map(_read_identifier, read_list(value)) if found.notation)


def _read_identifier(member: object) -> Identifier:
    if not isinstance(member, Mapping):
        return Identifier(notation=read_string(member))
    giver = member.get("agent")
    agent = giver if isinstance(giver, Mapping) else {}
    return Identifier(
        notation=read_string(member.get("identifier")),
        agency=read_one_text(agent.get("agent_name")) or read_string(agent.get("agent_identifier")),
    )


def read_languages(value: object) -> tuple[str, ...]:
    """Languages as a list, as `{ITA,DEU}`, or as `it,de`; the codes of the EU list as their IRIs."""
    words = (word.strip() for text in read_strings(value) for word in text.split(","))
    return tuple(dict.fromkeys(iri_of_code(LANGUAGES, word) for word in words if word))


def read_licence(*, address: object, code: object = None, title: object = None) -> LicenseDocument | None:
    """A licence by its address, else by CKAN's own id; the title is kept because it may be all that is right."""
    iri = read_string(address) or read_string(code)
    name = read_text(title)
    return LicenseDocument(iri=iri or None, name=name) if iri or name else None
