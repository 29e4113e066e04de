"""Proves every action of CKAN's contract: success, refusals with their whole envelope, and who may.

The callers are nobody, Bruno who writes for another body, Ada and Eva who write and answer for Lecce, Carla of the
regional desk, and Diego who runs the portal. The table must hold every action of the door: none can be forgotten.
"""

import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction

from opentusk.bodies.actions import add_member
from opentusk.bodies.models import Agent
from opentusk.catalog.actions import create_draft, publish
from opentusk.catalog.tests.records import trees
from opentusk.ckan import actions
from opentusk.ckan.protocol import all_actions
from opentusk.ckan.tests.conftest import Ckan, key_of
from opentusk.ckan.tests.test_writing import ANSWERS, FULL
from opentusk.ckan_directory.actions import rebuild_tags
from opentusk.datastore.tests.conftest import (  # noqa: F401 - the same people, programs and places on the disk
    ada,
    ada_account,
    bari,
    bruno,
    carla,
    diego,
    disk,
    lecce,
    nobody,
)
from opentusk.journal.actions import enqueue
from opentusk.journal.actors import SYSTEM
from opentusk.people.models import User
from opentusk.search.actions import rebuild_index
from tests.contracts.ckan_actions import ALL, CASES, OF_A_DRAFT, STANDING, WRITERS

pytestmark = pytest.mark.django_db
DOCS = Path(__file__).resolve().parents[2] / "docs" / "reference" / "ckan-api.md"
UNKNOWN = "8e1b8d2c-52d5-4b5f-8b83-3f9cf4b9b0aa"
KINDS = {409: "Validation Error", 404: "Not Found Error", 403: "Authorization Error"}


@pytest.fixture
def portal(settings, tmp_path, client, nobody, ada, ada_account, bruno, carla, diego, lecce, bari):  # noqa: F811
    """The callers, and the names of the things that the table speaks of."""
    settings.SEARCH_DIR = tmp_path / "search"
    eva = Ckan(client, key_of(add_member(lecce, email="eva@example.org", role="referente", by=SYSTEM).user))
    User.objects.create(pk=2_000_000_000, email="zoe@example.org", name="Zoe Greco")
    Agent.objects.create(ipa_code="x_vuoto", slug="vuoto", name="Vuoto")
    other = publish(create_draft(trees("c_a662:alberi"), holder=bari, by=SYSTEM), by=SYSTEM)
    actions.sign_standing_declaration(ada_account.tokens.get(), ANSWERS, by=SYSTEM)
    package = ada.ok("package_create", **FULL)
    ada.ok("package_patch", id=package["id"], title="Alberi in città")
    private = ada.ok("package_create", **FULL | {"name": "privato"}, private=True)
    hidden = private["resources"][0]["id"]
    store = ada.ok("resource_create", package_id=package["id"], url="https://dati.example.org/due.csv")["id"]
    for number in (store, hidden):
        ada.ok("datastore_create", resource_id=number, records=[{"codice": "071057"}], force=True)
    resource = package["resources"][0]["id"]
    view = ada.ok("resource_view_create", resource_id=resource, title="x", view_type="y")
    enqueue("opentusk.search.actions.rebuild_index")
    callers = {"nobody": nobody, "bruno": bruno, "ada": ada, "eva": eva, "carla": carla, "diego": diego}
    for who in callers.keys() - {"nobody"}:
        callers[who].ok("follow_dataset", id=package["id"])
        callers[who].ok("follow_group", id="envi")
    rebuild_tags()
    rebuild_index()
    things = {
        "package": package["id"], "private": private["id"], "other": other.slug, "resource": resource,
        "hidden": hidden, "store": store, "view": view["id"], "user": f"user-{ada_account.pk}",
        "key": str(ada_account.tokens.get().pk), "job": diego.ok("job_list")[0]["id"],
        "activity": nobody.ok("package_activity_list", id=package["id"])[0]["id"],
    }  # fmt: skip
    return callers, things


def filled(data: Mapping[str, Any], things: Mapping[str, str]) -> dict[str, Any]:
    """What is sent, with the names of the things in it."""
    return json.loads(re.sub(r"\{(\w+)\}", lambda found: things.get(found[1], found[0]), json.dumps(data)))


