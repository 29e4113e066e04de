"""Where each row is: `_lon` and `_lat` for the map, from whatever the file has. Its columns stay as they are.

In order: geometries of the format, latitude and longitude in degrees, both in one cell, metres of a projected system.
A system is never assumed in silence: it is proposed, drawn, and said.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from duckdb import DuckDBPyConnection

from opentusk.kit.problems import Severity
from opentusk.kit.tables.body import Body
from opentusk.kit.tables.columns.decisions import Decision
from opentusk.kit.tables.columns.values import trimmed
from opentusk.kit.tables.raw import RawTable
from opentusk.kit.tables.shapes import GEOMETRY, LATITUDE, LONGITUDE, Column, ColumnType, TableProblem
from opentusk.kit.tables.workspace import literal, load_spatial
from opentusk.kit.vocabularies.territory import find_province

WGS84 = "EPSG:4326"
CHOOSE_CRS = "crs.choose"
SPLIT_PAIR = "coordinates.split"
# Italy with its seas; the box of the points that are drawn.
_SOUTH, _NORTH, _WEST, _EAST = 35.0, 48.0, 6.0, 19.0
_EASTERN_REGIONS = frozenset(("13", "14", "15", "16", "17", "18", "19"))  # zone 33: Abruzzo to Sicily
_NUMBERS = re.compile(r"[0-9]{1,2}[.,][0-9]+")


@dataclass(frozen=True, kw_only=True)
class Places:
    """SQL of the places, in terms of the body. Empty when there are none."""

    columns: Sequence[tuple[str, str]] = ()  # (name, SQL)
    source: str = ""  # the labels they come from
    problems: Sequence[TableProblem] = ()
    offers: Sequence[str] = ()  # codes of systems that may be chosen
    pairs: Sequence[Decision] = field(default_factory=tuple)  # columns that hold both coordinates

    @property
    def has_any(self) -> bool:
        """Whether rows have places."""
        return bool(self.columns)


def find_places(
    connection: DuckDBPyConnection,
    raw: RawTable,
    body: Body,
    decisions: Sequence[Decision],
    *,
    territory: str,
    accepted: frozenset[str],
) -> Places:
    """What can be put on a map."""
    kinds = {name: [one for one in decisions if one.semantic == name] for name in _SEMANTICS}
    pairs = tuple(kinds["coordinate"] + kinds["coordinate_lon_lat"])
    if body.has_geometry:
        return _of_geometry(connection, raw)
    # Values that are swapped are recognised as neither: only their labels say what they are.
    latitudes = kinds["latitudine"] or _labelled(decisions, _LATITUDE)
    longitudes = kinds["longitudine"] or _labelled(decisions, _LONGITUDE)
    if latitudes and longitudes:
        return _of_degrees(connection, body, latitudes[0], longitudes[0], pairs)
    if pairs:
        return _of_pair(pairs)
    if kinds["coordinata_est"] and kinds["coordinata_nord"]:
        east, north = kinds["coordinata_est"][0], kinds["coordinata_nord"][0]
        return _of_metres(connection, body, east, north, territory=territory, accepted=accepted)
    return Places()


def gives_place(column: Column) -> bool:
    """Whether the place of a row may come from this column: then who may not see it may not see the place either."""
    if column.type is ColumnType.GEOMETRY or column.semantic in _SEMANTICS:
        return True
    is_numeric = column.type in (ColumnType.NUMBER, ColumnType.DECIMAL)
    return is_numeric and bool(_LATITUDE.search(column.label) or _LONGITUDE.search(column.label))


_SEMANTICS = ("latitudine", "longitudine", "coordinate", "coordinate_lon_lat", "coordinata_est", "coordinata_nord")


def _labelled(decisions: Sequence[Decision], words: re.Pattern[str]) -> list[Decision]:
    numeric = (ColumnType.NUMBER, ColumnType.DECIMAL)
    return [one for one in decisions if one.type in numeric and words.search(one.label)]


def _of_geometry(connection: DuckDBPyConnection, raw: RawTable) -> Places:
    load_spatial(connection)
    shape = f"ST_GeomFromWKB({GEOMETRY})"
    if raw.crs and raw.crs != WGS84:
        shape = f"ST_Transform({shape}, {literal(raw.crs)}, {literal(WGS84)}, always_xy := true)"
    # A point on the surface: the centroid of a bay lies in the sea.
    point = f"CASE WHEN ST_IsEmpty({shape}) THEN NULL ELSE ST_PointOnSurface({shape}) END"
    columns = (
        (GEOMETRY, f"CAST(ST_AsWKB({shape}) AS BLOB)"),
        (LONGITUDE, f"ST_X({point})"),
        (LATITUDE, f"ST_Y({point})"),
    )
    return Places(columns=columns)


def _of_degrees(
    connection: DuckDBPyConnection, body: Body, latitude: Decision, longitude: Decision, pairs: Sequence[Decision]
) -> Places:
    lat, lon = _degrees(latitude), _degrees(longitude)
    row = connection.execute(f"SELECT median({lat}), median({lon}) FROM {body.view}").fetchone() or (None, None)
    problems = []
    if row[0] is not None and row[1] is not None and _WEST <= row[0] <= _EAST and _SOUTH <= row[1] <= _NORTH:
        lat, lon = lon, lat
        problems.append(
            TableProblem(code="table.swapped_coordinates", severity=Severity.MAJOR, rule="F5.p", column=latitude.label)
        )
    within = f"{lat} BETWEEN {_SOUTH} AND {_NORTH} AND {lon} BETWEEN {_WEST} AND {_EAST}"
    outside = connection.execute(f"SELECT count(*) FROM {body.view} WHERE NOT ({within})").fetchone() or (0,)
    if outside[0]:
        problems.append(
            TableProblem(
                code="table.places_outside", severity=Severity.MINOR, rule="F5.p", column=latitude.label,
                count=outside[0],
            )
        )  # fmt: skip
    columns = tuple((name, f"CASE WHEN {within} THEN {sql} END") for name, sql in ((LONGITUDE, lon), (LATITUDE, lat)))
    return Places(columns=columns, source=f"{latitude.label}, {longitude.label}", problems=tuple(problems), pairs=pairs)


def _degrees(one: Decision) -> str:
    """Degrees as a number, also where they are written with minutes and seconds."""
    if one.type in (ColumnType.NUMBER, ColumnType.DECIMAL, ColumnType.INTEGER):
        return f"CAST({one.sql} AS DOUBLE)"
    text = trimmed(one.position)
    parts = [f"regexp_extract({text}, {literal(_DMS)}, {group})" for group in (1, 2, 3)]
    minutes, seconds = (f"coalesce(TRY_CAST(replace({part}, ',', '.') AS DOUBLE), 0)" for part in parts[1:])
    in_parts = f"TRY_CAST({parts[0]} AS DOUBLE) + {minutes} / 60 + {seconds} / 3600"
    return f"coalesce(TRY_CAST(replace({text}, ',', '.') AS DOUBLE), {in_parts})"


_LATITUDE = re.compile(r"(^|[^a-z])lat(itud\w*)?([^a-z]|$)", re.IGNORECASE)
_LONGITUDE = re.compile(r"(^|[^a-z])(lon|lng|long)(gitud\w*)?([^a-z]|$)", re.IGNORECASE)
_DMS = r"([0-9]{1,3}) ?[°º] ?([0-9]{1,2})? ?['’′]? ?([0-9]{1,2}(?:[.,][0-9]+)?)?"


def pair_sql(one: Decision) -> tuple[str, str]:
    """Latitude and longitude of a column that holds both, as SQL."""
    numbers = f"regexp_extract_all({trimmed(one.position)}, {literal(_NUMBERS.pattern)})"
    first, second = (f"TRY_CAST(replace({numbers}[{place}], ',', '.') AS DOUBLE)" for place in (1, 2))
    return (first, second) if one.semantic == "coordinate" else (second, first)


def _of_pair(pairs: tuple[Decision, ...]) -> Places:
    latitude, longitude = pair_sql(pairs[0])
    return Places(columns=((LONGITUDE, longitude), (LATITUDE, latitude)), source=pairs[0].label, pairs=pairs)


def _of_metres(
    connection: DuckDBPyConnection,
    body: Body,
    east: Decision,
    north: Decision,
    *,
    territory: str,
    accepted: frozenset[str],
) -> Places:
    """Points of a projected system, found by its eastings. Zones 32 and 33 overlap: the body's territory decides."""
    row = connection.execute(f"SELECT median({east.sql}) FROM {body.view}").fetchone() or (None,)
    systems = _systems(float(row[0]) if row[0] is not None else 0.0, territory)
    if not systems or east.type is ColumnType.TEXT or north.type is ColumnType.TEXT:
        return Places()
    chosen = next((system for system in systems if f"{CHOOSE_CRS}:{system}" in accepted), "")
    load_spatial(connection)
    x, y = (f"CAST({one.sql} AS DOUBLE)" for one in (east, north))
    point = f"ST_Transform(ST_Point({x}, {y}), {literal(chosen or systems[0])}, {literal(WGS84)}, always_xy := true)"
    inside = f"{x} BETWEEN 100000 AND 3000000 AND {y} BETWEEN 3900000 AND 5300000"
    columns = tuple(
        (name, f"CASE WHEN {inside} THEN {part}({point}) END")
        for name, part in ((LONGITUDE, "ST_X"), (LATITUDE, "ST_Y"))
    )
    told = TableProblem(
        code="table.projected", severity=Severity.INFO if chosen else Severity.MAJOR, rule="F5.p", column=east.label,
        fix="" if chosen else f"{CHOOSE_CRS}:{systems[0]}", values={"crs": chosen or systems[0]},
    )  # fmt: skip
    return Places(
        columns=columns, source=f"{east.label}, {north.label}", problems=(told,), offers=() if chosen else systems
    )


def _systems(easting: float, territory: str) -> tuple[str, ...]:
    if 1_300_000 <= easting <= 1_850_000:
        return ("EPSG:3003",)
    if 2_200_000 <= easting <= 2_950_000:
        return ("EPSG:3004",)
    if not 200_000 <= easting < 1_300_000:
        return ()
    zones = ("EPSG:32633", "EPSG:32632")
    return zones if not territory or _region(territory) in _EASTERN_REGIONS else zones[::-1]


def _region(territory: str) -> str:
    """The region of an ISTAT code of a municipality, province or region."""
    if len(territory) == 2:
        return territory
    province = find_province(territory[:3])
    return province.region if province else ""
