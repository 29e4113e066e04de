"""Proves that two versions of a table are compared as a patient person would compare them."""

import json
import tempfile
from collections import Counter
from dataclasses import asdict, replace
from pathlib import Path

import duckdb
from hypothesis import given, settings
from hypothesis import strategies as st

from opentusk.kit.tables.changes import CHANGE, diff_tables, read_diff

ROWS = st.lists(st.tuples(st.integers(0, 12), st.sampled_from("abc") | st.none(), st.integers(0, 2)), max_size=14)
KEYED = ROWS.map(lambda rows: list({row[0]: row for row in rows}.values()))


def parquet(path: Path, rows: list[tuple[object, ...]], columns: str = "k BIGINT, a VARCHAR, b BIGINT") -> Path:
    with duckdb.connect() as connection:
        connection.execute(f"CREATE TABLE t({columns}, _row BIGINT)")
        if rows:
            marks = ", ".join("?" for _cell in range(len(rows[0]) + 1))
            numbered = [(*row, n) for n, row in enumerate(rows, 1)]
            connection.executemany(f"INSERT INTO t VALUES ({marks})", numbered)
        connection.execute(f"COPY t TO '{path}' (FORMAT parquet)")
    return path


def listed(path: Path) -> Counter[tuple[object, ...]]:
    with duckdb.connect() as connection:
        return Counter(connection.execute(f"SELECT {CHANGE}, k, a, b FROM read_parquet('{path}')").fetchall())


@settings(max_examples=50, deadline=None)
@given(old=KEYED, new=KEYED)
def test_with_a_key_rows_are_added_removed_or_changed(old, new):
    before, after = {row[0]: row for row in old}, {row[0]: row for row in new}
    changed = [key for key in before.keys() & after.keys() if before[key] != after[key]]

    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        found = diff_tables(parquet(folder / "o", old), parquet(folder / "n", new), key=["k"], out=folder / "d.parquet")

        assert found.key == ("k",)
        assert found.added == len(after.keys() - before.keys())
        assert found.removed == len(before.keys() - after.keys())
        assert found.changed == len(changed)
        expected = {
            name: count
            for place, name in ((1, "a"), (2, "b"))
            if (count := sum(before[key][place] != after[key][place] for key in changed))
        }
        assert dict(found.per_column) == expected
        assert listed(found.rows) == Counter(
            [("added", *after[key]) for key in after.keys() - before.keys()]
            + [("removed", *before[key]) for key in before.keys() - after.keys()]
            + [("before", *before[key]) for key in changed]
            + [("after", *after[key]) for key in changed]
        )


@settings(max_examples=50, deadline=None)
@given(old=ROWS, new=ROWS)
def test_without_a_key_equal_rows_cancel_each_other_out(old, new):
    surplus, missing = Counter(new) - Counter(old), Counter(old) - Counter(new)

    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        found = diff_tables(parquet(folder / "o", old), parquet(folder / "n", new), key=[], out=folder / "d.parquet")

        assert (found.added, found.removed, found.changed) == (surplus.total(), missing.total(), 0)
        assert listed(found.rows) == Counter(
            {("added", *row): count for row, count in surplus.items()}
            | {("removed", *row): count for row, count in missing.items()}
        )


def test_a_key_that_is_not_unique_is_no_key(tmp_path):
    old = parquet(tmp_path / "o", [(1, "a", 1), (1, "b", 1)])
    new = parquet(tmp_path / "n", [(1, "a", 1), (2, "b", 1)])

    found = diff_tables(old, new, key=["k"], out=tmp_path / "d.parquet")

    assert (found.key, found.added, found.removed) == ((), 1, 1)


def test_columns_that_come_go_or_change_their_type_are_named(tmp_path):
    old = parquet(tmp_path / "o", [(1, "7", 1), (2, "8", 1)])
    new = parquet(tmp_path / "n", [(1, 7, "x"), (2, 9, "y")], "k BIGINT, a BIGINT, c VARCHAR")

    found = diff_tables(old, new, key=["k"], out=tmp_path / "d.parquet")

    assert (found.added_columns, found.removed_columns, found.retyped) == (("c",), ("b",), ("a",))
    assert dict(found.per_column) == {"a": 1}
    assert not found.is_same


def test_a_comparison_is_the_same_after_it_was_kept(tmp_path):
    old, new = parquet(tmp_path / "o", [(1, "7", 1)]), parquet(tmp_path / "n", [(1, "8", 1), (2, "9", 1)])
    found = diff_tables(old, new, key=["k"], out=tmp_path / "d.parquet")
    kept = json.loads(json.dumps({**asdict(found), "rows": found.rows.name}))

    assert read_diff(kept) == replace(found, rows=Path("d.parquet"))
    assert read_diff({name: value for name, value in kept.items() if name != "rows"}) == replace(found, rows=Path())
    assert (found.known_changed, replace(found, key=()).known_changed) == (1, None)
    assert read_diff({}) is None
