"""CKAN's DataStore actions over HTTP: a million rows loaded in both ways, then asked, as CKAN's clients do.

Every round asks for something else, so that no answer comes from a cache. The first questions, asked while the worker
still prepares the table for them, are told apart; the others come when it rests. The figures of CKAN 2.12 on two cores
are those of issue 4; with `BENCH_CKAN_URL` a CKAN gets the same requests in the same run. Where a PostgreSQL answers
(`BENCH_POSTGRES`, or that of this machine), each figure stands beside what the bare engine of CKAN's DataStore takes.
"""

import csv
import io
import json
import os
import random
import uuid
from collections.abc import Callable, Iterator
from functools import cache, partial
from pathlib import Path
from time import perf_counter, sleep
from typing import Any

from django.conf import settings

from opentusk.kit.datastore.postings import FEWEST_ROWS
from tests.benchmarks.bench_ckan_packages import package
from tests.benchmarks.ckan_portals import Client, beside_ckan, medians, portals, rest
from tests.benchmarks.measure import Measure
from tests.benchmarks.raw_datastore import raw_table

ROWS = int(os.environ.get("BENCH_DATASTORE_ROWS", "1000000"))
ROUNDS = int(os.environ.get("BENCH_DATASTORE_ROUNDS", "15"))
BATCH = 50_000
POSTGRES = os.environ.get("BENCH_POSTGRES", "postgres://postgres@127.0.0.1:5432/postgres")
SIZE = f"{ROWS:,} rows × 10 columns"
FIELDS = (
    ("codice", "text"), ("comune", "text"), ("indirizzo", "text"), ("cap", "text"), ("anno", "int"),
    ("importo", "numeric"), ("quota", "float8"), ("attivo", "bool"), ("giorno", "date"), ("nota", "text"),
)  # fmt: skip
_PLACES = ("Bari", "Lecce", "Foggia", "Taranto", "Brindisi", "Andria", "Barletta", "Trani", "Monopoli", "Altamura")
_STREETS = ("Via Roma", "Corso Cavour", "Piazza Mazzini", "Viale Europa", "Via Dante", "Largo Castello")
_COMMON = ("rilasciata", "in", "attesa", "di", "integrazioni")
_WORDS = [f"voce{number:04d}" for number in range(5_000)]


def rows(start: int, count: int) -> Iterator[list[Any]]:
    """Invented rows; the same place gives the same row."""
    chance = random.Random(start)
    for number in range(start, start + count):
        note = f"{chance.choice(_COMMON)} {chance.choice(_COMMON)} {chance.choice(_WORDS)} {chance.choice(_WORDS)}"
        yield [
            f"{number:08d}", chance.choice(_PLACES), f"{chance.choice(_STREETS)} {chance.randrange(1, 400)}", "070121",
            1990 + chance.randrange(35), chance.randrange(100, 90_000_000) / 100, round(chance.uniform(38, 46), 6),
            chance.random() < 0.7, f"20{chance.randrange(10, 26)}-{chance.randrange(1, 13):02d}-17", note,
        ]  # fmt: skip


def _load(client: Client, package_id: str) -> tuple[str, float]:
    """A table written in batches of JSON; the seconds of the server, the making of the bodies apart."""
    fields = [{"id": name, "type": kind} for name, kind in FIELDS]
    made = client.ask("datastore_create", resource={"package_id": package_id, "name": "Pratiche"}, fields=fields)
    number = str(made["resource_id"])
    taken = 0.0
    names = [name for name, _kind in FIELDS]
    for start in range(0, ROWS, BATCH):
        records = [dict(zip(names, row, strict=True)) for row in rows(start, min(BATCH, ROWS - start))]
        body = json.dumps({"resource_id": number, "method": "insert", "records": records}).encode()
        begun = perf_counter()
        client.send("datastore_upsert", body)
        taken += perf_counter() - begun
    return number, taken


