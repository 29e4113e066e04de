"""Proves that the clients of the field work unchanged, from their packages, against a running server."""

import gc
import json
import os
import subprocess
import sys
import warnings
from pathlib import Path

import ckanapi
import httpx
import pytest
from frictionless import Package, Resource
from frictionless.portals import CkanControl

from opentusk.bodies.actions import add_member, ensure_agent
from opentusk.catalog.actions import create_draft, lift_hold, publish
from opentusk.catalog.models import Dataset, Hold
from opentusk.catalog.tests.records import trees
from opentusk.ckan import actions
from opentusk.ckan.tests.conftest import key_of
from opentusk.ckan.tests.test_writing import ANSWERS, FULL
from opentusk.journal.actors import SYSTEM
from opentusk.kit.records import Agent as AgentRecord
from opentusk.people.models import User

pytestmark = pytest.mark.django_db(transaction=True)
CONTENT = b"codice;specie\n071057;leccio\n"


@pytest.fixture
def portal(live_server, settings):
    """A running portal with one public dataset; its address."""
    settings.SITE_URL = live_server.url
    holder = ensure_agent(AgentRecord(identifier="c_e506", name="Comune di Lecce"), by=SYSTEM)
    publish(create_draft(trees(), holder=holder, by=SYSTEM), by=SYSTEM)
    return live_server.url


@pytest.fixture
def ada_key(portal):
    holder = ensure_agent(AgentRecord(identifier="c_e506", name="Comune di Lecce"), by=SYSTEM)
    user = add_member(holder, email="ada@example.org", role="redattore", by=SYSTEM).user
    key = key_of(user)
    actions.sign_standing_declaration(user.tokens.get(), ANSWERS, by=SYSTEM)
    return key


@pytest.fixture
def diego_key(portal):
    user = User.objects.create_user("diego@example.org", desk_role="admin")
    key = key_of(user)
    actions.sign_standing_declaration(user.tokens.get(), ANSWERS, by=SYSTEM)
    return key


def run(portal, key, *arguments, given=b""):
    """The command line of ckanapi; what it wrote."""
    folder = Path(sys.executable).parent
    environment = {**os.environ, "PATH": f"{folder}{os.pathsep}{os.environ['PATH']}"}
    command = [str(folder / "ckanapi"), *arguments, "-r", portal, *(["-a", key] if key else [])]
    done = subprocess.run(command, input=given, capture_output=True, env=environment, timeout=60, check=False)
    assert done.returncode == 0, done.stderr.decode()
    return done.stdout.decode(), done.stderr.decode()


def test_ckanapi_reads_writes_uploads_and_hears_each_kind_of_fault(portal, ada_key, tmp_path):
    nobody = ckanapi.RemoteCKAN(portal, get_only=True)
    ada = ckanapi.RemoteCKAN(portal, apikey=ada_key)
    file = tmp_path / "alberi.csv"
    file.write_bytes(CONTENT)

    made = ada.action.package_create(**FULL)
    with file.open("rb") as opened:
        uploaded = ada.action.resource_create(package_id=made["id"], name="File", upload=opened)

    assert nobody.action.package_show(id=made["name"])["state"] == "active"
    assert set(nobody.action.package_list()) == {"c_e506-alberi", made["name"]}
    assert httpx.get(uploaded["url"], headers={"Authorization": ada_key}).content == CONTENT
    assert httpx.get(uploaded["url"]).status_code == 404
    with pytest.raises(ckanapi.NotFound):
        nobody.action.package_show(id="nope")
    with pytest.raises(ckanapi.NotAuthorized):
        ckanapi.RemoteCKAN(portal).action.package_patch(id=made["id"], title="x")
    with pytest.raises(ckanapi.ValidationError) as wrong:
        ada.action.package_create(**FULL)
    assert wrong.value.error_dict["name"] == ["That URL is already in use."]
    with pytest.raises(ckanapi.CKANAPIError):
        nobody.call_action("nope")

    ada.action.package_delete(id=made["id"])

    with pytest.raises(ckanapi.NotAuthorized):
        nobody.action.package_show(id=made["id"])


