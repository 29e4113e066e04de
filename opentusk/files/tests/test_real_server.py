"""Proves with a real web server in front of a real disk: streaming, memory, parallel pieces, full disks, sudden death.

One portal for all tests of this file, on a database and in a folder of its own.
"""

import hashlib
import json
import os
import random
import resource
import signal
import socket
import subprocess
import sys
import textwrap
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

import httpx
import pytest

MEGA = 1024 * 1024
PREPARE = """
    import django, json
    django.setup()
    from django.core.management import call_command
    call_command("migrate", verbosity=0)
    from opentusk.bodies.actions import add_member, ensure_agent
    from opentusk.bodies.models import Membership
    from opentusk.journal.actors import SYSTEM
    from opentusk.kit.records import Agent
    from opentusk.people.models import ApiToken
    from opentusk.people.tokens import make_token
    lecce = ensure_agent(Agent(identifier="c_e506", name="Comune di Lecce"), by=SYSTEM)
    user = add_member(lecce, email="ada@example.org", role=Membership.Role.REDATTORE, by=SYSTEM).user
    print(make_token(user, name="prova", scope=ApiToken.Scope.DRAFTS)[1])
"""
SHARE = """
    import django, sys
    django.setup()
    from pathlib import Path
    from opentusk.bodies.models import Agent
    from opentusk.files import actions
    from opentusk.files.addresses import latest_path
    from opentusk.journal.actors import SYSTEM
    lecce = Agent.objects.get()
    stored = actions.receive(Path(sys.argv[1]), name="grande.bin", agent=lecce, by=SYSTEM)
    series = actions.create_series(agent=lecce, name="grande.bin", by=SYSTEM)
    version = actions.add_version(series, stored, name="grande.bin", by=SYSTEM)
    print(latest_path(actions.release(version, by=SYSTEM).series))
"""


@dataclass
class Portal:
    """A portal with its server, which can be killed and started again."""

    folder: Path
    port: int
    key: str = ""
    server: subprocess.Popen | None = None
    environment: dict[str, str] = field(default_factory=dict)

    def run(self, script: str, *words: str) -> str:
        command = [sys.executable, "-c", textwrap.dedent(script), *words]
        return subprocess.run(command, env=self.environment, check=True, capture_output=True, text=True).stdout.strip()

    def start(self, *, largest_file: int | None = None) -> None:
        """`largest_file`: from there on the disk is full for the server, as the kernel says it."""

        def limit() -> None:
            if largest_file:
                signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
                resource.setrlimit(resource.RLIMIT_FSIZE, (largest_file, largest_file))

        command = [
            str(Path(sys.executable).with_name("granian")), "--interface", "wsgi", "--host", "127.0.0.1",
            "--port", str(self.port), "--workers", "1", "--log-level", "warning", "opentusk.config.wsgi:application",
        ]  # fmt: skip
        self.server = subprocess.Popen(command, env=self.environment, preexec_fn=limit, start_new_session=True)
        with self.client() as probe:
            for _attempt in range(200):
                with suppress(httpx.TransportError):
                    probe.get("/robots.txt")
                    return
                time.sleep(0.1)

    def kill(self) -> None:
        os.killpg(self.server.pid, signal.SIGKILL)
        self.server.wait()

    def client(self) -> httpx.Client:
        return httpx.Client(
            base_url=f"http://127.0.0.1:{self.port}", headers={"Authorization": f"Bearer {self.key}"}, timeout=60
        )

    def peak_memory(self) -> int:
        """Of the hungriest process of the server, in bytes."""
        listed = subprocess.run(["ps", "-o", "pid=", "-g", str(self.server.pid)], capture_output=True, text=True).stdout
        texts = [Path(f"/proc/{pid}/status").read_text() for pid in listed.split()]
        return max(int(text.partition("VmHWM:")[2].split()[0]) * 1024 for text in texts)

    def arrivals(self) -> list[str]:
        return sorted(path.name for path in (self.folder / "files" / "incoming").iterdir())


@pytest.fixture(scope="module")
def portal(tmp_path_factory) -> Iterator[Portal]:
    folder = tmp_path_factory.mktemp("portal")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        made = Portal(folder, free.getsockname()[1])
    made.environment = {
        **{name: value for name, value in os.environ.items() if name != "DATABASE_URL"},
        "OPENTUSK_VAR": str(folder),
        "DJANGO_SETTINGS_MODULE": "opentusk.config.settings",
        "PYTHONPATH": str(Path(__file__).parents[3]),
    }
    made.key = made.run(PREPARE)
    yield made
    if made.server and made.server.poll() is None:
        made.kill()


@pytest.fixture
def running(portal) -> Iterator[Portal]:
    portal.start()
    yield portal
    portal.kill()


def begin(client: httpx.Client, size: int) -> str:
    return client.post("/api/v1/uploads", json={"name": "dati.bin", "size": size}).headers["Location"]


def send(client: httpx.Client, address: str, offset: int, chunk: bytes) -> httpx.Response:
    return client.patch(address, content=chunk, headers={"Upload-Offset": str(offset)})