def _upload(client: Client, package_id: str) -> float:
    """A CSV file uploaded as a resource, until the DataStore answers for it."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(name for name, _kind in FIELDS)
    writer.writerows(rows(0, ROWS))
    mark = uuid.uuid4().hex
    parts = [f'--{mark}\r\nContent-Disposition: form-data; name="package_id"\r\n\r\n{package_id}\r\n']
    parts.append(
        f'--{mark}\r\nContent-Disposition: form-data; name="upload"; filename="pratiche.csv"\r\n'
        "Content-Type: text/csv\r\n\r\n"
    )
    body = "".join(parts).encode() + text.getvalue().encode() + f"\r\n--{mark}--\r\n".encode()
    begun = perf_counter()
    made = client.send("resource_create", body, f"multipart/form-data; boundary={mark}")
    while True:
        try:
            found = client.ask("datastore_search", resource_id=made["id"], limit=0)
        except AssertionError:
            sleep(0.05)
            continue
        assert found["total"] == ROWS
        return perf_counter() - begun


def _questions(number: str) -> dict[str, Callable[[int], dict[str, Any]]]:
    common = {"resource_id": number, "limit": 100}

    def near(round_: int) -> int:
        return 2_000 + round_ * 137

    return {
        "filter": lambda one: {
            **common, "filters": {"comune": _PLACES[one % 10], "anno": 1990 + one % 35, "importo": {"gt": near(one)}}
        },
        "sort": lambda one: {**common, "sort": "importo desc", "filters": {"quota": {"gt": 38 + one / 1_000}}},
        "sort, no filter": lambda one: {
            **common, "sort": f"{('importo', 'quota', 'giorno', 'indirizzo')[one % 4]} desc, codice"
        },
        "offset 500,000": lambda one: {**common, "offset": ROWS // 2 + one * 91},
        "full text, rare": lambda one: {**common, "q": f"{near(one):08d}"},
        "full text, a word of 400 rows": lambda one: {**common, "q": _WORDS[near(one) % 5_000]},
        "full text, common": lambda one: {**common, "q": f"{_COMMON[one % 5]} {_PLACES[one % 10].lower()}"},
    }  # fmt: skip


@cache
def run() -> dict[str, list[float]]:
    """Everything once, our figure first: seconds of loads, dumps and first questions, milliseconds of the others."""
    os.environ.setdefault("OPENTUSK_QUERY_MEMORY", "512")
    with portals() as found:
        clients = [portal.client() for portal in found]
        packages = [client.ask("package_create", **package("pratiche", 1))["id"] for client in clients]
        taken: dict[str, list[float]] = {"upload": [_upload(clients[0], packages[0])]}
        loads = [_load(client, one) for client, one in zip(clients, packages, strict=True)]
        taken["load"] = [seconds for _number, seconds in loads]
        numbers = [number for number, _seconds in loads]
        # A connection that rested while the other portal loaded is closed by now.
        clients = [portal.client() for portal in found]
        asked = {
            name: [partial(_ask, client, number, name) for client, number in zip(clients, numbers, strict=True)]
            for name in _questions("")
        }
        for name, works in asked.items():
            taken[f"first {name}"] = [_seconds_of(partial(work, 1_000)) for work in works]
        rest()
        _wait_for_index()
        for name, works in asked.items():
            for one in range(6):  # both processes prepare the table in memory
                works[0](900 + one)
            taken[name] = medians(works, rounds=ROUNDS)
        dumps = [_dump(client, number) for client, number in zip(clients, numbers, strict=True)]
        taken["dump"] = [first for first, _again in dumps]
        taken["dump again"] = [again for _first, again in dumps]
        return taken


def _ask(client: Client, number: str, name: str, one: int) -> object:
    return client.ask("datastore_search", **_questions(number)[name](one))


def _dump(client: Client, number: str) -> tuple[float, float]:
    """The seconds of a dump, and of the same once more."""
    begun = perf_counter()
    size = len(client.get(f"/datastore/dump/{number}"))
    between = perf_counter()
    assert len(client.get(f"/datastore/dump/{number}")) == size
    return between - begun, perf_counter() - between


def _seconds_of(work: Callable[[], object]) -> float:
    begun = perf_counter()
    work()
    return perf_counter() - begun


@cache
def raw() -> dict[str, float]:
    """The same of the bare engine, in seconds; nothing when no PostgreSQL answers."""
    table = raw_table(POSTGRES, FIELDS)
    if table is None:
        return {}
    with table:
        table.load(rows(0, ROWS))
        for name, question in _questions("").items():
            asked = medians([lambda one, question=question: table.ask(question(one))], rounds=ROUNDS)
            table.seconds[name] = asked[0] / 1000
        table.dump()
    return table.seconds


def _beside(name: str, ours: float) -> str:
    """How ours, in seconds, stands to the bare engine."""
    bare = raw().get(name)
    return f"; PostgreSQL alone {bare * 1000:,.0f} ms, ours/raw {ours / bare:.2f}" if bare else ""


def _wait_for_index() -> None:
    """Until the words that the first question asked for have their index, which the server makes in the background."""
    if ROWS < FEWEST_ROWS:
        return
    for _attempt in range(1_200):
        if list(Path(settings.WORDS_DIR).glob("*.index")):
            return
        sleep(0.1)


def _seconds(name: str, what: str, target: str) -> Callable[[], Measure]:
    def measure() -> Measure:
        found = run()[name]
        told = f"{what}{_beside(name, found[0])}"
        return beside_ckan(told, found, unit="s", size=SIZE, rounds=1, target=target)

    return measure


def _milliseconds(name: str, ckan: str, target: str) -> Callable[[], Measure]:
    def measure() -> Measure:
        first, found = run()[f"first {name}"][0] * 1000, run()[name]
        told = f"{name} (first question {first:,.0f} ms; CKAN {ckan} ms{_beside(name, found[0] / 1000)})"
        return beside_ckan(told, found, unit="ms", size=SIZE, rounds=ROUNDS, target=target)

    return measure


MEASURES = (
    _seconds("upload", "CSV uploaded until the DataStore answers (CKAN 47 s)", "≤ 9.4"),
    _seconds("load", "datastore_upsert, insert, 50,000 records a call (CKAN 47 s)", "≤ 9.4"),
    _milliseconds("filter", "278", "≤ 56"),
    _milliseconds("sort", "320", "≤ 64"),
    _milliseconds("sort, no filter", "320", "≤ 64"),
    _milliseconds("offset 500,000", "204", "≤ 41"),
    _milliseconds("full text, rare", "84", "≤ 17"),
    _milliseconds("full text, a word of 400 rows", "84-431", "≤ 86"),
    _milliseconds("full text, common", "431", "≤ 86"),
    _seconds("dump", "dump as CSV, the first time (CKAN 2.3 s)", "≤ 0.46"),
    _seconds("dump again", "dump as CSV, again", "≤ 0.46"),
)
