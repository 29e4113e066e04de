"""Ada writes for Lecce and has a key for programs; on the other side of the network there is a real server."""

import json
from dataclasses import dataclass
from pathlib import Path

import pytest

from opentusk.bodies.tests.cast import ada, ada_account, bari, bruno_account, lecce
from opentusk.catalog.actions import create_draft
from opentusk.catalog.models import Dataset
from opentusk.catalog.tests.records import trees
from opentusk.journal.actors import SYSTEM
from opentusk.outbound.tests.local_server import Page, Site, serving
from opentusk.people.models import ApiToken
from opentusk.people.tokens import make_token

__all__ = ["ada", "ada_account", "bari", "bruno_account", "lecce"]


@pytest.fixture(autouse=True)
def disk(settings, tmp_path):
    settings.VAR_DIR = tmp_path
    settings.FILES_DIR = tmp_path / "files"


@pytest.fixture
def draft(lecce, ada) -> Dataset:
    return create_draft(trees(), holder=lecce, by=SYSTEM)


@dataclass
class Program:
    """A program that calls the portal with a key."""

    client: object
    key: str

    def _headers(self, headers):
        return {"Authorization": f"Bearer {self.key}", **headers}

    def get(self, address):
        return self.client.get(f"/api/v1{address}", headers=self._headers({}))

    def put(self, address, document, **headers):
        return self.client.put(
            f"/api/v1{address}", json.dumps(document), "application/json", headers=self._headers(headers)
        )

    def post(self, address, document=None):
        return self.client.post(
            f"/api/v1{address}", json.dumps(document or {}), "application/json", headers=self._headers({})
        )

    def send(self, address, file, **words):
        return self.client.post(f"/api/v1{address}", {"file": file, **words}, headers=self._headers({}))


@pytest.fixture
def program(client, ada_account) -> Program:
    _token, key = make_token(ada_account, name="gestionale", scope=ApiToken.Scope.PUBLISH)
    return Program(client, key)


@pytest.fixture
def preparing_program(client, ada_account) -> Program:
    _token, key = make_token(ada_account, name="prepara", scope=ApiToken.Scope.DRAFTS)
    return Program(client, key)


@pytest.fixture
def site(settings, tmp_path: Path):
    with serving() as running:
        settings.OUTBOUND_ALLOWED_PRIVATE = [running.place]
        yield running


def rows_page(rows: list[dict], **more) -> Page:
    return Page(json.dumps({"righe": rows, **more}).encode(), headers={"Content-Type": "application/json"})


def two_pages(site: Site, first: list[dict], second: list[dict]) -> str:
    """A service of two pages; its address."""
    total = len(first) + len(second)
    site.pages["/righe"] = rows_page(first, totale=total, successiva=site.url("/righe?pagina=2"))
    site.pages["/righe?pagina=2"] = rows_page(second, totale=total, successiva=None)
    return site.url("/righe")
