"""A real web server on a port of this machine, whose pages are functions: the other side in the tests."""

import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass(frozen=True)
class Page:
    """What the server answers. With `cut`, the body stops there although its length promises more."""

    body: bytes = b""
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    cut: int | None = None


@dataclass
class Site:
    """The running server: its address, its pages by path with query, and what it was asked."""

    port: int = 0
    pages: dict[str, Page | Callable[[Any], None]] = field(default_factory=dict)
    asked: list[tuple[str, str, dict[str, str]]] = field(default_factory=list)
    posted: list[bytes] = field(default_factory=list)

    @property
    def place(self) -> str:
        """`host:port`, as the settings name an allowed private address."""
        return f"127.0.0.1:{self.port}"

    def url(self, path: str) -> str:
        """The absolute address of a page."""
        return f"http://{self.place}{path}"


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that hangs up on a body it does not want is what some tests are about."""


@contextmanager
def serving() -> Iterator[Site]:
    """A server with no pages yet, for as long as the block lasts."""
    site = Site()

    class Door(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            site.asked.append((self.command, self.path, {key.lower(): value for key, value in self.headers.items()}))
            page = site.pages.get(self.path, Page(b"not here", 404))
            if callable(page):
                page(self)
                return
            if page.headers.get("ETag") and self.headers.get("If-None-Match") == page.headers["ETag"]:
                page = Page(status=304)
            self.send_response(page.status)
            for name, value in page.headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(page.body)))
            self.end_headers()
            if self.command != "HEAD":
                self.wfile.write(page.body[: page.cut])

        def do_POST(self) -> None:
            site.posted.append(self.rfile.read(int(self.headers.get("Content-Length", 0))))
            self.do_GET()

        def do_HEAD(self) -> None:
            self.do_GET()

        def log_message(self, format: str, *args: Any) -> None:
            """The tests look at `asked` instead."""

    server = _Server(("127.0.0.1", 0), Door)
    site.port = server.server_port
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield site
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
