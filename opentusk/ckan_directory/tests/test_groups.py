"""Proves that the European themes are read as CKAN's groups, and that loading them again is no error."""

import pytest
from django.http import QueryDict

from opentusk.catalog.actions import create_draft, publish
from opentusk.catalog.tests.records import trees
from opentusk.ckan_directory.tests.refusals import allowed_to, anonymous, check, missing, not_found, wrong
from opentusk.journal.actors import SYSTEM
from opentusk.journal.reactions import deliver_all
from opentusk.search.actions import rebuild_index

pytestmark = pytest.mark.django_db
FIXED = "Groups are the 13 European themes: none can be made, changed or removed"
NAMES = ["agri", "econ", "educ", "ener", "envi", "gove", "heal", "intr", "just", "regi", "soci", "tech", "tran"]


@pytest.fixture
def counted(settings, tmp_path, public, draft):
    settings.SEARCH_DIR = tmp_path / "search"
    rebuild_index()


def test_the_groups_are_the_thirteen_themes(nobody):
    assert nobody.ok("group_list", sort="name") == NAMES
    assert nobody.ok("group_list", q="ambiente") == ["envi"]
    assert nobody.ok("group_list", groups=["envi", "tran"], sort="name desc", limit=1) == ["tran"]
    assert nobody.ok("group_list", type="organization") == []


def test_qgis_finds_names_and_titles_in_one_call(client, counted):
    answer = client.get("/api/3/action/group_list", QueryDict("all_fields=true&sort=package_count%20desc").dict())

    first = answer.json()["result"][0]
    assert len(answer.json()["result"]) == 13
    assert (first["name"], first["display_name"], first["package_count"]) == ("envi", "Ambiente", 1)


@pytest.mark.parametrize("ref", ["envi", "ENVI", "http://publications.europa.eu/resource/authority/data-theme/ENVI"])
def test_a_group_is_shown_with_its_public_packages(nobody, counted, ref):
    shown = nobody.ok("group_show", id=ref, include_datasets=True)

    assert (shown["title"], shown["package_count"]) == ("Ambiente", 1)
    assert [package["name"] for package in shown["packages"]] == ["c_e506-alberi"]
    assert nobody.ok("group_show", id=shown["id"])["name"] == "envi"


def test_the_packages_of_a_group_come_latest_first_with_their_resources(nobody, lecce, public, draft):
    newer = publish(create_draft(trees("c_e506:siepi"), holder=lecce, by=SYSTEM), by=SYSTEM)

    packages = nobody.ok("group_package_show", id="envi")

    assert [package["name"] for package in packages] == [newer.slug, public.slug]
    assert nobody.ok("group_package_show", id="envi", limit=1)[0]["resources"]
    assert nobody.ok("group_package_show", id="tran") == []


def test_writers_may_add_datasets_to_every_group(everybody):
    assert {who: len(client.ok("group_list_authz")) for who, client in everybody.items()} == {
        "nobody": 0, "bruno": 13, "ada": 13, "eva": 13, "carla": 13, "diego": 13,
    }  # fmt: skip


def test_completion_finds_titles(nobody):
    assert [group["name"] for group in nobody.ok("group_autocomplete", q="traspor")] == ["tran"]


@pytest.mark.parametrize(
    ("action", "data"),
    [
        ("group_create", {"name": "envi"}),
        ("group_create", {"name": "ambiente-e-territorio", "title": "Ambiente e territorio"}),
        ("group_update", {"id": "envi", "title": "Verde", "description": "x"}),
        ("group_patch", {"id": "11111111-1111-4111-8111-111111111111", "name": "ENVI"}),
    ],
)
def test_loading_a_theme_again_gives_it_back_unchanged(diego, action, data):
    before = diego.ok("group_show", id="envi")

    assert diego.ok(action, **data) == before


@pytest.mark.parametrize(
    ("action", "data", "who", "may"),
    [
        *allowed_to("group_create", {"name": "envi"}, "diego"),
        *allowed_to("group_update", {"id": "envi"}, "diego"),
        *allowed_to("group_patch", {"id": "envi"}, "diego"),
    ],
)
def test_only_who_runs_the_portal_gets_that_far(everybody, action, data, who, may):
    assert everybody[who].post(action, **data).status_code == (200 if may else 403)
    if who == "nobody":
        check(everybody[who], action, data, anonymous(action))


@pytest.mark.parametrize("action", ["group_delete", "group_purge"])
def test_a_theme_stays(everybody, action):
    statuses = {who: client.post(action, id="envi").status_code for who, client in everybody.items()}

    assert statuses == {"nobody": 403, "bruno": 403, "ada": 403, "eva": 403, "carla": 403, "diego": 409}
    check(everybody["diego"], action, {"id": "envi"}, wrong(id=[FIXED]))


@pytest.mark.parametrize(
    ("who", "action", "data", "expected"),
    [
        ("nobody", "group_list", {"sort": "x"}, wrong(message="Cannot sort by field `x`")),
        ("nobody", "group_list", {"offset": -1}, wrong(offset=["Must be a natural number"])),
        ("nobody", "group_show", {}, missing("id")),
        ("nobody", "group_show", {"id": "nope"}, not_found("Group was not found.")),
        ("nobody", "group_show", {"id": "op_datpro"}, not_found("Group was not found.")),
        ("nobody", "group_package_show", {"id": "nope"}, not_found("Group was not found.")),
        ("nobody", "group_package_show", {"id": "envi", "limit": "x"}, wrong(limit=["Invalid integer"])),
        ("diego", "group_create", {}, missing("name")),
        ("diego", "group_create", {"name": "gruppo-nuovo"}, wrong(name=[f"{FIXED}; gruppo-nuovo is none of them"])),
        ("diego", "group_update", {"id": "nope"}, not_found("Group was not found.")),
        ("diego", "group_delete", {}, missing("id")),
        ("diego", "group_purge", {"id": "nope"}, not_found("Group was not found.")),
    ],
)
def test_refusals_have_the_words_and_the_status_of_ckan(everybody, who, action, data, expected):
    check(everybody[who], action, data, expected)


def test_the_counts_follow_the_index(nobody, settings, tmp_path, lecce):
    settings.SEARCH_DIR = tmp_path / "search"
    publish(create_draft(trees(), holder=lecce, by=SYSTEM), by=SYSTEM)

    deliver_all()

    assert nobody.ok("group_show", id="envi")["package_count"] == 1
