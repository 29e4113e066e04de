"""`datastore_search_sql`: one SELECT over tables, in a process of its own that can touch nothing else."""

import json
import re
from typing import Any

from django.conf import settings

from opentusk.ckan.errors import NotFoundFault, ValidationFault
from opentusk.ckan.protocol import Call
from opentusk.datastore.sources import find_table
from opentusk.kit.datastore.asking import MOST_ROWS
from opentusk.kit.datastore.kinds import kind_of_column
from opentusk.kit.queries.shapes import Shape, TableRef
from opentusk.kit.queries.sql.pool import SqlRequest
from opentusk.querying.gates import asking_sql
from opentusk.querying.sql import MAX_TABLES, pool

_QUOTED = re.compile(r'"((?:[^"]|"")+)"')
_BARE = re.compile(r"\b(?:from|join)\s+([A-Za-z_]\w*)", re.IGNORECASE)
_MOST_NAMES = 60


def datastore_search_sql(call: Call) -> Any:
    """Run one SELECT over tables, named by their number or alias in double quotes.

    :param sql: the statement; at most 32000 rows are answered, and `records_truncated` tells when there are more
    """
    text = call.required("sql")
    request = SqlRequest(sql=_without_end(text), tables=_tables(call, text), limit=MOST_ROWS, shape=Shape.OBJECTS)
    with asking_sql(call.request):
        answer = pool().run(request, seconds=float(settings.SQL_SECONDS))
    return {
        "sql": text,
        "fields": [{"id": column.name, "type": kind_of_column(column.type).name} for column in answer.columns],
        "records": json.loads(answer.rows),
        **({"records_truncated": True} if answer.is_truncated else {}),
    }


def _without_end(text: str) -> str:
    return text.strip().rstrip(";")


def _tables(call: Call, text: str) -> list[tuple[tuple[str, ...], TableRef]]:
    """The tables whose names occur; a name that is none may be a column, and what it is the guard will find out."""
    names = dict.fromkeys([*(name.replace('""', '"') for name in _QUOTED.findall(text)), *_BARE.findall(text)])
    if len(names) > _MOST_NAMES:
        raise ValidationFault({"query": [f"Too many names: at most {_MOST_NAMES}"]})
    found: list[tuple[tuple[str, ...], TableRef]] = []
    for name in names:
        try:
            found.append(((name,), find_table(call, name).source.ref))
        except NotFoundFault:
            continue
    if len(found) > MAX_TABLES:
        raise ValidationFault({"query": [f"Too many tables: at most {MAX_TABLES}"]})
    return found
