"""Detectors of where something is: degrees in every spelling, projected metres, geometries in a cell."""

import re

from opentusk.kit.tables.semantics.detector import LIST, Detector, always, words

_LATITUDES, _LONGITUDES = (35.0, 48.0), (6.0, 19.0)
_LATITUDE = words(r"lat\w*", r"y", r"coord\w* y", r"y coord\w*", r"coordy", r"ycoord", r"nord", r"coordinate?")
_LONGITUDE = words(
    r"lon\w*", r"lng", r"long\w*", r"x", r"coord\w* x", r"x coord\w*", r"coordx", r"xcoord", r"est", r"coordinate?"
)
_PAIR = words(r"coord\w*", r"geo ?p\w*", r"geo\w*", r"posizione", r"lat\w* lon\w*", r"point", r"punto", r"location")
_EAST = words(r"x", r"est", r"east\w*", r"e", r"coord\w* ?(?:x|est|e)", r"(?:x|est) ?\w*", r"lon\w*", r"utm ?[ex]")
_NORTH = words(r"y", r"nord", r"north\w*", r"n", r"coord\w* ?(?:y|nord|n)", r"(?:y|nord) ?\w*", r"lat\w*", r"utm ?[ny]")

_SECONDS = r"(?:[0-9]{1,2}(?:[.,][0-9]+)? ?(?:\"|”|″|''|’’|′′) ?)?"
_DMS = rf"(?i)[NSEOW]? ?[0-9]{{1,3}} ?[°º] ?[0-9]{{1,2}} ?['’′] ?{_SECONDS}[NSEOW]?"
_PARTS = re.compile(r"([0-9]{1,3}) ?[°º] ?([0-9]{1,2}) ?['’′] ?(?:([0-9]{1,2}(?:[.,][0-9]+)?) ?[\"”″'’′]{1,2})?")
_DEGREES = r"[0-9]{1,2}(?:[.,][0-9]+)?"
_POINTS = r"[\[(]? ?[0-9]{1,2}\.[0-9]+ ?[,;/ ] ?[0-9]{1,2}\.[0-9]+ ?[\])]?"
_COMMAS = r"[\[(]? ?[0-9]{1,2},[0-9]+ ?(?:[;/]|, | ) ?[0-9]{1,2},[0-9]+ ?[\])]?"
_NUMBERS = re.compile(r"[0-9]{1,2}\.[0-9]+|[0-9]{1,2},[0-9]+")
_METRES = r"[0-9]{6,7}(?:[.,][0-9]+)?|[0-9]{1,3}(?:\.[0-9]{3}){1,2}(?:,[0-9]+)?"
_SHAPE = r"(?:MULTI)?(?:POINT|LINESTRING|POLYGON)|GEOMETRYCOLLECTION"
_WKT = rf"(?is)(?:SRID=[0-9]+;)?\s*(?:{_SHAPE})(?:\s*Z?M?)\s*(?:\(.*\)|EMPTY)\s*"

# Where the easting of a point of Italy falls, by system: fuso Ovest and Est of Gauss-Boaga cannot be mistaken for
# anything else; the UTM zones 32 and 33 overlap, in ED50, WGS84/ETRS89 and RDN2008 alike.
_EASTINGS: tuple[tuple[float, float, tuple[str, ...]], ...] = (
    (1_300_000, 1_850_000, ("EPSG:3003",)),
    (2_200_000, 2_950_000, ("EPSG:3004",)),
    (200_000, 1_299_999, ("EPSG:32633", "EPSG:25833", "EPSG:6708", "EPSG:32632", "EPSG:25832", "EPSG:6707")),
)
_NORTHINGS = (3_900_000, 5_300_000)


def degrees(text: str) -> float | None:
    """A latitude or longitude in degrees: `41.12`, `41,12`, `41° 7' 12" N`; None if it is neither."""
    found = _PARTS.search(text)
    if found:
        value = int(found[1]) + int(found[2]) / 60 + float((found[3] or "0").replace(",", ".")) / 3600
        return -value if re.search(r"[SOW]", text.upper()) else value
    try:
        return float(text.replace(",", "."))
    except ValueError:
        return None


def degree_pair(text: str) -> tuple[float, float] | None:
    """Latitude and longitude written in one cell, in either order; None if the two are not a point of Italy."""
    numbers = [float(number.replace(",", ".")) for number in _NUMBERS.findall(text)]
    if len(numbers) != 2:
        return None
    first, second = numbers
    if _within(first, _LATITUDES) and _within(second, _LONGITUDES):
        return first, second
    return (second, first) if _within(second, _LATITUDES) and _within(first, _LONGITUDES) else None


def metres(text: str) -> float | None:
    """A projected coordinate: `1234567.8`, `1234567,8`, `1.234.567,8`."""
    if text.count(".") > 1 or ("." in text and "," in text):
        text = text.replace(".", "")
    try:
        return float(text.replace(",", "."))
    except ValueError:
        return None


def candidate_crs(eastings: tuple[float, float]) -> tuple[str, ...]:
    """The systems in which eastings between these two may be points of Italy, likeliest in Puglia first."""
    low, high = eastings
    return next((systems for first, last, systems in _EASTINGS if first <= low and high <= last), ())


def _within(value: float | None, limits: tuple[float, float]) -> bool:
    return value is not None and limits[0] <= value <= limits[1]


