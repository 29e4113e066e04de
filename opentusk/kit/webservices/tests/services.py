"""Real services for the tests: the published sample as its own process, and small wrong ones."""

import json
import subprocess
import sys
import threading
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from opentusk.kit.webservices.shapes import Ask, Kind, Paging, Reply, Service

SAMPLE = Path(__file__).resolve().parents[3] / "feeding" / "static" / "feeding" / "servizio_esempio.py"
KEY = "una-chiave-di-prova"


@contextmanager
def sample_service(table: Path) -> Iterator[str]:
    """The published sample, serving a CSV; gives its address."""
    command = [sys.executable, str(SAMPLE), str(table), "--porta", "0", "--chiave", KEY]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        try:
            yield process.stdout.readline().split()[-1]
        finally:
            process.terminate()


@contextmanager
def wrong_service(answer: Callable[[str], tuple[int, str, bytes]]) -> Iterator[str]:
    """A service that answers whatever `answer` says for a path: status, type, content."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            status, media_type, content = answer(self.path)
            self.send_response(status)
            self.send_header("Content-Type", media_type)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *words):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}/righe"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def rows_answer(rows: list[dict], **more: object) -> tuple[int, str, bytes]:
    return 200, "application/json", json.dumps({"righe": rows, **more}).encode()


def ask_with(key: str = KEY) -> Ask:
    """Asks over the real network, as a supplier's terminal does."""

    def ask(url: str) -> Reply:
        request = urllib.request.Request(url, headers={"X-Api-Key": key})
        try:
            with urllib.request.urlopen(request, timeout=10) as answer:
                return _reply(answer.status, url, answer.read(), answer.headers)
        except urllib.error.HTTPError as fault:
            with fault:
                return _reply(fault.code, url, fault.read(), fault.headers)

    return ask


def _reply(status, url, content, headers) -> Reply:
    return Reply(
        status=status,
        url=url,
        content=content,
        media_type=headers.get("Content-Type", ""),
        etag=headers.get("ETag", ""),
        last_modified=headers.get("Last-Modified", ""),
    )


def paged(url: str, *, size: int = 10) -> Service:
    """The sample asked page by page."""
    return Service(
        url=url,
        kind=Kind.JSON,
        rows_path="righe",
        paging=Paging.PAGE,
        page_parameter="pagina",
        size_parameter="righe",
        size=size,
        total_path="totale",
    )
