"""Boxes on the map, in millionths of a degree: the one of a package, and the one that a question asks for."""

from collections.abc import Iterator, Mapping
from math import ceil, floor
from typing import Any, NamedTuple

from opentusk.kit.mapping.loose import read_objects, unpack
from opentusk.kit.solr.errors import BadSyntax

_MICRO = 1_000_000
_GEOMETRIES = ("geom", "bbox", "centroid")


class Box(NamedTuple):
    """From west to east and from south to north; what touches it is in it."""

    west: int
    south: int
    east: int
    north: int


def box_of(package: Mapping[str, Any]) -> Box | None:
    """The smallest box around the geometries of a package, as the CKAN door shows it; None when it has none."""
    positions = [position for geometry in _geometries(package) for position in _positions(geometry)]
    if not positions:
        return None
    longitudes, latitudes = zip(*positions, strict=True)
    return _micro(min(longitudes), min(latitudes), max(longitudes), max(latitudes))


def read_box(value: object) -> Box:
    """The box `minx,miny,maxx,maxy` of ckanext-spatial, as text or list. Raises BadSyntax."""
    parts = value.split(",") if isinstance(value, str) else value
    try:
        west, south, east, north = (float(part) for part in parts)  # type: ignore[attr-defined]
    except (TypeError, ValueError):
        west, south, east, north = 0.0, 1.0, 0.0, 0.0
    if not (-180 <= west <= east <= 180 and -90 <= south <= north <= 90):
        raise BadSyntax("Wrong bounding box provided: ext_bbox is minx,miny,maxx,maxy in degrees, longitude first.")
    return _micro(west, south, east, north)


def _micro(west: float, south: float, east: float, north: float) -> Box:
    return Box(floor(west * _MICRO), floor(south * _MICRO), ceil(east * _MICRO), ceil(north * _MICRO))


def _geometries(package: Mapping[str, Any]) -> Iterator[object]:
    for place in read_objects(package.get("spatial_coverage")):
        yield from (place.get(name) for name in _GEOMETRIES)
    # Where ckanext-spatial keeps it, at top level or as an extra.
    yield package.get("spatial")
    yield from (extra.get("value") for extra in read_objects(package.get("extras")) if extra.get("key") == "spatial")


def _positions(geometry: object) -> Iterator[tuple[float, float]]:
    found = unpack(geometry)
    waiting: list[object] = [found.get("coordinates")] if isinstance(found, dict) else []
    while waiting:
        value = waiting.pop()
        if not isinstance(value, list):
            continue
        match value:
            case [int() | float() as longitude, int() | float() as latitude, *_height]:
                if -180 <= longitude <= 180 and -90 <= latitude <= 90:
                    yield longitude, latitude
            case _:
                waiting += value
