"""What one look at a table gives the detectors: how full each column is, how long, and a sample of its values."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import duckdb

from opentusk.kit.personal.words import words_of
from opentusk.kit.tables.shapes import Column

# Shares are estimated on so many rows, and a wide table has fewer of them, so that the time stays the same.
_SAMPLE_ROWS, _SAMPLE_CELLS, _FEWEST = 4_000, 400_000, 200
# One query for so many columns: DuckDB plans thousands of expressions slowly.
_COLUMNS_AT_ONCE = 200
# What sources write for "nothing"; such a cell says nothing about anybody.
_NOTHING = frozenset({"", "-", "--", "n.d.", "nd", "n/a", "na", "null", "none", "non disponibile", "n.a."})


@dataclass(frozen=True, kw_only=True)
class ColumnFacts:
    """One column: `words` is its label in plain words, `values` a sample with counts, `longest` in bytes."""

    name: str
    label: str = field(repr=False)
    words: str
    filled: int
    longest: int
    values: Mapping[str, int] = field(repr=False)

    @property
    def sampled(self) -> int:
        """How many cells of the sample say something."""
        return sum(self.values.values())

    def share_of(self, matching: int) -> float:
        """The share of the sampled cells that `matching` of them are."""
        return matching / self.sampled if self.sampled else 0.0

    def estimate(self, share: float) -> int:
        """How many cells of the whole column a share of the sample stands for; never none when there was one."""
        return max(1, round(share * self.filled)) if share else 0


@dataclass(frozen=True, kw_only=True)
class TableFacts:
    """The table: where it is, how many rows, its columns, and the words of its title and description."""

    connection: duckdb.DuckDBPyConnection
    view: str
    rows: int
    columns: tuple[ColumnFacts, ...]
    title: str
    description: str

    @property
    def words(self) -> str:
        """Title and description in plain words."""
        return f"{self.title} {self.description}".strip()


def quoted(name: str) -> str:
    """An identifier of SQL."""
    return '"' + name.replace('"', '""') + '"'


def read_facts(
    connection: duckdb.DuckDBPyConnection, view: str, columns: Sequence[Column], *, title: str, description: str
) -> TableFacts:
    """Look at the whole table once, and at some of its rows."""
    rows, lengths = 0, list[tuple[int, int]]()
    for start in range(0, len(columns), _COLUMNS_AT_ONCE):
        rows, found = _lengths(connection, view, columns[start : start + _COLUMNS_AT_ONCE])
        lengths += found
    samples = _sample(connection, view, columns)
    return TableFacts(
        connection=connection,
        view=view,
        rows=rows,
        columns=tuple(
            ColumnFacts(
                name=column.name,
                label=column.label,
                words=words_of(column.label),
                filled=filled,
                longest=longest,
                values=values,
            )
            for column, (filled, longest), values in zip(columns, lengths, samples, strict=True)
        ),
        title=words_of(title),
        description=words_of(description),
    )


def _lengths(
    connection: duckdb.DuckDBPyConnection, view: str, columns: Sequence[Column]
) -> tuple[int, list[tuple[int, int]]]:
    """The number of rows, and for each column how many cells are filled and the bytes of the longest."""
    asked = (
        f"count(nullif({quoted(column.name)}, '')), coalesce(max(strlen({quoted(column.name)})), 0)"
        for column in columns
    )
    row = connection.execute(f"SELECT {', '.join(['count(*)', *asked])} FROM {quoted(view)}").fetchone()  # noqa: S608
    figures = [int(value) for value in row or (0,)]
    return figures[0], list(zip(figures[1::2], figures[2::2], strict=True))


def _sample(connection: duckdb.DuckDBPyConnection, view: str, columns: Sequence[Column]) -> list[Mapping[str, int]]:
    if not columns:
        return []
    size = max(_FEWEST, min(_SAMPLE_ROWS, _SAMPLE_CELLS // len(columns)))
    names = ", ".join(quoted(column.name) for column in columns)
    rows = connection.execute(
        f"SELECT {names} FROM {quoted(view)} USING SAMPLE reservoir({size} ROWS) REPEATABLE (7)"  # noqa: S608
    ).fetchall()
    cells = zip(*rows, strict=True) if rows else ((),) * len(columns)
    return [_counted(column) for column in cells]


def _counted(cells: Sequence[str | None]) -> Counter[str]:
    stripped = (cell.strip() for cell in cells if cell)
    return Counter(cell for cell in stripped if cell.lower() not in _NOTHING)
