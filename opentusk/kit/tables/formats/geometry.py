"""GeoJSON geometries as well-known binary, in two dimensions, and whether they can be drawn at all."""

import math
import struct
from collections.abc import Iterable, Mapping

_CODES = {
    "Point": 1,
    "LineString": 2,
    "Polygon": 3,
    "MultiPoint": 4,
    "MultiLineString": 5,
    "MultiPolygon": 6,
    "GeometryCollection": 7,
}
_PARTS = {"MultiPoint": "Point", "MultiLineString": "LineString", "MultiPolygon": "Polygon"}
_DEEPEST = 8


class WrongGeometry(Exception):
    """A geometry that is not one, with what is wrong in it."""


def wkb_of(geometry: object, depth: int = 0) -> bytes:
    """A GeoJSON geometry as WKB, little endian; heights are left out. Raises WrongGeometry."""
    if not isinstance(geometry, Mapping) or geometry.get("type") not in _CODES or depth > _DEEPEST:
        raise WrongGeometry("type")
    kind = str(geometry["type"])
    if kind == "GeometryCollection":
        members = _list(geometry.get("geometries"))
        return _head(kind) + _counted(wkb_of(member, depth + 1) for member in members)
    coordinates = _list(geometry.get("coordinates"))
    if kind in _PARTS:
        return _head(kind) + _counted(_simple(_PARTS[kind], _list(part)) for part in coordinates)
    return _simple(kind, coordinates)


def _simple(kind: str, coordinates: list[object]) -> bytes:
    if kind == "Point":
        return _head(kind) + (_position(coordinates) if coordinates else struct.pack("<2d", math.nan, math.nan))
    if kind == "LineString":
        return _head(kind) + _line(coordinates, at_least=2)
    return _head(kind) + _counted(_ring(_list(ring)) for ring in coordinates)


def _ring(points: list[object]) -> bytes:
    if points and points[0] != points[-1]:
        raise WrongGeometry("open ring")
    return _line(points, at_least=4)


def _line(points: list[object], *, at_least: int) -> bytes:
    if points and len(points) < at_least:
        raise WrongGeometry(f"{len(points)} points")
    return _counted(_position(_list(point)) for point in points)


def _position(numbers: list[object]) -> bytes:
    try:
        x, y = (float(number) for number in numbers[:2] if not isinstance(number, str | bool))  # type: ignore[arg-type]
    except (TypeError, ValueError) as fault:
        raise WrongGeometry("position") from fault
    if not (math.isfinite(x) and math.isfinite(y)):
        raise WrongGeometry("position")
    return struct.pack("<2d", x, y)


def _head(kind: str) -> bytes:
    return struct.pack("<BI", 1, _CODES[kind])


def _counted(parts: Iterable[bytes]) -> bytes:
    made = list(parts)
    return struct.pack("<I", len(made)) + b"".join(made)


def _list(value: object) -> list[object]:
    if not isinstance(value, list):
        raise WrongGeometry("coordinates")
    return value
