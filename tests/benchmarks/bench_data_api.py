"""The data API over HTTP beside the same question to bare DuckDB and to Datasette, all in one run, in turns.

Bare DuckDB reads the same Parquet file with an open connection and two threads. Every round asks for something else,
so that no answer comes from a cache.
"""

import os
import random
import tempfile
import threading
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from statistics import median
from time import perf_counter
from urllib.parse import urlencode

import duckdb

from tests.benchmarks.data_api_server import (
    Reader,
    free_port,
    memory_of,
    publish_big_table,
    start_datasette,
    start_portal,
    write_sqlite,
)
from tests.benchmarks.measure import Measure, percentile

ROWS = int(os.environ.get("BENCH_DATA_API_ROWS", "1000000"))
ROUNDS = int(os.environ.get("BENCH_DATA_API_ROUNDS", "15"))
CLIENTS, SECONDS = 8, float(os.environ.get("BENCH_DATA_API_SECONDS", "15"))
SIZE = f"{ROWS:,} rows × 12 columns"
_PEER = "/pratiche"
_RARE = 680_000  # above it, about a tenth of the rows
_SLOW_ROUNDS = 3  # of the peer, which takes seconds


@dataclass(frozen=True)
class Question:
    """The same question three times; each is made for a round."""

    name: str
    portal: Callable[[int], str]
    bare: Callable[[int], list[str]]
    datasette: Callable[[int], str]


@dataclass(frozen=True)
class Times:
    """Medians in milliseconds."""

    portal: float
    bare: float
    datasette: float


def _amount(number: int) -> int:
    return 100_000 + number * 7_919 % 50_000


def _above(number: int, more: int = 0) -> str:
    return f"importo >= {more + _amount(number)}"


def _address(start: str, number: int, more: int = 0, **asked: object) -> str:
    return f"{start}?{urlencode({'importo__gte': more + _amount(number), **asked})}"


def _page(base: str, table: str) -> Question:
    where = f"FROM {table} WHERE comune = 'Lecce' AND"
    peer = {"comune": "Lecce", "_sort_desc": "importo", "_size": 50}
    return Question(
        "filtered page with total",
        lambda number: _address(f"{base}/rows", number, comune="Lecce", sort="-importo", page_size=50),
        lambda number: [
            f"SELECT * {where} {_above(number)} ORDER BY importo DESC, _row LIMIT 51",
            f"SELECT count(*) {where} {_above(number)}",
        ],
        lambda number: _address(f"{_PEER}/pratiche.json", number, **peer),
    )


def _facet(base: str, table: str) -> Question:
    count = f"SELECT comune, count(*) FROM {table} WHERE"
    return Question(
        "facet",
        lambda number: _address(f"{base}/facets", number, facet="comune"),
        lambda number: [f"{count} {_above(number)} GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT 30"],
        lambda number: _address(f"{_PEER}/pratiche.json", number, _facet="comune", _size=0),
    )


def _groups(base: str, table: str) -> Question:
    asked = {"comune__groupby": "", "data_rilascio__groupby": "year", "importo__sum": "", "page_size": 1_000}
    bare = f"SELECT comune, year(data_rilascio), sum(importo) FROM {table} WHERE"
    peer = "SELECT comune, substr(data_rilascio, 1, 4), sum(importo) FROM pratiche WHERE"
    end = "GROUP BY 1, 2 ORDER BY 1, 2"
    return Question(
        "group by",
        lambda number: _address(f"{base}/rows", number, **asked),
        lambda number: [f"{bare} {_above(number)} {end}"],
        lambda number: f"{_PEER}.json?{urlencode({'sql': f'{peer} {_above(number)} {end}'})}",
    )


def _export(base: str, table: str, out: Path) -> Question:
    select = f"SELECT * EXCLUDE (_row) FROM {table} WHERE"
    return Question(
        "export of 100k rows, CSV",
        lambda number: _address(f"{base}/export.csv", number, _RARE),
        lambda number: [
            f"COPY ({select} {_above(number, _RARE)} ORDER BY _row) TO '{out}' (FORMAT csv, HEADER)",
        ],
        lambda number: _address(f"{_PEER}/pratiche.csv", number, _RARE, _stream="on", _size="max"),
    )


