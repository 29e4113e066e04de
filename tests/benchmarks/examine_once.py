"""One piece of work in a process of its own: prints its seconds and the most memory it had, as JSON.

`python -m tests.benchmarks.examine_once ours|duckdb FILE FOLDER`
"""

import json
import resource
import sys
from pathlib import Path
from time import perf_counter, process_time

import duckdb


def examine(path: Path, folder: Path) -> dict[str, float]:
    """The whole examination: encoding, dialect, types, personal data, Parquet, profile, hash."""
    from opentusk.kit.tables.pipeline import examine_table

    # A worker that has examined one file knows its word lists already; so does this one.
    small = folder / "small.csv"
    small.write_bytes(b"".join(path.open("rb").readlines()[:200]))
    examine_table(small, name="small.csv", out=folder)
    start, cpu = perf_counter(), process_time()
    found = examine_table(path, name=path.name, out=folder)
    times = {"whole": perf_counter() - start, "cpu": process_time() - cpu}
    assert found.rows == sum(1 for _line in path.open("rb")) - 1
    return times


def bare(path: Path, folder: Path) -> dict[str, float]:
    """DuckDB alone: every cell read as text, written to Parquet, summarized. It knows no Windows-1252: a UTF-8 copy."""
    connection = duckdb.connect(config={"threads": 2})
    target = folder / "bare.parquet"
    times, cpu = {}, process_time()
    for name, sql in (
        ("read", f"CREATE TABLE raw AS FROM read_csv('{path}', delim=';', all_varchar=true, header=true)"),
        ("parquet", f"COPY raw TO '{target}' (FORMAT parquet, COMPRESSION zstd)"),
        ("summarize", "SUMMARIZE raw"),
    ):
        start = perf_counter()
        connection.execute(sql).fetchall()
        times[name] = perf_counter() - start
    connection.close()
    return {**times, "whole": sum(times.values()), "cpu": process_time() - cpu}


if __name__ == "__main__":
    kind, source, target_folder = sys.argv[1:4]
    Path(target_folder).mkdir(parents=True, exist_ok=True)
    result = {"ours": examine, "duckdb": bare}[kind](Path(source), Path(target_folder))
    result["memory"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps(result))
