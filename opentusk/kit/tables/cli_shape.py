"""What `opentusk profile` prints of an examination: the shape that scripts of others rely on, and nothing else."""

from collections.abc import Mapping, Sequence

from opentusk.kit.messages import table_sentence
from opentusk.kit.problems import Severity
from opentusk.kit.tables.shapes import Column, ColumnProfile, Examination, TableProblem, TableSource

Json = dict[str, object]


def cli_json(examination: Examination) -> Json:
    """The examination as `opentusk profile` prints it. Of personal columns no value is told."""
    profiles = {profile.name: profile for profile in examination.profiles}
    return {
        "encoding": examination.dialect.encoding,
        "dialect": {
            "delimiter": examination.dialect.delimiter,
            "quote": examination.dialect.quote,
            "header_row": examination.dialect.header_row,
            "skip_rows": examination.dialect.skip_rows,
        },
        "rows": examination.rows,
        "columns": [_column(column, profiles.get(column.name)) for column in examination.columns],
        "problems": [_problem(problem) for problem in examination.problems],
        "personal_data": [
            {"column": finding.column, "kind": finding.kind, "share": finding.share} for finding in examination.personal
        ],
    }


def other_tables(tables: Sequence[TableSource], key: str) -> tuple[TableProblem, ...]:
    """That the file holds more tables than the one asked for, with what to ask for to get them."""
    others = [source.key for source in tables if source.key != key]
    if not others:
        return ()
    values = {"tables": ", ".join(others)}
    return (TableProblem(code="table.other_tables", severity=Severity.INFO, count=len(others), values=values),)


def problem_sentence(problem: TableProblem, language: str = "it") -> str:
    """What a problem says, filled with its place and its count."""
    place = {"row": problem.row if problem.row is not None else "", "column": problem.column, "count": problem.count}
    values = {name: str(value) for name, value in {**place, **problem.values}.items()}
    return table_sentence(problem.code, language, values)


def _column(column: Column, profile: ColumnProfile | None) -> Json:
    known = profile or ColumnProfile(name=column.name)
    return {
        "name": column.name,
        "type": column.type.value,
        "semantic": column.semantic or None,
        "nulls": known.nulls,
        "distinct": known.distinct,
        **_values(known, is_personal=column.is_personal),
        "exceptions": known.exceptions,
    }


def _values(profile: ColumnProfile, *, is_personal: bool) -> Mapping[str, object]:
    if is_personal:
        return {"min": None, "max": None, "examples": []}
    return {"min": profile.min, "max": profile.max, "examples": list(profile.examples)}


def _problem(problem: TableProblem) -> Json:
    return {
        "code": problem.code,
        "severity": problem.severity.value,
        "row": problem.row,
        "column": problem.column or None,
        "message_it": problem_sentence(problem),
        "fix": problem.fix or None,
    }
