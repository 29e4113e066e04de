"""Proves that clients find, read, upload and delete on a running server: the `ckanapi` command and the harvesters.

Programs and libraries come from their packages. Harvesters that are no packages are their requests, in their order.
"""

import json
import os
import subprocess
import sys
from pathlib import Path

import httpx
import pytest
from frictionless import Catalog
from frictionless.portals import CkanControl

from opentusk.catalog.actions import lift_hold
from opentusk.catalog.models import Dataset, Hold
from opentusk.ckan_search.tests.conftest import names
from opentusk.journal.actors import SYSTEM

pytestmark = pytest.mark.django_db(transaction=True)
CKANAPI = Path(sys.executable).with_name("ckanapi")
ALBERI, STRADE, SCUOLE = "c_e506-alberi", "c_e506-strade", "c_a662-scuole"
CONTENT = b"codice;specie\n071057;leccio\n"


@pytest.fixture
def portal(live_server, settings, catalogue) -> str:
    settings.SITE_URL = live_server.url
    return live_server.url


def run(portal: str, key: str, *words: str, lines=(), code: int = 0) -> subprocess.CompletedProcess[str]:
    """The command line of ckanapi, as a program of its own."""
    done = subprocess.run(
        [str(CKANAPI), *words, "-r", portal, *(["-a", key] if key else [])],
        input="".join(f"{json.dumps(line)}\n" for line in lines),
        capture_output=True,
        text=True,
        timeout=120,
        # The command starts workers of its own by their name.
        env={**os.environ, "PATH": f"{CKANAPI.parent}:{os.environ['PATH']}"},
    )
    assert done.returncode == code, done.stderr
    return done


def asked(portal: str, path: str, *, method: str = "GET", **options):
    answer = httpx.request(method, f"{portal}/api/3/action/{path}", **options)
    assert answer.status_code == 200, answer.text
    return answer.json()["result"]


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ((), {ALBERI, STRADE, SCUOLE}),
        (("q=strade",), {STRADE}),
        (("fq=organization:comune-di-lecce", "sort=name desc", "-g"), {ALBERI, STRADE}),
        (('fq_list:["organization:comune-di-lecce", "tags:alberi"]',), {ALBERI}),
        (("rows=1", "sort=name asc"), {SCUOLE}),
        (("q=name:nessuno",), set()),
    ],
)
def test_the_ckanapi_command_searches(portal, words, found):
    lines = run(portal, "", "search", "datasets", *words).stdout.splitlines()

    assert {json.loads(line)["name"] for line in lines} == found and len(lines) == len(found)


def test_the_ckanapi_command_says_what_a_search_cannot_be(portal):
    assert "SearchQueryError" in run(portal, "", "search", "datasets", "foo=1", code=1).stderr


def test_the_ckanapi_command_uploads_a_file_and_its_next_version(portal, ada, tmp_path):
    file = tmp_path / "Alberi 2025.csv"
    file.write_bytes(CONTENT)

    words = ("action", "resource_create", f"package_id={ALBERI}", "name=Elenco", f"upload@{file}", "-j")
    made = json.loads(run(portal, ada.key, *words).stdout)
    file.write_bytes(CONTENT + b"071058;pino\n")
    words = ("action", "resource_patch", f"id={made['id']}", f"upload@{file}", "-j")
    again = json.loads(run(portal, ada.key, *words).stdout)

    assert (made["url_type"], made["size"], made["name"]) == ("upload", len(CONTENT), "Elenco")
    assert (again["id"], again["size"]) == (made["id"], len(CONTENT) + 12)
    assert made["url"].endswith(f"/resource/{made['id']}/download/alberi-2025.csv")
    assert httpx.get(made["url"], headers={"Authorization": ada.key}).content == CONTENT + b"071058;pino\n"
    refused = run(portal, "", "action", "resource_create", f"package_id={ALBERI}", f"upload@{file}", code=1)
    assert "Access denied" in refused.stderr


def test_the_ckanapi_command_deletes_datasets_by_name_and_from_lines(portal, ada, bruno):
    told = run(portal, bruno.key, "delete", "datasets", ALBERI).stderr
    assert "NotAuthorized" in told and Dataset.objects.get(slug=ALBERI).is_published

    run(portal, ada.key, "delete", "datasets", ALBERI)
    package = asked(portal, f"package_show?id={STRADE}")
    told = run(portal, ada.key, "delete", "datasets", lines=[package, {"id": "nessuno"}]).stderr

    assert "NotFound" in told
    assert [Dataset.objects.get(slug=slug).is_withdrawn for slug in (ALBERI, STRADE, SCUOLE)] == [True, True, False]
    lines = run(portal, "", "search", "datasets").stdout.splitlines()
    assert [json.loads(line)["name"] for line in lines] == [SCUOLE]


def test_the_ckanapi_command_deletes_organizations_and_users(portal, diego, bruno):
    name = asked(portal, "user_show", headers={"Authorization": bruno.key})["name"]

    run(portal, diego.key, "delete", "organizations", "comune-di-bari")
    run(portal, diego.key, "delete", "users", name)

    assert asked(portal, "organization_list") == ["comune-di-lecce"]
    assert diego.ok("user_show", id=name)["state"] == "deleted"


