"""Proves how packages are shown, to whom, and at which cost."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from opentusk.catalog.actions import create_draft, publish, withdraw
from opentusk.catalog.models import Dataset
from opentusk.catalog.tests.records import trees
from opentusk.ckan.showing import package_dicts
from opentusk.journal.actors import SYSTEM

pytestmark = pytest.mark.django_db

# What udata's schema of a package and of a resource asks for, key by key.
_PACKAGE = [
    "id",
    "name",
    "title",
    "notes",
    "license_id",
    "license_title",
    "tags",
    "metadata_created",
    "metadata_modified",
    "organization",
    "resources",
    "private",
    "type",
    "author",
    "author_email",
    "maintainer",
    "maintainer_email",
    "state",
]
_RESOURCE = [
    "id",
    "position",
    "name",
    "description",
    "format",
    "mimetype",
    "size",
    "hash",
    "created",
    "last_modified",
    "url",
    "resource_type",
]


def test_a_package_has_every_key_that_clients_ask_for(nobody, public, lecce):
    shown = nobody.ok("package_show", id=str(public.uuid))

    assert set(_PACKAGE) <= set(shown) and set(_RESOURCE) <= set(shown["resources"][0])
    assert (shown["id"], shown["name"]) == (str(public.uuid), "c_e506-alberi")
    assert (shown["state"], shown["private"], shown["type"]) == ("active", False, "dataset")
    assert shown["owner_org"] == shown["organization"]["id"] == str(lecce.uuid)
    assert shown["organization"]["name"] == lecce.slug
    assert [tag["name"] for tag in shown["tags"]] == ["alberi", "verde"]
    assert [group["name"] for group in shown["groups"]] == ["envi"]
    assert shown["metadata_modified"] == public.metadata_modified_at.strftime("%Y-%m-%dT%H:%M:%S.%f")
    assert (shown["license_id"], shown["isopen"]) == ("CC_BY_4_0", True)
    assert (shown["num_resources"], shown["num_tags"]) == (1, 2)
    resource = shown["resources"][0]
    assert resource["id"] == str(public.distributions.get().uuid)
    assert (resource["format"], resource["hash"], resource["size"], resource["position"]) == ("CSV", "", 345_124, 0)
    assert (resource["url"], resource["url_type"]) == ("https://dati.example.org/alberi.csv", None)


@pytest.mark.parametrize("ref", ["c_e506-alberi", "C_E506-alberi", "c_e506:alberi"])
def test_a_package_is_found_by_each_of_its_names(nobody, public, ref):
    assert nobody.ok("package_show", id=ref)["id"] == str(public.uuid)


@pytest.mark.parametrize(
    ("who", "draft_status", "gone_status"),
    [("nobody", 403, 403), ("bruno", 403, 403), ("ada", 200, 200), ("carla", 200, 200), ("diego", 200, 200)],
)
def test_drafts_and_tombstones_are_for_their_people(request, who, draft, public, draft_status, gone_status):
    client = request.getfixturevalue(who)
    withdraw(public, by=SYSTEM, reason="doppione")

    assert client.post("package_show", id=str(draft.uuid)).status_code == draft_status
    assert client.post("package_show", id=str(public.uuid)).status_code == gone_status


def test_the_list_has_the_names_of_what_is_public(nobody, ada, public, draft, lecce):
    publish(create_draft(trees("c_e506:acque"), holder=lecce, by=SYSTEM), by=SYSTEM)

    assert nobody.ok("package_list") == ["c_e506-acque", "c_e506-alberi"] == ada.ok("package_list")
    assert nobody.ok("package_list", limit=1, offset="1") == ["c_e506-alberi"]
    assert nobody.ok("package_list", limit=0) == nobody.ok("package_list")
    assert nobody.error("package_list", limit="x")[1]["limit"] == ["Invalid integer"]
    assert nobody.error("package_list", limit=-1) == (
        409,
        {"__type": "Validation Error", "limit": ["Must be a natural number"]},
    )


def test_many_packages_cost_as_many_queries_as_one(lecce):
    for number in range(4):
        publish(create_draft(trees(f"c_e506:n{number}"), holder=lecce, by=SYSTEM), by=SYSTEM)

    def queries(count: int) -> int:
        with CaptureQueriesContext(
            connection,
        ) as seen:
            package_dicts(list(Dataset.objects.published()[:count]))
        return len(seen)

    assert queries(4) == queries(1) <= 7