def _is_latitude(value: str) -> bool:
    return _within(degrees(value), _LATITUDES)


def _is_longitude(value: str) -> bool:
    return _within(degrees(value), _LONGITUDES)


def _is_pair(value: str) -> bool:
    numbers = [float(number.replace(",", ".")) for number in _NUMBERS.findall(value)]
    return degree_pair(value) == tuple(numbers)


def _is_swapped_pair(value: str) -> bool:
    return degree_pair(value) is not None and not _is_pair(value)


def _is_easting(value: str) -> bool:
    number = metres(value)
    return number is not None and any(first <= number <= last for first, last, _systems in _EASTINGS)


def _is_northing(value: str) -> bool:
    return _within(metres(value), _NORTHINGS)


def _systems(values: list[str]) -> tuple[str, ...]:
    numbers = [number for value in values if (number := metres(value)) is not None and _is_easting(value)]
    return candidate_crs((min(numbers), max(numbers))) if numbers else ()


POSITIONS = (
    Detector(
        name="latitudine",
        label_it="Latitudine in gradi",
        hints=_LATITUDE,
        pattern=re.compile(_DEGREES),
        test=_is_latitude,
        least=LIST,
        is_text=False,
        accepts=("41.1171", "41,1171", "45"),
        refuses=("16.87", "4111713", "91.5"),
    ),
    Detector(
        name="longitudine",
        label_it="Longitudine in gradi",
        hints=_LONGITUDE,
        pattern=re.compile(_DEGREES),
        test=_is_longitude,
        least=LIST,
        is_text=False,
        accepts=("16.8719", "16,8719", "7.66"),
        refuses=("41.1171", "1687190", "5.9"),
    ),
    Detector(
        name="latitudine",
        label_it="Latitudine in gradi, primi e secondi",
        hints=_LATITUDE,
        pattern=re.compile(_DMS),
        test=_is_latitude,
        least=LIST,
        alone=2,
        accepts=("41° 7' 31.5\" N", "41°07'31''N", "N 41° 07’ 31”"),
        refuses=("16° 52' 18\" E", "41.1171"),
    ),
    Detector(
        name="longitudine",
        label_it="Longitudine in gradi, primi e secondi",
        hints=_LONGITUDE,
        pattern=re.compile(_DMS),
        test=_is_longitude,
        least=LIST,
        alone=2,
        accepts=("16° 52' 18\" E", "16°52'18''E"),
        refuses=("41° 7' 31.5\" N", "16.8719"),
    ),
    Detector(
        name="coordinate",
        label_it="Latitudine e longitudine in una cella",
        hints=_PAIR,
        pattern=re.compile(rf"{_POINTS}|{_COMMAS}"),
        test=_is_pair,
        least=LIST,
        alone=1,
        accepts=("41.1171, 16.8719", "41,1171; 16,8719", "(41.1171 16.8719)"),
        refuses=("16.8719, 41.1171", "41.1171", "3.5, 4.5"),
    ),
    Detector(
        name="coordinate_lon_lat",
        label_it="Longitudine e latitudine (in quest'ordine) in una cella",
        hints=_PAIR,
        pattern=re.compile(rf"{_POINTS}|{_COMMAS}"),
        test=_is_swapped_pair,
        least=LIST,
        alone=1,
        accepts=("16.8719, 41.1171", "[16.8719, 41.1171]"),
        refuses=("41.1171, 16.8719", "3.5, 4.5"),
    ),
    Detector(
        name="coordinata_est",
        label_it="Coordinata Est in metri",
        hints=_EAST,
        pattern=re.compile(_METRES),
        test=_is_easting,
        least=LIST,
        is_text=False,
        crs=_systems,
        accepts=("1471234.56", "2678123", "656789,12", "1.471.234,5"),
        refuses=("4552345.6", "41.1171", "123"),
    ),
    Detector(
        name="coordinata_nord",
        label_it="Coordinata Nord in metri",
        hints=_NORTH,
        pattern=re.compile(_METRES),
        test=_is_northing,
        least=LIST,
        is_text=False,
        accepts=("4552345.6", "4.973.123,4", "4973123"),
        refuses=("1471234.56", "41.1171"),
    ),
    Detector(
        name="wkt",
        label_it="Geometria in WKT",
        hints=words(r"wkt", r"geom\w*", r"the geom", r"shape"),
        pattern=re.compile(_WKT),
        test=always,
        least=LIST,
        alone=1,
        accepts=(
            "POINT (16.87 41.11)",
            "SRID=4326;POINT(16 41)",
            "MULTIPOLYGON (((0 0, 1 0, 1 1, 0 0)))",
            "POINT EMPTY",
        ),
        refuses=("POINT", "PUNTO (1 2)", "16.87 41.11"),
    ),
    Detector(
        name="geojson",
        label_it="Geometria in GeoJSON",
        hints=words(r"geo ?json", r"geo ?shape", r"geom\w*", r"shape\w*"),
        pattern=re.compile(r'(?s)\s*\{.*"coordinates".*\}\s*'),
        test=always,
        least=LIST,
        alone=1,
        accepts=('{"type": "Point", "coordinates": [16.87, 41.11]}', '{"coordinates": [1, 2], "type": "Point"}'),
        refuses=('{"type": "Point"}', "coordinates"),
    ),
)
