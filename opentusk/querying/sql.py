"""SQL of others, in processes of their own: what a request asks, over which public tables."""

import atexit
import json
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext as _

from opentusk.kit.queries.errors import BadQuery
from opentusk.kit.queries.exports.shapes import Export, ExportOptions
from opentusk.kit.queries.shapes import Shape, TableRef
from opentusk.kit.queries.sql.pool import SqlPool, SqlRequest
from opentusk.querying.errors import BadBody
from opentusk.querying.subjects import Subject, public_tables

MAX_TABLES = 8
MAX_ROWS = 10_000
_LARGEST_BODY = 64 * 1024
_QUOTED = re.compile(r'"((?:[^"]|"")+)"')


@dataclass(frozen=True)
class AskedSql:
    """What a request asks. `tables` are the names that it gives to tables by their UUID."""

    sql: str
    parameters: dict[str, object] = field(default_factory=dict)
    limit: int = 1_000
    shape: Shape = Shape.OBJECTS
    tables: dict[str, str] = field(default_factory=dict)


@cache
def pool() -> SqlPool:
    """The processes of this web process, started at the first question."""
    made = SqlPool(size=settings.SQL_PROCESSES, memory=settings.SQL_MEMORY, queue=settings.SQL_QUEUE)
    atexit.register(made.close)
    return made


def read_asked(request: HttpRequest) -> AskedSql:
    """The statement of a request: `sql=` in the address, or a JSON body. Raises BadBody, BadQuery."""
    facts = _body(request) if request.method == "POST" else _address(request)
    sql, parameters, tables = facts.get("sql"), facts.get("params", {}), facts.get("tables", {})
    if not isinstance(sql, str) or not isinstance(parameters, dict) or not isinstance(tables, dict):
        raise BadBody(_('Manda {"sql": "SELECT …", "params": {"nome": "valore"}}.'))
    shape = str(facts.get("shape", "objects"))
    if shape not in list(Shape):
        raise BadQuery("query.one_of", "shape", values={"value": shape[:60], "allowed": "objects, arrays"})
    return AskedSql(sql, parameters, _limit(facts.get("limit", 1_000)), Shape(shape), tables)


def request_on_table(subject: Subject, asked: AskedSql) -> SqlRequest:
    """The statement over one table, called `t`."""
    return _request(asked, [(("t",), subject.ref)])


def request_on_named(asked: AskedSql) -> tuple[SqlRequest, list[Subject]]:
    """The statement over the public tables that it names: by UUID or by the name of a dataset, in double quotes, or by
    a name of its own. What is not public is not there.
    """
    if len(asked.tables) > MAX_TABLES:
        # Before any of them is looked for: thousands of names fit in one body.
        raise BadQuery("sql.too_many_tables", values={"limit": str(MAX_TABLES)})
    wanted = {name.lower(): name for name in asked.tables}
    wanted |= {name.lower(): name for name in _QUOTED.findall(asked.sql)[:50]}
    subjects: list[Subject] = []
    sources = []
    for name in wanted.values():
        subject = _named(asked.tables.get(name, name))
        if subject is not None:
            subjects.append(subject)
            sources.append(((name,), subject.ref))
    if len(sources) > MAX_TABLES:
        raise BadQuery("sql.too_many_tables", values={"limit": str(MAX_TABLES)})
    return _request(asked, sources), subjects


def export_sql(subject: Subject, asked: AskedSql, format: str, out: Path, options: ExportOptions) -> Export:
    """The answer to a statement as a file, all of it."""
    chosen = {"separator": options.separator, "bom": options.bom, "decimal": options.decimal}
    request = request_on_table(subject, asked)
    return pool().export(request, format, out, options=chosen, seconds=float(settings.EXPORT_SECONDS))


def _request(asked: AskedSql, tables: Sequence[tuple[tuple[str, ...], TableRef]]) -> SqlRequest:
    return SqlRequest(sql=asked.sql, tables=tables, parameters=asked.parameters, limit=asked.limit, shape=asked.shape)


def _named(name: str) -> Subject | None:
    """The latest version of a public table; of a dataset with several, the first."""
    try:
        found = public_tables().filter(uuid=UUID(str(name)))
    except ValueError:
        found = public_tables().filter(distribution__dataset__slug=str(name)[:200])
    table = found.order_by("distribution__position", "position", "pk").first()
    return Subject(table, table.latest, is_latest=True) if table and table.latest else None


def _body(request: HttpRequest) -> dict[str, object]:
    length = request.headers.get("Content-Length", "0")
    try:
        if not length.isdigit() or int(length) > _LARGEST_BODY:
            raise ValueError(length)
        facts = json.loads(request.body)
        if not isinstance(facts, dict):
            raise ValueError(facts)
    except (ValueError, RecursionError):
        raise BadBody(_("Manda un oggetto JSON di al più 64 kB, con la chiave sql.")) from None
    return facts


def _address(request: HttpRequest) -> dict[str, object]:
    """The statement in the address; parameters as `param.name=value`, always texts."""
    given = request.GET
    parameters = {name.removeprefix("param."): given[name] for name in given if name.startswith("param.")}
    facts: dict[str, object] = {name: given[name] for name in ("sql", "limit", "shape") if name in given}
    return facts | {"params": parameters}


def _limit(given: object) -> int:
    text = "" if isinstance(given, bool | float) else str(given)
    if not (text.isascii() and text.isdigit() and len(text) < 12 and 1 <= int(text) <= MAX_ROWS):
        raise BadQuery("query.not_in_range", "limit", values={"value": str(given)[:60], "limit": str(MAX_ROWS)})
    return int(text)
