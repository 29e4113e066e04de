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
_OFFICE = re.compile(r"^\s*(comune|citt[aà]'?|regione|provincia|citt[aà]'? metropolitana)\s+(di|del|della|dell'|d')?\s*", re.I)


def find_region(text: str) -> Region | None:
    """The region with this ISTAT code or name (`Puglia`, `Regione Puglia`)."""
    return _regions().get(text.strip()) or _regions().get(_key(text))


def find_province(text: str) -> Province | None:
    """The province with this ISTAT code, sigla or name."""
    return _provinces().get(text.strip()) or _provinces().get(_key(text))


def find_municipality(text: str, province: str = "") -> Municipality | None:
    """The municipality with this ISTAT code, catastale code or name.

    Names that several municipalities share are found only together with the sigla of the province.
    """
    known = _municipalities()
    return known.get(text.strip().upper()) or known.get(_key(text) + province.upper())


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


@cache
def _regions() -> Mapping[str, Region]:
    return {key: region for region in all_regions() for key in (region.istat, _key(region.name))}


@cache
def _provinces() -> Mapping[str, Province]:
    return _unique((place, (place.istat, place.sigla, _key(place.name))) for place in all_provinces())


@cache
def _municipalities() -> Mapping[str, Municipality]:
    return _unique(
        (place, (place.istat, place.catastale, *_names(place, ""), *_names(place, place.province)))
        for place in all_municipalities()
    )


def _names(place: Municipality, province: str) -> Iterable[str]:
    return (_key(name) + province for name in (place.name, place.name_de) if name)


def _unique(spelled: Iterable[tuple[Place, Iterable[str]]]) -> dict[str, Place]:
    """Places by every key that names only one of them."""
    found: dict[str, Place] = {}
    shared: set[str] = set()
    for place, keys in spelled:
        for key in keys:
            if key and found.setdefault(key, place) is not place:
                shared.add(key)
    return {key: place for key, place in found.items() if key not in shared}


def _key(text: str) -> str:
    return spelling_key(_OFFICE.sub("", text))
