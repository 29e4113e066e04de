"""The places of a question for the map: points as they are while they are few, counted on a grid when they are many.

Never the whole table goes to the browser. The grid is laid over what is seen, so that a cluster opens as one comes
nearer; the list of rows beside the map says the same to whoever does not see it. A table without coordinates whose
rows name municipalities or provinces is counted by them.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from opentusk.kit.queries.compiling import Compiler, column_sql
from opentusk.kit.queries.engine import Engine
from opentusk.kit.queries.errors import BadQuery
from opentusk.kit.queries.shapes import Query, TableRef
from opentusk.kit.queries.tree import InBox
from opentusk.kit.tables.shapes import GEOMETRY, LATITUDE, LONGITUDE, ROW_NUMBER, Column, ColumnType
from opentusk.kit.vocabularies.territory import find_municipality, find_province, find_region
from opentusk.kit.wkb import geojson_of

MOST_POINTS, MOST_SHAPES = 2_000, 500
_MOST_NAMED = 200
_CELLS = 12  # along the longer side of what is seen, when the map does not say how many fit
_MOST_CELLS = 40
_PIXELS = 600
_SECONDS = 2.0
# The semantics that name a place, the finest first, and who knows its name.
_NAMED = {
    "codice_istat_comune": find_municipality,
    "comune": None,
    "codice_catastale": find_municipality,
    "codice_provincia": find_province,
    "sigla_provincia": find_province,
    "provincia": None,
    "codice_regione": find_region,
    "regione": None,
}


@dataclass(frozen=True)
class Seen:
    """The part of the world that the map shows, in degrees."""

    west: float
    south: float
    east: float
    north: float
    cells: int = _CELLS

    @classmethod
    def of(cls, text: str, cells: str = "") -> "Seen | None":
        """From `west,south,east,north` and how many clusters fit along the longer side; None for anything else."""
        try:
            west, south, east, north = (float(part) for part in text.split(","))
        except ValueError:
            return None
        inside = -180 <= west < east <= 180 and -90 <= south < north <= 90
        fitting = min(int(cells), _MOST_CELLS) if cells.isdecimal() and int(cells) else _CELLS
        return cls(west, south, east, north, fitting) if inside else None

    @property
    def span(self) -> float:
        """The longer side."""
        return max(self.east - self.west, self.north - self.south)


def has_places(engine: Engine, ref: TableRef) -> bool:
    """Whether rows have a place."""
    return LONGITUDE in engine.columns_of(ref)


def extent_of(engine: Engine, ref: TableRef, query: Query) -> Seen | None:
    """The box around everything that was asked for; None when nothing of it has a place."""
    where, parameters = _where(query, None)
    edges = f"min({LONGITUDE}), min({LATITUDE}), max({LONGITUDE}), max({LATITUDE})"
    found = engine.fetch(ref, f"SELECT {edges} FROM {{table}} AS t{where}", parameters, seconds=_SECONDS)[0]  # noqa: S608
    if found[0] is None:
        return None
    west, south, east, north = (float(str(edge)) for edge in found)
    # A single point has a neighbourhood too.
    margin = max(0.002, (east - west) * 0.05)
    return Seen(west - margin, south - margin, east + margin, north + margin)


def places_of(engine: Engine, ref: TableRef, query: Query, seen: Seen) -> dict[str, Any]:
    """What the map draws: `points` [lon, lat, row, label], `shapes` {geometry, row, label} or `clusters`
    [lon, lat, count]; `total` in the box. Raises BadQuery when rows have no place that may be shown.
    """
    if not has_places(engine, ref):
        raise BadQuery("query.no_places")
    where, parameters = _where(query, seen)
    counted = engine.fetch(ref, f"SELECT count(*) FROM {{table}} AS t{where}", parameters, seconds=_SECONDS)  # noqa: S608
    total = int(str(counted[0][0]))
    has_shapes = GEOMETRY in engine.columns_of(ref)
    if total > (MOST_SHAPES if has_shapes else MOST_POINTS):
        return {"total": total, "clusters": _clusters(engine, ref, seen, where, parameters)}
    label = _label_of(ref)
    named = f"{column_sql(label)}::VARCHAR" if label else "NULL"
    shape = column_sql(GEOMETRY) if has_shapes else "NULL"
    sql = (
        f"SELECT round({LONGITUDE}, 6), round({LATITUDE}, 6), {ROW_NUMBER}, {named}, {shape} FROM {{table}} AS t{where}"  # noqa: S608
    )
    rows = engine.fetch(ref, f"{sql} ORDER BY {ROW_NUMBER}", parameters, seconds=_SECONDS)
    return {"total": total, **_drawn(rows, seen.span / _PIXELS)}


def _drawn(rows: Sequence[tuple[object, ...]], tolerance: float) -> dict[str, Any]:
    points, shapes = [], []
    for longitude, latitude, row, label, shape in rows:
        geometry = geojson_of(shape, tolerance=tolerance) if isinstance(shape, bytes) else None
        if geometry is None or geometry["type"] == "Point":
            points.append([longitude, latitude, row, label])
        else:
            shapes.append({"geometry": geometry, "row": row, "label": label})
    return {"points": points, "shapes": shapes}


def _label_of(ref: TableRef) -> str:
    """The column that names a row best: the first text that is no code."""
    texts = [column for column in ref.shown if column.type is ColumnType.TEXT]
    named = [column for column in texts if not column.semantic]
    return next((column.name for column in (*named, *texts)), "")


def _clusters(engine: Engine, ref: TableRef, seen: Seen, where: str, parameters: Sequence[object]) -> list[list[Any]]:
    step = seen.span / seen.cells
    across, down = (
        f"floor(({LONGITUDE} - {seen.west!r}) / {step!r})",
        f"floor(({LATITUDE} - {seen.south!r}) / {step!r})",
    )
    sql = (
        f"SELECT round(avg({LONGITUDE}), 6), round(avg({LATITUDE}), 6), count(*) FROM {{table}} AS t{where}"  # noqa: S608
        f" GROUP BY {across}, {down} ORDER BY 3 DESC, 1, 2"
    )
    return [list(cluster) for cluster in engine.fetch(ref, sql, parameters, seconds=_SECONDS)]


def _where(query: Query, seen: Seen | None) -> tuple[str, list[object]]:
    compiler = Compiler()
    conditions = [compiler.condition(condition) for condition in query.where]
    if seen:
        conditions.append(compiler.condition(InBox(seen.west, seen.south, seen.east, seen.north)))
    else:
        conditions.append(f"{LONGITUDE} IS NOT NULL")
    return f" WHERE {' AND '.join(conditions)}", compiler.parameters


def naming_column(ref: TableRef) -> Column | None:
    """The column that says in which municipality, province or region a row is; the finest there is."""
    by_semantic = {column.semantic: column for column in reversed(ref.shown)}
    return next((by_semantic[name] for name in _NAMED if name in by_semantic), None)


def count_named(engine: Engine, ref: TableRef, query: Query, column: Column) -> list[tuple[str, str, int]]:
    """(value, name, rows) for each place, the most frequent first."""
    compiler = Compiler()
    conditions = [compiler.condition(condition) for condition in query.where]
    conditions.append(f"{column_sql(column.name)} IS NOT NULL")
    sql = (
        f"SELECT {column_sql(column.name)}::VARCHAR, count(*) FROM {{table}} AS t WHERE {' AND '.join(conditions)}"  # noqa: S608
        f" GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT {_MOST_NAMED}"
    )
    rows = engine.fetch(ref, sql, compiler.parameters, seconds=_SECONDS)
    return [(str(value), _name_of(str(value), column.semantic), int(str(count))) for value, count in rows]


def _name_of(value: str, semantic: str) -> str:
    find = _NAMED[semantic]
    place = find(value) if find else None
    return place.name if place else value
