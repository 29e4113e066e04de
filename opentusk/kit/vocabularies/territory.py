"""Regions, provinces and municipalities of Italy, with their ISTAT and catastale codes."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import TypeVar

from opentusk.kit.vocabularies.spelling import spelling_key
from opentusk.kit.vocabularies.table import read_table


@dataclass(frozen=True, kw_only=True, slots=True)
class Region:
    """A region; `istat` is of two figures (16 is Puglia)."""

    istat: str
    name: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Province:
    """A province or metropolitan city; `istat` is of three figures, `sigla` of two letters, `region` an ISTAT code."""

    istat: str
    name: str
    sigla: str
    region: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Municipality:
    """A municipality of today. `istat` is of six figures, `catastale` a letter and three figures or "".

    `province` is the sigla, `region` the ISTAT code of the region.
    """

    istat: str
    name: str
    province: str
    region: str
    catastale: str
    name_de: str = ""


Place = TypeVar("Place", Region, Province, Municipality)
# "Comune dell'Aquila" and "Comune della Spezia" hide an article that is part of the name: each preposition is taken off
# in every way it can be, and only an existing name counts.
_OFFICE = re.compile(
    r"^(?:comune|citt(?:à|a')(?: metropolitana)?|provincia(?: autonoma)?|regione(?: autonoma)?)(?=\s)", re.IGNORECASE
)
_PREPOSITIONS = ("", "di ", "d'", "del ", "della ", "dell'", "del", "dei ", "degli ", "delle ", "dello ")


def find_region(text: str) -> Region | None:
    """The region with this ISTAT code or name (`Puglia`, `Regione Puglia`)."""
    return _find(text, _regions())


def find_province(text: str) -> Province | None:
    """The province with this ISTAT code, sigla or name."""
    return _find(text, _provinces())


def find_municipality(text: str, province: str = "") -> Municipality | None:
    """The municipality with this ISTAT code, catastale code or name.

    Names that several municipalities share are found only together with the sigla of the province.
    """
    return _find(text, _municipalities(), province.lower())


@cache
def all_municipalities() -> tuple[Municipality, ...]:
    """Every municipality, by ISTAT code."""
    return tuple(Municipality(**row) for row in read_table("municipality").rows)


@cache
def all_provinces() -> tuple[Province, ...]:
    """Every province, by ISTAT code."""
    return tuple(Province(**row) for row in read_table("province").rows)


@cache
def all_regions() -> tuple[Region, ...]:
    """Every region, by ISTAT code."""
    return tuple(Region(**row) for row in read_table("region").rows)


def _find(text: str, known: Mapping[str, Place], province: str = "") -> Place | None:
    return next((known[key + province] for key in _keys(text.strip()) if key + province in known), None)


def _keys(text: str) -> Iterable[str]:
    """The text itself, then the name without the office (`Comune di …`) that stands before it."""
    yield spelling_key(text)
    name = _OFFICE.sub("", text).lstrip()
    if name != text:
        for preposition in _PREPOSITIONS:
            if name.lower().startswith(preposition):
                yield spelling_key(name[len(preposition) :])


@cache
def _regions() -> Mapping[str, Region]:
    return _unique((place, (place.istat, *_spellings(place.name))) for place in all_regions())


@cache
def _provinces() -> Mapping[str, Province]:
    return _unique((place, (place.istat, place.sigla.lower(), *_spellings(place.name))) for place in all_provinces())


@cache
def _municipalities() -> Mapping[str, Municipality]:
    return _unique((place, _municipality_keys(place)) for place in all_municipalities())


def _municipality_keys(place: Municipality) -> Iterable[str]:
    names = {spelling_key(name) for name in (place.name, place.name_de) if name}
    yield from (place.istat, place.catastale.lower(), *names)
    yield from (name + place.province.lower() for name in names)


def _spellings(name: str) -> Iterable[str]:
    """A name in two languages (`Bolzano/Bozen`) is known whole and by each."""
    return {spelling_key(part) for part in (name, *name.split("/"))}


def _unique(spelled: Iterable[tuple[Place, Iterable[str]]]) -> dict[str, Place]:
    """Places by every key that names only one of them."""
    found: dict[str, Place] = {}
    shared: set[str] = set()
    for place, keys in spelled:
        for key in keys:
            if key and found.setdefault(key, place) is not place:
                shared.add(key)
    return {key: place for key, place in found.items() if key not in shared}
