"""Proves that the engine keeps hot tables within its memory, stops in time, and goes on answering."""

import threading
from time import monotonic

import duckdb
import pytest

from opentusk.kit.queries.engine import Engine
from opentusk.kit.queries.errors import OverBudget, VersionGone
from opentusk.kit.queries.shapes import TableRef
from opentusk.kit.queries.sql.locked import open_locked
from opentusk.kit.queries.tests.tables import COLUMNS, ROWS, write_table

ENDLESS = "SELECT count(*) FROM range(1000000) a, range(1000000) b WHERE hash(a.range + b.range) % 7 = 0"
SORTED = "SELECT count(*) FROM (SELECT range r, random() x FROM range(20000000) ORDER BY x)"


def wide_table(folder, key: str, rows: int) -> TableRef:
    """A table that does not compress: its size in memory is that of its file."""
    path = folder / f"{key}.parquet"
    with duckdb.connect() as connection:
        connection.execute(f"COPY (SELECT i AS _row, hash(i + {ord(key)}) h FROM range({rows}) r(i)) TO '{path}'")
    return TableRef(key=key, parquet=path, columns=COLUMNS)


def test_a_table_asked_for_twice_becomes_hot_and_says_the_same(tmp_path):
    engine = Engine("256MB")
    table = write_table(tmp_path, ROWS)
    cold = engine.fetch(table, "SELECT * FROM {table} ORDER BY _row", seconds=2)
    engine.warm(table)

    assert engine.is_hot(table)
    assert engine.fetch(table, "SELECT * FROM {table} ORDER BY _row", seconds=2) == cold
    engine.close()


def test_few_rows_of_a_large_hot_table_are_read_by_their_numbers(tmp_path):
    engine = Engine("256MB")
    table = wide_table(tmp_path, "a", 200_000)
    few = "SELECT _row, h FROM {table} WHERE _row IN (199999, 5, 123456, 200000) ORDER BY _row"
    cold = engine.fetch(table, few, seconds=2)
    engine.warm(table)

    assert engine.fetch(table, few, seconds=2) == cold
    assert [row[0] for row in cold] == [5, 123_456, 199_999]
    assert "Index Scan" in str(engine.fetch(table, f"EXPLAIN ANALYZE {few}", seconds=2))
    engine.close()


def test_the_longest_unused_table_leaves_the_memory_first(tmp_path):
    engine = Engine("64MB", spill=tmp_path / "spill")
    tables = [wide_table(tmp_path, key, 1_000_000) for key in "abcdef"]
    for table in tables:
        engine.warm(table)

    assert not engine.is_hot(tables[0])
    assert engine.is_hot(tables[-1])
    for table in (tables[0], tables[-1]):
        found = engine.fetch(table, "SELECT count(*), count(DISTINCT _row), sum(h) FROM {table}", seconds=5)
        with duckdb.connect() as bare:
            query = f"SELECT count(*), count(DISTINCT _row), sum(h) FROM '{table.parquet}'"
            assert found == bare.execute(query).fetchall()
    engine.close()


def test_a_question_without_end_is_interrupted_and_the_next_one_answered(engine, table):
    start = monotonic()

    with pytest.raises(OverBudget) as caught:
        engine.fetch(table, ENDLESS, seconds=0.2)

    assert caught.value.resource == "time"
    assert monotonic() - start < 1
    assert engine.fetch(table, "SELECT count(*) FROM {table}", seconds=2) == [(len(ROWS),)]


def test_a_question_that_wants_all_the_memory_is_refused(engine, table):
    with pytest.raises(OverBudget) as caught:
        engine.fetch(table, "SELECT list(hash(range)::VARCHAR || repeat('x', 1000)) FROM range(2000000)", seconds=20)

    assert caught.value.resource == "memory"


def test_what_does_not_fit_is_never_looked_for_on_the_disk(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / ".tmp").write_text("not a folder: whoever spilled here would fail otherwise than for memory")
    engine = Engine("64MB")

    with pytest.raises(OverBudget) as caught:
        engine.fetch(write_table(tmp_path, ROWS), SORTED, seconds=20)
    engine.close()
    locked = open_locked((), memory="64MB")
    with pytest.raises(duckdb.OutOfMemoryException):
        locked.execute(SORTED).fetchall()

    assert caught.value.resource == "memory"


def test_a_file_that_has_gone_is_a_version_that_has_gone(engine, tmp_path):
    table = write_table(tmp_path, ROWS, key="gone")
    table.parquet.unlink()

    with pytest.raises(VersionGone):
        engine.fetch(table, "SELECT count(*) FROM {table}", seconds=2)


def test_many_threads_get_their_own_answers(engine, table):
    wrong = []

    def ask(number: int) -> None:
        for step in range(20):
            found = engine.fetch(table, "SELECT $1::INT + count(*) FROM {table}", [number * 100 + step], seconds=5)
            if found != [(number * 100 + step + len(ROWS),)]:
                wrong.append((number, step, found))

    threads = [threading.Thread(target=ask, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert wrong == []
