"""The processes that run SQL of others: which statement over which tables, and its answer."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from opentusk.kit.queries.exports.shapes import Export
from opentusk.kit.queries.processes import ProcessPool
from opentusk.kit.queries.shapes import INTERNAL, Heading, Shape, TableRef
from opentusk.kit.tables.shapes import ROW_NUMBER, ColumnType


@dataclass(frozen=True, kw_only=True)
class SqlRequest:
    """A statement over tables, each under its names; `limit` rows at most are answered."""

    sql: str
    tables: Sequence[tuple[tuple[str, ...], TableRef]]
    parameters: dict[str, object] = field(default_factory=dict)
    limit: int = 1_000
    shape: Shape = Shape.OBJECTS


@dataclass(frozen=True)
class SqlAnswer:
    """Rows as JSON text, ready to be sent. Truncated: there are more than the limit."""

    columns: tuple[Heading, ...]
    rows: str
    count: int
    is_truncated: bool
    took_ms: int


class SqlPool:
    """Runs statements in `size` processes; `queue` requests may wait, at most `patience` seconds each."""

    def __init__(self, *, size: int = 1, memory: int = 256, queue: int = 4, patience: float = 10.0) -> None:
        module = "opentusk.kit.queries.sql.worker"
        self._processes = ProcessPool(module, str(memory), size=size, queue=queue, patience=patience)

    def run(self, request: SqlRequest, *, seconds: float = 2.0) -> SqlAnswer:
        """The rows of a statement. Raises BadQuery, OverBudget, Busy, VersionGone."""
        asked = {**_content(request), "limit": request.limit, "shape": request.shape.value}
        found = self._processes.ask(asked, seconds=seconds)
        columns = tuple(Heading(one["name"], one["name"], ColumnType(one["type"])) for one in found["columns"])
        return SqlAnswer(columns, found["rows"], found["count"], found["is_truncated"], found["took_ms"])

    def export(
        self,
        request: SqlRequest,
        format: str,
        out: Path,
        *,
        options: dict[str, object] | None = None,
        seconds: float = 30.0,
    ) -> Export:
        """The rows of a statement as a file, all of them."""
        asked = {**_content(request), "format": format, "out": str(out), "options": options or {}}
        found = self._processes.ask(asked, seconds=seconds)
        return Export(out, found["rows"], found["size"], found["sha256"], found["media_type"])

    def close(self) -> None:
        """End the idle processes."""
        self._processes.close()


def _content(request: SqlRequest) -> dict[str, object]:
    tables = [_table_facts(names, ref) for names, ref in request.tables]
    return {"sql": request.sql, "parameters": request.parameters, "tables": tables}


def _table_facts(names: Sequence[str], ref: TableRef) -> dict[str, object]:
    """A table as the process is told of it: the names it goes by, its files, its columns."""
    return {
        "names": names,
        "files": [str(file) for file in ref.files],
        "columns": _columns_of(ref),
        "called": dict(ref.called),
    }


def _columns_of(ref: TableRef) -> list[str]:
    """What a statement may see of a table: with names of its own, the row number first and nothing else of ours."""
    shown = [column.name for column in ref.shown]
    return [ROW_NUMBER, *shown] if ref.called else [*shown, *(name for name in INTERNAL if name in ref.internal)]
