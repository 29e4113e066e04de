"""The data rows alone, numbered from 1, still as text: what types, profile and exceptions are made from."""

from dataclasses import dataclass

from duckdb import DuckDBPyConnection

from opentusk.kit.problems import Severity
from opentusk.kit.tables.layout import Layout
from opentusk.kit.tables.raw import LINE, PARTIAL_ROWS, RawTable
from opentusk.kit.tables.shapes import GEOMETRY, ROW_NUMBER, CellException, TableProblem

BODY = "body"
# Cells up to which a table is copied in memory: a view of many columns is bound anew by each of many questions.
SMALL = 1_000_000


def kind_of_copy(rows: int, columns: int) -> str:
    """Whether a step of a table of this size is kept as a table or looked at through a view."""
    return "TABLE" if rows * columns <= SMALL else "VIEW"


@dataclass(frozen=True, kw_only=True)
class Body:
    """`view` has `_row`, `_line` and the columns `c…` at `positions` (all, less those without name and content)."""

    view: str
    rows: int
    positions: tuple[int, ...]
    labels: tuple[str, ...]
    problems: tuple[TableProblem, ...] = ()
    ragged: tuple[CellException, ...] = ()
    has_geometry: bool = False


def make_body(connection: DuckDBPyConnection, raw: RawTable, layout: Layout) -> Body:
    """Cut the data out of the raw rows, which are in their order: blank rows go, every other gets its number."""
    blank = _is_blank(raw.width) if raw.width else "false"
    end = min(layout.last, layout.first + PARTIAL_ROWS - 1) if raw.is_partial else layout.last
    within = f"{LINE} BETWEEN {layout.first} AND {end}"
    counts = ", ".join(f"count(c{number})" for number in range(raw.width)) or "0"
    found = connection.execute(
        f"SELECT count(*), count(*) FILTER ({blank}), min({LINE}), max({LINE}), {counts} FROM {raw.view} WHERE {within}"
    ).fetchone()
    assert found is not None
    total, blanks, first, last, *filled = found
    positions = tuple(number for number in range(raw.width) if layout.labels[number] or filled[number])
    columns = [f"c{number}" for number in positions] + ([GEOMETRY] if raw.has_geometry else [])
    listed = ", ".join([*columns, LINE])
    if blanks == 0 and total and last - first + 1 == total:
        row = f"{LINE} - {first - 1}"
        kind = kind_of_copy(total, raw.width)
        connection.execute(
            f"CREATE {kind} {BODY} AS SELECT {listed}, {row} AS {ROW_NUMBER} FROM {raw.view} WHERE {within}"
        )
    else:
        connection.execute(
            f"CREATE TABLE {BODY} AS SELECT {listed}, row_number() OVER () AS {ROW_NUMBER} "
            f"FROM {raw.view} WHERE {within} AND NOT ({blank})"
        )
    return Body(
        view=BODY,
        rows=total - blanks,
        positions=positions,
        labels=tuple(layout.labels[number] for number in positions),
        problems=tuple(_problems(layout, positions, filled, blanks)),
        ragged=tuple(exception for exception in raw.ragged if layout.first <= exception.row <= layout.last),
        has_geometry=raw.has_geometry,
    )


def _is_blank(width: int) -> str:
    """The first column alone answers for nearly every row; the rest are looked at only when it is empty."""
    cells = ", ".join(f"nullif(trim(c{number}), '')" for number in range(width))
    return f"((c0 IS NULL OR c0 < '!') AND coalesce({cells}) IS NULL)"


def _problems(layout: Layout, positions: tuple[int, ...], filled: list[int], blank_rows: int) -> list[TableProblem]:
    minor = Severity.MINOR
    found: list[TableProblem] = []
    if blank_rows:
        found.append(TableProblem(code="table.blank_rows", severity=minor, rule="F5.f", count=blank_rows))
    if dropped := len(layout.labels) - len(positions):
        code, rule = ("table.blank_columns", "F5.f")
        if not any(filled[len(positions) :]) and positions == tuple(range(len(positions))):
            code, rule = ("table.trailing_separators", "F5.c")
        found.append(TableProblem(code=code, severity=minor, rule=rule, count=dropped))
    if layout.header_rows and (nameless := [number for number in positions if not layout.labels[number]]):
        found.append(TableProblem(code="table.empty_headers", severity=minor, rule="F5.c", count=len(nameless)))
    labels = [layout.labels[number].lower() for number in positions if layout.labels[number]]
    if repeated := [label for label in dict.fromkeys(labels) if labels.count(label) > 1]:
        values = {"labels": ", ".join(repeated[:5])}
        found.append(
            TableProblem(code="table.repeated_headers", severity=minor, rule="F5.c", count=len(repeated), values=values)
        )
    return found
