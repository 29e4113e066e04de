"""Proves that any document is recognised by its content: as datasets, as an empty source, or as something else."""

import json
from pathlib import Path

import pytest

from opentusk.kit.errors import Unreadable
from opentusk.kit.items import CatalogReading
from opentusk.kit.reading import read_metadata

SAMPLES = Path(__file__).resolve().parents[3] / "../shared/samples"
BASE = "https://dati.example.it/feed"


def reading(name: str, *, base: str = BASE, media_type: str | None = None) -> CatalogReading:
    """What is read of a sample file."""
    return read_metadata((SAMPLES / name).read_bytes(), base=base, media_type=media_type)


@pytest.mark.parametrize(
    ("name", "count"),
    [
        ("catalogs/comune_foggia.rdf", 7),
        ("catalogs/piersoft_cataloghvd_dcatapit_hvd.ttl", 1),
        ("catalogs/udata_paged-collection-1.jsonld", 3),
        ("catalogs/ckanext-dcat_catalog_pod.jsonld", 1),
        ("packages/trentino_package_show.json", 1),
        ("packages/dataset_minimal.json", 1),
        ("packages/ckanext-dcat_ckan_full_dataset_dcat_ap.json", 1),
        ("packages/ckanext-dcat_full_ckan_dataset_legacy.json", 1),
        ("packages/ckanmcp_package-search-success.json", 2),
        ("packages/ckanmcp_package-show-success.json", 1),
        ("packages/dkan_data_json_sample.json", 10),
        ("packages/ckanext-dcat_catalog.json", 2),
    ],
)
def test_datasets_are_found_whatever_the_document_is(name: str, count: int) -> None:
    assert len(reading(name, media_type="text/plain").items) == count


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("packages/magda_ckanDatasetQuery.json", "reading.not_a_catalogue"),
        ("packages/ckanmcp_mqa-quality-success.json", "reading.not_a_catalogue"),
        ("packages/ckanmcp_organization-list-success.json", "reading.not_a_catalogue"),
        ("packages/ckanmcp_group-list-success.json", "reading.not_a_catalogue"),
        ("packages/ckanmcp_datastore-search-success.json", "reading.not_a_catalogue"),
        ("packages/dati_gov_it_harvest_2026-08.json", "reading.not_a_catalogue"),
        ("packages/piveau_package_search_response_example.json", "reading.json_syntax"),
    ],
)
def test_a_document_of_another_kind_is_unreadable_and_says_why(name: str, code: str) -> None:
    with pytest.raises(Unreadable) as refusal:
        reading(name)

    assert refusal.value.reason == code
    assert refusal.value.detail


def test_rdf_with_neither_a_catalogue_nor_datasets_is_refused() -> None:
    with pytest.raises(Unreadable) as refusal:
        reading("packages/ckanmcp_mqa-metrics-success.json")

    assert refusal.value.reason == "reading.not_a_catalogue"


def test_an_empty_search_is_an_empty_source() -> None:
    found = read_metadata(b'{"success": true, "result": {"count": 0, "results": []}}', base=BASE)

    assert (found.items, found.total) == ((), 0)
    assert [problem.code for problem in found.problems] == ["reading.no_datasets"]


def test_an_answer_that_is_an_error_is_unreadable() -> None:
    answer = {"success": False, "error": {"__type": "Not Found Error", "message": "Not found: Package"}}

    with pytest.raises(Unreadable) as refusal:
        read_metadata(json.dumps(answer).encode(), base=BASE)

    assert (refusal.value.reason, refusal.value.detail) == ("reading.ckan_refused", "Not found: Package")


@pytest.mark.parametrize("content", [b"", b"  \n", b"\xef\xbb\xbf"])
def test_nothing_is_not_a_document(content: bytes) -> None:
    with pytest.raises(Unreadable) as refusal:
        read_metadata(content, base=BASE)

    assert refusal.value.reason == "reading.empty"


def test_a_search_says_how_many_datasets_the_portal_has() -> None:
    assert reading("packages/ckanmcp_package-search-success.json").total == 100


def test_the_address_of_the_portal_is_the_one_it_gives_itself() -> None:
    item = reading("packages/trentino_package_show.json", base="https://mirror.example.it/file.json").items[0]

    assert item.record is not None
    assert item.record.source_catalog == "https://dati.trentino.it"
    assert item.record.iri == "https://dati.trentino.it/dataset/f76af483-5e62-43ad-92c5-3bcea666edb0"


def test_without_envelope_the_portal_is_that_of_the_request() -> None:
    base = "https://dati.example.it/ckan/api/3/action/current_package_list_with_resources"

    found = read_metadata(b'[{"id": "1", "title": "T", "resources": []}]', base=base)

    assert found.items[0].record is not None
    assert found.items[0].record.source_catalog == "https://dati.example.it/ckan"


def test_an_exported_organization_is_a_catalogue_of_its_packages() -> None:
    packages = [{"id": "1", "title": "T", "resources": []}, "not a package"]
    export = {"success": True, "result": {"title": "Comune di Lecce", "package_count": 2, "packages": packages}}

    found = read_metadata(json.dumps(export).encode(), base=BASE)

    assert found.catalog is not None
    assert found.catalog.title == {"": "Comune di Lecce"}
    good, bad = found.items
    assert good.record is not None
    assert (bad.record, bad.problems[0].code) == (None, "reading.item_not_an_object")
