"""A datalab at its busiest: 200 phones at one table within a minute, each sending once more as bad Wi-Fi makes them do.

The real server, two web processes, SQLite; two walls poll every five seconds meanwhile. Counts that are not exact are
an error, not a figure.
"""

import http.client
import os
import random
import re
import threading
import time
from dataclasses import dataclass, field
from datetime import timedelta
from functools import cache
from time import perf_counter
from urllib.parse import urlencode

from django.conf import settings
from django.core.management import call_command
from django.utils import timezone

from tests.benchmarks.data_api_server import free_port, start_portal
from tests.benchmarks.measure import Measure, percentile

PHONES, SECONDS = int(os.environ.get("BENCH_DATALAB_PHONES", "200")), 50
_RESENT = 3  # one phone in so many sends twice


@dataclass
class Evening:
    """What was seen: times of forms and of sendings, numbers of wishes by phone, the walls' times."""

    forms: list[float] = field(default_factory=list)
    sendings: list[float] = field(default_factory=list)
    walls: list[float] = field(default_factory=list)
    numbers: dict[int, set[int]] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)


@cache
def run() -> Evening:
    """The whole evening once. Raises AssertionError when anything is lost, doubled or miscounted."""
    code, slug = _prepare()
    port, seen = free_port(), Evening()
    portal = start_portal(port)
    try:
        _ask(port, "GET", f"/datalab/{code}")
        over = threading.Event()
        walls = [threading.Thread(target=_wall, args=(port, slug, seen, over)) for _wall_number in range(2)]
        phones = [threading.Thread(target=_phone, args=(port, code, number, seen)) for number in range(PHONES)]
        for thread in (*walls, *phones):
            thread.start()
        for thread in phones:
            thread.join()
        over.set()
        for thread in walls:
            thread.join()
        _status, _header, body = _ask(port, "GET", f"/datalab/{slug}/parete.json")
    finally:
        portal.terminate()
        portal.wait(20)
    _prove(seen, body)
    return seen


def _prepare() -> tuple[str, str]:
    from opentusk.datalab.actions import make_tables
    from opentusk.journal.actors import SYSTEM
    from opentusk.journal.subjects import Card

    settings.VAR_DIR.mkdir(parents=True, exist_ok=True)
    call_command("migrate", verbosity=0)
    now = timezone.now()
    event = Card(subject="programme.event:1", title="Datalab di prova", url="/", is_public=True, edition="prova")
    datalab = make_tables(event, [["ENVI"]], by=SYSTEM, opens_at=now, closes_at=now + timedelta(hours=1))
    return datalab.tables.get().join_code, datalab.slug


def _phone(port: int, code: str, number: int, seen: Evening) -> None:
    """Opens the form, writes for a while, sends; one in three does not hear the answer and sends again."""
    chance = random.Random(number)
    time.sleep(chance.uniform(0, SECONDS * 0.7))
    began = perf_counter()
    status, _header, page = _ask(port, "GET", f"/datalab/{code}")
    seen.forms.append(perf_counter() - began)
    key = re.search(r'name="client_key" value="(\w+)"', page)
    begun = re.search(r'name="begun" value="([^"]+)"', page)
    if status != 200 or key is None or begun is None:
        seen.faults.append(f"form {status}")
        return
    time.sleep(chance.uniform(settings.FILLING_SECONDS, SECONDS * 0.3))
    hidden = {"client_key": key[1], "begun": begun[1]}
    said = urlencode({"title": f"Dato {number}", "theme": "ENVI", "world": "students"} | hidden)
    for _time in range(2 if number % _RESENT == 0 else 1):
        began = perf_counter()
        status, address, _body = _ask(port, "POST", f"/datalab/{code}", said)
        seen.sendings.append(perf_counter() - began)
        if status != 302:
            seen.faults.append(f"sending {status}")
        else:
            seen.numbers.setdefault(number, set()).add(int(address.split("?")[0].rsplit("/", 1)[-1]))


def _wall(port: int, slug: str, seen: Evening, over: threading.Event) -> None:
    while not over.wait(5):
        began = perf_counter()
        _ask(port, "GET", f"/datalab/{slug}/parete.json")
        seen.walls.append(perf_counter() - began)


def _ask(port: int, method: str, path: str, body: str = "") -> tuple[int, str, str]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    headers = {"Content-Type": "application/x-www-form-urlencoded"} if body else {}
    connection.request(method, path, body or None, headers)
    answer = connection.getresponse()
    found = answer.status, answer.getheader("Location") or "", answer.read().decode()
    connection.close()
    return found


def _prove(seen: Evening, wall: str) -> None:
    given = [number for numbers in seen.numbers.values() for number in numbers]
    assert not seen.faults, seen.faults
    assert sorted(given) == list(range(1, PHONES + 1)), "a wish was lost or kept twice"
    assert f'"total": {PHONES}' in wall and f'"n": {PHONES}' in wall, wall


def sending() -> Measure:
    """How long a phone waits for its number."""
    return _measure("datalab: a wish is sent, median", percentile(run().sendings, 0.5), "")


def slowest_sending() -> Measure:
    """How long the unluckiest phone waits."""
    return _measure(
        "datalab: a wish is sent, slowest",
        max(run().sendings),
        "nothing lost, nothing double, wall exact: proved or an error",
    )


def opening() -> Measure:
    """How long a form takes to come, at the 95th percentile."""
    return _measure("datalab: the form opens, p95", percentile(run().forms, 0.95), "2,000 ms")


def _measure(name: str, seconds: float, target: str) -> Measure:
    size = f"{PHONES} phones in a minute, {len(run().sendings)} sendings, two walls"
    return Measure(what=name, value=seconds * 1000, unit="ms", size=size, rounds=PHONES, target=target)


MEASURES = [sending, slowest_sending, opening]
