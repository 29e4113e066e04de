"""GeoJSON geometries to WKT and back: CKAN keeps the first, records the second. Longitude comes first in both."""

import json
import re
from collections.abc import Mapping, Sequence

from opentusk.kit.mapping.loose import unpack

_NUMBER = r"-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?"
_WKT = re.compile(r"\s*(POINT|POLYGON|MULTIPOLYGON)\s*(\(.*\))\s*", re.IGNORECASE | re.DOTALL)
_POSITION = re.compile(rf"({_NUMBER})\s+({_NUMBER})(?:\s+{_NUMBER})?")
_NAMES = {"POINT": "Point", "POLYGON": "Polygon", "MULTIPOLYGON": "MultiPolygon"}


def wkt_of_geojson(value: object) -> str:
    """The WKT of a Point, Polygon or MultiPolygon, as an object or packed in a string.

    WKT is written in the same manner; any other text is given back as it is, it may be GML. "" for nothing.
    """
    geometry = unpack(value)
    if isinstance(geometry, str):
        geometry = geojson_of_wkt(geometry) or geometry.strip()
    if isinstance(geometry, str):
        return geometry
    if not isinstance(geometry, Mapping):
        return ""
    name, coordinates = geometry.get("type"), geometry.get("coordinates")
    if name not in _NAMES.values() or not isinstance(coordinates, Sequence) or isinstance(coordinates, str):
        return ""
    try:
        written = _write_positions(coordinates)
    except RecursionError:
        return ""
    return f"{str(name).upper()} ({written})" if name == "Point" else f"{str(name).upper()} {written}"


def geojson_of_wkt(wkt: str) -> dict[str, object] | None:
    """The GeoJSON object of a WKT Point, Polygon or MultiPolygon; None for any other text."""
    found = _WKT.fullmatch(wkt)
    if found is None:
        return None
    brackets = _POSITION.sub(r"[\1, \2]", found[2]).replace("(", "[").replace(")", "]")
    try:
        coordinates = json.loads(brackets)
    except (ValueError, RecursionError):
        return None
    name = _NAMES[found[1].upper()]
    return {"type": name, "coordinates": coordinates[0] if name == "Point" else coordinates}


def _write_positions(coordinates: Sequence[object]) -> str:
    if all(isinstance(number, int | float) for number in coordinates):
        return " ".join(str(number) for number in coordinates[:2])
    parts = (part for part in coordinates if isinstance(part, Sequence) and not isinstance(part, str))
    return "(" + ", ".join(_write_positions(part) for part in parts) + ")"
