"""Where the data are about: one place, with an address."""

from collections.abc import Sequence
from dataclasses import fields, replace
from hashlib import sha256

from opentusk.kit.harmonise.addresses import mend_iri, mend_url
from opentusk.kit.harmonise.repair_log import RepairLog
from opentusk.kit.harmonise.texts import mend_line
from opentusk.kit.iris import Iris
from opentusk.kit.problems import Severity
from opentusk.kit.records import Agent, Location
from opentusk.kit.values import slugify
from opentusk.kit.vocabularies import PLACES
from opentusk.kit.vocabularies.territory import find_municipality, find_province, find_region

_EMPTY = Location()


def mend_places(
    places: Sequence[Location], *, holder: Agent | None, iris: Iris, log: RepairLog
) -> tuple[Location, ...]:
    """The one place the profile allows (AgID rule 187); where none is given, the territory of the titolare."""
    where = "dct:spatial"
    mended = [place for place in (_mend_place(place, log.at(where)) for place in places) if place != _EMPTY]
    if not mended:
        territory = _territory(holder, iris)
        if territory:
            after = territory.geographic_name
            log.changed("repair.territory_of_body", where, before="", after=after, severity=Severity.INFO)
        return (territory,) if territory else ()
    place = mended[0]
    for other in mended[1:]:
        place = _joined(place, other, log)
    return (_with_address(place, iris, log),)


def _mend_place(place: Location, log: RepairLog) -> Location:
    identifier = place.geographical_identifier
    if not place.iri and PLACES.by_iri(identifier):
        # The address of the EU list in the wrong place: it is the place's own.
        return _mend_place(replace(place, iri=identifier, geographical_identifier=""), log)
    if "://" in identifier:
        identifier = mend_url(identifier, log, "dcatapit:geographicalIdentifier") or ""
    return replace(
        place,
        iri=mend_iri(place.iri, log, "rdf:about"),
        geographical_identifier=mend_line(identifier, log, "dcatapit:geographicalIdentifier"),
        geographic_name=mend_line(place.geographic_name, log, "locn:geographicName"),
    )


def _joined(place: Location, other: Location, log: RepairLog) -> Location:
    """Two halves of one place (a name here, a GeoNames address there) become it; of two places the first stays."""
    said = {field.name for field in fields(Location) if getattr(place, field.name)}
    added = {
        field.name: getattr(other, field.name)
        for field in fields(Location)
        if getattr(other, field.name) and getattr(other, field.name) != getattr(place, field.name)
    }
    if not added:
        return place
    joined = replace(place, **added) if said.isdisjoint(added) else place
    code = "repair.places_joined" if joined != place else "repair.place_left_out"
    log.changed(code, "dct:spatial", before=f"{_shown(place)}; {_shown(other)}", after=_shown(joined))
    return joined


def _with_address(place: Location, iris: Iris, log: RepairLog) -> Location:
    """The place with an address: of the EU list or of ISTAT if its name is known there, else one of ours."""
    if place.iri:
        return place
    known = PLACES.find(place.geographic_name) if place.geographic_name else None
    municipality = find_municipality(place.geographic_name) if place.geographic_name else None
    if municipality:
        # One address, one description: whatever a source calls the place, its node says the same.
        known_place = _known(municipality.istat, municipality.name, iris, shape=place)
        if place.geographical_identifier not in ("", known_place.geographical_identifier):
            before, after = place.geographical_identifier, known_place.geographical_identifier
            log.changed("repair.place_code", "dct:spatial", before=before, after=after, severity=Severity.INFO)
        return known_place
    if known:
        return replace(place, iri=known.iri)
    said = place.geographic_name or place.geographical_identifier or place.geometry or place.bbox or place.centroid
    return replace(place, iri=iris.place(slugify(place.geographic_name) or sha256(said.encode()).hexdigest()[:12]))


def _territory(holder: Agent | None, iris: Iris) -> Location | None:
    """The territory of a municipality, province or region: a fact of the body (rule M3), told by its IPA code."""
    code = holder.identifier if holder else ""
    kind, _, key = code.partition("_")
    if kind == "c":
        municipality = find_municipality(key)
        return _known(municipality.istat, municipality.name, iris) if municipality else None
    if kind == "p":
        province = find_province(key.upper())
        return _known(province.istat, province.name, iris) if province else None
    if kind == "r" and holder:
        region = find_region(holder.name)
        return _known(region.istat, region.name, iris) if region else None
    return None


def _known(istat: str, name: str, iris: Iris, *, shape: Location | None = None) -> Location:
    """The place of an ISTAT code; `shape` keeps the geometry and everything else a source knows of it."""
    return replace(shape or Location(), iri=iris.place(istat), geographical_identifier=istat, geographic_name=name)


def _shown(place: Location) -> str:
    return place.geographic_name or place.iri or place.geographical_identifier or "(geometry)"
