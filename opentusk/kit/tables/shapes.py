"""The values that travel between reading a table, showing it, querying it and describing it.

Everything is plain data and goes to JSON and back (`kit.record_json` style is not needed: `as_json` / `from_json` of
`kit.tables.json_shapes`), because the rooms keep it in rows.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from opentusk.kit.problems import Severity

ROW_NUMBER = "_row"  # 1-based number of the data row in the source, in every Parquet file; every order ends with it
LONGITUDE, LATITUDE = "_lon", "_lat"  # WGS84 doubles of each row's place (point or centroid), where there is one
GEOMETRY = "_geom"  # WKB in WGS84, longitude first, where the source has geometries


class ColumnType(StrEnum):
    """How a column is stored, and so what may be asked of it. In brackets the DuckDB type."""

    TEXT = "text"  # VARCHAR; codes with leading zeros are always text
    INTEGER = "integer"  # BIGINT (HUGEINT never: larger whole numbers stay text)
    DECIMAL = "decimal"  # DECIMAL(p,s), for money and everything with a fixed number of decimals
    NUMBER = "number"  # DOUBLE
    BOOLEAN = "boolean"  # BOOLEAN
    DATE = "date"  # DATE
    DATETIME = "datetime"  # TIMESTAMP, Europe/Rome wall clock, kept without zone
    TIME = "time"  # TIME
    GEOMETRY = "geometry"  # BLOB (WKB); only `_geom`


@dataclass(frozen=True, kw_only=True)
class Dialect:
    """How a text table is written. `header_row` is the 1-based line of the (last) header row, 0 when there is none;
    `skip_rows` the lines above the first header row; spreadsheets have an empty delimiter and quote.
    """

    encoding: str = ""
    delimiter: str = ""
    quote: str = ""
    header_row: int = 1
    header_rows: int = 1
    skip_rows: int = 0
    line_ending: str = ""


@dataclass(frozen=True, kw_only=True)
class Column:
    """One column: `name` is for programs (`[a-z][a-z0-9_]*`, ≤ 60, unique, no `__`), `label` is the file's own word.

    `format` says how the source writes the values (`dd/mm/yyyy`, `1.234,56`, `sì/no`); `null_marks` which texts
    counted as empty, with how often; `codes` lists the values of a small code list. Title, description and unit are
    the data dictionary that the editor completes.
    """

    name: str
    label: str
    type: ColumnType
    semantic: str = ""
    format: str = ""
    unit: str = ""
    title: str = ""
    description: str = ""
    precision: int = 0
    scale: int = 0
    null_marks: Mapping[str, int] = field(default_factory=dict)
    is_key: bool = False
    is_personal: bool = False
    codes: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class ColumnProfile:
    """What the values of a column are like. Values are texts in ISO form (`1234.56`, `2023-12-31`, `true`).

    Of a personal column only `nulls` and `distinct` are known. `top` are the most frequent values with their counts;
    `bins` are (from, to, count) for numbers and dates; `patterns` are shapes such as `AA999` with their counts.
    """

    name: str
    nulls: int = 0
    distinct: int = 0
    exceptions: int = 0
    min: str | None = None
    max: str | None = None
    mean: float | None = None
    median: float | None = None
    top: tuple[tuple[str, int], ...] = ()
    bins: tuple[tuple[str, str, int], ...] = ()
    patterns: tuple[tuple[str, int], ...] = ()
    examples: tuple[str, ...] = ()
    shortest: int | None = None
    longest: int | None = None


@dataclass(frozen=True, kw_only=True)
class TableProblem:
    """A fault of the table. `code` is `table.<fault>` with its sentence in `kit.sentences.tables`; `rule` the check of
    rules.md (`F5.b`); `row` the 1-based line or row of the source and `column` the label, where they can be named;
    `count` how many cells or rows; `fix` the code of the proposal that would mend it, "" when nobody can but its owner.
    """

    code: str
    severity: Severity
    rule: str = ""
    row: int | None = None
    column: str = ""
    count: int = 1
    fix: str = ""
    values: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Example:
    """One cell or row, before and after a proposal."""

    row: int | None
    column: str
    before: str
    after: str


@dataclass(frozen=True, kw_only=True)
class Proposal:
    """Something that could be written better; applied only when its `code` is among the accepted ones.

    `code` is stable for the same file (`totals.exclude`, `zeros.pad:cod_istat`), `kind` its first part. `count` is how
    many rows or cells it touches. `words_it` / `words_en` say what would happen.
    """

    code: str
    kind: str
    column: str = ""
    count: int = 0
    examples: tuple[Example, ...] = ()
    words_it: str = ""
    words_en: str = ""
    accepted: bool = False


@dataclass(frozen=True, kw_only=True)
class CellException:
    """A cell that does not fit the type of its column (null in the table), or a row with too many or too few fields
    (then `column` is "" and `text` the whole line).
    """

    row: int
    column: str
    text: str


@dataclass(frozen=True, kw_only=True)
class PersonalFinding:
    """A suspicion of personal data in a column (or in several that combine): never a value.

    `kind` is one of `kit.personal.KINDS`; `rule` P1, P2, P3 or P6; `share` of the non-empty values that match;
    `columns` all the names that combine, `column` the first; `smallest` the size of the smallest group (P3).
    """

    column: str
    kind: str
    rule: str
    severity: Severity
    share: float
    count: int
    columns: tuple[str, ...] = ()
    smallest: int | None = None


@dataclass(frozen=True, kw_only=True)
class TableSource:
    """One table inside a file: a CSV, a visible sheet, a member of an archive, a layer."""

    key: str  # "" for a file that is one table; else `sheet:Foglio1`, `member:dati.csv`, `layer:strade`
    label: str
    format: str  # csv, tsv, xlsx, xls, ods, json, jsonl, xml, geojson, shp, gpkg, parquet


@dataclass(frozen=True, kw_only=True)
class Options:
    """What a person has decided about the file, and the limits.

    `accepted` are codes of proposals; `encoding`, `delimiter`, `types` (column name → type) overrule the detection;
    `known` are the columns of the former version: names stay stable and the dictionary is kept.
    """

    accepted: frozenset[str] = frozenset()
    encoding: str = ""
    delimiter: str = ""
    types: Mapping[str, ColumnType] = field(default_factory=dict)
    known: tuple[Column, ...] = ()
    territory: str = ""  # ISTAT code of the body, for doubtful coordinates
    max_bytes: int = 2_000_000_000  # above, the first million rows are read and `is_partial` says so
    max_columns: int = 2_000
    memory: str = "512MB"
    threads: int = 2


@dataclass(frozen=True, kw_only=True)
class Examination:
    """Everything found out about one table. Paths point into the folder that the caller gave.

    `rows` counts the data rows of the source; the Parquet file has as many, less the total and note rows that a person
    accepted to leave out. `content_hash` is the SHA-256 of the canonical content: equal for the same values in any
    order, encoding or separator. `bbox` is (west, south, east, north) in degrees.
    """

    source: TableSource
    dialect: Dialect
    rows: int
    columns: tuple[Column, ...]
    profiles: tuple[ColumnProfile, ...]
    problems: tuple[TableProblem, ...]
    proposals: tuple[Proposal, ...]
    personal: tuple[PersonalFinding, ...]
    exceptions: int
    parquet: Path
    exceptions_parquet: Path  # columns: row BIGINT, column VARCHAR, text VARCHAR
    content_hash: str
    schema_hash: str
    bbox: tuple[float, float, float, float] | None = None
    is_partial: bool = False
    notes: tuple[str, ...] = ()  # the lines above the header and below the table, kept
