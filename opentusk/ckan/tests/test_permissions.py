"""Proves who may call what: every write of packages, by nobody, by another body, by its own, the desk and sysadmin."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from opentusk.ckan import actions
from opentusk.ckan.api import ACTIONS
from opentusk.ckan.tests.conftest import Ckan, key_of
from opentusk.ckan.tests.test_writing import ANSWERS, FULL
from opentusk.journal.actors import SYSTEM
from opentusk.people.models import ApiToken

pytestmark = pytest.mark.django_db
UNKNOWN = "8e1b8d2c-52d5-4b5f-8b83-3f9cf4b9b0aa"
# Name → what to send, where {package}, {resource} and {view} are those of a public dataset of Lecce.
CALLS = {
    "bulk_update_delete": {"datasets": ["{package}"], "org_id": "comune-di-lecce"},
    "bulk_update_private": {"datasets": ["{private}"], "org_id": "comune-di-lecce"},
    "bulk_update_public": {"datasets": ["{package}"], "org_id": "comune-di-lecce"},
    "package_create_default_resource_views": {"package": {"id": "{package}"}},
    "package_delete": {"id": "{package}"},
    "package_owner_org_update": {"id": "{package}", "organization_id": "comune-di-lecce"},
    "package_patch": {"id": "{package}", "title": "Altro"},
    "package_resource_reorder": {"id": "{package}", "order": []},
    "package_revise": {"match": {"id": "{package}"}, "update": {"title": "Altro"}},
    "package_update": {**FULL, "id": "{package}", "title": "Altro"},
    "resource_create": {"package_id": "{package}", "url": "https://dati.example.org/altro.csv"},
    "resource_create_default_resource_views": {"resource": {"id": "{resource}"}},
    "resource_delete": {"id": "{resource}"},
    "resource_patch": {"id": "{resource}", "name": "Altro"},
    "resource_update": {"id": "{resource}", "url": "https://dati.example.org/altro.csv"},
    "resource_view_create": {"resource_id": "{resource}", "title": "x", "view_type": "y"},
    "resource_view_delete": {"id": "{view}"},
    "resource_view_reorder": {"id": "{resource}", "order": ["{view}"]},
    "resource_view_update": {"id": "{view}", "title": "x"},
}
# Those that are refused, or that only a sysadmin may call, have tests of their own.
APART = {
    "dataset_purge", "package_collaborator_create", "package_collaborator_delete", "package_create",
    "package_relationship_create", "package_relationship_delete", "resource_view_clear",
}  # fmt: skip


@pytest.fixture
def things(client, ada, ada_account):
    actions.sign_standing_declaration(ada_account.tokens.get(), ANSWERS, by=SYSTEM)
    package = ada.ok("package_create", **FULL)
    ada.ok("resource_create", package_id=package["id"], url="https://dati.example.org/due.csv")
    number = package["resources"][0]["id"]
    view = ada.ok("resource_view_create", resource_id=number, title="x", view_type="y")
    private = ada.ok("package_create", **FULL | {"name": "privato"}, private=True)
    return {"package": package["id"], "resource": number, "view": view["id"], "private": private["id"]}


def filled(value, things):
    if isinstance(value, dict):
        return {key: filled(one, things) for key, one in value.items()}
    if isinstance(value, list):
        return [filled(one, things) for one in value]
    return things.get(value[1:-1], value) if isinstance(value, str) else value


def test_every_write_of_the_room_is_in_the_table():
    assert {name for name, action in ACTIONS.items() if action.writes} <= CALLS.keys() | APART


@pytest.mark.parametrize("name", sorted(CALLS))
def test_only_its_body_the_desk_and_sysadmins_write(request, things, ada_account, name):
    said = filled(CALLS[name], things)
    bruno = request.getfixturevalue("bruno")
    limited = Ckan(bruno.client, key_of(ada_account, ipa_code="c_a662"))

    for stranger in (Ckan(bruno.client), bruno, limited):
        status, error = stranger.error(name, **said)
        assert (status, error["__type"]) == (403, "Authorization Error")
        assert error["message"].startswith("Access denied: ")
    for who in ("diego", "carla", "ada"):
        # What the first has deleted the next one finds as its people do: gone, or withdrawn.
        answer = request.getfixturevalue(who).post(name, **said)
        assert answer.status_code in ((200, 404) if "delete" in name else (200,)), answer.content


@pytest.mark.parametrize("name", sorted(CALLS))
def test_what_does_not_exist_is_404_and_what_is_not_said_409(request, things, name):
    ada = request.getfixturevalue("ada")
    absent = dict.fromkeys(things, UNKNOWN)

    status, error = ada.error(name, **filled(CALLS[name], absent))
    assert (status, error["__type"]) == (404, "Not Found Error")
    assert error["message"].partition(":")[0] == "Not found"
    status, error = ada.error(name)
    assert (status, error["__type"]) == (409, "Validation Error")
    assert ada.get(name).json() == ("Bad request: JSON Error: Invalid request. Please use POST method for your request")


def test_packages_are_made_by_those_who_write_for_the_body(nobody, bruno, carla, diego, ada, ada_account):
    assert nobody.error("package_create", **FULL) == (
        403,
        {"__type": "Authorization Error", "message": "Access denied: User  not authorized to create packages"},
    )
    assert bruno.error("package_create", **FULL)[0] == 403
    assert Ckan(ada.client, key_of(ada_account, ipa_code="c_a662")).error("package_create", **FULL)[0] == 403
    for number, client in enumerate((carla, diego, ada)):
        assert client.ok("package_create", **FULL | {"name": f"alberi-{number}"})["id"]


def test_a_key_that_prepares_changes_nothing_that_is_public(client, ada_account, things):
    preparing = Ckan(client, key_of(ada_account, scope=ApiToken.Scope.DRAFTS))

    for name in ("package_patch", "package_delete", "resource_create", "resource_patch", "resource_delete"):
        status, error = preparing.error(name, **filled(CALLS[name], things))
        assert (status, error["message"].partition(": ")[2][:14]) == (403, "This API token")


def test_what_ckan_has_and_this_portal_says_otherwise_is_told(ada, nobody, things):
    package = things["package"]

    assert nobody.ok("package_relationships_list", id=package) == []
    assert ada.error("package_relationship_create", subject=package, object=package, type="x")[0] == 409
    assert ada.error("package_relationship_delete", subject=package, object=package, type="x")[0] == 404
    assert ada.ok("package_collaborator_list", id=package) == []
    assert nobody.error("package_collaborator_list", id=package)[0] == 403
    assert nobody.ok("package_collaborator_list_for_user", id="ada") == []
    for name in ("package_collaborator_create", "package_collaborator_delete"):
        assert ada.error(name, id=package) == (
            409,
            {"__type": "Validation Error", "message": ["Dataset collaborators not enabled"]},
        )
        assert nobody.error(name, id=package)[0] == 403


def test_a_dataset_stays_with_its_body(ada, carla, things, bari):
    assert ada.error("package_owner_org_update", id=things["package"], organization_id=bari.slug)[0] == 403
    status, error = carla.error("package_owner_org_update", id=things["package"], organization_id=bari.slug)
    assert (status, "organization_id" in error) == (409, True)
    assert carla.error("package_patch", id=things["package"], owner_org=bari.slug)[1]["owner_org"]


def test_many_packages_at_once_are_all_changed_or_none(ada, things, nobody):
    both = [things["private"], things["package"]]

    refused = ada.error("bulk_update_private", datasets=both, org_id="comune-di-lecce")
    assert refused[0] == 409 and "private" in refused[1]
    assert ada.ok("bulk_update_public", datasets=both, org_id="comune-di-lecce") is None
    with CaptureQueriesContext(connection) as asked:
        assert {one["id"] for one in nobody.ok("current_package_list_with_resources")} == set(both)
    assert any("LIMIT 1000" in query["sql"] for query in asked)
    assert ada.ok("bulk_update_delete", datasets=both, org_id="comune-di-lecce") is None
    assert nobody.ok("package_list") == []
