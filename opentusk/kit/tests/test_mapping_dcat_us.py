"""Proves that the American data.json, in its present and its older form, becomes records and is written again."""

import json
from pathlib import Path
from typing import Any

from opentusk.kit.items import CatalogReading
from opentusk.kit.mapping.dcat_us import read_catalog
from opentusk.kit.mapping.dcat_us_write import write_data_json
from opentusk.kit.records import Agent, Catalog, ContactPoint, Dataset, PeriodOfTime

PACKAGES = Path(__file__).resolve().parents[3] / "../shared/samples/packages"
EU = "http://publications.europa.eu/resource/authority"


def reading(name: str) -> CatalogReading:
    """The catalogue of a sample file."""
    return read_catalog(json.loads((PACKAGES / name).read_text("utf-8")), site_url="https://demo.example.org/data.json")


def records(found: CatalogReading) -> list[Dataset]:
    """Its datasets, every one of which must have been read."""
    return [item.record for item in found.items if item.record is not None]


def read_one(source: dict[str, Any]) -> Dataset:
    """The record of one dataset."""
    return records(read_catalog({"dataset": [{"identifier": "x", "title": "X", **source}]}))[0]


def test_a_dkan_catalogue_is_read() -> None:
    found = reading("dkan_data_json_sample.json")

    assert len(records(found)) == found.total == 10
    lanes = records(found)[0]
    assert lanes.identifier == "cedcd327-4e5d-43f9-8eb1-c11850fa7c55"
    assert lanes.title == {"": "Florida Bike Lanes "}
    assert lanes.publisher == Agent(name="State Economic Council")
    assert lanes.contact_point == (ContactPoint(fn="Jane Doe", has_email="mailto:data.admin@example.com"),)
    assert lanes.access_rights == f"{EU}/access-right/PUBLIC"
    assert lanes.theme == ("Transportation", "City Planning")
    assert lanes.spatial[0].geographic_name == "Florida"
    assert lanes.keyword == {"": ("bike-lanes", "streets", "infrastructure")}
    distribution = lanes.distribution[0]
    assert distribution.format == "csv"
    assert distribution.media_type == "https://www.iana.org/assignments/media-types/text/csv"
    assert distribution.license is not None
    assert distribution.license.iri == "http://opendatacommons.org/licenses/by/1.0/"


def test_periods_and_intervals_of_dkan_are_read() -> None:
    _, analysis, crime, *_ = records(reading("dkan_data_json_sample.json"))

    assert analysis.temporal == (PeriodOfTime(start_date="2016", end_date="2016"),)
    assert crime.temporal[0].start_date == "2014-01-01T05:00:00+00:00"
    assert crime.spatial[0].geometry.startswith("POLYGON ((-129.7")
    frequencies = {record.accrual_periodicity for record in records(reading("dkan_data_json_sample.json"))}
    assert frequencies == {None, f"{EU}/frequency/UPDATE_CONT", f"{EU}/frequency/ANNUAL"}


def test_the_older_form_is_read() -> None:
    found = reading("ckanext-dcat_catalog.json")

    assert found.catalog is not None
    assert found.catalog.title == {"": "An example catalog"}
    assert len(records(found)) == 2
    first = records(found)[0]
    assert first.iri == first.identifier == "https://data.some.org/catalog/datasets/1"
    assert first.landing_page is None
    csv, _, api = first.distribution
    assert csv.access_url == csv.download_url[0]
    assert csv.byte_size is None
    assert (api.access_url, api.download_url) == ("https://data.some.org/the/actual/catalog/link/to/an/api", ())


def test_what_the_record_has_no_field_for_survives() -> None:
    record = read_one({"bureauCode": ["010:86"], "programCode": ["010:001"], "dataQuality": True})

    written = write_data_json(Catalog(), [record])["dataset"][0]

    assert written["bureauCode"] == ["010:86"]
    assert written["programCode"] == ["010:001"]
    assert written["dataQuality"] is True


def test_a_box_becomes_a_polygon() -> None:
    record = read_one({"spatial": "-80.05,37.2,-79.9,37.3"})

    assert record.spatial[0].bbox == "POLYGON ((-80.05 37.2, -79.9 37.2, -79.9 37.3, -80.05 37.3, -80.05 37.2))"


def test_an_interval_where_a_date_was_meant_is_no_date() -> None:
    record = read_one({"modified": "R/P1D"})

    assert record.modified is None
    assert "R/P1D" in record.extra[0].object


def test_a_member_that_is_no_object_does_not_stop_the_others() -> None:
    found = read_catalog({"dataset": ["oops", {"identifier": "x", "title": "X"}]})

    broken, fine = found.items
    assert broken.record is None
    assert [problem.code for problem in broken.problems] == ["reading.item_not_an_object"]
    assert fine.record is not None


def test_an_empty_catalogue_says_so() -> None:
    assert [problem.code for problem in read_catalog({"dataset": []}).problems] == ["reading.no_datasets"]


def test_what_is_written_is_read_again_as_the_same_datasets() -> None:
    found = reading("dkan_data_json_sample.json")
    catalog = found.catalog or Catalog()

    written = json.loads(json.dumps(write_data_json(catalog, records(found))))

    assert written["conformsTo"] == "https://project-open-data.cio.gov/v1.1/schema"
    again = read_catalog(written, site_url="https://demo.example.org/data.json")
    assert write_data_json(catalog, records(again)) == written
    assert again.items == found.items
