"""What differs between two versions of a million rows, beside the bare questions asked of DuckDB alone.

Bare with a key: rows of both versions matched by key and compared whole, counted. Bare without: `EXCEPT ALL` both ways,
counted. Ours checks the key, counts, says in how many rows each column differs, and writes the rows that differ.
"""

import os
import tempfile
from collections.abc import Callable
from functools import cache
from pathlib import Path
from statistics import median
from time import perf_counter, process_time

import duckdb

from opentusk.kit.tables.changes import TableDiff, diff_tables
from opentusk.kit.tables.workspace import literal, open_workspace
from tests.benchmarks.measure import Measure

_ROWS = int(os.environ.get("BENCH_DIFF_ROWS", "1000000"))
_ROUNDS = int(os.environ.get("BENCH_DIFF_ROUNDS", "5"))
_KEY = ("pratica",)
_CASES = {"one row changed": 1, "one row in a hundred changed": 100}
_COLUMNS = """
    printf('%010d', i) AS pratica, DATE '2015-01-01' + (hash(i, 1) % 3900)::INT AS data,
    ['Bari', 'Napoli', 'Siena', 'Lecce', 'Forlì', 'Nardò'][1 + (hash(i, 2) % 6)::INT] AS comune,
    ['BA', 'NA', 'SI', 'LE'][1 + (hash(i, 3) % 4)::INT] AS provincia, printf('%06d', hash(i, 4) % 111000) AS istat,
    'Via Giuseppe Garibaldi, ' || (hash(i, 5) % 400) AS indirizzo, printf('%05d', hash(i, 6) % 98000) AS cap,
    (hash(i, 7) % 90000000)::DECIMAL(12, 2) / 100 AS importo, (hash(i, 8) % 900)::INT AS superficie,
    hash(i, 9) % 10 < 7 AS aperta, 38 + (hash(i, 10) % 8000000)::DOUBLE / 1e6 AS latitudine,
    CASE WHEN hash(i, 11) % 5 = 0 THEN NULL ELSE 'Esito positivo (bollo € 16,00)' END AS note,
"""
_READ = "read_parquet({})"


def _write(folder: Path) -> None:
    """The version before, and one after it for each case, its rows in another order."""
    with duckdb.connect() as connection:
        source = f"SELECT {_COLUMNS} i + 1 AS _row FROM range({_ROWS}) t(i)"
        connection.execute(f"COPY ({source}) TO {literal(str(folder / 'old.parquet'))} (FORMAT parquet)")
        for share in _CASES.values():
            every = _ROWS if share == 1 else share
            changed = (
                f"SELECT * EXCLUDE (i) REPLACE (superficie + (i % {every} = 7)::INT AS superficie, i + 1 AS _row) "
                f"FROM (SELECT {_COLUMNS} 0 AS _row, i FROM range({_ROWS}) t(i)) ORDER BY hash(i, 12)"
            )
            target = folder / f"new{share}.parquet"
            connection.execute(f"COPY ({changed}) TO {literal(str(target))} (FORMAT parquet)")


def _bare_keyed(old: Path, new: Path, folder: Path) -> object:
    with open_workspace(folder) as connection:
        sides = [f"(SELECT pratica, hash(*COLUMNS(* EXCLUDE _row)) AS h FROM {_side(path)})" for path in (old, new)]
        return connection.execute(
            "SELECT count(*) FILTER (o.h IS NULL), count(*) FILTER (n.h IS NULL), count(*) FILTER (o.h <> n.h) "
            f"FROM {sides[0]} o FULL JOIN {sides[1]} n USING (pratica)"
        ).fetchone()


def _bare_heaps(old: Path, new: Path, folder: Path) -> object:
    with open_workspace(folder) as connection:
        one, two = (f"SELECT * EXCLUDE _row FROM {_side(path)}" for path in (old, new))
        return connection.execute(
            f"SELECT (SELECT count(*) FROM ({two} EXCEPT ALL {one})), (SELECT count(*) FROM ({one} EXCEPT ALL {two}))"
        ).fetchone()


def _side(path: Path) -> str:
    return _READ.format(literal(str(path)))


def _timed(work: Callable[[], object]) -> tuple[float, float, object]:
    start, worked = perf_counter(), process_time()
    answer = work()
    return perf_counter() - start, process_time() - worked, answer


@cache
def _rounds(share: int, key: tuple[str, ...]) -> tuple[float, float, float, float]:
    """Medians of ours and of bare, by the clock and in processor time; both in turn, over the same files."""
    ours, bare = [], []
    with tempfile.TemporaryDirectory(prefix="opentusk-bench-") as name:
        folder = Path(name)
        _write(folder)
        old, new = folder / "old.parquet", folder / f"new{share}.parquet"
        changed = 1 if share == 1 else _ROWS // share
        for _round in range(_ROUNDS):
            bare.append(_timed(lambda: (_bare_keyed if key else _bare_heaps)(old, new, folder)))
            ours.append(_timed(lambda: diff_tables(old, new, key=key, out=folder / "changes.parquet")))
        found = ours[-1][2]
        assert isinstance(found, TableDiff)
        assert (found.added, found.removed, found.changed) == ((0, 0, changed) if key else (changed, changed, 0))
        assert bare[-1][2] == ((0, 0, changed) if key else (changed, changed))
    clock, processor = ([median(time[place] for time in times) for times in (ours, bare)] for place in (0, 1))
    return clock[0], clock[1], processor[0], processor[1]


def _measure(case: str, key: tuple[str, ...]) -> Measure:
    ours, bare, our_processor, bare_processor = _rounds(_CASES[case], key)
    return Measure(
        what=(
            f"diff {'by key' if key else 'without a key'}, {case}: {ours:.2f} s beside {bare:.2f} s of bare DuckDB "
            f"(in processor time {our_processor / bare_processor:.1f} ×), load average {os.getloadavg()[0]:.1f}; ratio"
        ),
        value=ours / bare,
        unit="×",
        size=f"{_ROWS:,} rows × 12 columns",
        rounds=_ROUNDS,
        target="≤ 3",
    )


def one_by_key() -> Measure:
    """One row in a million, found by its key."""
    return _measure("one row changed", _KEY)


def many_by_key() -> Measure:
    """One row in a hundred, found by its key."""
    return _measure("one row in a hundred changed", _KEY)


def one_without_key() -> Measure:
    """One row in a million, found in a heap."""
    return _measure("one row changed", ())


def many_without_key() -> Measure:
    """One row in a hundred, found in a heap."""
    return _measure("one row in a hundred changed", ())


MEASURES = (one_by_key, many_by_key, one_without_key, many_without_key)
