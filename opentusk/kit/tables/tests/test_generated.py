"""Proves, for generated tables in random dialects, encodings and conventions, that Parquet is the source cell by cell.

And that the fingerprint of a table knows neither order nor encoding, separator or way of writing, but every value.
"""

import csv
import io
import random
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from opentusk.kit.tables.tests.tables import examine, rows_of

WORDS = (
    "città", "perché", "però", "così", "virtù", "mare", "monte", "strada del vino", "acqua, luce", "uno; due",
    'detto "il bello"', "sopra\nsotto", "fine | inizio", "n. 7 rosso", "è vero", "caffè", "gioventù", "lunedì", "là",
)  # fmt: skip
KINDS = ("integer", "amount", "date", "flag", "text", "code")
Cell = int | Decimal | date | bool | str | None


@dataclass(frozen=True)
class Table:
    """Kinds of the columns and the rows of their values."""

    kinds: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


@dataclass(frozen=True)
class Writing:
    """How a table is put on disk."""

    encoding: str
    delimiter: str
    line_end: str
    is_italian: bool
    mark: str
    quotes_all: bool


VALUES: dict[str, st.SearchStrategy[Cell]] = {
    "integer": st.integers(-(10**12), 10**12),
    "amount": st.integers(-(10**9), 10**9).map(lambda cents: Decimal(cents).scaleb(-2)),
    "date": st.integers(0, 20_000).map(lambda days: date(1975, 1, 1) + timedelta(days=days)),
    "flag": st.booleans(),
    "text": st.lists(st.sampled_from(WORDS), min_size=1, max_size=3).map(" ".join),
    "code": st.integers(0, 999).map(lambda number: f"{number:06d}"),
}
# The first rows hold what proves how the column is written: a day above 12, yes and no, a leading zero.
PROOFS: dict[str, tuple[Cell, ...]] = {
    "integer": (12, 3456),
    "amount": (Decimal("1234.56"), Decimal("0.10")),
    "date": (date(2023, 12, 31), date(2024, 2, 29)),
    "flag": (True, False),
    "text": ("perché no", "un altro"),
    "code": ("000042", "000007"),
}


@st.composite
def tables(draw: st.DrawFn) -> Table:
    """Two to five columns, some rows, some empty cells."""
    kinds = tuple(draw(st.lists(st.sampled_from(KINDS), min_size=2, max_size=5)))
    cells = [st.one_of(VALUES[kind], st.none()) if number else VALUES[kind] for number, kind in enumerate(kinds)]
    rows = draw(st.lists(st.tuples(*cells), min_size=1, max_size=12))
    proofs = tuple(tuple(PROOFS[kind][place] for kind in kinds) for place in (0, 1))
    return Table(kinds, (*proofs, *rows))


writings = st.builds(
    Writing,
    encoding=st.sampled_from(("utf-8", "utf-8-sig", "utf-16", "cp1252", "cp850", "mac_roman")),
    delimiter=st.sampled_from((";", ",", "\t", "|")),
    line_end=st.sampled_from(("\n", "\r\n")),
    is_italian=st.booleans(),
    mark=st.sampled_from(("", "n.d.", "#N/D")),
    quotes_all=st.booleans(),
)


def written(table: Table, writing: Writing) -> bytes:
    """The file."""
    stream = io.StringIO(newline="")
    quoting = csv.QUOTE_ALL if writing.quotes_all else csv.QUOTE_MINIMAL
    writer = csv.writer(stream, delimiter=writing.delimiter, lineterminator=writing.line_end, quoting=quoting)
    writer.writerow([f"Colonna {number} {kind}" for number, kind in enumerate(table.kinds)])
    for row in table.rows:
        writer.writerow([in_words(value, writing) for value in row])
    return stream.getvalue().encode(writing.encoding)


def in_words(value: Cell, writing: Writing) -> str:
    if value is None:
        return writing.mark
    if isinstance(value, bool):
        return ("sì" if value else "no") if writing.is_italian else ("true" if value else "false")
    if isinstance(value, date):
        return f"{value:%d/%m/%Y}" if writing.is_italian else value.isoformat()
    if isinstance(value, Decimal):
        return f"{value:,.2f}".translate({44: ".", 46: ","}) if writing.is_italian else f"{value:.2f}"
    return str(value)


def in_folder(work: Callable[[Path], None]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        work(Path(folder))


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(table=tables(), writing=writings)
def test_parquet_equals_the_source_cell_by_cell(table, writing):
    def compare(folder: Path) -> None:
        found = examine(folder, written(table, writing))

        assert [tuple(row.values()) for row in rows_of(found)] == list(table.rows)
        assert found.exceptions == 0

    in_folder(compare)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(table=tables(), first=writings, second=writings, seed=st.integers(0, 1_000), place=st.integers(0, 1_000))
def test_the_fingerprint_knows_the_values_and_nothing_else(table, first, second, seed, place):
    shuffled = list(table.rows)
    random.Random(seed).shuffle(shuffled)
    row = place % len(table.rows)
    texts = replace(table, kinds=("text", *table.kinds[1:]))
    before = replace(texts, rows=tuple((f"riga {n}", *row[1:]) for n, row in enumerate(table.rows)))
    after = replace(before, rows=tuple(r if n != row else ("riga nuova", *r[1:]) for n, r in enumerate(before.rows)))

    def compare(folder: Path) -> None:
        one = examine(folder, written(table, first))
        same = examine(folder, written(replace(table, rows=tuple(shuffled)), second))
        assert one.content_hash == same.content_hash
        assert one.schema_hash == same.schema_hash
        assert (
            examine(folder, written(before, first)).content_hash != examine(folder, written(after, first)).content_hash
        )

    in_folder(compare)
