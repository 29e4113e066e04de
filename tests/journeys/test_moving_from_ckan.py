"""Proves that a whole CKAN moves in with its names, numbers, files and words, and that the move can be taken up again.

The CKAN is our own CKAN door on a server of its own, with data of its own; the portal that copies it is a second one,
on another disk, driven by the command line only.
"""

import json
import os
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from tests.journeys.test_feeds_on_a_real_portal import wait_for

ROOT = Path(__file__).resolve().parents[2]
BODY = "0b8f6d0e-5c1a-4b6e-9a53-0a4ac0f6d001"
TREES = "0b8f6d0e-5c1a-4b6e-9a53-0a4ac0f6d002"
FILE = "0b8f6d0e-5c1a-4b6e-9a53-0a4ac0f6d003"
LINK = "0b8f6d0e-5c1a-4b6e-9a53-0a4ac0f6d004"
ADA = "0b8f6d0e-5c1a-4b6e-9a53-0a4ac0f6d005"
LOST = "0b8f6d0e-5c1a-4b6e-9a53-0a4ac0f6d006"
GONE = "0b8f6d0e-5c1a-4b6e-9a53-0a4ac0f6d007"
HIDDEN = "0b8f6d0e-5c1a-4b6e-9a53-0a4ac0f6d008"
DOWNLOAD = f"/dataset/{TREES}/resource/{FILE}/download/alberi-2025.csv"
# Names that no rule of ours would give: only a copy has them.
FILL = f"""
import pathlib
from uuid import UUID
from opentusk.bodies.actions import change_agent, open_agent
from opentusk.ckan.actions import bring_package
from opentusk.ckan_directory.actions import keep_extras, make_account, set_capacity
from opentusk.catalog.actions import attach_file
from opentusk.files.actions import receive
from opentusk.journal.actors import SYSTEM
from opentusk.kit.records import Agent, LicenseDocument
from opentusk.people.models import ApiToken, User
from opentusk.people.tokens import make_token

record = Agent(identifier="c_e506", name="Comune di Lecce")
lecce = open_agent(record, slug="lecce-dati", number=UUID("{BODY}"), by=SYSTEM)
change_agent(lecce, {{"contact_email": "dati@comune.example.it", "description": "I dati di Lecce"}}, by=SYSTEM)
keep_extras(lecce, [{{"key": "zona", "value": "Salento"}}], by=SYSTEM)
ada = make_account("ada@example.org", name="ada_byron", fullname="Ada Byron", number=UUID("{ADA}"), by=SYSTEM)
set_capacity(lecce, ada, "admin", by=SYSTEM)
admin = User.objects.create_user("admin@example.org", "una frase abbastanza lunga", desk_role="admin")
_token, key = make_token(admin, name="trasloco", scope=ApiToken.Scope.PUBLISH)

def package(number, name, **said):
    given = {{
        "name": name, "title": "Alberi di Lecce", "frequency": "ANNUAL", "license_id": "cc-by",
        "modified": "2025-01-31",
        "notes": "Gli alberi del verde pubblico, uno per riga, con specie, altezza in metri e giorno del rilievo.",
        "groups": [{{"name": "envi"}}], "tags": [{{"name": "alberi"}}], "resources": [], **said,
    }}
    return bring_package(given, holder=lecce, identifier="c_e506:" + name, number=UUID(number), by=SYSTEM)

link = {{"id": "{LINK}", "url": "https://dati.example.org/alberi.json", "name": "Alberi, JSON", "format": "JSON"}}
extra = {{"key": "mio_campo", "value": "tenuto"}}
trees = package("{TREES}", "alberi_del-verde", extras=[extra], resources=[link])
path = pathlib.Path(__import__("os").environ["OPENTUSK_VAR"]) / "Alberi 2025.csv"
path.write_text("specie,altezza\\n" + "\\n".join(f"pino,{{n}}" for n in range(12)) + "\\n")
licence = LicenseDocument(iri="https://creativecommons.org/licenses/by/4.0/")
stored = receive(path, name=path.name, agent=lecce, by=SYSTEM)
words = {{"title": {{"it": "Alberi, CSV"}}, "license": licence}}
attach_file(trees, stored, name=path.name, by=SYSTEM, uuid=UUID("{FILE}"), **words)
gone = {{"id": "{GONE}", "url": "https://dati.example.org/x.csv", "format": "CSV"}}
package("{LOST}", "senza-file", resources=[gone])
package("{HIDDEN}", "riservato", title="Elenco riservato", private=True)
"""
# In one process: starting one takes as long as all the rest.
PUBLISH = """
from django.core.management import call_command
call_command("worker", "--once")
from opentusk.catalog.actions import publish
from opentusk.catalog.models import Dataset
from opentusk.journal.actors import SYSTEM
from opentusk.people.models import User
from opentusk.subscriptions.actions import follow
from opentusk.tables.actions import describe_columns
from opentusk.tables.models import Table
words = {"altezza": {"title": "Altezza", "description": "Altezza della chioma", "unit": "m"}}
describe_columns(Table.objects.get(), words, by=SYSTEM)
for dataset in Dataset.objects.exclude(slug="riservato"):
    publish(dataset, by=SYSTEM)
ada = User.objects.get(email="ada@example.org")
follow("dataset", "c_e506:alberi_del-verde", user=ada, channel="inbox")
call_command("worker", "--once")
print(key)
"""


