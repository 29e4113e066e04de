"""A table described for programs: Frictionless Table Schema, and CSV on the Web with dialect, encoding and null marks.

`table_schema` and `csvw_of_export` describe the table as we give it out: API names, ISO values, an empty cell for
nothing. `csvw` describes the file that was uploaded, as its author wrote it.
"""

import re

from opentusk.kit.tables.semantics import label_of
from opentusk.kit.tables.shapes import Column, ColumnProfile, ColumnType, Examination

Json = dict[str, object]

TABLE_SCHEMA = "https://datapackage.org/profiles/2.0/tableschema.json"
CSVW = "http://www.w3.org/ns/csvw"
_FRICTIONLESS = {
    ColumnType.TEXT: "string",
    ColumnType.INTEGER: "integer",
    ColumnType.DECIMAL: "number",
    ColumnType.NUMBER: "number",
    ColumnType.BOOLEAN: "boolean",
    ColumnType.DATE: "date",
    ColumnType.DATETIME: "datetime",
    ColumnType.TIME: "time",
    ColumnType.GEOMETRY: "string",
}
_STRING_FORMATS = {"email": "email", "pec": "email", "url": "uri"}
_CSVW = {
    ColumnType.TEXT: "string",
    ColumnType.INTEGER: "integer",
    ColumnType.DECIMAL: "decimal",
    ColumnType.NUMBER: "double",
    ColumnType.BOOLEAN: "boolean",
    ColumnType.DATE: "date",
    ColumnType.DATETIME: "datetime",
    ColumnType.TIME: "time",
    ColumnType.GEOMETRY: "hexBinary",
}
_TEXT_FORMATS = {"csv", "tsv"}
_NUMBER = re.compile(r"1(\D?)234(?:([.,])56)?")
# How a source writes days and hours -> the patterns that CSVW knows; any other way (`1 gennaio 2024`) is text there.
_DAYS = {"dd/mm/yyyy": "dd/MM/yyyy", "mm/dd/yyyy": "MM/dd/yyyy", "yyyy-mm-dd": "yyyy-MM-dd", "yyyymmdd": "yyyyMMdd"}
_MOMENTS = {**_DAYS, **{f"{day} hh:mm": f"{pattern} HH:mm" for day, pattern in _DAYS.items()}, "hh:mm": "HH:mm"}
_ORDERED = ColumnType.INTEGER, ColumnType.DECIMAL, ColumnType.NUMBER, ColumnType.DATE, ColumnType.DATETIME


def table_schema(examination: Examination, *, title: str = "", description: str = "") -> Json:
    """The Table Schema of the table as the API and the exports give it."""
    profiles = {profile.name: profile for profile in examination.profiles}
    fields = [_field(column, profiles.get(column.name), examination.rows) for column in examination.columns]
    keys = [column.name for column in examination.columns if column.is_key]
    return {
        "$schema": TABLE_SCHEMA,
        **_given(title=title, description=description),
        "fields": fields,
        "missingValues": [""],
        **({"primaryKey": keys} if keys else {}),
    }


def csvw(examination: Examination, *, url: str, title: str = "", description: str = "") -> Json:
    """CSVW of the uploaded file, if it is delimited text; of our export of it otherwise."""
    if examination.source.format not in _TEXT_FORMATS:
        return csvw_of_export(examination, url=url, title=title, description=description)
    dialect = examination.dialect
    columns = [_source_column(column) for column in examination.columns]
    return {
        **_csvw_head(url, title, description),
        "dialect": {
            "encoding": dialect.encoding or "utf-8",
            "delimiter": dialect.delimiter or ",",
            "quoteChar": dialect.quote or '"',
            "header": dialect.header_row > 0,
            "headerRowCount": dialect.header_rows if dialect.header_row else 0,
            "skipRows": dialect.skip_rows,
            **({"lineTerminators": [dialect.line_ending]} if dialect.line_ending else {}),
        },
        "tableSchema": _csvw_schema(examination, columns),
    }


def csvw_of_export(examination: Examination, *, url: str, title: str = "", description: str = "") -> Json:
    """CSVW of the CSV that we give out: UTF-8, comma, ISO values, the API names as header."""
    columns = [_export_column(column) for column in examination.columns]
    return {
        **_csvw_head(url, title, description),
        "dialect": {"encoding": "utf-8", "delimiter": ",", "quoteChar": '"', "header": True, "headerRowCount": 1},
        "tableSchema": _csvw_schema(examination, columns),
    }


