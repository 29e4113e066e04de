"""Proves that CKAN's own clients work against a running server: ckanapi as a library and on the command line, csv."""

import csv
import json
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from urllib.parse import urlencode
from urllib.request import Request, urlopen

import pytest
from ckanapi import NotAuthorized, NotFound, RemoteCKAN, ValidationError

from opentusk.catalog.actions import create_draft
from opentusk.catalog.tests.records import trees
from opentusk.datastore.tests.conftest import TREES
from opentusk.journal.actors import SYSTEM

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def remote(live_server, ada):
    with RemoteCKAN(live_server.url, apikey=ada.key) as client:
        yield client


def test_the_library_creates_writes_reads_and_deletes(remote, live_server, draft):
    made = remote.action.datastore_create(
        resource={"package_id": draft.slug, "name": "Alberi"}, records=TREES, primary_key=["codice"]
    )
    number = made["resource_id"]
    remote.action.datastore_upsert(resource_id=number, records=[{"codice": "071058", "altezza": 13.5}], method="upsert")

    found = remote.action.datastore_search(resource_id=number, filters={"specie": "Quercus ilex"}, sort="altezza desc")
    by_get = remote.call_action(
        "datastore_search", {"resource_id": number, "limit": 1}, requests_kwargs={"timeout": 30}
    )
    assert found["records"][0]["altezza"] == 13.5 and by_get["total"] == 3
    assert remote.action.datastore_info(id=number)["meta"]["count"] == 3
    sql = remote.action.datastore_search_sql(sql=f'SELECT max(altezza) AS top FROM "{number}"')
    assert sql["records"] == [{"top": 13.5}]
    with pytest.raises(ValidationError) as wrong:
        remote.action.datastore_upsert(resource_id=number, records=[{"codice": "071058"}], method="insert")
    assert "constraints" in wrong.value.error_dict
    with pytest.raises(NotAuthorized):
        RemoteCKAN(live_server.url).action.datastore_delete(resource_id=number)
    remote.action.datastore_delete(resource_id=number)
    with pytest.raises(NotFound):
        remote.action.datastore_search(resource_id=number)


def test_ckanr_asks_tables_by_post_with_its_parameters_in_the_address(client, ada, store):
    def asked(action, **parameters):
        headers = {"Authorization": ada.key, "X-CKAN-API-Key": ada.key}
        address = f"/api/3/action/{action}?{urlencode(parameters)}"
        answer = client.post(address, b"", "application/json", headers=headers)
        assert answer.status_code == 200, answer.content
        return answer.json()["result"]

    found = asked("datastore_search", resource_id=store, limit="2", offset="1", sort="codice desc", q="olea")
    by_sql = asked("datastore_search_sql", sql=f'SELECT count(*) AS n FROM "{store}" WHERE "vivo"')
    tables = asked("datastore_search", resource_id="_table_metadata")

    assert [row["codice"] for row in found["records"]] == ["071057"] and found["total"] == 2
    assert by_sql["records"] == [{"n": 2}]
    assert store in {row["name"] for row in tables["records"]}


def test_a_dump_is_read_by_a_csv_reader(live_server, store):
    with urlopen(Request(f"{live_server.url}/datastore/dump/{store}?bom=true")) as answer:
        lines = answer.read().decode("utf-8-sig").splitlines()

    rows = list(csv.DictReader(lines))
    assert [(row["_id"], row["codice"], row["altezza"]) for row in rows] == [
        ("1", "071057", "4.5"), ("2", "071058", "12.25"), ("3", "071059", "")
    ]  # fmt: skip


def test_the_command_line_dumps_datapackages_with_the_rows_and_their_dictionary(
    live_server, lecce, remote, settings, tmp_path
):
    settings.SITE_URL = live_server.url
    bare = create_draft(replace(trees(), distribution=()), holder=lecce, by=SYSTEM)
    fields = [{"id": "codice", "type": "text"}, {"id": "specie", "type": "text", "info": {"label": "Specie"}}]
    remote.action.datastore_create(resource={"package_id": bare.slug, "name": "Alberi"}, fields=fields, records=TREES)
    remote.action.package_patch(id=bare.slug, license_id="cc-by")
    programs = Path(sys.executable).parent
    command = [str(programs / "ckanapi"), "dump", "datasets", "--all", "-r", live_server.url, "-d", "-D", str(tmp_path)]

    done = subprocess.run(
        command, capture_output=True, timeout=120, check=False, env={**os.environ, "PATH": f"{programs}:/usr/bin:/bin"}
    )

    assert done.returncode == 0, done.stderr.decode()[-2000:]
    package = json.loads((tmp_path / bare.slug / "datapackage.json").read_text())
    told = {one["name"]: one for one in package["resources"][0]["schema"]["fields"]}
    assert told["codice"]["type"] == "string" and told["specie"]["title"] == "Specie"
    file = tmp_path / bare.slug / package["resources"][0]["path"]
    with file.open(newline="") as opened:
        assert [row["codice"] for row in csv.DictReader(opened)] == ["071057", "071058", "071059"]