class Portal:
    """A portal on a disk of its own."""

    def __init__(self, folder: Path, port: int, *, blank: Path | None = None) -> None:
        if blank:
            # Tables made once serve both portals.
            shutil.copytree(blank, folder)
        else:
            folder.mkdir()
        self.folder = folder
        self.address = f"http://127.0.0.1:{port}"
        self.variables = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
        self.variables |= {
            "OPENTUSK_VAR": str(folder),
            "OPENTUSK_SITE_URL": self.address,
            "DJANGO_SETTINGS_MODULE": "opentusk.config.settings",
        }
        if not blank:
            self.run("migrate", "--verbosity", "0")

    def run(self, *words: str, expected: int = 0, **variables: str) -> str:
        done = subprocess.run(
            [sys.executable, "-m", "opentusk.config.cli", *words],
            cwd=ROOT, env=self.variables | variables, capture_output=True, text=True,
        )  # fmt: skip
        assert done.returncode == expected, done.stderr + done.stdout
        return done.stdout

    def rows(self, query: str) -> list[tuple[object, ...]]:
        return sqlite3.connect(self.folder / "opentusk.sqlite3").execute(query).fetchall()

    def served(self) -> "subprocess.Popen[bytes]":
        command = [str(Path(sys.executable).with_name("granian")), "--interface", "wsgi", "--host", "127.0.0.1"]
        command += ["--port", self.address.rpartition(":")[2], "--log-level", "warning"]
        command += ["opentusk.config.wsgi:application"]
        server = subprocess.Popen(command, env=self.variables, cwd=ROOT, start_new_session=True)
        wait_for(self.address)
        return server


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


@pytest.fixture(scope="module")
def blank(tmp_path_factory) -> Path:
    """The folder of a portal without data."""
    return Portal(tmp_path_factory.mktemp("blank") / "var", free_port()).folder


@pytest.fixture(scope="module")
def ckan(blank, tmp_path_factory) -> Iterator[tuple[Portal, str]]:
    """The portal that is left, served, with the key of its admin."""
    portal = Portal(tmp_path_factory.mktemp("ckan") / "var", free_port(), blank=blank)
    key = portal.run("shell", "--no-imports", "--command", FILL + PUBLISH).split()[-1]
    server = portal.served()
    yield portal, key
    os.killpg(server.pid, signal.SIGTERM)
    server.wait(timeout=20)


def copy(portal: Portal, ckan: tuple[Portal, str], *, key: str | None = None, expected: int) -> dict[str, object]:
    source, token = ckan
    place = source.address.removeprefix("http://")
    words = ["migrate-ckan", source.address, "--token", token if key is None else key]
    return json.loads(portal.run(*words, expected=expected, OPENTUSK_OUTBOUND_ALLOWED_PRIVATE=place))


@pytest.fixture(scope="module")
def moved(blank, ckan, tmp_path_factory) -> tuple[Portal, dict[str, object], dict[str, object]]:
    """The portal that copies, after two runs with the worker between them; and what each run reported."""
    portal = Portal(tmp_path_factory.mktemp("new") / "var", free_port(), blank=blank)
    first = copy(portal, ckan, expected=1)
    portal.run("worker", "--once")
    second = copy(portal, ckan, expected=0)
    return portal, first, second


def test_the_first_run_copies_and_says_what_waits(moved):
    _portal, first, _second = moved

    waiting = {(one["kind"], one["state"]) for one in first["unfinished"]}
    assert waiting == {("dictionary", "waiting"), ("publication", "waiting"), ("follower", "waiting")}
    assert "worker" in next(one["reason"] for one in first["unfinished"] if one["kind"] == "dictionary")
    assert first["counts"]["dataset"] == {"done": 3}
    assert first["counts"]["file"] == {"done": 1}


def test_the_second_run_finishes_and_doubles_nothing(moved, ckan):
    portal, _first, second = moved

    assert second["unfinished"] == []
    assert second["counts"]["publication"] == {"done": 2}
    assert portal.rows("SELECT count(*) FROM catalog_dataset") == [(3,)]
    again = copy(portal, ckan, expected=0)
    assert again["counts"] == second["counts"]
    assert portal.rows("SELECT count(*) FROM catalog_distribution") == [(3,)]


