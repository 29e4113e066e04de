"""Proves that `opentusk serve --demo` opens its pages before the demonstration is loaded, says how far it is, and ends
with all its processes.
"""

import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest

ROOT = Path(__file__).resolve().parents[2]
_PATIENCE = 240


@dataclass
class Served:
    """A portal that is being started, and its address."""

    process: "subprocess.Popen[bytes]"
    address: str
    folder: Path

    def until(self, found: Callable[[], object]) -> object:
        """What is found in the end; fails when the portal ends before."""
        deadline = time.monotonic() + _PATIENCE
        while time.monotonic() < deadline:
            assert self.process.poll() is None, "the portal ended"
            with suppress(httpx.HTTPError):
                if answer := found():
                    return answer
            time.sleep(0.1)
        raise AssertionError("not found in time")

    def page(self, path: str) -> str:
        answer = httpx.get(f"{self.address}{path}", timeout=60)
        return answer.text if answer.status_code == 200 else ""

    def processes(self) -> list[int]:
        """Those that belong to this portal."""
        found = []
        for process in Path("/proc").glob("[0-9]*"):
            with suppress(OSError):
                if f"OPENTUSK_VAR={self.folder}\0".encode() in (process / "environ").read_bytes() + b"\0":
                    found.append(int(process.name))
        return found


@pytest.fixture
def served(tmp_path) -> Iterator[Served]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    variables = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    variables |= {"OPENTUSK_VAR": str(tmp_path), "DJANGO_SETTINGS_MODULE": "opentusk.config.settings"}
    variables |= {"PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-m", "opentusk.config.cli", "serve", "--demo", "--port", str(port), "--workers", "1"]
    process = subprocess.Popen(
        command, env=variables, cwd=tmp_path, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    portal = Served(process, f"http://localhost:{port}", tmp_path)
    yield portal
    process.kill()
    process.wait()
    for left in portal.processes():
        with suppress(ProcessLookupError):
            os.kill(left, signal.SIGKILL)


def test_the_pages_are_open_before_the_demonstration_is_loaded(served):
    home = served.until(lambda: served.page("/"))
    assert "<h1" in home

    said = served.until(lambda: re.search(r"(\d+) dataset su (\d+)", served.page("/catalogo")))

    assert int(said[1]) < int(said[2])
    assert json.loads(served.page("/api/v1/datasets"))["total"] < int(said[2])
    served.process.send_signal(signal.SIGTERM)
    assert served.process.wait(timeout=60) == 0
    assert served.processes() == []
