"""The process that runs SQL of others: `python -m opentusk.kit.queries.sql.worker MEMORY_MB`.

A request is answered with rows as JSON text, a written file, or a refusal.
"""

import resource
import sys
import threading
from pathlib import Path
from time import perf_counter

import duckdb

from opentusk.kit.queries.encoding import json_rows
from opentusk.kit.queries.errors import BadQuery, OverBudget, VersionGone
from opentusk.kit.queries.exporting import finished, write
from opentusk.kit.queries.exports.copying import body_of
from opentusk.kit.queries.exports.shapes import ExportOptions, Rows
from opentusk.kit.queries.serving import Request, limit_process, serve
from opentusk.kit.queries.shapes import Heading, Shape
from opentusk.kit.queries.sql.guard import CheckedSql, check_sql
from opentusk.kit.queries.sql.locked import SqlTable, open_locked
from opentusk.kit.tables.shapes import ColumnType

_LARGEST_ANSWER = 20_000_000  # bytes of JSON
_LARGEST_FILE = 2_000_000_000
_TYPES = {
    "BOOLEAN": ColumnType.BOOLEAN, "DATE": ColumnType.DATE, "TIME": ColumnType.TIME, "DOUBLE": ColumnType.NUMBER,
    "FLOAT": ColumnType.NUMBER, "TIMESTAMP": ColumnType.DATETIME, "TIMESTAMP_S": ColumnType.DATETIME,
    "TIMESTAMP_MS": ColumnType.DATETIME,
}  # fmt: skip


def main(memory: int) -> None:
    """Answer until the input ends. Beside DuckDB's own limit there is room for what it does not count."""
    limit_process(resource.RLIMIT_AS, (memory * 2 + 700) * 1024 * 1024, largest_file=_LARGEST_FILE)
    serve(lambda request: _answer(request, memory))


def _answer(request: Request, memory: int) -> dict[str, object]:
    start = perf_counter()
    tables = [
        SqlTable(tuple(one["names"]), tuple(map(Path, one["files"])), tuple(one["columns"]), one["called"])
        for one in request["tables"]  # type: ignore[attr-defined]
    ]
    checked = check_sql(str(request["sql"]), {name.lower() for table in tables for name in table.names})
    parameters = _parameters(checked, request["parameters"])
    out = Path(str(request["out"])) if request.get("out") else None
    writes = (out, body_of(out)) if out else ()
    try:
        with open_locked(tables, memory=f"{memory}MB", writes=writes) as connection:
            limit = threading.Timer(float(str(request["seconds"])), connection.interrupt)
            limit.start()
            try:
                found = _export(connection, checked, parameters, request, out) if out else _rows(
                    connection, checked, parameters, request
                )  # fmt: skip
            finally:
                limit.cancel()
    except duckdb.Error as fault:
        files = [str(file) for table in tables for file in table.files]
        raise _refusal(fault, files, [str(path) for path in writes]) from None
    return found | {"took_ms": round((perf_counter() - start) * 1000)}


def _rows(
    connection: duckdb.DuckDBPyConnection, checked: CheckedSql, parameters: dict[str, object], request: Request
) -> dict[str, object]:
    limit = int(str(request["limit"]))
    result = connection.execute(checked.text, parameters)
    columns = _headings(result)
    rows = result.fetchmany(limit + 1)
    shown, is_truncated = rows[:limit], len(rows) > limit
    text = json_rows(columns, shown, Shape(str(request["shape"])), labels=False)
    if len(text) > _LARGEST_ANSWER:
        raise OverBudget("bytes")
    kinds = [{"name": column.name, "type": column.type.value} for column in columns]
    return {"columns": kinds, "rows": text, "count": len(shown), "is_truncated": is_truncated}


def _export(
    connection: duckdb.DuckDBPyConnection,
    checked: CheckedSql,
    parameters: dict[str, object],
    request: Request,
    out: Path,
) -> dict[str, object]:
    described = connection.execute(f"SELECT * FROM (\n{checked.text}\n) AS rows LIMIT 0", parameters)  # noqa: S608
    columns = _headings(described)
    options = ExportOptions(**dict(request.get("options") or {}))  # type: ignore[call-overload]
    format_, seconds = str(request["format"]), float(str(request["seconds"]))
    rows = Rows(checked.text, (), columns, named=parameters)
    count = write(connection, rows, format_, out, options, seconds=seconds)
    found = finished(out, format_, count)
    return {"rows": found.rows, "size": found.size, "sha256": found.sha256, "media_type": found.media_type}


def _parameters(checked: CheckedSql, given: object) -> dict[str, object]:
    """The values of the parameters that the statement names; others are left aside."""
    values = given if isinstance(given, dict) else {}
    for name in checked.parameters:
        if name not in values:
            raise BadQuery("sql.missing_parameter", values={"what": name})
        if not isinstance(values[name], str | int | float | bool | None):
            raise BadQuery("sql.parameter_value", values={"what": name})
    return {name: values[name] for name in checked.parameters}


def _headings(result: duckdb.DuckDBPyConnection) -> tuple[Heading, ...]:
    """The columns of a result; names that occur twice are told apart."""
    columns: list[Heading] = []
    for name, kind, *_rest in result.description or []:
        number, told = 1, str(name)
        while told in {column.name for column in columns}:
            number += 1
            told = f"{name}_{number}"
        columns.append(Heading(told, told, _type_of(str(kind))))
    return tuple(columns)


def _type_of(kind: str) -> ColumnType:
    if kind.startswith("DECIMAL"):
        return ColumnType.DECIMAL
    if kind.endswith(("INT", "INTEGER")):
        return ColumnType.INTEGER
    return _TYPES.get(kind, ColumnType.TEXT)


def _refusal(fault: duckdb.Error, tables: list[str], writes: list[str]) -> Exception:
    """What an error of the engine means; the places of files stay ours."""
    match fault:
        case duckdb.InterruptException():
            return OverBudget("time")
        case duckdb.OutOfMemoryException():
            return OverBudget("memory")
    detail = str(fault)
    if isinstance(fault, duckdb.IOException) and any(place in detail for place in tables):
        return VersionGone("")
    # The longest first: a place may be the beginning of another.
    for place in sorted((*tables, *writes), key=len, reverse=True):
        detail = detail.replace(place, "…")
    # What follows shows the statement as it was written anew, which is not as it was sent.
    return BadQuery("sql.error", values={"detail": detail.split("\n\nLINE ")[0][:500]})


if __name__ == "__main__":
    main(int(sys.argv[1]))
