"""A catalogue of two bodies with its people, and a national catalogue on a server of this machine."""

import json
import re
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest
from django.test import Client

from opentusk.bodies.actions import add_member
from opentusk.bodies.models import Membership
from opentusk.feeds.tests.conftest import bari, catalogue, lecce
from opentusk.journal.actors import SYSTEM
from opentusk.people.models import User

__all__ = ["bari", "catalogue", "lecce"]


@pytest.fixture(autouse=True)
def places(settings, tmp_path):
    settings.VAR_DIR = tmp_path
    settings.FEEDS_DIR = tmp_path / "feeds"
    settings.SEARCH_DIR = tmp_path / "search"
    settings.VISITS_DIR = tmp_path / "visits"
    settings.FEED_PAGE_SIZE = 3


@pytest.fixture
def ada(lecce) -> User:
    return add_member(lecce, email="ada@example.org", role=Membership.Role.DPO, by=SYSTEM).user


@pytest.fixture
def member(ada) -> Client:
    return signed_in(ada)


@pytest.fixture
def desk(db) -> Client:
    return signed_in(User.objects.create_user("desk@example.org", desk_role="editor"))


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


@dataclass
class National:
    """The national catalogue: CKAN packages, a page size, and moods."""

    packages: list[dict[str, Any]] = field(default_factory=list)
    most_rows: int = 1000
    turns_away_get: bool = False
    answer: tuple[int, bytes] | None = None
    asked: list[tuple[str, dict[str, Any]]] = field(default_factory=list)

    def search(self, asked: dict[str, Any]) -> bytes:
        """What `package_search` gives: the filter on the holder, `rows` and `start`."""
        codes = set(re.findall(r'"([^"]+)"', str(asked["fq"])))
        assert str(asked["fq"]).startswith("holder_identifier:(")
        found = [package for package in self.packages if package["holder_identifier"] in codes]
        rows, start = min(int(asked["rows"]), self.most_rows), int(asked["start"])
        result = {"count": len(found), "results": found[start : start + rows], "facets": {}, "search_facets": {}}
        return json.dumps({"help": "…", "success": True, "result": result}).encode()


def package(identifier: str, **changes: Any) -> dict[str, Any]:
    """A package as dati.gov.it shows one: flat fields, Italian dates."""
    name = re.sub(r"[^a-z0-9-]+", "-", identifier.lower())
    return {
        "id": f"id-{name}",
        "name": name,
        "identifier": identifier,
        "title": f"Dataset {identifier.partition(':')[2]}",
        "holder_identifier": "c_e506",
        "holder_name": "Comune di Lecce",
        "modified": "12-09-2026",
        "metadata_modified": "2026-11-21T07:12:03.428194",
        "organization": {"name": "regione-puglia", "title": "Regione Puglia"},
        "extras": [],
        "resources": [],
    } | changes


@pytest.fixture
def national(settings) -> Iterator[National]:
    """The server, and the settings that let the portal ask it."""
    state = National()

    class Door(BaseHTTPRequestHandler):
        def handle_question(self, asked: dict[str, Any]) -> None:
            state.asked.append((self.command, asked))
            status, body = state.answer or (200, state.search(asked))
            if state.turns_away_get and self.command == "GET":
                status, body = 403, b"<html>Request blocked</html>"
            self.send_response(status)
            self.send_header("Content-Type", "application/json;charset=utf-8")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def do_GET(self) -> None:
            assert urlsplit(self.path).path == "/opendata/api/3/action/package_search"
            self.handle_question(dict(parse_qsl(urlsplit(self.path).query)))

        def do_POST(self) -> None:
            assert self.headers["Content-Type"] == "application/json"
            self.handle_question(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))

        def log_message(self, *args: Any) -> None:
            """The tests look at `asked`."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Door)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    settings.OUTBOUND_ALLOWED_PRIVATE = [f"127.0.0.1:{server.server_port}"]
    settings.NATIONAL_API = f"http://127.0.0.1:{server.server_port}/opendata/api/3/action"
    yield state
    server.shutdown()
    thread.join()
    server.server_close()
