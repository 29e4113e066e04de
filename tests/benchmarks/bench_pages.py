"""Pages a second that eight readers at once get of a dataset's page, from the real server with the demonstration."""

import http.client
import os
import socket
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

from tests.benchmarks.measure import Measure, percentile

CLIENTS = 8
SECONDS = 8.0


def dataset_page() -> Measure:
    """Keep-alive connections, one thread each, on the same two cores as the server."""
    with tempfile.TemporaryDirectory(prefix="opentusk-bench-") as folder:
        environment = {**os.environ, "OPENTUSK_VAR": folder}
        for words in (("migrate", "--verbosity", "0"), ("demo",)):
            subprocess.run([sys.executable, "-m", "opentusk.config.cli", *words], env=environment, check=True)
        subprocess.run([sys.executable, "-m", "tests.benchmarks.deliver"], env=environment, check=True)
        port = _free_port()
        server = subprocess.Popen(_server(port), env=environment)
        try:
            _wait_for(port)
            times = _read_all(port)
        finally:
            server.terminate()
            server.wait(20)
    return Measure(
        what=f"dataset page (p50 {percentile(times, 0.5) * 1000:.0f} ms, p95 {percentile(times, 0.95) * 1000:.0f} ms)",
        value=len(times) / SECONDS,
        unit="pages/s",
        size=f"{CLIENTS} clients, {len(times):,} pages, 304 datasets",
        rounds=1,
        target="CKAN's page takes 151 ms",
    )


def _server(port: int) -> list[str]:
    granian = str(Path(sys.executable).with_name("granian"))
    options = ["--interface", "wsgi", "--port", str(port), "--workers", "2", "--log-level", "error"]
    return [granian, *options, "opentusk.config.wsgi:application"]


def _read_all(port: int) -> list[float]:
    times: list[float] = []
    end = time.perf_counter() + SECONDS

    def read() -> None:
        connection = http.client.HTTPConnection("127.0.0.1", port)
        while time.perf_counter() < end:
            start = time.perf_counter()
            connection.request("GET", "/dataset/c_e506-alberi")
            answer = connection.getresponse()
            answer.read()
            assert answer.status == 200, answer.status
            times.append(time.perf_counter() - start)

    readers = [threading.Thread(target=read) for _client in range(CLIENTS)]
    for reader in readers:
        reader.start()
    for reader in readers:
        reader.join()
    return times


def _wait_for(port: int) -> None:
    for _attempt in range(100):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.2)
    raise TimeoutError(port)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


MEASURES = (dataset_page,)