def test_a_large_file_is_streamed_in_little_memory_with_exact_pieces(running, tmp_path):
    path = tmp_path / "grande.bin"
    block = random.Random(3).randbytes(MEGA)
    with path.open("wb") as file:
        for number in range(200):
            file.write(number.to_bytes(4, "big") + block[4:])
    address = running.run(SHARE, str(path))
    with running.client() as client:
        before = running.peak_memory()
        digest, length = hashlib.sha256(), 0
        with client.stream("GET", address) as answer:
            for part in answer.iter_bytes():
                digest.update(part)
                length += len(part)
        asked = client.head(address)
        piece = client.get(address, headers={"Range": f"bytes={150 * MEGA}-{150 * MEGA + 9}"})
        several = client.get(address, headers={"Range": "bytes=0-3,-4"})
        beyond = client.get(address, headers={"Range": f"bytes={300 * MEGA}-"})

    assert length == 200 * MEGA == int(asked.headers["Content-Length"]) == int(answer.headers["Content-Length"])
    assert answer.headers["ETag"] == asked.headers["ETag"] == f'"{digest.hexdigest()}"'
    assert (piece.status_code, piece.content) == (206, (150).to_bytes(4, "big") + block[4:10])
    assert piece.headers["Content-Range"] == f"bytes {150 * MEGA}-{150 * MEGA + 9}/{200 * MEGA}"
    assert several.headers["Content-Type"].startswith("multipart/byteranges")
    assert int(several.headers["Content-Length"]) == len(several.content)
    assert beyond.status_code == 416
    assert running.peak_memory() - before < 60 * MEGA


def test_pieces_sent_at_once_are_taken_one_at_a_time(running):
    content = random.Random(5).randbytes(4 * MEGA)
    with running.client() as client, ThreadPoolExecutor(8) as pool:
        address = begin(client, len(content))
        for start in range(0, len(content), MEGA):
            chunk = content[start : start + MEGA]
            answers = list(pool.map(lambda _n, o=start, c=chunk: send(client, address, o, c), range(8)))
            assert sorted(answer.status_code for answer in answers) == [200] + [409] * 7
        done = client.get(address).json()

    assert done["file"]["sha256"] == hashlib.sha256(content).hexdigest()


def test_a_server_killed_in_the_middle_of_a_piece_goes_on_where_it_was(portal):
    content = random.Random(9).randbytes(6 * MEGA)
    portal.start()
    with portal.client() as client:
        address = begin(client, len(content))
        send(client, address, 0, content[: 2 * MEGA])

        def half_a_piece():
            yield content[2 * MEGA : 3 * MEGA]
            portal.kill()
            yield content[3 * MEGA : 4 * MEGA]

        with pytest.raises(httpx.TransportError):
            client.patch(address, content=half_a_piece(), headers={"Upload-Offset": str(2 * MEGA)})
    portal.start()
    with portal.client() as client:
        offset = int(client.head(address).headers["Upload-Offset"])
        assert offset == 2 * MEGA
        send(client, address, offset, content[offset : offset + 3 * MEGA])
        done = send(client, address, 5 * MEGA, content[5 * MEGA :]).json()
    portal.kill()

    assert done["file"]["sha256"] == hashlib.sha256(content).hexdigest()
    assert portal.arrivals() == []


def test_a_disk_that_fills_up_says_so_and_the_upload_goes_on_when_there_is_room(portal):
    content = random.Random(11).randbytes(12 * MEGA)
    portal.start(largest_file=8 * MEGA)
    with portal.client() as client:
        address = begin(client, len(content))
        for start in (0, 4 * MEGA):
            assert send(client, address, start, content[start : start + 4 * MEGA]).status_code == 200
        full = send(client, address, 8 * MEGA, content[8 * MEGA :])
        assert (full.status_code, full.headers["Content-Type"]) == (507, "application/problem+json")
        assert "riprova più tardi" in full.json()["detail"]
        assert client.get(address).json()["offset"] == 8 * MEGA
        assert client.get("/robots.txt").status_code == 200
    portal.kill()
    portal.start()
    with portal.client() as client:
        done = send(client, address, 8 * MEGA, content[8 * MEGA :]).json()
    portal.kill()

    assert done["file"]["sha256"] == hashlib.sha256(content).hexdigest()


def test_a_process_killed_while_it_receives_keeps_nothing(portal, tmp_path):
    path = tmp_path / "a.bin"
    path.write_bytes(random.Random(13).randbytes(2 * MEGA))
    script = """
        import django, os, signal, sys
        django.setup()
        from opentusk.bodies.models import Agent
        from opentusk.files import actions, disk
        from opentusk.journal.actors import SYSTEM

        def blocks():
            yield b"x" * 1_000_000
            os.kill(os.getpid(), signal.SIGKILL)

        actions.receive(blocks(), name="a.bin", agent=Agent.objects.get(), by=SYSTEM)
    """
    with pytest.raises(subprocess.CalledProcessError):
        portal.run(script)

    count = """
        import django
        django.setup()
        from datetime import timedelta
        import os
        from django.utils import timezone
        from opentusk.files import actions, disk
        from opentusk.files.models import StoredFile
        long_ago = (timezone.now() - timedelta(days=2)).timestamp()
        for path in disk.entrance().iterdir():
            os.utime(path, (long_ago, long_ago))
        actions.sweep()
        print(StoredFile.objects.filter(size=1_000_000).count())
    """
    assert len(portal.arrivals()) == 1
    assert portal.run(count) == "0"
    assert portal.arrivals() == []


def test_a_bomb_of_a_form_beyond_the_limit_is_answered_and_leaves_nothing(portal):
    portal.environment["OPENTUSK_MAX_UPLOAD"] = str(MEGA)
    portal.start()
    with portal.client() as client:
        refused = client.post("/api/v1/uploads", json={"name": "a.bin", "size": MEGA + 1})
        anonymous = httpx.post(
            f"http://127.0.0.1:{portal.port}/accedi", files={"file": ("a.bin", b"x" * 20 * MEGA)}, timeout=60
        )
    portal.kill()
    del portal.environment["OPENTUSK_MAX_UPLOAD"]

    assert refused.status_code == 413
    assert anonymous.status_code == 403
    assert portal.arrivals() == []
    assert json.loads(refused.content)["status"] == 413