@cache
def run() -> tuple[dict[str, Times], list[float], dict[int, int], float]:
    """Everything once: the times by question, the times of the eight clients, their statuses, the memory."""
    with tempfile.TemporaryDirectory(prefix="opentusk-bench-") as name:
        folder = Path(name)
        uuid, parquet = publish_big_table(ROWS)
        database = write_sqlite(parquet, folder / "pratiche.db")
        ports = free_port(), free_port()
        portal, datasette = start_portal(ports[0]), start_datasette(database, ports[1])
        try:
            base = f"/api/v1/tables/{uuid}"
            source = f"read_parquet('{parquet}')"
            counted = [_page(base, source), _facet(base, source), _groups(base, source)]
            questions = [*counted, _export(base, source, folder / "bare.csv")]
            times = {question.name: _times(question, ports) for question in questions}
            taken, statuses = _clients(ports[0], counted)
            memory = memory_of(portal)
        finally:
            for server in (portal, datasette):
                server.terminate()
                server.wait(20)
    return times, taken, statuses, memory


def _times(question: Question, ports: tuple[int, int]) -> Times:
    portal, datasette = Reader(ports[0]), Reader(ports[1])
    found: dict[str, list[float]] = {"portal": [], "bare": [], "datasette": []}
    with duckdb.connect(config={"threads": 2}) as connection:
        for number in range(-3, ROUNDS):  # the first are for warming up
            address, statements = question.portal(number + 100), question.bare(number + 100)
            portal_time = _clock(_answered, portal, address)
            bare_time = _clock(_executed, connection, statements)
            if number >= 0:
                found["portal"].append(portal_time)
                found["bare"].append(bare_time)
            if 0 <= number < _SLOW_ROUNDS:
                found["datasette"].append(_clock(_answered, datasette, question.datasette(number + 100)))
    return Times(**{name: median(values) * 1000 for name, values in found.items()})


def _clock(work: Callable[..., object], *arguments: object) -> float:
    start = perf_counter()
    work(*arguments)
    return perf_counter() - start


def _answered(reader: Reader, address: str) -> None:
    status, body = reader.get(address)
    assert status == 200, body[:300]


def _executed(connection: duckdb.DuckDBPyConnection, statements: list[str]) -> None:
    for sql in statements:
        connection.execute(sql).fetchall()


def _clients(port: int, questions: list[Question]) -> tuple[list[float], dict[int, int]]:
    """Eight clients, each with an address of its own, none pausing; every other question was asked before."""
    taken: list[float] = []
    statuses: dict[int, int] = {}
    end = perf_counter() + SECONDS

    def read(number: int) -> None:
        reader, chance = Reader(port, f"127.0.0.{number + 2}"), random.Random(number)
        while perf_counter() < end:
            question = chance.choice(questions)
            asked = chance.randrange(20) if chance.random() < 0.5 else chance.randrange(1_000, 10**9)
            start = perf_counter()
            status, _body = reader.get(question.portal(asked))
            taken.append(perf_counter() - start)
            statuses[status] = statuses.get(status, 0) + 1

    readers = [threading.Thread(target=read, args=(number,)) for number in range(CLIENTS)]
    for reader in readers:
        reader.start()
    for reader in readers:
        reader.join()
    return taken, statuses


def _ratio(name: str) -> Callable[[], Measure]:
    def measure() -> Measure:
        times = run()[0][name]
        said = f"portal {times.portal:.1f} ms, bare DuckDB {times.bare:.1f} ms, Datasette {times.datasette:,.0f} ms"
        peer = f"Datasette is {times.datasette / times.portal:.0f} times slower"
        return Measure(what=f"{name}: {said}; {peer}; ratio to bare", value=times.portal / times.bare, unit="×",
                       size=SIZE, rounds=ROUNDS, target="≤ 3")  # fmt: skip

    return measure


def eight_clients() -> Measure:
    """The times of eight at once, and how many were refused."""
    _questions, taken, statuses, _memory = run()
    refused = sum(count for status, count in statuses.items() if status != 200)
    said = f"{len(taken) / SECONDS:.0f} answers/s, p50 {percentile(taken, 0.5) * 1000:.0f} ms, {refused} refused"
    return Measure(what=f"{CLIENTS} clients on a mix ({said}): p95", value=percentile(taken, 0.95) * 1000, unit="ms",
                   size=f"{SIZE}, {len(taken):,} questions", rounds=1, target="≤ 250, none refused")  # fmt: skip


def memory() -> Measure:
    """All processes of the server together, at their worst."""
    return Measure(what="peak memory of the server (2 web processes and their parent)", value=run()[3], unit="MB",
                   size=SIZE, rounds=1, target="≤ 1,024")  # fmt: skip


_NAMES = ("filtered page with total", "facet", "group by", "export of 100k rows, CSV")
MEASURES = (*(_ratio(name) for name in _NAMES), eight_clients, memory)
