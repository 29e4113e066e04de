"""What every kind of harvest source must do, on a real server that gives stored answers of real portals.

A new kind is added to `STORED` with a sample of its own; the first test fails until it is.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from pytest_django import Settings

from opentusk.harvest.documents import Page as GatheredPage
from opentusk.harvest.documents import RemoteDocuments
from opentusk.harvest.errors import SourceFault
from opentusk.harvest.sources import SourceKind, source_kinds
from opentusk.kit.errors import Unreadable
from opentusk.outbound.tests.local_server import Page, Site, serving
from tests.contracts import written_answers

SAMPLES = Path(__file__).resolve().parents[2] / "../shared/samples"


def sample(path: str) -> bytes:
    return (SAMPLES / path).read_bytes()


def package_search(start: int) -> bytes:
    """CKAN's answer for the packages we have, two a page although more were asked for."""
    names = ("trentino_package_show", "ckanext-dcat_ckan_full_dataset_dcat_ap", "ckanext-dcat_full_ckan_dataset_legacy")
    packages = [json.loads(sample(f"packages/{name}.json")) for name in names]
    found = [package.get("result", package) for package in packages]
    return json.dumps({"success": True, "result": {"count": 3, "results": found[start : start + 2]}}).encode()


@dataclass(frozen=True)
class Stored:
    """A portal in short: where it is entered, what it answers, how many pages and datasets that makes."""

    entry: str
    answers: dict[str, bytes]
    pages: int
    datasets: int


def search(start: int) -> str:
    return f"/api/3/action/package_search?rows=500&start={start}&sort=id+asc"


_CSW = (
    "/csw?service=CSW&version=2.0.2&request=GetRecords&resultType=results&typeNames=gmd%3AMD_Metadata"
    "&namespace=xmlns%28gmd%3Dhttp%3A%2F%2Fwww.isotc211.org%2F2005%2Fgmd%29"
    "&outputSchema=http%3A%2F%2Fwww.isotc211.org%2F2005%2Fgmd&outputFormat=application%2Fxml"
    "&elementSetName=full&startPosition={start}&maxRecords=50"
)


def csw_pages() -> dict[str, bytes]:
    """Three pages of two records: the one we have, and twice the same under other names."""
    page = sample("csw/udata_geonetwork-iso19139-page-1.xml")
    following = {1: b'nextRecord="3"', 3: b'nextRecord="5"', 5: b'nextRecord="0"'}
    return {
        _CSW.format(start=start): page.replace(b'nextRecord="3"', said).replace(b">fr-12", b">fr-%d-12" % start)
        for start, said in following.items()
    }


def rndt_answers() -> dict[str, bytes]:
    """The search we have as two pages, the second without the record inside; and that record by itself."""
    answer = json.loads(sample("csw/rndt_search_response.json"))
    first, second = answer["results"]
    document = second["_source"].pop("sys_xml_clob")
    search = "/rest/metadata/search?q=&start={start}&num=100&f=json"
    return {
        search.format(start=1): json.dumps({**answer, "total": 2, "nextStart": 2, "results": [first]}).encode(),
        search.format(start=2): json.dumps({**answer, "total": 2, "nextStart": 0, "results": [second]}).encode(),
        "/rest/metadata/item/R_SARDEG%3A393f76de-6c16-4c1d-93d0-0d8bbeeb075d/xml": document.encode(),
    }