def test_the_command_line_of_ckanapi_dumps_deletes_and_loads_again(portal, diego_key):
    dumped, _log = run(portal, "", "dump", "datasets", "--all")
    package = json.loads(dumped)
    assert (package["name"], package["resources"][0]["format"]) == ("c_e506-alberi", "CSV")

    run(portal, diego_key, "delete", "datasets", "c_e506-alberi")
    assert Dataset.objects.get().is_withdrawn

    _out, log = run(portal, diego_key, "load", "datasets", given=dumped.encode())
    assert "update None" in log and Dataset.objects.get().is_published
    again, _log = run(portal, "", "dump", "datasets", "c_e506-alberi")
    fresh = json.loads(again)
    assert fresh | {"metadata_modified": 0} == package | {"metadata_modified": 0}

    new = {**package, "id": "8e1b8d2c-52d5-4b5f-8b83-3f9cf4b9b0aa", "name": "copia", "identifier": ""}
    new["resources"] = [{**package["resources"][0], "id": "1c9b8d2c-52d5-4b5f-8b83-3f9cf4b9b0bb", "uri": ""}]
    _out, log = run(portal, diego_key, "load", "datasets", given=json.dumps(new).encode())
    assert "create None" in log
    assert str(Dataset.objects.get(slug="copia").uuid) == new["id"]
    shown, _log = run(portal, "", "action", "package_show", "id=copia", "-j")
    assert json.loads(shown)["resources"][0]["id"] == new["resources"][0]["id"]


def test_frictionless_publishes_and_reads_a_package(portal, ada_key, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    Path("alberi.csv").write_bytes(b"codice,specie\n071057,leccio\n")
    package = Package(
        name="alberi-di-frictionless", title="Alberi", resources=[Resource(name="alberi", path="alberi.csv")]
    )

    control = CkanControl(baseurl=portal, apikey=ada_key, organization_name="comune-di-lecce")
    with warnings.catch_warnings():
        # It reads the file to send it and leaves it open; the warning would be laid on a later test.
        warnings.simplefilter("ignore", ResourceWarning)
        result = package.publish(control=control)
        del package
        gc.collect()

    dataset = Dataset.objects.get(uuid=result.context["dataset_id"])
    assert result.url == f"{portal}/dataset/alberi-di-frictionless"
    assert [row.series.name for row in dataset.distributions.with_file()] == ["alberi.csv", "datapackage.json"]

    for hold in Hold.objects.still_open():
        lift_hold(hold, by=SYSTEM, reason="in prova")
    read = Package(control=CkanControl(baseurl=portal, dataset="c_e506-alberi"))

    assert (read.name, read.title) == ("c_e506-alberi", "Alberi del verde pubblico")
    assert read.resources[0].path == "https://dati.example.org/alberi.csv"


def test_the_requests_of_other_clients_are_answered(portal, ada_key):
    def asked(method, path, **options):
        answer = httpx.request(method, f"{portal}{path}", **options)
        assert answer.status_code == 200, answer.text
        return answer.json()["result"]

    name = "c_e506-alberi"
    # udata sends a content type with its GET, and wants a bare application/json back.
    headers = {"content-type": "application/json"}
    first = httpx.get(f"{portal}/api/3/action/package_list", headers=headers)
    assert first.headers["content-type"].partition(";")[0] == "application/json"
    assert first.json()["result"] == [name]
    shown = asked("GET", f"/api/3/action/package_show?id={name}", headers=headers)
    assert shown["type"] == "dataset" and shown["private"] is False
    # piveau in its DKAN dialect pages through whole packages.
    assert [
        one["name"] for one in asked("GET", "/api/3/action/current_package_list_with_resources?limit=10&offset=0")
    ] == [name]
    assert asked("GET", "/api/3/action/current_package_list_with_resources?limit=10&offset=10") == []
    # ckanr: POST without a body, its key in X-CKAN-API-Key, booleans as words.
    ckanr = {"X-CKAN-API-Key": ada_key, "Accept": "application/json"}
    assert (
        asked("POST", f"/api/3/action/package_show?id={name}&use_default_schema=False", headers=ckanr)["name"] == name
    )
    assert asked("GET", "/api/3/action/status_show", headers=ckanr)["ckan_version"].startswith("2.")
    # QGIS looks how large a resource is, by HEAD, before it loads it.
    file = {"upload": ("alberi.csv", CONTENT)}
    made = asked("POST", "/api/3/action/resource_create", headers=ckanr, data={"package_id": name}, files=file)
    for hold in Hold.objects.still_open():
        lift_hold(hold, by=SYSTEM, reason="in prova")
    head = httpx.head(made["url"], follow_redirects=True)
    assert (head.status_code, head.headers["content-length"]) == (200, str(len(CONTENT)))
    assert "alberi.csv" in head.headers["content-disposition"]
