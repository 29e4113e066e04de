"""Proves that territorial data is gathered, flagged, and kept out of the feed for the national catalogue (rule M14)."""

import json
import re
from pathlib import Path
from xml.etree import ElementTree

import pytest
from django.test import Client
from pytest_django import Settings

from opentusk.catalog.actions import change_record
from opentusk.catalog.models import Dataset
from opentusk.catalog.tests.records import EU, trees
from opentusk.feeds.tests.conftest import publish_one
from opentusk.harvest.actions import SourceSettings, add_source, begin_run, run_source
from opentusk.harvest.documents import RemoteDocuments
from opentusk.harvest.errors import SourceFault
from opentusk.harvest.models import HarvestRun, HarvestSource, RunItem
from opentusk.harvest.sources.csw import CswSource
from opentusk.journal.actors import SYSTEM
from opentusk.journal.reactions import deliver_all
from opentusk.outbound.tests.local_server import Page, Site

CSW = Path(__file__).resolve().parents[3] / "../shared/samples/csw"
SEARCH = "/rest/metadata/search"


@pytest.fixture(autouse=True)
def feeds_dir(settings: Settings, tmp_path: Path) -> None:
    settings.FEEDS_DIR = tmp_path / "feeds"
    settings.SEARCH_DIR = tmp_path / "search"


def gather(site: Site, kind: str, path: str) -> HarvestRun:
    chosen = SourceSettings(
        name="Territoriali", kind=kind, url=site.url(path), agent=None, role=HarvestSource.Role.AGGREGATOR
    )
    return run_source(begin_run(add_source(chosen, by=SYSTEM)))


def serve_search(site: Site, *, missing: str = "") -> None:
    """The search, the second record not inside it; with `missing`, its item answers that it is not there."""
    answer = json.loads((CSW / "rndt_search_response.json").read_text("utf-8"))
    second = answer["results"][1]
    document = second["_source"].pop("sys_xml_clob").encode()
    if missing:
        second["id"], document = missing, b'{"found": false}'
    address = f"/rest/metadata/item/{second['id'].replace(':', '%3A')}/xml"
    body = json.dumps({**answer, "total": 2, "nextStart": 0}).encode()
    site.pages |= {f"{SEARCH}?q=&start=1&num=100&f=json": Page(body), address: Page(document)}


def test_a_record_of_the_repertory_is_public_but_not_in_the_feed(site: Site, db: None, lecce, client: Client) -> None:
    publish_one(lecce, "alberi")
    serve_search(site)

    run = gather(site, "rndt", SEARCH)
    deliver_all()

    cadastre = Dataset.objects.get(identifier="age:d_e973_marsaglia")
    assert (run.status, run.is_complete) == ("done", True)
    assert cadastre.is_published and cadastre.is_territorial
    feed = client.get("/catalog.ttl").text
    assert "c_e506:alberi" in feed
    assert "marsaglia" not in feed
    assert "marsaglia" not in client.get("/data.json").text
    assert client.get(f"/dataset/{cadastre.slug}").status_code == 200
    assert "marsaglia" in client.get(f"/dataset/{cadastre.slug}.ttl").text


def test_a_dataset_that_becomes_territorial_leaves_the_feed(db: None, lecce, client: Client) -> None:
    publish_one(lecce, "alberi")
    dataset = publish_one(lecce, "strade")
    deliver_all()
    assert "c_e506:strade" in client.get("/catalog.ttl").text

    territorial = trees("c_e506:strade", type=(f"{EU}dataset-type/GEOSPATIAL",))
    change_record(dataset, territorial, by=SYSTEM, expected=dataset.checksum)
    deliver_all()

    assert "c_e506:strade" not in client.get("/catalog.ttl").text


def test_a_record_that_is_listed_and_not_there_is_told(site: Site, db: None) -> None:
    serve_search(site, missing="c_e506:perduto")

    run = gather(site, "rndt", SEARCH)

    lost = RunItem.objects.get(run=run, origin_id="c_e506:perduto")
    assert lost.outcome == "rejected"
    assert [problem["code"] for problem in lost.problems] == ["rndt.not_found"]
    assert run.is_complete