# Table Schema


def _field(column: Column, profile: ColumnProfile | None, rows: int) -> Json:
    kind = _FRICTIONLESS[column.type]
    constraints = _constraints(column, profile, rows)
    return {
        "name": column.name,
        "title": column.title or column.label or column.name,
        **_given(description=column.description, unit=column.unit),
        "type": kind,
        **({"format": _STRING_FORMATS[column.semantic]} if column.semantic in _STRING_FORMATS else {}),
        **_meaning(column),
        **({"precision": column.precision, "scale": column.scale} if column.type is ColumnType.DECIMAL else {}),
        **({"constraints": constraints} if constraints else {}),
    }


def _meaning(column: Column) -> Json:
    """What the values are, in our word and in Italian. Programs that do not know it pass over it."""
    return {"semantic": column.semantic, "semanticTitle": label_of(column.semantic)} if column.semantic else {}


def _constraints(column: Column, profile: ColumnProfile | None, rows: int) -> Json:
    found: Json = {}
    if column.codes:
        found["enum"] = list(column.codes)
    if profile is None or column.is_personal or not rows:
        return found
    if not profile.nulls and not profile.exceptions:
        found["required"] = True
    if column.is_key and profile.distinct == rows:
        found["unique"] = True
    if column.type in _ORDERED and profile.min is not None and profile.max is not None:
        found["minimum"], found["maximum"] = _bound(column, profile.min), _bound(column, profile.max)
    return found


def _bound(column: Column, text: str) -> object:
    """A bound as JSON writes it: whole numbers as such, other numbers as text so that no figure is lost."""
    return int(text) if column.type is ColumnType.INTEGER and re.fullmatch(r"-?\d+", text) else text


# CSV on the Web


def _csvw_head(url: str, title: str, description: str) -> Json:
    words = _given(**{"dc:title": title, "dc:description": description})
    return {"@context": [CSVW, {"@language": "it"}], "url": url, **words}


def _csvw_schema(examination: Examination, columns: list[Json]) -> Json:
    keys = [column.name for column in examination.columns if column.is_key]
    return {"columns": columns, **({"primaryKey": keys} if keys else {})}


def _source_column(column: Column) -> Json:
    """A column of the original: its label as title, its own way of writing values, its null marks."""
    marks = ["", *column.null_marks]
    return {**_csvw_column(column, column.label), "datatype": _source_datatype(column), "null": marks}


def _export_column(column: Column) -> Json:
    return {**_csvw_column(column, column.name), "datatype": _datatype(column), "null": ""}


def _csvw_column(column: Column, header: str) -> Json:
    """Name and titles: the first title is the header of the file, which a validator compares."""
    titles = list(dict.fromkeys(text for text in (header, column.title, column.label) if text))
    words = {"dc:description": column.description, "schema:unitText": column.unit}
    return {"name": column.name, "titles": titles or [column.name], **_given(**words)}


def _datatype(column: Column) -> object:
    if column.type is ColumnType.TEXT and column.codes:
        return {"base": "string", "format": f"^({'|'.join(re.escape(code) for code in column.codes)})$"}
    return _CSVW[column.type]


def _source_datatype(column: Column) -> object:
    """The datatype with the format that the source uses, where it is not the ISO one."""
    base = _CSVW[column.type]
    if not column.format or column.type is ColumnType.TEXT:
        return _datatype(column)
    if column.type is ColumnType.BOOLEAN:
        yes, _sign, no = column.format.partition("/")
        return {"base": base, "format": f"{yes}|{no}"}
    if column.type in (ColumnType.INTEGER, ColumnType.DECIMAL, ColumnType.NUMBER):
        return {"base": base, "format": _number_signs(column.format)}
    pattern = _MOMENTS.get(column.format)
    return {"base": base, "format": pattern} if pattern else "string"


def _number_signs(format_by_example: str) -> Json:
    """The decimal and group signs of numbers that are written like `1.234,56`."""
    found = _NUMBER.match(format_by_example)
    if not found:
        return {"decimalChar": "."}
    return {"decimalChar": found[2] or ("," if found[1] == "." else "."), **_given(groupChar=found[1])}


def _given(**words: str) -> Json:
    return {name: text for name, text in words.items() if text}
