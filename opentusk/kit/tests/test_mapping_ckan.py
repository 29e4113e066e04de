"""Proves that CKAN packages of every dialect become records, and that the way back loses nothing."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from opentusk.kit.mapping.ckan import read_package
from opentusk.kit.mapping.ckan_write import write_package
from opentusk.kit.records import Agent, ContactPoint, Dataset, Identifier, PeriodOfTime

PACKAGES = Path(__file__).resolve().parents[3] / "../shared/samples/packages"
EU = "http://publications.europa.eu/resource/authority"
SAMPLES = [
    "trentino_package_show.json",
    "ckanext-dcat_ckan_full_dataset_dcat_ap.json",
    "ckanext-dcat_full_ckan_dataset_legacy.json",
    "ckanmcp_package-show-success.json",
    "dataset_minimal.json",
]


def package(name: str) -> dict[str, Any]:
    """The package of a sample file, out of its envelope, with the ids that every real one has."""
    document = json.loads((PACKAGES / name).read_text("utf-8"))
    found = {"id": "e9f1d1a4-8c3b-4a39-9a35-1c3f0c7c9b10", **document.get("result", document)}
    return {**found, "resources": [{"id": f"r{at}", **resource} for at, resource in enumerate(found["resources"])]}


def read(source: dict[str, Any]) -> Dataset:
    """The record of a public package."""
    record = read_package(source, site_url="https://dati.example.it").record
    assert record is not None
    return record


@pytest.mark.parametrize("name", SAMPLES)
def test_a_package_comes_back_from_its_own_writing(name: str) -> None:
    record = read(package(name))

    written = json.loads(json.dumps(write_package(record)))

    assert read(written) == record
    assert write_package(read(written)) == written


def test_ckanext_dcatapit_codes_become_addresses_and_its_dates_iso() -> None:
    record = read(package("trentino_package_show.json"))

    assert record.identifier == "p_TN:05e077c5-3972-4572-80fa-f03f268c5d5e"
    assert record.rights_holder == Agent(identifier="p_TN", name="Provincia Autonoma di Trento")
    assert record.publisher == record.rights_holder
    assert record.creator[0].name == "Agenzia per la coesione sociale, la famiglia e la natalità"
    assert record.creator[0].identifier == "EHGQO1"
    assert (record.issued, record.modified) == ("2021-08-04", "2022-08-01")
    assert record.metadata_modified == "2026-04-07T08:03:03.428194"
    assert record.theme == (f"{EU}/data-theme/EDUC", f"{EU}/data-theme/INTR")
    assert record.language == (f"{EU}/language/DEU", f"{EU}/language/ITA")
    assert record.accrual_periodicity == f"{EU}/frequency/IRREG"
    assert [(place.iri, place.geographical_identifier) for place in record.spatial] == [
        (f"{EU}/place/ITA_TRT", "http://www.geonames.org/3165241/")
    ]
    assert [distribution.format for distribution in record.distribution] == [
        f"{EU}/file-type/CSV",
        f"{EU}/file-type/CSV",
        f"{EU}/file-type/JSON",
    ]
    assert {distribution.license.iri for distribution in record.distribution if distribution.license} == {
        "https://w3id.org/italia/controlled-vocabulary/licences/A21_CCBY40"
    }


def test_a_file_that_ckan_serves_itself_can_be_downloaded() -> None:
    linked, _, uploaded = read(package("trentino_package_show.json")).distribution

    assert linked.download_url == ()
    assert uploaded.download_url == (uploaded.access_url,)


def test_the_package_keeps_its_id_and_its_name() -> None:
    item = read_package(package("trentino_package_show.json"), site_url="https://dati.trentino.it/")

    assert item.source_id == "f76af483-5e62-43ad-92c5-3bcea666edb0"
    assert item.record is not None
    assert [other.notation for other in item.record.other_identifier] == [
        "elenco-aderenti-euregio-family-pass",
        "f76af483-5e62-43ad-92c5-3bcea666edb0",
    ]
    written = write_package(item.record)
    assert written["id"] == item.source_id
    assert written["name"] == "p_tn-05e077c5-3972-4572-80fa-f03f268c5d5e"


def test_lists_of_ckanext_dcat_are_read() -> None:
    record = read(package("ckanext-dcat_ckan_full_dataset_dcat_ap.json"))

    assert [contact.has_email for contact in record.contact_point] == ["contact1@example.org", "contact2@example.org"]
    assert record.publisher is not None
    assert record.publisher.identifier == "http://example.org/publisher-id"
    assert record.temporal[0] == PeriodOfTime(start_date="1905-03-01", end_date="2013-01-05")
    assert record.spatial[0].geographic_name == "Tarragona"
    assert record.spatial[0].centroid == "POINT (1.26639 41.12386)"
    assert record.spatial[0].bbox.startswith("POLYGON ((-2.1604 42.7611,")
    assert [standard.identifier for standard in record.conforms_to] == ["Standard 1", "Standard 2"]
    assert record.accrual_periodicity == "monthly"
    assert record.keyword == {"": ("Tag 1", "Tag 2")}
    distribution = record.distribution[0]
    assert distribution.byte_size == 12323
    assert distribution.checksum is not None
    assert distribution.checksum.value == "4304cf2e751e6053c90b1804c89c0ebb758f395a"
    assert distribution.access_service[0].endpoint_url == (
        "https://example.org/access_service/1",
        "https://example.org/access_service/2",
    )


def test_old_extras_are_read_and_what_is_unknown_survives() -> None:
    record = read(package("ckanext-dcat_full_ckan_dataset_legacy.json"))

    assert (record.issued, record.modified) == ("2012-05-10", "2012-05-10T21:04")
    assert record.language == ("en", "es", "ca")
    assert record.spatial[0].geometry.startswith("POLYGON ((33.0 -22.0,")
    extras = {extra["key"]: extra["value"] for extra in write_package(record)["extras"]}
    assert extras["INSPIRE"] == "True"
    assert extras["responsible-party"] == "British Geological Survey (distributor)"


def test_nulls_are_nothing() -> None:
    record = read(package("dataset_minimal.json"))

    assert record.title == {"": "Dataset Minimale"}
    assert record.description == {}
    assert record.rights_holder is None
    assert record.publisher == Agent(name="Organizzazione Test")
    assert (record.issued, record.modified, record.language, record.distribution) == (None, None, (), ())


def test_the_maintainer_answers_when_no_contact_is_given() -> None:
    record = read({"id": "1", "title": "T", "maintainer": "Ufficio dati", "maintainer_email": "dati@example.it"})

    assert record.contact_point == (ContactPoint(fn="Ufficio dati", has_email="dati@example.it"),)


def test_texts_printed_as_dictionaries_are_texts_by_language() -> None:
    record = read({"id": "1", "title": "{'it': 'Alberi', 'en_GB': 'Trees'}", "notes": '{"it": "Uno per riga"}'})

    assert record.title == {"it": "Alberi", "en-GB": "Trees"}
    assert record.description == {"it": "Uno per riga"}


def test_dcatapit_periods_standards_and_identifiers_packed_as_json_are_read() -> None:
    record = read(
        {
            "id": "1",
            "title": "T",
            "temporal_coverage": '[{"temporal_start": "01-01-2020", "temporal_end": "31-12-2020"}]',
            "conforms_to": '[{"identifier": "UNI1", "title": {"it": "Norma"}, "referenceDocumentation": ["http://a"]}]',
            "alternate_identifier": '[{"identifier": "X1", "agent": {"agent_name": {"it": "Ente"}}}]',
            "themes_aggregate": '[{"theme": "ENVI", "subthemes": ["http://eurovoc.europa.eu/100243"]}]',
        }
    )

    assert record.temporal == (PeriodOfTime(start_date="2020-01-01", end_date="2020-12-31"),)
    assert record.conforms_to[0].title == {"it": "Norma"}
    assert record.other_identifier[0] == Identifier(notation="X1", agency="Ente")
    assert record.theme == (f"{EU}/data-theme/ENVI",)
    assert record.subject == ("http://eurovoc.europa.eu/100243",)


def test_groups_named_after_themes_are_the_themes_of_a_plain_package() -> None:
    record = read({"id": "1", "title": "T", "groups": [{"name": "ambiente", "title": "Ambiente"}, {"name": "x"}]})

    assert record.theme == (f"{EU}/data-theme/ENVI",)


def test_an_organization_owns_the_data_only_when_it_has_a_code() -> None:
    harvester = {"name": "harvester", "title": "Portale"}
    body = {**harvester, "title": "Comune di Lecce", "identifier": "c_e506"}

    assert read({"id": "1", "title": "T", "organization": harvester}).rights_holder is None
    assert read({"id": "1", "title": "T", "organization": body}).rights_holder == Agent(
        identifier="c_e506", name="Comune di Lecce"
    )


@pytest.mark.parametrize(
    ("key", "value", "code"),
    [
        ("state", "deleted", "reading.package_not_public"),
        ("state", "draft", "reading.package_not_public"),
        ("private", True, "reading.package_not_public"),
        ("type", "harvest", "reading.package_not_dataset"),
        ("type", "showcase", "reading.package_not_dataset"),
    ],
)
def test_what_is_not_a_public_dataset_is_recognised(key: str, value: object, code: str) -> None:
    item = read_package({"id": "1", "title": "T", key: value})

    assert item.record is None
    assert item.source_id == "1"
    assert [problem.code for problem in item.problems] == [code]


JSON_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=6,
)
KEYS = st.sampled_from(
    [
        "title",
        "notes",
        "identifier",
        "theme",
        "themes_aggregate",
        "tags",
        "groups",
        "extras",
        "creator",
        "publisher",
        "contact",
        "holder_name",
        "maintainer",
        "temporal_coverage",
        "spatial_coverage",
        "spatial",
        "geographical_name",
        "conforms_to",
        "alternate_identifier",
        "language",
        "frequency",
        "issued",
        "modified",
        "organization",
        "license_id",
        "license_url",
        "url",
        "version",
        "is_version_of",
        "something_else",
    ]
)
RESOURCE_KEYS = st.sampled_from(
    ["url", "format", "size", "hash", "hash_algorithm", "name", "license", "access_services", "odd_key"]
)


@settings(max_examples=150, deadline=None)
@given(
    st.dictionaries(KEYS, JSON_VALUES, max_size=8),
    st.lists(st.dictionaries(RESOURCE_KEYS, JSON_VALUES, max_size=5), max_size=2),
)
def test_any_package_is_read_and_its_second_writing_equals_its_first(
    odd: dict[str, Any], resources: list[dict[str, Any]]
) -> None:
    identified = [{**resource, "id": f"r{number}"} for number, resource in enumerate(resources)]
    record = read({**odd, "id": "1", "name": "one", "resources": identified})

    written = write_package(record)

    assert write_package(read(json.loads(json.dumps(written)))) == json.loads(json.dumps(written))
