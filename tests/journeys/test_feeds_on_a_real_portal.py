"""Proves what only real processes can show: feeds behind the real web server, and a rebuild that is killed."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import httpx
import pytest
from pyoxigraph import RdfFormat, parse

ROOT = Path(__file__).resolve().parents[2]
PAGES = 3
DATASETS = 450
# More than one chunk of a rebuild, so that it works in several processes, as it does on a real portal.
FILL = f"""
from dataclasses import replace
from opentusk.bodies.actions import ensure_agent
from opentusk.catalog.records import checksum_of
from opentusk.catalog.storing import Incoming, store_records
from opentusk.catalog.tests.records import trees
from opentusk.feeds.rebuilding import rebuild_feeds
from opentusk.journal.actors import SYSTEM
from opentusk.kit.record_json import write_record
from opentusk.kit.records import Agent
holder = ensure_agent(Agent(identifier="c_e506", name="Comune di Lecce"), by=SYSTEM)
def incoming(number):
    record = trees(f"c_e506:alberi-{{number}}", title={{"it": f"Alberi della zona {{number}}"}})
    return Incoming(record=record, holder=holder, origin_id=str(number), origin_checksum=str(number))
store_records([incoming(number) for number in range({DATASETS})], origin="prova", by=SYSTEM)
"""


@pytest.fixture(scope="module")
def portal(tmp_path_factory) -> dict[str, str]:
    """The environment of a portal with its own disk, its datasets published and its feeds built."""
    var = tmp_path_factory.mktemp("var")
    environment = {**os.environ, "OPENTUSK_VAR": str(var), "DJANGO_SETTINGS_MODULE": "opentusk.config.settings"}
    environment.pop("DATABASE_URL", None)
    environment["OPENTUSK_FEED_PAGE_SIZE"] = str(-(-DATASETS // PAGES))
    manage(environment, "migrate", "--verbosity", "0")
    manage(environment, "shell", "--command", FILL)
    manage(environment, "rebuild", "feeds")
    return environment


def manage(environment: dict[str, str], *words: str) -> None:
    subprocess.run([sys.executable, str(ROOT / "manage.py"), *words], env=environment, cwd=ROOT, check=True)


@pytest.fixture
def served(portal) -> Iterator[str]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [str(Path(sys.executable).with_name("granian")), "--interface", "wsgi", "--host", "127.0.0.1"]
    command += ["--port", str(port), "--log-level", "warning", "opentusk.config.wsgi:application"]
    server = subprocess.Popen(command, env=portal, cwd=ROOT, start_new_session=True)
    address = f"http://127.0.0.1:{port}"
    wait_for(address)
    yield address
    os.killpg(server.pid, signal.SIGTERM)
    server.wait(timeout=20)


def wait_for(address: str) -> None:
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        try:
            httpx.get(f"{address}/robots.txt")
        except httpx.TransportError:
            continue
        return
    raise TimeoutError(address)


def pages_on_disk(portal: dict[str, str]) -> dict[str, bytes]:
    root = Path(portal["OPENTUSK_VAR"]) / "feeds"
    return {str(path.relative_to(root)): path.read_bytes() for path in root.rglob("*.gz")}


def test_the_real_server_answers_as_harvesters_expect(served):
    packed = httpx.get(f"{served}/catalog.ttl", headers={"Accept-Encoding": "gzip"})
    plain = httpx.get(f"{served}/catalog.ttl", headers={"Accept-Encoding": "identity"})
    head = httpx.head(f"{served}/catalog.ttl", headers={"Accept-Encoding": "identity"})
    again = httpx.get(f"{served}/catalog.ttl", headers={"If-None-Match": packed.headers["ETag"]})

    assert packed.headers["Content-Encoding"] == "gzip"
    assert packed.content == plain.content
    assert int(plain.headers["Content-Length"]) == len(plain.content)
    assert head.status_code == 200
    assert head.content == b""
    for name in ("Content-Type", "Content-Length", "ETag", "Last-Modified"):
        assert head.headers[name] == plain.headers[name]
    assert (again.status_code, again.content) == (304, b"")
    assert "set-cookie" not in plain.headers
    assert plain.headers["Content-Type"] == "text/turtle; charset=utf-8"


def test_a_harvester_that_follows_next_gets_every_dataset_once(served):
    found: list[str] = []
    address = f"{served}/catalog.nt"
    for _page in range(PAGES):
        statements = [quad.triple for quad in parse(httpx.get(address).content, RdfFormat.N_TRIPLES)]
        found += [line.object.value for line in statements if line.predicate.value.endswith("/dcat#dataset")]
        following = [line.object.value for line in statements if line.predicate.value.endswith("core#next")]
        address = following[0].replace("http://localhost:8000", served) if following else ""

    assert address == ""
    assert len(found) == len(set(found)) == DATASETS


def test_a_rebuild_killed_at_any_moment_leaves_the_last_good_feeds(portal):
    before = pages_on_disk(portal)
    started = time.monotonic()
    manage(portal, "rebuild", "feeds")
    whole = time.monotonic() - started

    for share in (0.4, 0.6, 0.8):
        kill_a_rebuild(portal, after=whole * share)
        after = pages_on_disk(portal)
        assert before.items() <= after.items()

    manage(portal, "rebuild", "feeds")
    assert pages_on_disk(portal) == before


def kill_a_rebuild(portal: dict[str, str], *, after: float) -> None:
    """Start one and kill it with all its processes after so many seconds, wherever it is by then."""
    command = [sys.executable, str(ROOT / "manage.py"), "rebuild", "feeds"]
    rebuild = subprocess.Popen(command, env=portal, cwd=ROOT, start_new_session=True)
    with suppress(subprocess.TimeoutExpired):
        rebuild.wait(timeout=after)
    with suppress(ProcessLookupError):
        os.killpg(rebuild.pid, signal.SIGKILL)
    rebuild.wait()
