"""GeoJSON: the properties of each feature as a row, its geometry as WKB.

A geometry that cannot be drawn is left out of its row and told with it; the row stays.
"""

import json
import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from pathlib import Path

from duckdb import DuckDBPyConnection

from opentusk.kit.problems import Severity
from opentusk.kit.tables.formats.geometry import WrongGeometry, wkb_of
from opentusk.kit.tables.formats.json_outline import Outline, refuse_deep
from opentusk.kit.tables.formats.json_tables import as_utf8, is_large, items, refuse_wide, texts_of
from opentusk.kit.tables.formats.rows import RowFile
from opentusk.kit.tables.formats.values import Kinds, Labels
from opentusk.kit.tables.raw import PARTIAL_ROWS, RawTable
from opentusk.kit.tables.shapes import Dialect, Options, TableProblem, TableSource
from opentusk.kit.tables.workspace import scratch_folder

_FEATURES = Outline(path=("features",))
_CRS = re.compile(r'"crs"\s*:\s*\{[^{}]*\{[^{}]*"name"\s*:\s*"[^"]*?EPSG:{1,2}([0-9]{4,6})"', re.IGNORECASE)
_LOOKED_AT = 200_000


def list_geojson(path: Path, name: str) -> list[TableSource]:
    """A GeoJSON file is one table."""
    return [TableSource(key="", label=name, format="geojson")]


def load_geojson(connection: DuckDBPyConnection, path: Path, source: TableSource, options: Options) -> RawTable:
    """The features as rows. Raises Unreadable if it is no JSON."""
    labels, kinds, wrong = Labels(), Kinds(), _Wrong()
    limit = PARTIAL_ROWS if is_large(path, options) else 0
    with as_utf8(path, scratch_folder(connection)) as readable, RowFile(connection) as file:
        refuse_deep(readable)
        for line, feature in enumerate(_features(readable), 1):
            if limit and line > limit:
                break
            file.write(line, texts_of(_properties(feature), labels, kinds), wrong.shape_of(feature, line))
            refuse_wide(len(labels), options)
        file.width = len(labels)
        view = file.load(has_geometry=True)
        is_partial, crs = bool(limit) and file.rows >= limit, _crs(readable)
    return RawTable(
        source=source,
        view=view,
        width=len(labels),
        dialect=Dialect(encoding="utf-8", header_row=0, header_rows=0),
        labels=labels.all(),
        native=kinds.native(),
        problems=wrong.problems(),
        has_geometry=True,
        crs=crs,
        is_partial=is_partial,
    )


class _Wrong:
    """The geometries that cannot be drawn: how many, and the first."""

    def __init__(self) -> None:
        self._count, self._first = 0, 0

    def shape_of(self, feature: object, line: int) -> bytes | None:
        """The geometry of a feature; nothing if it has none, or one that is wrong."""
        geometry = feature.get("geometry") if isinstance(feature, Mapping) else None
        if geometry is None:
            return None
        try:
            return wkb_of(geometry)
        except WrongGeometry:
            self._count, self._first = self._count + 1, self._first or line
            return None

    def problems(self) -> tuple[TableProblem, ...]:
        """What is told about them."""
        if not self._count:
            return ()
        return (
            TableProblem(
                code="table.wrong_geometry",
                severity=Severity.MAJOR,
                rule="F5.p",
                row=self._first,
                count=self._count,
            ),
        )


def _features(path: Path) -> Iterator[object]:
    """The features of a collection; a feature or a geometry alone is a collection of one."""
    is_empty = True
    for feature in items(path, _FEATURES):
        is_empty = False
        yield feature
    if is_empty:
        document = json.loads(path.read_text("utf-8"), parse_float=Decimal)
        if not _is_collection(document):
            yield _as_feature(document)


def _as_feature(document: object) -> object:
    if isinstance(document, Mapping) and "geometry" not in document and "properties" not in document:
        return {"geometry": document}
    return document


def _is_collection(document: object) -> bool:
    return isinstance(document, Mapping) and document.get("type") == "FeatureCollection"


def _properties(feature: object) -> Mapping[str, object]:
    """The properties, and the feature's own id where no property has that name."""
    if not isinstance(feature, Mapping):
        return {}
    properties = feature.get("properties")
    found = dict(properties) if isinstance(properties, Mapping) else {}
    return {"id": feature["id"], **found} if feature.get("id") is not None and "id" not in found else found


def _crs(path: Path) -> str:
    """The system of an old GeoJSON (2008) that names one; "" for WGS84."""
    with path.open("rb") as file:
        text = file.read(_LOOKED_AT).decode("utf-8", "replace")
        file.seek(max(0, path.stat().st_size - _LOOKED_AT))
        text += file.read().decode("utf-8", "replace")
    found = _CRS.search(text)
    return f"EPSG:{found[1]}" if found and found[1] != "4326" else ""
