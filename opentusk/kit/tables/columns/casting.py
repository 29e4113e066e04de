"""The decided types applied to every row, set-based in DuckDB, and the cells that do not fit them."""

import csv
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from duckdb import DuckDBPyConnection

from opentusk.kit.problems import Severity
from opentusk.kit.tables.body import Body
from opentusk.kit.tables.columns.decisions import ENOUGH, Decision
from opentusk.kit.tables.columns.values import cell
from opentusk.kit.tables.raw import LINE
from opentusk.kit.tables.shapes import ROW_NUMBER, ColumnType, TableProblem
from opentusk.kit.tables.workspace import literal, scratch_folder

EXCEPTIONS = "exceptions"
_MIXED = 0.1  # fewer cells than this are the odd ones in a column of one type
_HOUSE_NUMBERS = re.compile(r"civico|housenumber|\bcod|interno|scala", re.IGNORECASE)


@dataclass(frozen=True, kw_only=True)
class Settled:
    """The decisions as they hold for all rows, and how many cells of each position do not fit."""

    decisions: tuple[Decision, ...]
    failures: dict[int, int]


def settle(connection: DuckDBPyConnection, body: Body, decisions: Sequence[Decision], forced: set[int]) -> Settled:
    """Try each type on every row: one that fewer than 99 % of the cells have is not the type of the column."""
    typed = [one for one in decisions if one.type is not ColumnType.TEXT]
    if not typed:
        return Settled(decisions=tuple(decisions), failures={})
    counts = ", ".join(f"count({one.sql})" for one in typed)
    row = connection.execute(f"SELECT {counts} FROM {body.view}").fetchone() or ()
    failures: dict[int, int] = {}
    as_text: dict[int, Decision] = {}
    for one, fitting in zip(typed, row, strict=True):
        present = one.filled
        if fitting < present * ENOUGH and one.position not in forced:
            plain = replace(one, type=ColumnType.TEXT, sql=one.present, format="", unit="", precision=0, scale=0)
            as_text[one.position] = replace(plain, nearly=one, problems=())
        elif fitting < present:
            failures[one.position] = present - fitting
    return Settled(decisions=tuple(as_text.get(one.position, one) for one in decisions), failures=failures)


def list_exceptions(
    connection: DuckDBPyConnection, body: Body, settled: Settled, names: dict[int, str], hidden: frozenset[int]
) -> list[TableProblem]:
    """Fill the table of exceptions: cells that do not fit, ragged rows; and say where the first of each is.

    Of the columns that are `hidden`, the text is left out: it may say who somebody is.
    """
    connection.execute(f'CREATE TABLE {EXCEPTIONS}("row" BIGINT, "column" VARCHAR, "text" VARCHAR)')
    problems = []
    for one in settled.decisions:
        if count := settled.failures.get(one.position):
            wrong = f"FROM {body.view} WHERE {one.present} IS NOT NULL AND {one.sql} IS NULL"
            name = literal(names[one.position])
            text = "''" if one.position in hidden else cell(one.position)
            connection.execute(f"INSERT INTO {EXCEPTIONS} SELECT {ROW_NUMBER}, {name}, {text} {wrong} ORDER BY ALL")
            problems.append(_where(connection, one, wrong, count, code="table.bad_cells", kind=one.type))
        elif one.nearly and not one.offers and not _HOUSE_NUMBERS.search(one.label):
            wrong = f"FROM {body.view} WHERE {one.present} IS NOT NULL AND {one.nearly.sql} IS NULL"
            mixed = _where(connection, one, wrong, 0, code="table.mixed_values", kind=one.nearly.type)
            if mixed.count < one.filled * _MIXED:
                problems.append(mixed)
    if body.ragged:
        _list_ragged(connection, body, is_hidden=bool(hidden))
        first, count = min(one.row for one in body.ragged), len(body.ragged)
        problems.append(
            TableProblem(code="table.ragged_rows", severity=Severity.MAJOR, rule="F5.d", row=first, count=count)
        )
    return problems


def _list_ragged(connection: DuckDBPyConnection, body: Body, *, is_hidden: bool) -> None:
    """The whole lines of the rows with too many or too few cells, by the number of the row."""
    listed = scratch_folder(connection) / "ragged.csv"
    with listed.open("w", encoding="utf-8", newline="") as stream:
        rows = ((one.row, "" if is_hidden else one.text) for one in body.ragged)
        csv.writer(stream, lineterminator="\n", quoting=csv.QUOTE_ALL).writerows(rows)
    longest = max(max(len(one.text) for one in body.ragged) * 5, 2_000_000)
    connection.execute(
        f"INSERT INTO {EXCEPTIONS} SELECT b.{ROW_NUMBER}, '', coalesce(r.text, '') FROM read_csv("
        f"{literal(str(listed))}, delim=',', quote='\"', escape='\"', header=false, auto_detect=false, "
        f"strict_mode=true, columns={{'line': 'BIGINT', 'text': 'VARCHAR'}}, max_line_size={longest}, "
        f"buffer_size={2 * longest}) r JOIN {body.view} b ON b.{LINE} = r.line ORDER BY ALL"
    )


def _where(
    connection: DuckDBPyConnection, one: Decision, wrong: str, count: int, *, code: str, kind: ColumnType
) -> TableProblem:
    row = connection.execute(f"SELECT count(*), min({LINE}) {wrong}").fetchone() or (count, None)
    share = f"{1 - row[0] / max(one.filled, 1):.0%}".replace("%", " %")
    return TableProblem(
        code=code, severity=Severity.MINOR, rule="F7", row=row[1], column=one.label, count=row[0],
        values={"type": str(kind), "share": share},
    )  # fmt: skip
