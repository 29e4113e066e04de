"""Reads one of our tables: tab-separated package data with a header of `# name: value` facts about itself.

Plain TSV without quoting, so that a table can be read, compared and patched by people: the official lists have
mistakes, and a correction must be one line of a diff.
"""

from collections.abc import Iterator, Mapping
from importlib.resources import files
from typing import NamedTuple

Row = Mapping[str, str]


class Table(NamedTuple):
    """The facts a table states about itself (`scheme`, `title_it`, `source`, `date`, …) and its rows."""

    about: Mapping[str, str]
    rows: tuple[Row, ...]


def read_table(name: str) -> Table:
    """The table `tables/<name>.tsv`. Every row has every column, "" where the table is empty."""
    lines = files("opentusk.kit.vocabularies").joinpath("tables", f"{name}.tsv").read_text("utf-8").splitlines()
    about = dict(line[2:].split(": ", 1) for line in lines if line.startswith("# "))
    rows = [line.split("\t") for line in lines if not line.startswith("# ")]
    return Table(about, tuple(_rows(rows[0], rows[1:])))


def split_list(cell: str) -> tuple[str, ...]:
    """The values of a cell that holds several, separated by `|`."""
    return tuple(cell.split("|")) if cell else ()


def _rows(columns: list[str], rows: list[list[str]]) -> Iterator[Row]:
    for cells in rows:
        yield dict(zip(columns, cells, strict=True))