STORED = {
    "dcat_rdf": Stored(
        "/catalog.jsonld",
        {
            "/catalog.jsonld": sample("catalogs/udata_paged-collection-1.jsonld"),
            "/catalog.jsonld?page=2": sample("catalogs/udata_paged-collection-2.jsonld"),
        },
        pages=2,
        datasets=4,
    ),
    "ckan": Stored("/", {search(0): package_search(0), search(2): package_search(2)}, pages=2, datasets=3),
    "dcat_us": Stored(
        "/data.json", {"/data.json": sample("packages/dkan_data_json_sample.json")}, pages=1, datasets=10
    ),
    "csw": Stored("/csw?SERVICE=CSW&REQUEST=GetCapabilities", csw_pages(), pages=3, datasets=6),
    "rndt": Stored("/rest/metadata/search", rndt_answers(), pages=2, datasets=2),
    "udata": Stored("/api/1/", written_answers.udata(), pages=2, datasets=3),
    "opendatasoft": Stored("/explore/", written_answers.opendatasoft(), pages=2, datasets=2),
    "socrata": Stored("/", written_answers.socrata(), pages=2, datasets=3),
    "sparql": Stored("/sparql", written_answers.sparql(range(120)), pages=2, datasets=120),
    "sheet": Stored("/catalogo.xlsx", {"/catalogo.xlsx": written_answers.sheet()}, pages=1, datasets=3),
}
KINDS = sorted(source_kinds())
WRONG = {
    "an error": Page(b"oops", 500),
    "an HTML page": Page(b"<!doctype html><title>Manutenzione</title>"),
    "nothing": Page(b""),
    "an unrelated JSON": Page(b'{"success": false}'),
}


@pytest.fixture
def site(settings: Settings, tmp_path: Path) -> Iterator[Site]:
    settings.VAR_DIR = tmp_path
    with serving() as running:
        settings.OUTBOUND_ALLOWED_PRIVATE = [running.place]
        yield running


def serve(site: Site, kind: SourceKind) -> None:
    site.pages |= {path: Page(body) for path, body in STORED[kind.name].answers.items()}


def fetch(site: Site, kind: SourceKind) -> list[GatheredPage]:
    return list(kind.fetch(site.url(STORED[kind.name].entry), {}, RemoteDocuments(kind.accept, {})))


@pytest.fixture(params=KINDS)
def kind(request: pytest.FixtureRequest) -> SourceKind:
    return source_kinds()[request.param]


def test_every_kind_that_is_switched_on_has_a_stored_sample() -> None:
    assert set(STORED) == set(KINDS)


def test_a_kind_has_a_name_of_its_own_and_a_label_for_people(kind: SourceKind) -> None:
    assert source_kinds()[kind.name] is kind
    assert kind.label
    assert kind.accept


def test_it_gathers_every_page_and_every_dataset_once(kind: SourceKind, site: Site) -> None:
    serve(site, kind)

    pages = fetch(site, kind)

    ids = [item.source_id for page in pages for item in page.reading.items]
    assert len(pages) == STORED[kind.name].pages
    assert len(ids) == len(set(ids)) == STORED[kind.name].datasets


def test_each_item_is_a_record_or_says_why_not(kind: SourceKind, site: Site) -> None:
    serve(site, kind)

    for item in (item for page in fetch(site, kind) for item in page.reading.items):
        assert item.record is not None or item.problems


def test_reading_a_stored_document_again_gives_the_same_records(kind: SourceKind, site: Site) -> None:
    serve(site, kind)

    for page in fetch(site, kind):
        assert kind.read(page.document).items == page.reading.items


@pytest.mark.parametrize("answer", WRONG.values(), ids=WRONG.keys())
def test_an_answer_that_is_no_catalogue_is_a_fault(answer: Page, kind: SourceKind, site: Site) -> None:
    site.pages |= dict.fromkeys(STORED[kind.name].answers, answer)

    with pytest.raises((SourceFault, Unreadable)):
        fetch(site, kind)


def test_an_answer_cut_in_the_middle_is_a_fault(kind: SourceKind, site: Site) -> None:
    site.pages |= {path: Page(body[: len(body) // 2]) for path, body in STORED[kind.name].answers.items()}

    with pytest.raises((SourceFault, Unreadable)):
        fetch(site, kind)


def test_a_wrong_content_type_does_not_matter(kind: SourceKind, site: Site) -> None:
    wrong = {"Content-Type": "text/html"}
    site.pages |= {path: Page(body, headers=wrong) for path, body in STORED[kind.name].answers.items()}

    assert len(fetch(site, kind)) == STORED[kind.name].pages
