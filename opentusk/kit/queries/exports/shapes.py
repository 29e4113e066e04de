"""What an export is asked for, and what came of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from opentusk.kit.queries.shapes import Heading


@dataclass(frozen=True, kw_only=True)
class ExportOptions:
    """How a file is written; only for the formats that have a choice.

    `labels`: the heading row says the labels of the columns instead of their names. `description` goes into files
    that can carry one (Parquet).
    """

    separator: str = ","
    bom: bool = False
    decimal: str = "."
    labels: bool = False
    descriptions: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Rows:
    """Rows to be written: a SELECT with its parameters, by position or `named`, and its columns in order.

    With `place`, the last column of the SELECT is no column of the file but the geometry of the row: as WKB, or its
    longitude and latitude.
    """

    sql: str
    parameters: tuple[object, ...]
    columns: tuple[Heading, ...]
    place: str = ""  # "" | wkb | point
    named: Mapping[str, object] = field(default_factory=dict)

    @property
    def values(self) -> list[object] | dict[str, object]:
        """The parameters as DuckDB takes them."""
        return dict(self.named) if self.named else list(self.parameters)


@dataclass(frozen=True)
class Export:
    """A file that is whole: so many rows, of these bytes."""

    path: Path
    rows: int
    size: int
    sha256: str
    media_type: str


@dataclass(frozen=True)
class Format:
    """A form of file: its extension, its media type, whether it can say places."""

    name: str
    extension: str
    media_type: str
    label: str
    has_places: bool = False


FORMATS: dict[str, Format] = {
    one.name: one
    for one in (
        Format("csv", "csv", "text/csv; charset=utf-8", "CSV"),
        Format("csv-it", "csv", "text/csv; charset=utf-8", "CSV per Excel italiano"),
        Format("tsv", "tsv", "text/tab-separated-values; charset=utf-8", "TSV"),
        Format("json", "json", "application/json", "JSON"),
        Format("jsonl", "jsonl", "application/x-ndjson", "JSON Lines"),
        Format("parquet", "parquet", "application/vnd.apache.parquet", "Parquet"),
        Format("xlsx", "xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "Excel"),
        Format("geojson", "geojson", "application/geo+json", "GeoJSON", has_places=True),
        Format("geoparquet", "parquet", "application/vnd.apache.parquet", "GeoParquet", has_places=True),
    )
}
