"""Proves what a copy does with a CKAN that is not whole: what it refuses, what waits, what a next run takes up."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from pytest_django import Settings

from opentusk.bodies.actions import ensure_agent
from opentusk.bodies.models import Agent
from opentusk.catalog.models import Dataset
from opentusk.journal.actors import SYSTEM
from opentusk.kit.records import Agent as AgentRecord
from opentusk.migration.actions import migrate
from opentusk.migration.errors import SiteFault
from opentusk.migration.models import Thing
from opentusk.migration.remote import Site
from opentusk.outbound.tests.local_server import Site as Server
from opentusk.outbound.tests.local_server import serving
from opentusk.people.models import User

pytestmark = pytest.mark.django_db
NUMBER = "0b8f6d0e-5c1a-4b6e-9a53-0a4ac0f6d0{:02}"
LECCE = {"id": NUMBER.format(1), "name": "lecce", "title": "Comune di Lecce", "users": []}
NOTES = "Gli alberi del verde pubblico, uno per riga, con specie, altezza in metri e giorno del rilievo."


class Ckan(dict):
    """A CKAN in short: what its actions answer, by name and by the `id` that they are asked; and its files."""

    def __init__(self) -> None:
        super().__init__()
        self.organizations: list[dict[str, Any]] = [LECCE]
        self.users: list[dict[str, Any]] = []
        self.packages: list[dict[str, Any]] = []
        self.files: dict[str, bytes] = {}

    def get(self, path: str, _default: object = None) -> Any:
        found = urlsplit(path)
        name, said = found.path.rpartition("/")[2], {key: value[0] for key, value in parse_qs(found.query).items()}
        return lambda door: self._send(door, *self._answer(found.path, name, said))

    def _answer(self, path: str, name: str, said: dict[str, str]) -> tuple[int, bytes]:
        if path in self.files:
            return 200, self.files[path]
        lists = {
            "status_show": {},
            "user_list": self.users,
            "organization_list": [one["name"] for one in self.organizations][int(said.get("offset", 0)) :],
            "package_list": [one["name"] for one in self.packages][int(said.get("offset", 0)) :],
        }
        shown = {
            "organization_show": {one["name"]: one for one in self.organizations},
            "package_show": {one["name"]: one for one in self.packages},
        }
        result = lists.get(name, shown.get(name, {}).get(said.get("id", "")))
        if result is None:
            error = {"__type": "Not Found Error", "message": "Not found"}
            return 404, json.dumps({"success": False, "error": error}).encode()
        return 200, json.dumps({"success": True, "result": result}).encode()

    def _send(self, door: Any, status: int, body: bytes) -> None:
        door.send_response(status)
        door.send_header("Content-Length", str(len(body)))
        door.end_headers()
        door.wfile.write(body)


@pytest.fixture
def server(settings: Settings, tmp_path: Path) -> Iterator[Server]:
    settings.VAR_DIR, settings.FILES_DIR = tmp_path, tmp_path / "files"
    with serving() as running:
        settings.OUTBOUND_ALLOWED_PRIVATE = [running.place]
        running.pages = Ckan()
        yield running


@pytest.fixture
def ckan(server: Server) -> Ckan:
    assert isinstance(server.pages, Ckan)
    return server.pages


def package(number: int, name: str, **said: Any) -> dict[str, Any]:
    resource = {"id": NUMBER.format(number + 50), "name": "Alberi", "url": "https://x.example/a.csv", "format": "CSV"}
    return {
        "id": NUMBER.format(number), "name": name, "title": f"Alberi {name}", "notes": NOTES, "frequency": "ANNUAL",
        "license_id": "cc-by", "modified": "2025-01-31", "theme": ["ENVI"], "organization": LECCE, "state": "active",
        "type": "dataset", "private": False, "resources": [resource], **said,
    }  # fmt: skip


def states(kind: str) -> dict[str, str]:
    return dict(Thing.objects.filter(kind=kind).values_list("name", "state"))


def test_public_becomes_public_private_and_incomplete_stay_drafts_with_the_reason(server: Server, ckan: Ckan) -> None:
    ckan.packages = [package(1, "pubblico"), package(2, "privato", private=True), package(3, "breve", notes="")]

    migrate(Site(server.url("/"), ""))

    found = dict(Dataset.objects.values_list("slug", "status"))
    assert found == {"pubblico": "published", "privato": "draft", "breve": "draft"}
    assert states("publication") == {"pubblico": "done", "breve": "failed"}
    assert "descrizione" in Thing.objects.get(kind="publication", name="breve").detail
    assert states("dataset") == dict.fromkeys(found, "done")
    wishes = dict(Dataset.objects.values_list("slug", "package__wish"))
    assert wishes == {"pubblico": "public", "privato": "private", "breve": "public"}


def test_a_dataset_without_its_file_waits_until_it_comes_or_somebody_says_so(server: Server, ckan: Ckan) -> None:
    path = "/dataset/x/resource/y/download/alberi.csv"
    file = {"id": NUMBER.format(60), "name": "File", "url": server.url(path), "url_type": "upload", "format": "CSV"}
    ckan.packages = [package(1, "con-file", resources=[file])]

    migrate(Site(server.url("/"), ""))

    assert (states("file"), states("publication")) == ({"File": "failed"}, {"con-file": "waiting"})
    assert "404" in Thing.objects.get(kind="file").detail

    ckan.files[path] = b"specie,altezza\npino,3\n"
    migrate(Site(server.url("/"), ""))

    assert states("file") == {"File": "done"}
    assert "esame" in Thing.objects.get(kind="publication").detail


def test_who_says_so_gets_it_public_with_the_old_address(server: Server, ckan: Ckan) -> None:
    url = server.url("/gone.csv")
    file = {"id": NUMBER.format(60), "name": "File", "url": url, "url_type": "upload", "format": "CSV"}
    ckan.packages = [package(1, "con-file", resources=[file])]

    migrate(Site(server.url("/"), ""), needs_files=False)

    dataset = Dataset.objects.get()
    assert dataset.is_published
    assert [row.access_url for row in dataset.distributions.all()] == [url]


def test_a_second_run_asks_again_only_what_it_needs_and_writes_nothing_twice(server: Server, ckan: Ckan) -> None:
    ckan.packages = [package(1, "uno"), package(2, "due")]
    migrate(Site(server.url("/"), ""))
    before = list(Thing.objects.order_by("pk").values_list("pk", "state", "tried_at"))

    migrate(Site(server.url("/"), ""))

    done = Thing.objects.filter(state="done").order_by("pk").values_list("pk", "state", "tried_at")
    assert list(done) == [row for row in before if row[1] == "done"]
    assert Dataset.objects.count() == 2


def test_a_body_that_is_here_already_takes_the_datasets(server: Server, ckan: Ckan) -> None:
    known = ensure_agent(AgentRecord(identifier="c_e506", name="Comune di Lecce"), by=SYSTEM)
    ckan.packages = [package(1, "uno")]

    migrate(Site(server.url("/"), ""))

    assert Agent.objects.get() == known
    assert states("organization") == {"lecce": "left_out"}
    assert Dataset.objects.get().rights_holder == known


def test_accounts_without_an_address_or_closed_are_told(server: Server, ckan: Ckan) -> None:
    ckan.users = [
        {"id": NUMBER.format(7), "name": "ada", "email": "ada@example.org", "state": "active"},
        {"id": NUMBER.format(8), "name": "bea", "state": "active"},
        {"id": NUMBER.format(9), "name": "ciro", "email": "ciro@example.org", "state": "deleted"},
    ]

    migrate(Site(server.url("/"), "una-chiave"))

    assert states("user") == {"ada": "done", "bea": "failed", "ciro": "left_out"}
    assert [(user.email, user.has_usable_password()) for user in User.objects.all()] == [("ada@example.org", False)]
    assert all(headers["authorization"] == "una-chiave" for _method, _path, headers in server.asked)


def test_a_portal_that_is_no_ckan_stops_the_copy(server: Server) -> None:
    with pytest.raises(SiteFault):
        migrate(Site("http://127.0.0.1:1", ""))

    assert not Thing.objects.exists()
