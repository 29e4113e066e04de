"""From a million rows of CSV to a typed table with its profile, beside DuckDB's own time for the bare minimum."""

import json
import os
import subprocess
import sys
import tempfile
from functools import cache
from pathlib import Path
from statistics import median

from tests.benchmarks.big_table import ROWS, write_big_table
from tests.benchmarks.measure import Measure

_ROUNDS = int(os.environ.get("BENCH_TABLES_ROUNDS", "5"))
_ROWS = int(os.environ.get("BENCH_TABLES_ROWS", str(ROWS)))


@cache
def rounds() -> tuple[list[dict[str, float]], list[dict[str, float]], str]:
    """Both pieces of work in turn, each in its own process; the size of the file in words."""
    with tempfile.TemporaryDirectory(prefix="opentusk-bench-") as folder:
        path = write_big_table(Path(folder) / "pratiche.csv", rows=_ROWS)
        copy = path.with_name("utf8.csv")
        copy.write_text(path.read_text(encoding="cp1252"), encoding="utf-8")
        ours, bare = [], []
        for _round in range(_ROUNDS):
            bare.append(_run("duckdb", copy))
            ours.append(_run("ours", path))
        size = f"{_ROWS:,} rows × 12 columns, {path.stat().st_size / 1e6:.0f} MB, `;`, Windows-1252"
    return ours, bare, size


def _run(kind: str, path: Path) -> dict[str, float]:
    command = [sys.executable, "-m", "tests.benchmarks.examine_once", kind, str(path), str(path.parent / kind)]
    return dict(json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout))


def _median(times: list[dict[str, float]], name: str) -> float:
    return median(time[name] for time in times)


def ingest() -> Measure:
    """The whole of `examine_table`."""
    ours, _bare, size = rounds()
    return Measure(what="CSV to typed Parquet, profile, report", value=_median(ours, "whole"), unit="s", size=size,
                   rounds=_ROUNDS, target="≤ 5")  # fmt: skip


def bare_duckdb() -> Measure:
    """What DuckDB alone takes for a part of it."""
    _ours, bare, size = rounds()
    parts = ", ".join(f"{name} {_median(bare, name):.2f} s" for name in ("read", "parquet", "summarize"))
    return Measure(what=f"bare DuckDB ({parts})", value=_median(bare, "whole"), unit="s", size=size, rounds=_ROUNDS)


def ratio() -> Measure:
    """Ours to bare."""
    ours, bare, size = rounds()
    value = _median(ours, "whole") / _median(bare, "whole")
    return Measure(what="ratio to bare DuckDB", value=value, unit="×", size=size, rounds=_ROUNDS, target="≤ 4")


def processor_ratio() -> Measure:
    """Ours to bare in seconds of both processors together: what a busy machine does not blur."""
    ours, bare, size = rounds()
    value = _median(ours, "cpu") / _median(bare, "cpu")
    return Measure(what="ratio in processor time", value=value, unit="×", size=size, rounds=_ROUNDS)


def memory() -> Measure:
    """The most memory that the process of an examination had."""
    ours, _bare, size = rounds()
    value = max(time["memory"] for time in ours)
    return Measure(what="peak memory", value=value, unit="MB", size=size, rounds=_ROUNDS, target="≤ 1,024")


MEASURES = (ingest, bare_duckdb, ratio, processor_ratio, memory)
