"""`datastore_search` and `datastore_info`, over the tables of files and over stores."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from django.conf import settings

from opentusk.ckan.errors import ValidationFault
from opentusk.ckan.protocol import Call
from opentusk.datastore.listing import METADATA, list_tables
from opentusk.datastore.sources import Subjected, find_table
from opentusk.kit.datastore.asking import FORMATS, MOST_ROWS, Ask, read_ask
from opentusk.kit.datastore.searching import Searcher
from opentusk.kit.datastore.shapes import ROW, SourceField
from opentusk.kit.datastore.values import records
from opentusk.querying.gates import working_for
from opentusk.tables.engine import engine

_DEFAULT_ROWS = 100
_KNOWN = frozenset(
    ("resource_id", "id", "filters", "q", "full_text", "plain", "language", "distinct", "limit", "offset", "fields",
     "sort", "include_total", "records_format", "include_next_page", "total_estimation_threshold", "callback"),
)  # fmt: skip
_ECHOED = ("filters", "q", "full_text", "sort", "distinct", "plain", "language")
_NATIVE = {
    "int": "integer", "int2": "smallint", "int4": "integer", "int8": "bigint", "float4": "real",
    "float8": "double precision", "bool": "boolean", "timestamp": "timestamp without time zone",
    "timestamptz": "timestamp with time zone", "time": "time without time zone",
}  # fmt: skip


@cache
def searcher() -> Searcher:
    """The one of this process."""
    return Searcher(engine(), Path(settings.WORDS_DIR))


def resource_ref(call: Call) -> str:
    """The table that is meant: `resource_id`, or `id` as older clients say."""
    return call.text("resource_id") or call.text("id") or call.required("resource_id")


def datastore_search(call: Call) -> Any:
    """Search a table.

    :param resource_id: number or alias of the table, or `_table_metadata`
    :param filters: `{column: value | [values] | {gt|gte|lt|lte|eq: value}}`, `$or`, `$and`
    :param q: full text, in all columns or `{column: text}`; `plain` false for the language of tsquery
    :param distinct, fields, sort, limit (100, at most 32000), offset, include_total
    :param records_format: objects, lists, csv or tsv
    :param include_next_page: tell in `next_page` the filter of the rows after these
    """
    ref = resource_ref(call)
    # A misspelt filter must not give every row.
    if unknown := [name for name in call.data if name not in _KNOWN]:
        raise ValidationFault({"__extras": [f'invalid value "{name}"' for name in unknown]})
    limit = call.natural("limit", _DEFAULT_ROWS, MOST_ROWS)
    offset = call.natural("offset", 0) or 0
    assert limit is not None
    form = call.text("records_format") or "objects"
    if form not in FORMATS:
        raise ValidationFault({"records_format": [f"Value must be one of {list(FORMATS)}"]})
    if ref == METADATA:
        return list_tables(call, limit=limit, offset=offset)
    found = find_table(call, ref)
    ask = read_ask(found.source, call.data, limit=limit, offset=offset)
    wants_next = call.boolean("include_next_page", False) and not (ask.ranks or ask.is_distinct)
    asked = replace(ask, fields=(*ask.fields, ROW)) if wants_next else ask
    with_total = call.boolean("include_total", True)
    with working_for(call.request):
        answer = searcher().search(found.source, asked, with_total=with_total)
    rows: Sequence[Sequence[object]] = answer.rows
    numbers = [row[-1] for row in rows] if wants_next else []
    shown = [row[: len(ask.fields) + len(ask.shown_ranks)] for row in rows]
    result = {
        "include_total": with_total,
        "limit": limit,
        **({"offset": offset} if offset else {}),
        **_echoed(call),
        "records_format": form,
        "include_next_page": call.boolean("include_next_page", False),
        "resource_id": str(found.number),
        "total_estimation_threshold": None,
        "records": records(shown, ask.fields, ask.shown_ranks, form),
        "fields": [_field(one) for one in ask.fields] + [{"id": name, "type": "float"} for name in ask.shown_ranks],
        "_links": _links(call, limit, offset),
    }
    if with_total:
        result |= {"total": answer.total, "total_was_estimated": False}
    return result | _next_page(ask, numbers, limit)


def datastore_info(call: Call) -> Any:
    """Tell of a table: how many rows, its aliases, and its columns with their dictionary.

    :param id: number or alias of the table
    :param include_meta, include_fields_schema: leave them out when false
    """
    ref = resource_ref(call)
    found = find_table(call, ref, word="Resource/Alias")
    info: dict[str, Any] = {}
    if call.boolean("include_meta", True):
        size = sum(file.stat().st_size for file in found.source.ref.files if file.exists())
        info["meta"] = {
            "id": str(found.number),
            "count": found.source.rows,
            "size": size,
            "db_size": size,
            "idx_size": 0,
            "table_type": "BASE TABLE",
            "aliases": found.aliases,
        }
    with_schema = call.boolean("include_fields_schema", True)
    info["fields"] = [
        _field(one) | ({"schema": _schema(found, one)} if with_schema else {}) for one in found.source.fields
    ]
    return info


def _schema(found: Subjected, field: SourceField) -> dict[str, Any]:
    key = found.store.key if found.store else []
    indexes = found.store.indexes if found.store else []
    return {
        "native_type": _NATIVE.get(field.kind.name, field.kind.name),
        "notnull": False,
        "index_name": None,
        "is_index": field.id in key or field.id in indexes,
        "uniquekey": key == [field.id],
    }


def _field(field: SourceField) -> dict[str, Any]:
    return {"id": field.id, "type": field.kind.name} | ({"info": dict(field.info)} if field.info else {})


def _echoed(call: Call) -> Mapping[str, Any]:
    said = {name: call.data[name] for name in _ECHOED if call.data.get(name) not in (None, "")}
    for name in ("filters", "q"):
        if isinstance(said.get(name), str) and said[name].lstrip().startswith("{"):
            said[name] = call.decoded(name)
    return said


def _links(call: Call, limit: int, offset: int) -> dict[str, str]:
    """The first page and the next one, where the address says the question."""
    asked = {name: value for name, value in call.request.GET.items() if name != "offset"}
    path = call.request.path
    start = f"{path}?{urlencode(asked)}" if asked else path
    following = f"{path}?{urlencode(asked | {'offset': str(offset + limit)})}"
    links = {"start": start, "next": following}
    return links | ({"prev": f"{path}?{urlencode(asked | {'offset': str(offset - limit)})}"} if offset > limit else {})


def _next_page(ask: Ask, numbers: Sequence[object], limit: int) -> dict[str, Any]:
    """The filter that finds the rows after these, when they are in the order of their numbers."""
    is_numbered = all(order.field is ROW for order in ask.orders) and len(ask.orders) < 2
    if not numbers or len(numbers) < limit or not is_numbered:
        return {}
    sign = "lt" if any(order.is_descending for order in ask.orders) else "gt"
    return {"next_page": {"_id": {sign: numbers[-1]}}}
