"""Portals that speak CKAN's Action API: ours as `opentusk serve` starts it and, beside it in the same run, a real CKAN.

`BENCH_CKAN_URL` and `BENCH_CKAN_TOKEN` (the key of a sysadmin) name the CKAN. Both get the same requests from the same
client, in turn, so that whatever else the machine does slows both.
"""

import http.client
import json
import os
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from statistics import median
from time import monotonic, perf_counter, sleep
from typing import Any
from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.core.management import call_command
from django.db.models import Max
from django.utils import timezone

from tests.benchmarks.data_api_server import free_port, start_portal
from tests.benchmarks.measure import Measure

BODY = "comune-di-lecce"
_SOON = timedelta(seconds=10)


class Client:
    """A client of the Action API that keeps its connection as long as the server does."""

    def __init__(self, address: str, key: str = "") -> None:
        host = urlsplit(address)
        self._connection = http.client.HTTPConnection(str(host.hostname), host.port or 80, timeout=600)
        self._headers = {"Authorization": key} if key else {}

    def read(self, name: str, /, **parameters: object) -> Any:
        """The result of an action by GET."""
        return self._result("GET", f"/api/3/action/{name}?{urlencode(parameters)}", None, self._headers)

    def ask(self, name: str, /, **said: object) -> Any:
        """The result of an action by POST, on a JSON object."""
        return self.send(name, json.dumps(said).encode())

    def send(self, name: str, body: bytes, kind: str = "application/json") -> Any:
        """The result of an action by POST."""
        return self._result("POST", f"/api/3/action/{name}", body, {**self._headers, "Content-Type": kind})

    def get(self, path: str) -> bytes:
        """What is at an address of the portal."""
        self._connection.request("GET", path, headers=self._headers)
        answer = self._connection.getresponse()
        content = answer.read()
        assert answer.status == 200, content[:300]
        return content

    def _result(self, method: str, path: str, body: bytes | None, headers: dict[str, str]) -> Any:
        self._connection.request(method, path, body, headers)
        said = json.loads(self._connection.getresponse().read())
        assert said["success"], said
        return said["result"]


@dataclass(frozen=True)
class Portal:
    """Where a portal answers, and a key that writes for the body `BODY`."""

    name: str
    address: str
    key: str

    def client(self) -> Client:
        """A new client with the key."""
        return Client(self.address, self.key)

    def reader(self) -> Client:
        """A new client without any."""
        return Client(self.address)


@contextmanager
def portals() -> Iterator[Sequence[Portal]]:
    """Ours, and the CKAN if one is named; the load of the machine is said before and after."""
    key = _our_key()
    port = free_port()
    web = start_portal(port)
    worker = subprocess.Popen([sys.executable, "-m", "opentusk.config.cli", "worker"], env=os.environ)
    print(f"load average at the beginning: {os.getloadavg()}", flush=True)
    try:
        yield [Portal("OpenTusk", f"http://127.0.0.1:{port}", key), *_peer()]
    finally:
        for process in (web, worker):
            process.terminate()
            process.wait(30)
        print(f"load average at the end: {os.getloadavg()}", flush=True)


def rest(seconds: float = 600) -> None:
    """Wait until our worker has followed all that was written, and has done what it put off for a few seconds."""
    from opentusk.journal.models import Cursor, Entry, Task
    from opentusk.journal.reactions import all_reactions

    end = monotonic() + seconds
    while monotonic() < end:
        newest = Entry.objects.aggregate(Max("seq"))["seq__max"] or 0
        behind = Cursor.objects.filter(position__gte=newest).count() < len(all_reactions())
        is_busy = Task.objects.filter(status=Task.Status.RUNNING).exists()
        if not (behind or is_busy or Task.objects.due(timezone.now() + _SOON).exists()):
            return
        sleep(0.5)
    raise TimeoutError(f"the worker is still at work after {seconds:.0f} s")


def _our_key() -> str:
    """A portal with a body, and the key of one of its people, who has signed for whatever is written with it."""
    from opentusk.bodies.actions import add_member
    from opentusk.bodies.models import Agent
    from opentusk.ckan.actions.declaring import sign_standing_declaration
    from opentusk.editorial.questions import QUESTIONS
    from opentusk.journal.actors import SYSTEM
    from opentusk.people.models import ApiToken
    from opentusk.people.tokens import make_token

    settings.VAR_DIR.mkdir(parents=True, exist_ok=True)
    call_command("migrate", verbosity=0)
    lecce = Agent.objects.create(ipa_code="c_e506", slug=BODY, name="Comune di Lecce")
    user = add_member(lecce, email="ada@example.org", role="redattore", by=SYSTEM).user
    token, key = make_token(user, name="prova", scope=ApiToken.Scope.PUBLISH)
    sign_standing_declaration(token, {one.code: {"answer": one.usual, "note": ""} for one in QUESTIONS}, by=SYSTEM)
    return key


def _peer() -> list[Portal]:
    address = os.environ.get("BENCH_CKAN_URL")
    if not address:
        return []
    peer = Portal("CKAN", address, os.environ["BENCH_CKAN_TOKEN"])
    if BODY not in peer.client().ask("organization_list"):
        peer.client().ask("organization_create", name=BODY, title="Comune di Lecce")
    return [peer]


Work = Callable[[int], object]


def medians(works: Sequence[Work], *, rounds: int, first: int = 0) -> list[float]:
    """The median milliseconds of a work on each portal, all of them asked in turn; the first two rounds warm up."""
    taken: list[list[float]] = [[] for _work in works]
    for number in range(-2, rounds):
        for place, work in enumerate(works):
            begun = perf_counter()
            work(first + number + 2)
            if number >= 0:
                taken[place].append((perf_counter() - begun) * 1000)
    return [median(times) for times in taken]


def answers_per_second(portal: Portal, work: Callable[[Client], object], *, clients: int, seconds: float) -> float:
    """What a portal answers to several clients, none of which pauses."""
    counts = [0] * clients
    end = perf_counter() + seconds

    def read(place: int) -> None:
        client = portal.reader()
        while perf_counter() < end:
            work(client)
            counts[place] += 1

    threads = [threading.Thread(target=read, args=(place,)) for place in range(clients)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sum(counts) / seconds


def beside_ckan(what: str, found: Sequence[float], *, unit: str, size: str, rounds: int, target: str = "") -> Measure:
    """Our figure; with the one of the CKAN of the same run, and how many times better ours is, if there was one."""
    if len(found) > 1:
        ours, theirs = found
        times = ours / theirs if unit.endswith("/s") else theirs / ours
        what = f"{what} (CKAN in this run {theirs:,.1f} {unit}: {times:.1f} × better)"
    return Measure(what=what, value=found[0], unit=unit, size=size, rounds=rounds, target=target)