def of_nothing(data: Mapping[str, Any]) -> dict[str, Any]:
    """What is sent, with names that nothing has."""
    text = re.sub(r"\{\w+\}", UNKNOWN, json.dumps(data))
    return json.loads(re.sub(r'"([^"]*)"', lambda found: f'"{UNKNOWN}"' if found[1] in STANDING else found[0], text))


def asked(caller: Ckan, name: str, data: Mapping[str, Any]) -> tuple[int, dict[str, Any]]:
    """The status of an answer and its error, the envelope looked at, and what it wrote taken back."""
    with transaction.atomic():
        answer = caller.post(name, **data)
        transaction.set_rollback(True)
    said, status = answer.json(), answer.status_code
    keys = {"help", "success", "result"} if status == 200 else {"help", "success", "error"}
    assert said.keys() - {"changed_entities"} == keys and said["success"] == (status == 200), (name, said)
    assert said["help"] == f"http://localhost:8000/api/3/action/help_show?name={name}"
    assert status == 200 or said["error"]["__type"] == KINDS[status], (name, said)
    return status, said.get("error", {})


def refusals(caller: Ckan, sent: Iterator[tuple[str, Mapping[str, Any]]]) -> dict[str, tuple[int, dict[str, Any]]]:
    return {name: asked(caller, name, data) for name, data in sent}


def test_the_table_has_every_action_of_the_door_and_the_docs_tell_of_each():
    told = set(re.findall(r"`(\w+)`", DOCS.read_text()))
    counts = {name for name in CASES if name.endswith("followee_count")}  # in the docs «e i loro `_count`»

    assert CASES.keys() == all_actions().keys()
    assert CASES.keys() - counts <= told and {name.replace("_count", "_list") for name in counts} <= told


def test_who_may_is_answered_and_the_others_are_refused(portal):
    callers, things = portal

    for name, case in CASES.items():
        data = filled(case.data, things)
        found = {who: asked(caller, name, data) for who, caller in callers.items()}
        expected = {who: case.answer if who in case.may else 403 for who in ALL}
        assert {who: status for who, (status, _error) in found.items()} == expected, (name, found)
        denied = [error["message"] for status, error in found.values() if status == 403]
        assert all(message.startswith("Access denied: ") for message in denied), (name, denied)


def test_a_draft_is_read_by_its_people_and_refused_to_the_others(portal):
    callers, things = portal

    for name, data in OF_A_DRAFT.items():
        found = {who: asked(caller, name, filled(data, things))[0] for who, caller in callers.items()}
        assert found == {who: 200 if who in WRITERS else 403 for who in ALL}, name


def test_what_is_missing_is_told_by_its_name(portal):
    diego = portal[0]["diego"]  # noqa: F811
    lacking = {name: case.lacks for name, case in CASES.items() if case.lacks is not None}
    fields = {name: lacks if isinstance(lacks, dict) else {lacks: ["Missing value"]} for name, lacks in lacking.items()}

    found = refusals(diego, ((name, {}) for name in lacking))

    assert found == {name: (409, {"__type": "Validation Error", **said}) for name, said in fields.items()}


def test_what_does_not_exist_is_told_as_ckan_tells_it(portal):
    diego = portal[0]["diego"]  # noqa: F811
    gone = {name: case for name, case in CASES.items() if case.gone is not None}
    words = {
        name: f"Not found: {case.gone} was not found." if case.gone else "Not found" for name, case in gone.items()
    }

    found = refusals(diego, ((name, of_nothing(case.data)) for name, case in gone.items()))

    assert found == {
        name: (404, {"__type": "Not Found Error", "message": said.replace("{unknown}", UNKNOWN)})
        for name, said in words.items()
    }


def test_what_writes_is_taken_by_post_alone(nobody):  # noqa: F811
    for name, action in all_actions().items():
        answer = nobody.client.put(f"/api/3/action/{name}")
        assert (answer.status_code, answer["Allow"]) == (405, "GET, HEAD, OPTIONS, POST")
        if action.writes:
            answer = nobody.get(name)
            words = "Bad request: JSON Error: Invalid request. Please use POST method for your request"
            assert (answer.status_code, answer.json()) == (400, words)