def test_names_and_numbers_are_those_of_the_ckan(moved):
    portal, _first, _second = moved

    assert portal.rows("SELECT slug, uuid, ipa_code, contact_email FROM bodies_agent") == [
        ("lecce-dati", BODY.replace("-", ""), "c_e506", "dati@comune.example.it")
    ]
    datasets = portal.rows("SELECT uuid, slug, status FROM catalog_dataset ORDER BY uuid")
    assert datasets == [
        (TREES.replace("-", ""), "alberi_del-verde", "published"),
        (LOST.replace("-", ""), "senza-file", "published"),
        (HIDDEN.replace("-", ""), "riservato", "draft"),
    ]
    numbers = {number for (number,) in portal.rows("SELECT uuid FROM catalog_distribution")}
    assert numbers == {number.replace("-", "") for number in (FILE, LINK, GONE)}


def test_accounts_come_without_password_and_nobody_gets_a_letter(moved):
    portal, _first, _second = moved

    people = dict(portal.rows("SELECT email, password FROM people_user"))
    assert set(people) == {"ada@example.org", "admin@example.org"}
    assert all(password.startswith("!") for password in people.values())
    assert portal.rows("SELECT name, uuid FROM ckan_directory_account") == [("ada_byron", ADA.replace("-", ""))]
    assert portal.rows("SELECT role FROM bodies_membership") == [("referente",)]
    letters = "SELECT count(*) FROM journal_task WHERE function LIKE '%letter%'"
    assert portal.rows(letters) == [(0,)]


def test_the_dictionary_the_extras_and_the_followers_came_along(moved):
    portal, _first, _second = moved

    ((dictionary,),) = portal.rows("SELECT dictionary FROM tables_table")
    assert json.loads(dictionary)["altezza"]["description"] == "Altezza della chioma"
    ((extras,),) = portal.rows(f"SELECT p.extras FROM ckan_package p JOIN catalog_dataset d ON d.id = p.dataset_id "
                               f"WHERE d.uuid = '{TREES.replace('-', '')}'")  # fmt: skip
    assert "mio_campo" in extras
    assert portal.rows("SELECT scope_kind, scope_key, channel FROM subscriptions_subscription "
                       "WHERE scope_kind = 'dataset'") == [("dataset", "c_e506:alberi_del-verde", "inbox")]  # fmt: skip


def test_the_old_addresses_answer_on_the_new_portal_with_the_same_bytes(moved, ckan):
    portal, _first, _second = moved
    source, _key = ckan
    server = portal.served()
    try:
        for path in (f"/dataset/{TREES}", "/dataset/alberi_del-verde", "/organization/lecce-dati", DOWNLOAD):
            assert httpx.get(portal.address + path, follow_redirects=True).status_code == 200, path
        old, new = (httpx.get(one.address + DOWNLOAD, follow_redirects=True).content for one in (source, portal))
        assert old == new
        assert new.startswith(b"specie,altezza")
        there, here = (package(one) for one in (source, portal))
        assert here["organization"]["name"] == "lecce-dati"
        assert [one["id"] for one in here["resources"]] == [one["id"] for one in there["resources"]]
    finally:
        os.killpg(server.pid, signal.SIGTERM)
        server.wait(timeout=20)


def test_a_private_dataset_stays_private_on_both_sides(moved, ckan):
    portal, _first, _second = moved
    source, key = ckan
    wish = "SELECT wish FROM ckan_package p JOIN catalog_dataset d ON d.id = p.dataset_id WHERE d.slug = 'riservato'"
    assert portal.rows(wish) == [("private",)]
    portal.run("worker", "--once")
    server = portal.served()
    try:
        for one in (source, portal):
            everything = {"q": "*:*", "include_private": "true", "include_drafts": "true", "rows": "50"}
            found = httpx.get(f"{one.address}/api/3/action/package_search", params=everything).json()["result"]
            assert {row["name"] for row in found["results"]} == {"alberi_del-verde", "senza-file"} and found[
                "count"
            ] == 2
            feed = httpx.get(f"{one.address}/catalog.ttl").text
            assert "alberi_del-verde" in feed and "iservato" not in feed
            for path in (f"/api/3/action/package_show?id={HIDDEN}", f"/dataset/{HIDDEN}", "/dataset/riservato"):
                assert httpx.get(one.address + path, follow_redirects=True).status_code in (403, 404), path
        asked = {"q": "riservato", "include_private": "true"}
        own = httpx.get(f"{source.address}/api/3/action/package_search", params=asked, headers={"Authorization": key})
        assert [row["private"] for row in own.json()["result"]["results"]] == [True]
    finally:
        os.killpg(server.pid, signal.SIGTERM)
        server.wait(timeout=20)


def package(portal: Portal) -> dict[str, object]:
    """The trees, as a portal shows them."""
    return httpx.get(f"{portal.address}/api/3/action/package_show", params={"id": TREES}).json()["result"]


def test_an_address_that_is_no_ckan_is_told_and_nothing_is_written(moved, ckan):
    portal, _first, _second = moved
    source, _key = ckan
    place = source.address.removeprefix("http://")

    portal.run("migrate-ckan", source.address + "/enti", expected=2, OPENTUSK_OUTBOUND_ALLOWED_PRIVATE=place)

    assert portal.rows("SELECT count(*) FROM migration_thing WHERE site LIKE '%/enti'") == [(0,)]
