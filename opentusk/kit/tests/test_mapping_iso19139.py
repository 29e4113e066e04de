"""Proves that real ISO 19139 records become complete records, and that one that is not valid says why."""

from dataclasses import fields
from datetime import date
from pathlib import Path

import pytest

from opentusk.kit.errors import Unreadable
from opentusk.kit.harmonise import Defaults, harmonise_dataset
from opentusk.kit.iris import Iris
from opentusk.kit.items import Item
from opentusk.kit.mapping.iso.codes import themes_of_inspire, themes_of_topic
from opentusk.kit.mapping.iso.records import read_csw_page
from opentusk.kit.problems import blocking
from opentusk.kit.quality.value_rules import is_territorial
from opentusk.kit.records import Agent, ContactPoint, Dataset, Identifier, Location, PeriodOfTime
from opentusk.kit.verdict import judge_dataset
from opentusk.kit.vocabularies import THEMES

CSW = Path(__file__).resolve().parents[3] / "../shared/samples/csw"
EU = "http://publications.europa.eu/resource/authority"


def item(name: str, *, change: tuple[str, str] = ("", "")) -> Item:
    """The only record of a sample, perhaps with a text of it replaced."""
    text = (CSW / name).read_text("utf-8")
    (found,) = read_csw_page(text.replace(*change).encode() if change[0] else text.encode()).reading.items
    return found


def record(name: str) -> Dataset:
    found = item(name).record
    assert found is not None
    return found


def test_a_record_of_the_national_repertory_can_be_published_as_it_is() -> None:
    found = record("rndt_item.xml")

    harmonised, _repairs = harmonise_dataset(found, Defaults(), Iris("https://dati.example.it"))

    assert blocking(judge_dataset(harmonised, today=date(2026, 9, 1))) == []
    assert is_territorial(harmonised)
    assert harmonised.identifier == "age:d_e973_marsaglia"
    assert harmonised.rights_holder == Agent(
        iri="https://dati.example.it/agente/age", identifier="age", name="Agenzia delle Entrate"
    )
    assert {part.license.iri for part in harmonised.distribution if part.license} == {
        "https://creativecommons.org/licenses/by/4.0/"
    }


def test_what_the_italian_profile_says_is_read() -> None:
    found = record("rndt_item.xml")

    assert found.title == {"it": "Cartografia catastale - Comune di MARSAGLIA"}
    assert (found.issued, found.modified, found.metadata_modified) == (None, "2023-09-22", "2025-02-11")
    assert found.theme == (f"{EU}/data-theme/REGI",)
    assert found.keyword == {"it": ("Parcelle catastali",)}
    assert found.language == ("ITA",)
    assert found.other_identifier == (Identifier(notation="age:D_E973_MARSAGLIA", agency="https://geodati.gov.it"),)
    assert found.contact_point[0].has_email == "assistenzaweb@agenziaentrate.it"
    assert found.spatial[0].bbox.startswith("POLYGON ((7.9496964 44.434402, 8.0305591 44.434402,")
    assert [one.iri for one in found.conforms_to] == [
        "http://data.europa.eu/eli/reg/2010/1089",
        "http://www.opengis.net/def/crs/EPSG/0/6706",
    ]


def test_wms_and_wfs_become_services_with_their_own_endpoint() -> None:
    found = record("rndt_item.xml")

    assert [part.format for part in found.distribution] == [f"{EU}/file-type/WMS_SRVC", f"{EU}/file-type/WFS_SRVC"]
    services = [part.access_service[0] for part in found.distribution]
    assert [service.endpoint_url[0] for service in services] == [
        "https://wms.cartografia.agenziaentrate.gov.it/inspire/wms/ows01.php",
        "https://wfs.cartografia.agenziaentrate.gov.it/inspire/wfs/owfs01.php",
    ]
    assert [service.endpoint_description[0] for service in services] == [part.access_url for part in found.distribution]


