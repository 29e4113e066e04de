"""What every format gives: all cells as text in one DuckDB table, with nothing decided yet."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from opentusk.kit.tables.shapes import CellException, ColumnType, Dialect, TableProblem, TableSource

PARTIAL_ROWS = 1_000_000  # of a file beyond the limit
LINE = "_line"  # 1-based line or row in the source


@dataclass(frozen=True, kw_only=True)
class RawTable:
    """A table of texts. `view` names a DuckDB table with columns `c0` … `cN` VARCHAR, `_line` BIGINT, and `_geom` BLOB
    (WKB in the source's own coordinates, see `crs`) when `has_geometry`.

    `labels` are the header where the format knows it (JSON, GeoJSON, Shapefile, Parquet); None when it must be found
    among the rows. `native` are the types that the format itself declares, by position; the texts are then in ISO form
    (`1234.5`, `2023-12-31`, `true`). `ragged` are the rows with too many or too few fields.
    """

    source: TableSource
    view: str
    width: int
    dialect: Dialect
    labels: tuple[str, ...] | None = None
    native: Mapping[int, ColumnType] = field(default_factory=dict)
    ragged: tuple[CellException, ...] = ()
    problems: tuple[TableProblem, ...] = ()
    has_geometry: bool = False
    crs: str = ""  # `EPSG:3003`; "" means WGS84
    is_partial: bool = False
