"""What is wrong with the table as a whole, beyond single values: totals, periods as columns, packed cells, blanks."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from duckdb import DuckDBPyConnection

from opentusk.kit.problems import Severity
from opentusk.kit.tables.body import Body
from opentusk.kit.tables.columns.dates import MONTHS
from opentusk.kit.tables.columns.decisions import Decision
from opentusk.kit.tables.columns.values import cell
from opentusk.kit.tables.raw import LINE
from opentusk.kit.tables.shapes import ROW_NUMBER, ColumnType, TableProblem
from opentusk.kit.tables.workspace import literal

EXCLUDE_TOTALS = "totals.exclude"
UNPIVOT = "periods.unpivot"
TRIM = "spaces.trim"
DROP_EMPTY = "columns.drop_empty"
PAD = "zeros.pad"
SPLIT_PAIR = "coordinates.split"
_NUMERIC = (ColumnType.INTEGER, ColumnType.DECIMAL, ColumnType.NUMBER)
_MONTHS = "|".join(f"{month}|{month[:3]}" for month in MONTHS)
_PERIOD = re.compile(
    rf"^(?:anno\s*)?(?:19|20)\d\d(?:[-/](?:19|20)?\d\d)?$|^(?:{_MONTHS})(?:[-/ ]\d{{2,4}})?$|^\d{{1,2}}[-/]\d{{4}}$|"
    r"^(?:i{1,3}|iv|[1-4]°?)\s?trim\w*|^[tq][1-4](?:[-/ ]\d{2,4})?$|"
    r"^\d{1,2}[-/.]\d{1,2}[-/.]\d{2,4}$|^\d{4}-\d{2}-\d{2}$",
    re.IGNORECASE,
)
_FEWEST_PERIODS = 3
_MANY_TOTALS = 0.34
_PACKED = 0.3
_SENTENCE = 4  # words in the only header of a table of one column: prose, not a table
_MINOR = Severity.MINOR


@dataclass(frozen=True, kw_only=True)
class Findings:
    """`totals` are the row numbers of total rows, `periods` the positions of columns that are periods."""

    totals: tuple[int, ...] = ()
    periods: tuple[int, ...] = ()
    problems: tuple[TableProblem, ...] = ()


def find_faults(connection: DuckDBPyConnection, body: Body, decisions: Sequence[Decision]) -> Findings:
    """Look at the table as a whole."""
    totals = _total_rows(connection, body, decisions)
    periods = [one for one in decisions if _PERIOD.match(one.label)]
    is_wide = len(periods) >= _FEWEST_PERIODS
    can_turn = is_wide and body.rows > 0 and all(one.type in _NUMERIC or not one.filled for one in periods)
    problems = list(_of_columns(decisions))
    if totals:
        problems.append(
            TableProblem(
                code="table.totals", severity=_MINOR, rule="F5.g", row=totals[0][1], count=len(totals),
                fix=EXCLUDE_TOTALS,
            )
        )  # fmt: skip
    if is_wide:
        values = {"labels": ", ".join(one.label for one in periods[:4])}
        problems.append(
            TableProblem(
                code="table.periods_as_columns", severity=_MINOR, rule="F6", count=len(periods),
                fix=UNPIVOT if can_turn else "", values=values,
            )
        )  # fmt: skip
    if body.rows == 0:
        problems.append(TableProblem(code="table.no_rows", severity=Severity.MAJOR, rule="F5.a"))
    elif _is_prose(decisions):
        problems.append(TableProblem(code="table.not_a_table", severity=Severity.BLOCKS, rule="F5.a"))
    return Findings(
        totals=tuple(row for row, _line in totals),
        periods=tuple(one.position for one in periods) if can_turn else (),
        problems=tuple(problems),
    )


def _total_rows(connection: DuckDBPyConnection, body: Body, decisions: Sequence[Decision]) -> list[tuple[int, int]]:
    """Rows headed `Totale`, as (row, line), where there is something to add up and they are not half the table."""
    headed = [one for one in decisions if one.totals]
    if not headed or not any(one.type in _NUMERIC for one in decisions):
        return []
    conditions = " OR ".join(f"{cell(one.position)} IN ({', '.join(map(literal, one.totals))})" for one in headed)
    rows = connection.execute(f"SELECT {ROW_NUMBER}, {LINE} FROM {body.view} WHERE {conditions} ORDER BY 1").fetchall()
    return rows if len(rows) <= max(body.rows * _MANY_TOTALS, 1) else []


def _is_prose(decisions: Sequence[Decision]) -> bool:
    if len(decisions) != 1 or decisions[0].type is not ColumnType.TEXT or decisions[0].semantic:
        return False
    return len(decisions[0].label.split()) > _SENTENCE


def _of_columns(decisions: Sequence[Decision]) -> Iterator[TableProblem]:
    for one in decisions:
        yield from _of_column(one)
    empty = [one.label for one in decisions if not one.filled and one.label]
    if empty and len(empty) < len(decisions):
        values = {"labels": ", ".join(empty[:6])}
        yield TableProblem(
            code="table.empty_columns", severity=_MINOR, rule="F5.f", count=len(empty), fix=DROP_EMPTY, values=values
        )
    padded = [one for one in decisions if one.padded and one.type is ColumnType.TEXT]
    if padded:
        values = {"labels": ", ".join(one.label for one in padded[:6])}
        count = sum(one.padded for one in padded)
        yield TableProblem(
            code="table.blanks_around", severity=Severity.INFO, rule="F5.d", count=count, fix=TRIM, values=values
        )


def _of_column(one: Decision) -> Iterator[TableProblem]:
    if one.null_marks:
        marks = " ".join(f"«{mark.strip()}»" for mark in list(one.null_marks)[:5])
        yield TableProblem(
            code="table.placeholders", severity=_MINOR, rule="F5.l", column=one.label,
            count=sum(one.null_marks.values()), values={"marks": marks},
        )  # fmt: skip
    if one.lost_zeros:
        yield TableProblem(
            code="table.lost_zeros", severity=_MINOR, rule="F8", column=one.label, count=one.filled,
            fix=f"{PAD}:{one.name}", values={"width": f"{one.lost_zeros}"},
        )  # fmt: skip
    if one.semantic in ("coordinate", "coordinate_lon_lat"):
        yield TableProblem(
            code="table.packed_coordinates", severity=_MINOR, rule="F5.o", column=one.label, count=one.filled,
            fix=f"{SPLIT_PAIR}:{one.name}",
        )  # fmt: skip
    elif one.listed > one.filled * _PACKED and not one.semantic:
        yield TableProblem(code="table.packed_lists", severity=_MINOR, rule="F5.o", column=one.label, count=one.listed)
