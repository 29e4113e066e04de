"""Places in questions: a box of degrees, a circle of metres."""

from math import isfinite

from opentusk.kit.queries.errors import BadQuery
from opentusk.kit.queries.grammar.values import read_number
from opentusk.kit.queries.tree import InBox, Near


def read_box(text: str) -> InBox:
    """`minlon,minlat,maxlon,maxlat`."""
    west, south, east, north = _numbers(text, 4, "query.bad_box")
    return box_of(west, south, east, north)


def box_of(west: float, south: float, east: float, north: float) -> InBox:
    """A box that has its corners in order, on the Earth."""
    if not (-180 <= west <= east <= 180 and -90 <= south <= north <= 90):
        raise BadQuery("query.bad_box", column="bbox", values={"value": f"{west:g},{south:g},{east:g},{north:g}"})
    return InBox(west, south, east, north)


def read_near(text: str) -> Near:
    """`lat,lon,metres`."""
    latitude, longitude, metres = _numbers(text, 3, "query.bad_near")
    return near_of(latitude, longitude, metres)


def near_of(latitude: float, longitude: float, metres: float) -> Near:
    """A circle on the Earth."""
    if not (-90 <= latitude <= 90 and -180 <= longitude <= 180 and 0 <= metres <= 20_000_000):
        raise BadQuery("query.bad_near", column="near", values={"value": f"{latitude:g},{longitude:g},{metres:g}"})
    return Near(latitude, longitude, metres)


def _numbers(text: str, count: int, code: str) -> list[float]:
    try:
        numbers = [read_number(part) for part in text.split(",")]
    except ValueError:
        numbers = []
    if len(numbers) != count or not all(map(isfinite, numbers)):
        raise BadQuery(code, column=code.removeprefix("query.bad_"), values={"value": text[:60]})
    return numbers
