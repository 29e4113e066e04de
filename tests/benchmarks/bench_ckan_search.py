"""CKAN's `package_search` on 200,000 packages through HTTP: five facets, filters, far pages, four clients at once.

CKAN 2.12 takes 60 to 100 ms for the first question on two cores. «new» questions were never asked before, so that no
answer comes from the memory of earlier ones; «repeated» is what the front page of a portal asks.
"""

import json
import os
import random
import threading
import time
from collections.abc import Callable, Iterator
from functools import cache
from urllib.parse import urlencode

from tests.benchmarks.bench_search import synthetic_rows
from tests.benchmarks.data_api_server import Reader, free_port, start_portal
from tests.benchmarks.measure import Measure, median_seconds, percentile

SIZE = int(os.environ.get("BENCH_CKAN_SEARCH_SIZE", "200000"))
ROUNDS = int(os.environ.get("BENCH_CKAN_SEARCH_ROUNDS", "40"))
CLIENTS, SECONDS = 4, float(os.environ.get("BENCH_CKAN_SEARCH_SECONDS", "15"))
TARGET = "5 × CKAN: <= 12 to 20 ms"
_SIZE = f"{SIZE:,} packages"
_FACETS = {"facet.field": json.dumps(["organization", "groups", "tags", "license_id", "res_format"])}
_ADDRESS = "/api/3/action/package_search?"

Question = Callable[[int], str]


def _asked(**parameters: object) -> str:
    return _ADDRESS + urlencode({**_FACETS, **parameters})


def _plain(**parameters: object) -> str:
    return _ADDRESS + urlencode(parameters)


_QUESTIONS: dict[str, Question] = {
    "everything, 5 facets, repeated": lambda number: _asked(q="", rows=10),
    "nearly everything, 5 facets, new": lambda number: _asked(fq=f"-name:x{number}", rows=10),
    "half of all, 5 facets, new": lambda number: _asked(
        fq=f"groups:(agri OR econ OR educ OR ener OR envi) -name:x{number}", rows=10
    ),
    "one group, 5 facets, new": lambda number: _asked(fq=f"groups:envi -name:x{number}", rows=10),
    "words, 5 facets, new": lambda number: _asked(q="rifiuti urbani", fq=f"-name:x{number}", rows=10),
    "organization or tag, 5 facets, new": lambda number: _asked(
        fq=f'organization:ente-{number % 300} OR tags:"farmacie"', rows=10
    ),
    "first page by id": lambda number: _plain(sort="id asc", rows=100, start=0),
    "last page by id": lambda number: _plain(sort="id asc", rows=100, start=SIZE - 100 - number),
    "last page by name": lambda number: _plain(sort="name asc", rows=100, start=SIZE - 100 - number),
    "last page by change": lambda number: _plain(sort="metadata_modified desc", rows=100, start=SIZE - 100 - number),
    "page in the middle by title": lambda number: _plain(sort="title_string asc", rows=10, start=SIZE // 2 + number),
    "a thousand rows": lambda number: _plain(fq="groups:envi", rows=1000, start=1000 * (number % 10)),
    "changed since": lambda number: _plain(
        q=f"metadata_modified:[2026-06-0{1 + number % 9}T00:00:00.{number:06}Z TO *]"
    ),
    "beginning of names": lambda number: _plain(fq=f"name:x_b{number}*"),
}
_MIX = (
    "everything, 5 facets, repeated", "nearly everything, 5 facets, new", "one group, 5 facets, new",
    "organization or tag, 5 facets, new",
)  # fmt: skip


@cache
def run() -> tuple[dict[str, list[float]], list[float], dict[str, float]]:
    """Everything once: the times of each question, those of four clients, those of making the index."""
    made = _prepare()
    port = free_port()
    server = start_portal(port)
    try:
        reader = Reader(port)
        times = {name: _times(reader, question) for name, question in _QUESTIONS.items()}
        return times, _clients(port), made
    finally:
        server.terminate()
        server.wait(20)


def _times(reader: Reader, question: Question) -> list[float]:
    times = []
    for number in range(-3, ROUNDS):  # the first are for warming up
        start = time.perf_counter()
        status, body = reader.get(question(number + 100))
        taken = (time.perf_counter() - start) * 1000
        assert status == 200, body[:300]
        if number >= 0:
            times.append(taken)
    return times


def _clients(port: int) -> list[float]:
    times: list[float] = []
    end = time.perf_counter() + SECONDS

    def read(client: int) -> None:
        reader, dice = Reader(port), random.Random(client)
        while time.perf_counter() < end:
            address = _QUESTIONS[dice.choice(_MIX)](dice.randrange(1_000, 10**9))
            start = time.perf_counter()
            status, body = reader.get(address)
            assert status == 200, body[:300]
            times.append((time.perf_counter() - start) * 1000)

    readers = [threading.Thread(target=read, args=(number,)) for number in range(CLIENTS)]
    for thread in readers:
        thread.start()
    for thread in readers:
        thread.join()
    return times


def _prepare() -> dict[str, float]:
    """Rows and index, made once per run."""
    from django.core.management import call_command

    from opentusk.catalog.models import Dataset, Distribution
    from opentusk.ckan_search.actions import index_packages, rebuild_package_index

    call_command("migrate", verbosity=0)
    for chunk in synthetic_rows(SIZE):
        rows = Dataset.objects.bulk_create(chunk)
        Distribution.objects.bulk_create(_files(rows))
    start = time.perf_counter()
    rebuild_package_index()
    taken = time.perf_counter() - start
    first = Dataset.objects.in_feed_order().values_list("pk", flat=True)[0]
    return {"rebuild": taken, "update": median_seconds(lambda: index_packages([first]), rounds=9)}


def _files(rows: list) -> Iterator[object]:
    from opentusk.catalog.models import Distribution

    for row in rows:
        for position, part in enumerate(row.record["distribution"]):
            address = part["access_url"]
            yield Distribution(dataset=row, position=position, iri=part["iri"], access_url=address)


def _question(name: str, target: str = "") -> Callable[[], Measure]:
    def measure() -> Measure:
        times = run()[0][name]
        what = f"{name} (p95 {percentile(times, 0.95):.1f} ms): median"
        return Measure(what=what, value=percentile(times, 0.5), unit="ms", size=_SIZE, rounds=ROUNDS, target=target)

    return measure


def four_clients() -> Measure:
    """Four clients, none pausing, on a mix of the questions with five facets."""
    times = run()[1]
    said = f"{len(times) / SECONDS:.0f} answers/s, p95 {percentile(times, 0.95):.1f} ms"
    return Measure(what=f"{CLIENTS} clients with 5 facets ({said}): median", value=percentile(times, 0.5), unit="ms",
                   size=f"{_SIZE}, {len(times):,} questions", rounds=1)  # fmt: skip


def rebuild() -> Measure:
    """Packages per second of a rebuild of both indexes from rows."""
    return Measure(
        what="rebuild of both indexes", value=SIZE / run()[2]["rebuild"], unit="packages/s", size=_SIZE, rounds=1
    )


def update() -> Measure:
    """One changed package in the full indexes."""
    return Measure(
        what="one changed package in both indexes", value=run()[2]["update"] * 1000, unit="ms", size=_SIZE, rounds=9
    )


MEASURES = [
    *(_question(name, TARGET if "everything" in name else "") for name in _QUESTIONS), four_clients, rebuild, update
]  # fmt: skip
