"""Proves that real clients work unchanged: the `ckanapi` command, the sequences of QGIS and of ckanr."""

import json
import os
import subprocess
import sys
from pathlib import Path

import ckanapi
import pytest

from opentusk.bodies.models import Agent
from opentusk.ckan.tests.conftest import key_of
from opentusk.ckan_directory.actions import rebuild_tags
from opentusk.people.models import User

CKANAPI = Path(sys.executable).with_name("ckanapi")


@pytest.fixture
def portal(live_server, settings):
    settings.SITE_URL = live_server.url
    return live_server.url


@pytest.fixture
def key(transactional_db) -> str:
    return key_of(User.objects.create_user("diego@example.org", name="Diego", desk_role="admin"))


def run(portal, key, *words, lines=(), code=0):
    """What the command prints, one object a line, and what it tells of its work."""
    done = subprocess.run(
        [str(CKANAPI), *words, "-r", portal, "-a", key, "-p", "1"],
        input="\n".join(map(json.dumps, lines)),
        capture_output=True,
        text=True,
        timeout=120,
        # The command starts workers of its own by their name.
        env={**os.environ, "PATH": f"{CKANAPI.parent}:{os.environ['PATH']}"},
    )
    assert done.returncode == code, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()], done.stderr


def test_ckanapi_dumps_organizations_groups_and_users_and_loads_them_again(portal, key, lecce, bari):
    organizations, _told = run(portal, key, "dump", "organizations", "--all", "--include-users")
    groups, _told = run(portal, key, "dump", "groups", "--all")
    users, _told = run(portal, key, "dump", "users", "--all")

    assert [one["name"] for one in organizations] == ["comune-di-bari", "comune-di-lecce"]
    assert (len(groups), len(users)) == (13, 1) and users[0]["email"] == "diego@example.org"
    for things, rows in (("organizations", organizations), ("groups", groups), ("users", users)):
        told = run(portal, key, "load", things, lines=rows)[1]
        assert told.count(" update None ") == len(rows), told
        more = ["--include-users"] if things == "organizations" else []
        assert run(portal, key, "dump", things, "--all", *more)[0] == rows


def test_ckanapi_loads_what_another_ckan_dumped_and_keeps_its_numbers(portal, key, lecce):
    organization = {
        "id": "0a1b2c3d-4e5f-4a6b-8c7d-9e0f1a2b3c4d", "name": "citta-di-galatina", "title": "Comune di Galatina",
        "description": "Nel Salento", "type": "organization", "state": "active", "is_organization": True,
        "approval_status": "approved", "image_url": "logo.png", "image_display_url": "https://ckan.example.it/logo.png",
        "created": "2015-03-04T10:11:12.131415", "package_count": 12, "num_followers": 0, "display_name": "Galatina",
        "extras": [{"key": "codice_ipa", "value": "c_d862"}, {"key": "PEC", "value": "pec@example.it"}], "groups": [],
        "tags": [],
    }  # fmt: skip
    user = {
        "id": "1a1b2c3d-4e5f-4a6b-8c7d-9e0f1a2b3c4d", "name": "mrossi", "fullname": "Maria Rossi", "state": "active",
        "email": "m.rossi@example.it", "password_hash": "$pbkdf2-sha512$25000$x", "sysadmin": False, "about": None,
        "number_created_packages": 3, "image_url": "", "created": "2015-03-04T10:11:12.131415",
    }  # fmt: skip
    group = {"id": "2a1b2c3d-4e5f-4a6b-8c7d-9e0f1a2b3c4d", "name": "ambiente", "title": "Ambiente", "users": []}

    for things, one in (("organizations", organization), ("users", user), ("groups", group)):
        assert " None " in run(portal, key, "load", things, lines=[one])[1]

    with ckanapi.RemoteCKAN(portal, apikey=key) as client:
        shown = client.action.organization_show(id=organization["id"])
        assert client.action.user_show(id=user["id"])["fullname"] == "Maria Rossi"
    assert (shown["name"], shown["extras"]) == (organization["name"], organization["extras"])
    assert shown["image_url"] == organization["image_display_url"]
    assert Agent.objects.get(ipa_code="c_d862").is_in_ipa
    other = {**group, "name": "nuovo", "title": "Nuovo"}
    told = run(portal, key, "load", "groups", lines=[other], code=3)[1]
    assert "ValidationError" in told and "13 European themes" in told


def test_ckanapi_raises_its_own_errors(portal, key, lecce):
    with ckanapi.RemoteCKAN(portal) as client:
        with pytest.raises(ckanapi.NotFound, match="Organization was not found"):
            client.action.organization_show(id="nope")
        with pytest.raises(ckanapi.NotAuthorized):
            client.action.organization_create(name="x")
        with pytest.raises(ckanapi.ValidationError) as fault:
            client.action.organization_show()
    assert fault.value.error_dict["id"] == ["Missing value"]


def test_qgis_fills_its_lists(client, lecce):
    answer = client.get("/api/3/action/group_list?all_fields=true")

    assert answer.json()["success"] and {"display_name", "name"} <= set(answer.json()["result"][0])


@pytest.mark.parametrize(
    "asked",
    [
        "organization_show?id=comune-di-lecce&include_datasets=TRUE", "organization_list?order_by=name",
        "group_show?id=envi", "group_list?all_fields=TRUE", "tag_list?query=a", "license_list", "dashboard_count",
        "recently_changed_packages_activity_list?limit=31", "tag_show?id=alberi&include_datasets=FALSE",
    ],
)  # fmt: skip
def test_ckanr_reads_by_post_with_its_parameters_in_the_address(client, public, asked):
    rebuild_tags()
    answer = client.post(f"/api/3/action/{asked}", headers={"X-CKAN-API-Key": ""})

    if asked == "dashboard_count":
        assert (answer.status_code, answer.json()) == (400, "Bad request: Action name not known: dashboard_count")
    else:
        assert answer.json()["success"], answer.content
