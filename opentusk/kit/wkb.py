"""Geometries from their binary form (WKB) to GeoJSON, without any library.

Only what a map needs: two dimensions, coordinates rounded, and points closer to each other than the eye can tell left
out. Heights and measures are skipped.
"""

import struct
from dataclasses import dataclass
from typing import Any

_KINDS = {1: "Point", 2: "LineString", 3: "Polygon", 4: "MultiPoint", 5: "MultiLineString", 6: "MultiPolygon"}
_COLLECTION = 7
_DECIMALS = 6
_HAS_Z, _HAS_M, _HAS_SRID = 0x80000000, 0x40000000, 0x20000000  # the flags of PostGIS
_LEAST_RING = 4

Position = list[float]


def geojson_of(wkb: bytes, *, tolerance: float = 0.0) -> dict[str, Any]:
    """The geometry as GeoJSON. Raises ValueError for bytes that are no geometry.

    Points of a line or a ring that are nearer than `tolerance` (degrees) to the last one are left out.
    """
    try:
        return _Reader(memoryview(wkb), tolerance).geometry()
    except (struct.error, KeyError, IndexError) as fault:
        raise ValueError("no WKB") from fault


@dataclass
class _Reader:
    """Reads one geometry from the front of the bytes."""

    left: memoryview
    tolerance: float
    order: str = "<"
    dimensions: int = 2

    def geometry(self) -> dict[str, Any]:
        kind = self._head()
        if kind == _COLLECTION:
            return {"type": "GeometryCollection", "geometries": [self.geometry() for _part in range(self._count())]}
        return {"type": _KINDS[kind], "coordinates": self._coordinates(kind)}

    def _head(self) -> int:
        self.order = "<" if self.left[0] else ">"
        self.left = self.left[1:]
        code = self._count()
        if code & _HAS_SRID:
            self._count()
        flags, kind = divmod(code & 0x0FFFFFFF, 1000)  # ISO writes 1001 for a point with a height
        self.dimensions = 2 + bool(code & _HAS_Z) + bool(code & _HAS_M) + (flags > 0) + (flags > 2)
        return kind

    def _coordinates(self, kind: int) -> Any:
        if kind == 1:
            return self._position()
        if kind == 2:
            return self._line(self._count(), least=2)
        if kind == 3:
            return [self._line(self._count(), least=_LEAST_RING) for _ring in range(self._count())]
        return [self._coordinates(self._head()) for _part in range(self._count())]

    def _line(self, count: int, *, least: int) -> list[Position]:
        positions = [self._position() for _point in range(count)]
        if not self.tolerance or count <= least:
            return positions
        kept = [positions[0]]
        for position in positions[1:-1]:
            if abs(position[0] - kept[-1][0]) + abs(position[1] - kept[-1][1]) >= self.tolerance:
                kept.append(position)
        kept.append(positions[-1])
        return kept if len(kept) >= least else positions

    def _position(self) -> Position:
        numbers = struct.unpack_from(f"{self.order}{self.dimensions}d", self.left)
        self.left = self.left[8 * self.dimensions :]
        return [round(numbers[0], _DECIMALS), round(numbers[1], _DECIMALS)]

    def _count(self) -> int:
        number: int = struct.unpack_from(f"{self.order}I", self.left)[0]
        self.left = self.left[4:]
        return number