def test_a_service_that_gives_short_records_is_asked_for_each_in_full(site: Site) -> None:
    short = b"""<csw:GetRecordsResponse xmlns:csw="http://www.opengis.net/cat/csw/2.0.2"
      xmlns:dc="http://purl.org/dc/elements/1.1/"><csw:SearchResults numberOfRecordsMatched="2" nextRecord="0">
      <csw:SummaryRecord><dc:identifier>age:D_E973_MARSAGLIA</dc:identifier></csw:SummaryRecord>
      <csw:SummaryRecord><dc:identifier>test-dataset</dc:identifier></csw:SummaryRecord>
      </csw:SearchResults></csw:GetRecordsResponse>"""
    whole = {
        "age%3AD_E973_MARSAGLIA": (CSW / "rndt_item.xml").read_bytes(),
        "test-dataset": (CSW / "ckanext-spatial_iso19139_dataset-invalid.xml").read_bytes(),
    }

    def answer(door) -> None:
        wanted = next((body for name, body in whole.items() if f"id={name}&" in door.path), short)
        door.send_response(200)
        door.send_header("Content-Length", str(len(wanted)))
        door.end_headers()
        door.wfile.write(wanted)

    site.pages = AnyPage(answer)
    source = CswSource()

    copied = "/csw?map=/srv/a%26b.map&SERVICE=CSW&REQUEST=GetCapabilities"
    pages = list(source.fetch(site.url(copied), {}, RemoteDocuments(source.accept, {})))

    items = [item for page in pages for item in page.reading.items]
    assert [(item.source_id, item.record is not None) for item in items] == [
        ("age:D_E973_MARSAGLIA", True),
        ("test-dataset", False),
    ]
    assert [site.asked[0][1].count("GetRecords"), len(site.asked)] == [1, 3]
    # What the address says of its own is sent on as it was.
    assert all("map=%2Fsrv%2Fa%26b.map&" in path for _method, path, _headers in site.asked)


def test_a_service_that_answers_only_to_posts_is_asked_so_page_after_page(site: Site) -> None:
    first = (CSW / "udata_geonetwork-iso19139-page-1.xml").read_bytes()
    pages = {
        start: first.replace(b'nextRecord="3"', said).replace(b">fr-12", b">fr-%d-12" % start)
        for start, said in ((1, b'nextRecord="3"'), (3, b'nextRecord="5"'), (5, b'nextRecord="0"'))
    }
    refusal = b"""<ows:ExceptionReport xmlns:ows="http://www.opengis.net/ows"><ows:Exception
      exceptionCode="OperationNotSupported"/></ows:ExceptionReport>"""

    def answer(door) -> None:
        start = re.search(rb'startPosition="(\d+)"', site.posted[-1]) if door.command == "POST" else None
        wanted = pages[int(start[1])] if start else refusal
        door.send_response(200)
        door.send_header("Content-Length", str(len(wanted)))
        door.end_headers()
        door.wfile.write(wanted)

    site.pages = AnyPage(answer)
    source = CswSource()

    gathered = list(
        source.fetch(site.url("/csw"), {"fq": "AnyText LIKE '%a < b%'"}, RemoteDocuments(source.accept, {}))
    )

    assert [len(page.reading.items) for page in gathered] == [2, 2, 2]
    assert [method for method, _path, _headers in site.asked] == ["GET", "POST", "POST", "POST"]
    assert site.asked[1][2]["content-type"] == "application/xml" and site.asked[1][1] == "/csw"
    request = ElementTree.fromstring(site.posted[1])
    assert request.attrib["startPosition"] == "3" and request.attrib["outputSchema"].endswith("/gmd")
    assert [node.text for node in request.iter() if node.tag.endswith("CqlText")] == ["AnyText LIKE '%a < b%'"]
    assert [node.text for node in request.iter() if node.tag.endswith("PropertyName")] == ["apiso:identifier"]


def test_short_records_of_such_a_service_are_asked_for_by_post_too(site: Site) -> None:
    short = b"""<csw:GetRecordsResponse xmlns:csw="http://www.opengis.net/cat/csw/2.0.2"
      xmlns:dc="http://purl.org/dc/elements/1.1/"><csw:SearchResults numberOfRecordsMatched="1" nextRecord="0">
      <csw:SummaryRecord><dc:identifier>age:D_E973_MARSAGLIA</dc:identifier></csw:SummaryRecord>
      </csw:SearchResults></csw:GetRecordsResponse>"""

    def answer(door) -> None:
        is_one = door.command == "POST" and b"GetRecordById" in site.posted[-1]
        body = (CSW / "rndt_item.xml").read_bytes() if is_one else short
        door.send_response(405 if door.command == "GET" else 200)
        door.send_header("Content-Length", str(len(body)))
        door.end_headers()
        door.wfile.write(body)

    site.pages = AnyPage(answer)
    source = CswSource()

    (page,) = source.fetch(site.url("/csw"), {}, RemoteDocuments(source.accept, {}))

    assert [item.source_id for item in page.reading.items] == ["age:D_E973_MARSAGLIA"]
    assert b"<csw:Id>age:D_E973_MARSAGLIA</csw:Id>" in site.posted[1]


def test_a_service_that_answers_neither_way_tells_what_it_said_to_the_first(site: Site) -> None:
    source = CswSource()

    with pytest.raises(SourceFault) as fault:
        list(source.fetch(site.url("/csw"), {}, RemoteDocuments(source.accept, {})))

    assert "GetRecords" in fault.value.detail and [method for method, _path, _headers in site.asked] == ["GET", "POST"]


class AnyPage(dict):
    """Pages that one function answers, whatever their address."""

    def __init__(self, answer) -> None:
        super().__init__()
        self._answer = answer

    def get(self, _path, _default=None):
        return self._answer
