"""How each kind of source asks: pages announced, pages guessed, portals that closed half of their API."""

import json

import pytest

from opentusk.harvest.asking import site_of, with_query
from opentusk.harvest.documents import Document, RemoteDocuments
from opentusk.harvest.errors import Incomplete, SourceFault
from opentusk.harvest.sources.ckan import CkanSource
from opentusk.harvest.sources.dcat_rdf import DcatRdfSource
from opentusk.harvest.tests.catalogs import catalog, page
from opentusk.outbound.tests.local_server import Page, Site


def get(site: Site) -> RemoteDocuments:
    return RemoteDocuments("*/*", {})


def paths_asked(site: Site) -> list[str]:
    return [path for _method, path, _headers in site.asked]


def test_pages_nobody_announced_are_asked_for_until_one_repeats(site: Site) -> None:
    whole = {"/c.ttl": range(20), "/c.ttl?page=2": range(20, 40), "/c.ttl?page=3": range(20, 40)}
    site.pages |= {path: Page(catalog(numbers)) for path, numbers in whole.items()}

    pages = list(DcatRdfSource().fetch(site.url("/c.ttl"), {}, get(site)))

    assert sum(len(one.reading.items) for one in pages) == 40


def test_a_static_file_is_one_page_even_when_it_ignores_its_query(site: Site) -> None:
    site.pages |= dict.fromkeys(["/c.ttl", "/c.ttl?page=2"], Page(catalog(range(30))))

    assert len(list(DcatRdfSource().fetch(site.url("/c.ttl"), {}, get(site)))) == 1


def test_a_small_catalogue_is_not_asked_for_a_second_page(site: Site) -> None:
    site.pages["/c.ttl"] = Page(catalog(range(3)))

    list(DcatRdfSource().fetch(site.url("/c.ttl"), {}, get(site)))

    assert paths_asked(site) == ["/c.ttl"]


def test_an_announced_page_on_an_internal_host_is_asked_of_the_host_we_talk_to(site: Site) -> None:
    inside = "http://10.0.0.7:8080/c.ttl?page=2"
    site.pages["/c.ttl"] = Page(page([1], address=site.url("/c.ttl"), following=inside, total=2))
    site.pages["/c.ttl?page=2"] = Page(page([2], address=inside, following="", total=2))

    assert len(list(DcatRdfSource().fetch(site.url("/c.ttl"), {}, get(site)))) == 2


def test_filters_become_the_query_of_the_address() -> None:
    address = with_query("https://x.example/c.ttl?page=1&fq=old", {"fq": "organization:lecce"})

    assert address == "https://x.example/c.ttl?page=1&fq=organization%3Alecce"


@pytest.mark.parametrize(
    "address",
    ["https://x.example/ckan", "https://x.example/ckan/", "https://x.example/ckan/api/3/action/package_search?rows=1"],
)
def test_a_portal_is_known_by_any_of_its_addresses(address: str) -> None:
    assert site_of(address) == "https://x.example/ckan"


def package(number: int) -> dict[str, object]:
    return {"id": f"id-{number}", "name": f"alberi-{number}", "title": f"Alberi {number}", "resources": []}


def answer(result: object) -> Page:
    return Page(json.dumps({"success": True, "result": result}).encode())


def test_a_portal_without_package_search_is_read_one_by_one(site: Site) -> None:
    site.pages["/api/3/action/package_list"] = answer(["alberi-1", "alberi-2"])
    for number in (1, 2):
        site.pages[f"/api/3/action/package_show?id=alberi-{number}"] = answer(package(number))

    pages = list(CkanSource().fetch(site.url("/"), {}, get(site)))

    assert [one.reading.items[0].source_id for one in pages] != []
    assert len(pages) == 2


def test_a_portal_whose_pages_end_before_its_count_is_incomplete(site: Site) -> None:
    query = "rows=500&start={}&sort=id+asc"
    site.pages[f"/api/3/action/package_search?{query.format(0)}"] = answer({"count": 3, "results": [package(1)]})
    site.pages[f"/api/3/action/package_search?{query.format(1)}"] = answer({"count": 3, "results": []})

    with pytest.raises(Incomplete):
        list(CkanSource().fetch(site.url("/"), {}, get(site)))


def test_an_organization_becomes_a_filter_of_the_search(site: Site) -> None:
    with pytest.raises(SourceFault):
        list(CkanSource().fetch(site.url("/"), {"organization": "lecce"}, get(site)))

    assert paths_asked(site) == ["/api/3/action/package_search?rows=500&start=0&sort=id+asc&fq=organization%3Alecce"]


def test_only_the_first_request_is_conditional(site: Site) -> None:
    site.pages["/a"] = Page(b"1", headers={"ETag": '"2"'})
    documents = RemoteDocuments("*/*", {"etag": '"1"'})

    found: list[Document] = [documents(site.url("/a")) for _time in range(2)]

    assert [headers.get("if-none-match") for _m, _p, headers in site.asked] == ['"1"', None]
    assert found[0].etag == '"2"'
