"""Writes small tables and reads typed ones, for the tests of this package."""

from pathlib import Path

import duckdb

from opentusk.kit.tables.pipeline import examine_table
from opentusk.kit.tables.shapes import Examination, Options


def examine(folder: Path, content: str | bytes, *, name: str = "dati.csv", **options: object) -> Examination:
    """The examination of a text with these options, in a folder of its own."""
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    number = sum(1 for entry in folder.iterdir() if entry.is_dir())
    return examine_table(path, name=name, out=folder / f"out{number}", options=Options(**options))


def rows_of(found: Examination) -> list[dict[str, object]]:
    """The rows of its Parquet in the order of the source, without the columns that are ours."""
    with duckdb.connect() as connection:
        result = connection.execute(f"FROM read_parquet('{found.parquet}') ORDER BY _row")
        names = [column[0] for column in result.description]
        rows = [dict(zip(names, row, strict=True)) for row in result.fetchall()]
    return [{name: value for name, value in row.items() if not name.startswith("_")} for row in rows]


def column_of(found: Examination, name: str) -> list[object]:
    """The values of one column, in the order of the source."""
    return [row[name] for row in rows_of(found)]


def exceptions_of(found: Examination) -> list[tuple[int, str, str]]:
    """Row, column and text of each exception."""
    with duckdb.connect() as connection:
        return connection.execute(
            f'SELECT "row", "column", "text" FROM read_parquet(\'{found.exceptions_parquet}\') ORDER BY ALL'
        ).fetchall()


def codes_of(found: Examination) -> set[str]:
    """The codes of its problems."""
    return {problem.code for problem in found.problems}
