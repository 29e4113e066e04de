"""What a column holds, from all its rows: every distinct text with its count, or every *shape* when they are too many.

A shape is the text with each figure written as 9: an amount column of a million rows has some dozens. A shape is shown
by its smallest text, so that a leading zero is seen if there is one.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from duckdb import DuckDBPyConnection

from opentusk.kit.tables.semantics import Semantic, detect, detect_large
from opentusk.kit.tables.shapes import ROW_NUMBER
from opentusk.kit.tables.workspace import literal

MANY = 50_000
_SHAPES = 20_000
_SPREAD = 400
_TOGETHER = 200  # columns in one answer
_AT_ONCE = 500_000  # cells that are counted here rather than column by column in DuckDB
# What surrounds a value without being part of it.
BLANKS = " \t\n\r\u00a0\u2009\u202f\u200b\u200e\u200f\ufeff"


@dataclass(frozen=True, kw_only=True)
class ColumnValues:
    """`texts` are (text, count), all of them unless `is_shapes`; empty texts are left out. `filled` counts cells.

    `distinct` is exact up to `MANY`; more is only known to be more.

    `padded` is known here only of free text: how many cells have blanks around their text.
    """

    position: int
    name: str
    label: str
    filled: int
    distinct: int
    texts: Sequence[tuple[str, int]]
    is_shapes: bool = False
    padded: int = 0

    @property
    def is_free_text(self) -> bool:
        """Whether even the shapes are too many: prose, addresses, names."""
        return self.is_shapes and not self.texts


def cell(position: int) -> str:
    """The column of a position, as SQL."""
    return f"c{position}"


def trimmed(position: int) -> str:
    """The cell without the blanks around it, as SQL."""
    return f"trim({cell(position)}, {literal(BLANKS)})"


def read_values(
    connection: DuckDBPyConnection,
    view: str,
    positions: Sequence[int],
    names: Sequence[str],
    labels: Sequence[str],
    rows: int,
) -> Iterator[ColumnValues]:
    """The values of each column in turn: one at a time in memory."""
    if rows * len(positions) <= _AT_ONCE and positions:
        yield from _all_at_once(connection, view, positions, names, labels)
        return
    crowded, codes = _crowded(connection, view, positions) if rows > MANY else (set(), set())
    for position, name, label in zip(positions, names, labels, strict=True):
        texts: list[tuple[str, int]] = []
        if position not in crowded:
            texts = connection.execute(
                f"SELECT {cell(position)}, count(*) FROM {view} WHERE {cell(position)} <> '' "
                f"GROUP BY 1 LIMIT {MANY + 1}"
            ).fetchall()
        if position in codes:
            yield _codes(connection, view, position, name, label)
        elif position in crowded or len(texts) > MANY:
            yield _shapes(connection, view, position, name, label)
        else:
            filled = sum(count for _text, count in texts)
            yield ColumnValues(
                position=position, name=name, label=label, filled=filled, distinct=len(texts), texts=texts
            )


def _all_at_once(
    connection: DuckDBPyConnection, view: str, positions: Sequence[int], names: Sequence[str], labels: Sequence[str]
) -> Iterator[ColumnValues]:
    for start in range(0, len(positions), _TOGETHER):
        part = slice(start, start + _TOGETHER)
        rows = connection.execute(f"SELECT {', '.join(map(cell, positions[part]))} FROM {view}").fetchall()
        columns = zip(*rows, strict=True) if rows else ((),) * len(positions[part])
        for position, name, label, cells in zip(positions[part], names[part], labels[part], columns, strict=True):
            counts = Counter(cells)
            counts.pop(None, None)
            counts.pop("", None)
            yield ColumnValues(
                position=position,
                name=name,
                label=label,
                filled=counts.total(),
                distinct=len(counts),
                texts=list(counts.items()),
            )


def detect_among_many(connection: DuckDBPyConnection, view: str, values: ColumnValues, rows: int) -> Semantic | None:
    """The semantic of a column with very many values: a spread of a few hundred says no at once for nearly all."""
    name = cell(values.position)
    step = max(rows // _SPREAD, 1)
    spread = connection.execute(
        f"SELECT {name}, count(*) FROM {view} WHERE {name} <> '' AND {ROW_NUMBER} % {step} = 0 GROUP BY 1"
    ).fetchall()
    if not spread or detect(values.label, spread) is None:
        return None
    connection.execute(
        f"CREATE OR REPLACE TEMP TABLE many AS SELECT {name} AS value, count(*) AS n FROM {view} "
        f"WHERE {name} <> '' GROUP BY 1"
    )
    found = detect_large(connection, "many", values.label)
    connection.execute("DROP TABLE many")
    return found


def _crowded(connection: DuckDBPyConnection, view: str, positions: Sequence[int]) -> tuple[set[int], set[int]]:
    """The columns that have too many values among the first rows alone; and those that are codes with leading zeros."""
    counts = ", ".join(
        f"approx_count_distinct({cell(position)}), count(*) FILTER (regexp_full_match({cell(position)}, '0[0-9]+'))"
        for position in positions
    )
    found = connection.execute(f"SELECT {counts} FROM {view} WHERE {ROW_NUMBER} <= {2 * MANY}").fetchone() or ()
    crowded = {position for position, size in zip(positions, found[::2], strict=True) if size > MANY * 1.2}
    return crowded, {place for place, codes in zip(positions, found[1::2], strict=True) if codes and place in crowded}


def _codes(connection: DuckDBPyConnection, view: str, position: int, name: str, label: str) -> ColumnValues:
    """One leading zero makes a column text for good: of its other values only those without figures can matter."""
    text = cell(position)
    texts = connection.execute(
        f"SELECT {text}, count(*) FROM {view} WHERE {text} < '0' OR {text} >= ':' GROUP BY 1 LIMIT {_SHAPES}"
    ).fetchall()
    row = connection.execute(
        f"SELECT min({text}) FILTER (starts_with({text}, '0')), count(nullif({text}, '')) FROM {view}"
    ).fetchone() or ("0", 0)
    rest = row[1] - sum(count for _text, count in texts)
    return ColumnValues(
        position=position,
        name=name,
        label=label,
        filled=row[1],
        distinct=MANY + 1,
        texts=[*texts, (row[0], rest)],
        is_shapes=True,
    )


def _shapes(connection: DuckDBPyConnection, view: str, position: int, name: str, label: str) -> ColumnValues:
    text = cell(position)
    shapes = connection.execute(
        f"SELECT min({text}), count(*) FROM {view} WHERE {text} <> '' "
        f"GROUP BY translate({text}, '012345678', '999999999') LIMIT {_SHAPES + 1}"
    ).fetchall()
    filled, padded = sum(count for _text, count in shapes), 0
    if is_free := len(shapes) > _SHAPES:
        row = connection.execute(
            f"SELECT count(nullif({text}, '')), count(*) FILTER ({text} <> {trimmed(position)}) FROM {view}"
        ).fetchone()
        filled, padded = row or (0, 0)
    return ColumnValues(
        position=position,
        name=name,
        label=label,
        filled=filled,
        distinct=MANY + 1,
        texts=() if is_free else shapes,
        is_shapes=True,
        padded=padded,
    )
