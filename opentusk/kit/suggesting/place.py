"""Which territory the data speak of: from columns of places, from the name of the file, else the body's own."""

from collections.abc import Callable, Iterable, Sequence
from typing import TypeVar

from opentusk.kit.suggesting.evidence import Found
from opentusk.kit.suggesting.shapes import Body, Suggestion
from opentusk.kit.vocabularies.territory import (
    Municipality,
    Province,
    Region,
    find_municipality,
    find_province,
    find_region,
)

# A column of places is one by its header; its values only confirm it.
_MUNICIPALITY = frozenset({"comune", "citta", "municipio", "city", "istat", "comuni", "denominazione comune"})
_PROVINCE = frozenset({"provincia", "prov", "sigla", "province"})
_REGION = frozenset({"regione", "reg", "region"})
# Where a place is somebody's origin or another's seat, it is not what the data are about.
_ELSEWHERE = frozenset({"nascita", "origine", "residenza", "provenienza", "destinazione", "sede", "legale", "arrivo"})
_MOST_STRANGERS = 0.1
Place = TypeVar("Place", Municipality, Province, Region)


def suggest_place(columns: Sequence[Found], named: str, body: Body) -> Suggestion | None:
    """The name of the smallest territory that holds them all."""
    if from_column := _from_columns(columns):
        return from_column
    if named and named != body.territory:
        return Suggestion(value=named, code="suggest.place_from_name", values={"place": named})
    if body.territory:
        return Suggestion(value=body.territory, code="suggest.place_of_body")
    return None


def _from_columns(columns: Sequence[Found]) -> Suggestion | None:
    for words, look in ((_MUNICIPALITY, _municipalities), (_PROVINCE, _provinces), (_REGION, _regions)):
        for found in columns:
            if not words & set(found.words) or _ELSEWHERE & set(found.words):
                continue
            if place := look(found.values):
                return Suggestion(
                    value=place, code="suggest.place_from_column", values={"place": place, "column": found.label}
                )
    return None


def _municipalities(values: Sequence[str]) -> str | None:
    places = _known(values, find_municipality)
    if not places:
        return None
    names = {place.istat: place.name for place in places}
    if len(names) == 1:
        return next(iter(names.values()))
    return _province_or_wider({place.province for place in places}, {place.region for place in places})


def _provinces(values: Sequence[str]) -> str | None:
    places = _known(values, find_province)
    return _province_or_wider({p.sigla for p in places}, {p.region for p in places}) if places else None


def _regions(values: Sequence[str]) -> str | None:
    places = _known(values, find_region)
    if not places:
        return None
    names = {place.name for place in places}
    return names.pop() if len(names) == 1 else "Italia"


def _province_or_wider(siglas: Iterable[str], regions: Iterable[str]) -> str:
    several = sorted(set(siglas))
    if len(several) == 1 and (province := find_province(several[0])):
        return province.name
    wider = sorted(set(regions))
    region = find_region(wider[0]) if len(wider) == 1 else None
    return region.name if region else "Italia"


def _known(values: Sequence[str], find: Callable[[str], Place | None]) -> list[Place]:
    """The places that the values name; none when more than a few of them name nothing."""
    found = [place for value in values if (place := find(value))]
    strangers = len(values) - len(found)
    return found if found and strangers <= _MOST_STRANGERS * len(values) else []