def test_a_record_of_another_country_is_read_too() -> None:
    found = record("ckanext-spatial_iso19139_dataset.xml")

    assert found.title == {"en": "Country Parks (Scotland)"}
    assert found.accrual_periodicity == f"{EU}/frequency/IRREG"
    assert found.temporal == (PeriodOfTime(start_date="1998", end_date="2010"),)
    assert found.spatial[0].geographic_name == "GB-SCT"
    assert found.spatial_resolution_in_meters == "5"
    assert found.rights_holder == Agent(name="Scottish Natural Heritage")
    assert found.theme == (f"{EU}/data-theme/ENVI",)
    (part,) = found.distribution
    assert part.access_url == "https://gateway.snh.gov.uk/pls/apex_ddtdb2/f?p=101"
    assert part.format == f"{EU}/file-type/SHP"
    assert part.license and part.license.iri == "http://www.test.gov.uk/licenseurl"
    assert found.page == ("http://www.snh.org.uk/snhi",)
    assert found.contact_point == (
        ContactPoint(fn="Scottish Natural Heritage", has_email="data_supply@snh.gov.uk", has_telephone="01463 725000"),
    )


def test_a_page_of_a_service_says_where_the_next_begins() -> None:
    page = read_csw_page((CSW / "udata_geonetwork-iso19139-page-1.xml").read_bytes())

    assert (page.returned, page.matched, page.following, page.ids) == (2, 6, 3, ())
    assert page.reading.total == 6
    assert all(one.record and one.record.title["fr"].startswith("Plan local d'urbanisme") for one in page.reading.items)


def test_an_invalid_record_is_left_out_with_the_element_that_is_wrong() -> None:
    found = item("ckanext-spatial_iso19139_dataset-invalid.xml")

    assert found.record is None
    assert found.source_id == "test-dataset"
    assert "nosuchelement" in found.problems[0].message_it


BROKEN = {
    "reading.package_not_dataset": ('codeListValue="dataset"', 'codeListValue="service"'),
    "iso.no_identifier": ("age:D_E973_MARSAGLIA", ""),
    "iso.no_title": ("Cartografia catastale - Comune di MARSAGLIA", ""),
    "iso.no_identification": ("gmd:MD_DataIdentification", "gmd:MD_Something"),
}


@pytest.mark.parametrize("code", BROKEN)
def test_what_no_dataset_can_be_without_is_told(code: str) -> None:
    before, after = BROKEN[code]
    found = item("rndt_item.xml", change=(before, after))

    assert found.record is None
    assert [problem.code for problem in found.problems] == [code]


def test_a_page_with_an_invalid_record_keeps_the_others() -> None:
    page = (CSW / "udata_geonetwork-iso19139-page-1.xml").read_bytes()
    broken = page.replace(b"<gmd:dateStamp>", b"<gmd:when/><gmd:dateStamp>", 1)

    items = read_csw_page(broken).reading.items

    assert [one.record is None for one in items] == [True, False]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"<!DOCTYPE html><html><body>Manutenzione</body></html>", "reading.html_page"),
        (b"Service unavailable", "iso.not_xml"),
        (b"<a><b></a>", "reading.syntax"),
        (b"<Capabilities/>", "iso.not_a_record"),
        (
            b'<ows:ExceptionReport xmlns:ows="http://www.opengis.net/ows"><ows:ExceptionText>no</ows:ExceptionText>'
            b"</ows:ExceptionReport>",
            "iso.service_exception",
        ),
        (b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><x>&a;</x>', "reading.hostile_xml"),
    ],
)
def test_what_is_no_answer_of_a_catalogue_is_refused(content: bytes, reason: str) -> None:
    with pytest.raises(Unreadable) as refused:
        read_csw_page(content)

    assert refused.value.reason == reason


def test_every_theme_of_inspire_and_every_topic_has_a_european_theme() -> None:
    names = ["ac", "ad", "af", "am", "au", "br", "bu", "cp", "ef", "el", "er", "ge", "gg", "gn", "hb", "hh", "hy"]
    names += ["lc", "lu", "mf", "mr", "nz", "of", "oi", "pd", "pf", "ps", "rs", "sd", "so", "sr", "su", "tn", "us"]
    found = [themes_of_inspire(f"http://inspire.ec.europa.eu/theme/{name}", "") for name in names]

    assert all(found)
    assert {code for codes in found for code in codes} <= {term.code for term in THEMES.terms}
    assert themes_of_inspire("", "Parcelle catastali") == themes_of_inspire("", "Cadastral parcels") == ("REGI",)
    assert themes_of_topic("geoscientificInformation") == ("ENVI", "TECH")


def test_nothing_is_invented_where_the_record_is_silent() -> None:
    found = record("ckanext-spatial_iso19139_dataset.xml")
    empty = {field.name for field in fields(Dataset) if not getattr(found, field.name)}

    assert {"iri", "publisher", "hvd_category", "landing_page", "access_rights", "source_catalog"} <= empty
    assert Location() not in found.spatial