def test_ckanext_harvest_gathers_pages_until_one_is_empty_and_asks_for_bodies_and_groups(portal):
    since = "metadata_modified:[2024-01-01T10:11:12.123456Z TO *]"
    fq = f"organization:comune-di-lecce OR organization:comune-di-bari {since}"
    pages = []
    while not pages or pages[-1]:
        page = {"rows": "1", "start": str(len(pages)), "sort": "id asc", "fq": fq}
        pages.append(asked(portal, "package_search", params=page)["results"])

    packages = [package for page in pages for package in page]
    assert len(pages) == 4 and {package["name"] for package in packages} == {ALBERI, STRADE, SCUOLE}
    assert [package["id"] for package in packages] == sorted(package["id"] for package in packages)
    for package in packages:
        body = asked(portal, "organization_show", params={"id": package["organization"]["id"]})
        assert (body["name"], body["title"]) == (package["organization"]["name"], package["organization"]["title"])
        for group in package["groups"]:
            assert asked(portal, "group_show", params={"id": group["name"]})["id"] == group["id"]
        assert {"type", "state", "metadata_modified", "resources", "tags", "extras", "license_id"} <= package.keys()


def test_udata_lists_shows_and_searches_with_a_content_type_on_its_gets(portal):
    headers = {"content-type": "application/json"}

    listed = asked(portal, "package_list", headers=headers)
    searched = asked(
        portal, "package_search", headers=headers,
        params={"q": "organization:comune-di-lecce AND tags:alberi AND -tags:strade", "rows": 1000},
    )  # fmt: skip

    assert (set(listed), names(searched)) == ({ALBERI, STRADE, SCUOLE}, [ALBERI])
    for name in listed:
        answer = httpx.get(f"{portal}/api/3/action/package_show", params={"id": name}, headers=headers)
        assert answer.headers["content-type"].partition(";")[0] == "application/json"
        assert answer.json()["result"]["type"] == "dataset" and answer.json()["result"]["private"] is False
        assert httpx.get(f"{portal}/dataset/{name}", follow_redirects=True).status_code == 200


def test_piveau_pages_and_asks_for_what_is_new_with_a_space_coded_twice(portal):
    first = asked(portal, "package_search?rows=2&start=0&sort=id+asc")
    last = asked(portal, "package_search?rows=2&start=2&sort=id+asc")
    new = asked(portal, "package_search?rows=100&start=0&q=metadata_modified:[2024-01-01T00:00:00Z%2520TO%2520*]")
    whole = asked(portal, "current_package_list_with_resources?limit=10&offset=0")

    assert (first["count"], len(first["results"]), len(last["results"])) == (3, 2, 1)
    assert {*names(first), *names(last)} == {*names(new)} == {one["name"] for one in whole}
    assert asked(portal, "current_package_list_with_resources?limit=10&offset=10") == []


def test_qgis_fills_its_list_of_groups_searches_in_some_and_looks_how_large_a_file_is(portal, ada):
    groups = asked(portal, "group_list?all_fields=true")
    wanted = " OR ".join(f"groups:{group['name']}" for group in groups if group["display_name"] == "Trasporti")
    found = asked(portal, f"package_search?q=&fq=({wanted} OR groups:envi)&sort=name asc&rows=50&start=0")
    key, file = {"Authorization": ada.key}, {"upload": ("alberi.csv", CONTENT)}
    resource = asked(portal, "resource_create", method="POST", headers=key, data={"package_id": ALBERI}, files=file)
    for hold in Hold.objects.still_open():
        lift_hold(hold, by=SYSTEM, reason="in prova")

    head = httpx.head(resource["url"], follow_redirects=True)

    assert names(found) == [SCUOLE, ALBERI, STRADE]
    assert (head.status_code, head.headers["content-length"]) == (200, str(len(CONTENT)))
    assert "alberi.csv" in head.headers["content-disposition"]


def test_frictionless_reads_a_catalogue_a_body_a_group_and_a_search(portal):
    def read(**control):
        catalog = Catalog(control=CkanControl(baseurl=portal, **control))
        return {dataset.name for dataset in catalog.datasets}

    assert read() == {ALBERI, STRADE, SCUOLE}
    assert read(organization_name="comune-di-lecce") == {ALBERI, STRADE}
    assert read(group_id="tran") == {STRADE}
    assert read(search={"q": "title:scuole"}) == {SCUOLE}
    assert len(read(num_packages=1, results_offset=1)) == 1


def test_ckanr_asks_by_get_with_its_key_twice_and_by_post_without_a_body(portal, ada):
    key = {"Authorization": ada.key, "X-CKAN-API-Key": ada.key, "Content-Type": "application/json"}
    everything = {"q": "*:*", "include_drafts": "true", "facet": "true", "facet.field": '["tags"]', "rows": "10"}

    found = asked(portal, "package_search", params=everything, headers=key)
    both = asked(portal, "resource_search?query=format:CSV&query=name:tabella", headers=key)
    shown = asked(portal, f"package_show?id={ALBERI}", method="POST", headers=key)

    assert set(names(found)) == {ALBERI, STRADE, SCUOLE, "c_e506-segreto"} and found["facets"]["tags"]
    assert [one["format"] for one in both["results"]] == ["CSV"]
    assert shown["name"] == ALBERI
    refused = httpx.get(f"{portal}/api/3/action/package_show", params={"id": "nessuno"}, headers=key)
    assert (refused.status_code, refused.json()["error"]["__type"]) == (404, "Not Found Error")
