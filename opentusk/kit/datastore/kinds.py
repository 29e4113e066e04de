"""The types of the DataStore: PostgreSQL's names, and how their values are kept in Parquet.

Whole numbers, decimals and times are kept exactly; `numeric` has up to 28 digits before the point and 10 after it.
Lists and objects are kept as the JSON that was given.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from opentusk.kit.tables.shapes import ColumnType


@dataclass(frozen=True)
class Kind:
    """A type: CKAN's name, what may be asked of it, how DuckDB keeps it."""

    name: str
    column: ColumnType
    sql: str
    is_json: bool = False

    @property
    def has_zone(self) -> bool:
        """Whether its values are instants, kept in UTC."""
        return self.name == "timestamptz"


_NUMERIC = "DECIMAL(38,10)"
_KINDS = (
    Kind("text", ColumnType.TEXT, "VARCHAR"),
    Kind("int2", ColumnType.INTEGER, "SMALLINT"),
    Kind("int4", ColumnType.INTEGER, "INTEGER"),
    Kind("int8", ColumnType.INTEGER, "BIGINT"),
    Kind("float4", ColumnType.NUMBER, "FLOAT"),
    Kind("float8", ColumnType.NUMBER, "DOUBLE"),
    Kind("numeric", ColumnType.DECIMAL, _NUMERIC),
    Kind("bool", ColumnType.BOOLEAN, "BOOLEAN"),
    Kind("date", ColumnType.DATE, "DATE"),
    Kind("time", ColumnType.TIME, "TIME"),
    Kind("timestamp", ColumnType.DATETIME, "TIMESTAMP"),
    Kind("timestamptz", ColumnType.DATETIME, "TIMESTAMP"),
    Kind("json", ColumnType.TEXT, "VARCHAR", is_json=True),
    Kind("jsonb", ColumnType.TEXT, "VARCHAR", is_json=True),
    Kind("nested", ColumnType.TEXT, "VARCHAR", is_json=True),
)
KINDS: Mapping[str, Kind] = {kind.name: kind for kind in _KINDS}
_ALIASES = {
    "varchar": "text", "character varying": "text", "string": "text", "char": "text", "bpchar": "text", "uuid": "text",
    "smallint": "int2", "int": "int4", "integer": "int4", "serial": "int4", "bigint": "int8", "bigserial": "int8",
    "real": "float4", "float": "float8", "double precision": "float8", "decimal": "numeric", "boolean": "bool",
    "timestamp without time zone": "timestamp", "timestamp with time zone": "timestamptz",
}  # fmt: skip
# How the columns of files are called; theirs is every whole number that fits in eight bytes.
_OF_COLUMNS = {
    ColumnType.INTEGER: "int8", ColumnType.DECIMAL: "numeric", ColumnType.NUMBER: "float8",
    ColumnType.BOOLEAN: "bool", ColumnType.DATE: "date", ColumnType.DATETIME: "timestamp", ColumnType.TIME: "time",
}  # fmt: skip
_WHOLE = re.compile(r"-?(0|[1-9][0-9]{0,17})")
_DECIMAL = re.compile(r"-?(0|[1-9][0-9]{0,17})\.[0-9]{1,10}")
_INT4 = 2**31
_INT8 = 2**63


def kind_named(name: str) -> Kind | None:
    """The type of this name, however PostgreSQL lets it be written; lists are kept as JSON."""
    plain = name.strip().lower()
    if plain.startswith("_") or plain.endswith("[]"):
        inner = kind_named(plain.removeprefix("_").removesuffix("[]"))
        return Kind(f"_{inner.name}", ColumnType.TEXT, "VARCHAR", is_json=True) if inner else None
    plain = re.sub(r"\s*\(\s*\d+\s*(,\s*\d+\s*)?\)$", "", plain)
    return KINDS.get(_ALIASES.get(plain, plain))


def kind_of_column(column: ColumnType) -> Kind:
    """What CKAN calls a column of a file."""
    return KINDS[_OF_COLUMNS.get(column, "text")]


def guess_kind(values: Iterable[object]) -> Kind:
    """The type that holds every one of these values: all are looked at, and a leading zero makes a text."""
    names = {_name_of(value) for value in values if value is not None and value != ""}
    if len(names) == 1:
        return KINDS[names.pop()]
    for together, kind in _WIDER:
        if names and names <= together:
            return KINDS[kind]
    return KINDS["text"]


_WIDER = (
    ({"int4", "int8"}, "int8"),
    ({"int4", "int8", "numeric"}, "numeric"),
    ({"int4", "int8", "numeric", "float8"}, "float8"),
    ({"date", "timestamp"}, "timestamp"),
)


def _name_of(value: object) -> str:
    match value:
        case bool():
            return "bool"
        case int():
            return "int4" if -_INT4 <= value < _INT4 else "int8" if -_INT8 <= value < _INT8 else "text"
        case float():
            return "float8"
        case list() | dict():
            return "json"
    return _name_of_text(str(value))


def _name_of_text(text: str) -> str:
    if _WHOLE.fullmatch(text):
        return _name_of(int(text))
    if _DECIMAL.fullmatch(text):
        return "numeric"
    if len(text) >= 10 and text[4:5] == "-" and text[7:8] == "-":
        try:
            datetime.fromisoformat(text)
        except ValueError:
            return "text"
        return "date" if len(text) == 10 else "timestamp"
    return "text"
