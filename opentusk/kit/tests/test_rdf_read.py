"""Proves that real catalogues are read as they are: every dataset, nothing invented, what is odd told."""

from pathlib import Path

import pytest

from opentusk.kit import records as kit
from opentusk.kit.items import CatalogReading
from opentusk.kit.messages import sentence
from opentusk.kit.rdf.namespaces import PREFIXES
from opentusk.kit.rdf.read import read_catalog
from opentusk.kit.rdf.syntax import parse_document

CATALOGS = Path(__file__).resolve().parents[4] / "shared/samples/catalogs"
BASE = "https://example.org/catalogo/"
EU = "http://publications.europa.eu/resource/authority/"
TYPE = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>"
TURTLE_PREFIXES = "".join(f"@prefix {name}: <{base}> .\n" for name, base in PREFIXES.items())
READABLE = {
    "brescia_mobilita.rdf": 3,
    "ckanext-dcat_catalog.rdf": 2,
    "ckanext-dcat_catalog_pod.jsonld": 1,
    "comune_alessandria.rdf": 5,
    "comune_foggia.rdf": 7,
    "comune_lizzano.rdf": 1,
    "dcatapit_dataset.rdf": 1,
    "dcatapit_dataset_it_esempio_6.rdf": 2,
    "history/comune_alessandria_6c1efa2.rdf": 3,
    "history/comune_alessandria_fa98366.rdf": 5,
    "piersoft_cataloghvd_dcatapit_hvd.ttl": 1,
    "semic_geodcatap_dataset.rdf": 1,
    "semic_hvd_example-ms_catalogue_hvd.ttl": 1,
    "udata_bnodes.jsonld": 3,
    "udata_bnodes.xml": 3,
    "udata_paged-collection-1.jsonld": 3,
    "udata_paged-collection-2.jsonld": 1,
}


def read(name: str) -> CatalogReading:
    return read_catalog(parse_document((CATALOGS / name).read_bytes(), base=BASE), base=BASE)


def datasets(reading: CatalogReading) -> list[kit.Dataset]:
    return [item.record for item in reading.items if item.record is not None]


def read_turtle(text: str) -> CatalogReading:
    return read_catalog(parse_document((TURTLE_PREFIXES + text).encode(), base=BASE), base=BASE)


def dataset_of(statements: str) -> kit.Dataset:
    (record,) = datasets(read_turtle(f"<https://e.org/d> a dcat:Dataset ; {statements}"))
    return record


def codes(reading: CatalogReading) -> list[str]:
    return [problem.code for item in reading.items for problem in item.problems]


@pytest.mark.parametrize(("name", "count"), READABLE.items())
def test_every_dataset_of_every_readable_sample_is_read(name: str, count: int) -> None:
    reading = read(name)

    assert len(reading.items) == count
    assert all(record.title for record in datasets(reading))
    for problem in (*reading.problems, *(problem for item in reading.items for problem in item.problems)):
        assert problem.message_it != problem.code
        assert "…" not in sentence(problem.code, "en", {"before": "a", "after": "b", **problem.values})


def test_no_sample_is_left_out_of_these_tests() -> None:
    unreadable = {"ckanext-dcat_dataset.ttl", "semic_3.0.1_example-bee-population-dataset-series-combined.ttl"}
    found = {str(path.relative_to(CATALOGS)) for path in CATALOGS.rglob("*.*")}

    assert found == READABLE.keys() | unreadable


def test_foggia_keeps_the_words_behind_its_empty_addresses() -> None:
    reading = read("comune_foggia.rdf")
    first, second, *_others = datasets(reading)

    assert first.theme == (f"{EU}data-theme/SOCI",)
    assert first.subject == ("http://eurovoc.europa.eu/100208",)
    assert second.theme == ("Popolazione e società",)
    assert second.subject == ()
    assert reading.catalog is not None
    assert reading.catalog.language == ("it",)


def test_foggia_is_read_with_its_codes_as_codes() -> None:
    reading = read("comune_foggia.rdf")
    first = datasets(reading)[0]

    assert first.identifier == "c___d643:elenco-matrimoni-non-residenti-foggia"
    assert first.rights_holder is not None
    assert (first.rights_holder.iri, first.rights_holder.identifier) == (None, "c___d643")
    assert first.contact_point[0].has_email == "servizi.informatici@comune.foggia.it"
    assert first.contact_point[0].has_url == "www.comune.foggia.it"
    assert first.distribution[0].format == "CSV"
    assert first.distribution[0].license is not None
    assert first.distribution[0].license.iri == "https://creativecommons.org/publicdomain/zero/1.0/"


def test_two_names_of_one_body_are_told() -> None:
    (told,) = [
        problem for problem in read("comune_foggia.rdf").items[0].problems if problem.code == "reading.several_values"
    ]

    assert told.where == "c___d643:elenco-matrimoni-non-residenti-foggia › dct:rightsHolder › foaf:name"
    assert (told.values["kept"], told.values["others"]) == ("Comune di Foggia", "Stato Civile")


def test_lizzano_is_read_value_by_value() -> None:
    (record,) = datasets(read("comune_lizzano.rdf"))

    assert record.iri == "https://github.com/RTDLIZZANO/Comune_di_Lizzano/popolazione"
    assert record.identifier == "c_e630:popolazione"
    assert record.title == {"": "popolazione"}
    assert record.accrual_periodicity == f"{EU}frequency/ANNUAL"
    assert record.access_rights == f"{EU}access-right/PUBLIC"
    assert (record.issued, record.modified) == ("2025-12-19", "2025-12-19")
    assert record.subject == ("http://eurovoc.europa.eu/100210",)


def test_the_example_of_agid_is_read_through_its_wrong_namespace() -> None:
    reading = read("dcatapit_dataset_it_esempio_6.rdf")
    coast, doctors = datasets(reading)

    assert (
        coast.landing_page == "http://www.regione.liguria.it/opendata/dati-cartografici/item/36001-linea-di-costa.html"
    )
    assert coast.spatial[0].geometry.startswith("<gml:Envelope")
    assert [period.start_date for period in doctors.temporal] == ["2005-01-01"]
    assert coast.distribution[0].license is not None
    assert coast.distribution[0].license.version_info == "3.0 ITA"


def test_high_value_datasets_come_with_their_service() -> None:
    reading = read("piersoft_cataloghvd_dcatapit_hvd.ttl")
    (record,) = datasets(reading)

    assert record.hvd_category == ("http://data.europa.eu/bna/asd487ae75",)
    assert record.applicable_legislation == ("http://data.europa.eu/eli/reg_impl/2023/138/oj",)
    assert record.distribution[0].byte_size == 1024
    assert record.distribution[0].access_service == reading.services
    assert reading.services[0].serves_dataset == (record.iri,)
    assert codes(reading) == ["reading.several_values"]


def test_relative_datasets_get_the_address_of_their_document() -> None:
    reading = read("udata_bnodes.xml")

    assert datasets(reading)[0].iri == f"{BASE}dataset-3"
    assert f"{BASE}dataset-3" in reading.services[0].serves_dataset


def test_blank_datasets_have_no_address_but_an_identifier() -> None:
    items = read("udata_bnodes.jsonld").items

    assert [(item.record.iri if item.record else "", item.source_id) for item in items] == [
        (None, "1"),
        (None, "2"),
        (None, "3"),
    ]


def test_pages_are_followed_in_the_spelling_of_udata() -> None:
    first, last = read("udata_paged-collection-1.jsonld"), read("udata_paged-collection-2.jsonld")

    assert (first.next_page, first.total) == ("http://data.test.org/catalog.jsonld?page=2", 4)
    assert (last.next_page, last.total) == (None, 4)


@pytest.mark.parametrize("kind", ["hydra:PagedCollection", "hydra:PartialCollectionView"])
@pytest.mark.parametrize("property_", ["hydra:next", "hydra:nextPage"])
@pytest.mark.parametrize("value", ["<?page=2>", '"?page=2"', f"<{BASE}?page=2>"])
def test_pages_are_followed_in_every_spelling(kind: str, property_: str, value: str) -> None:
    assert read_turtle(f"<> a {kind} ; {property_} {value} .").next_page == f"{BASE}?page=2"


@pytest.mark.parametrize("kind", ["dcat:Dataset", "dcatapit:Dataset"])
def test_a_dataset_of_either_family_is_a_dataset(kind: str) -> None:
    (record,) = datasets(read_turtle(f'<https://e.org/d> a {kind} ; dct:title "Alberi"@it .'))

    assert record == kit.Dataset(iri="https://e.org/d", title={"it": "Alberi"})


def test_a_dataset_that_the_catalogue_lists_without_typing_it_is_read() -> None:
    reading = read_turtle("""<https://e.org/c> a dcat:Catalog ; dcat:dataset <https://e.org/d> .
        <https://e.org/d> dct:title "A" .""")

    assert [record.title for record in datasets(reading)] == [{"": "A"}]


def test_a_dataset_that_is_only_mentioned_is_no_item() -> None:
    reading = read_turtle("""<https://e.org/d> a dcat:Dataset ; dct:title "A" ; dct:source <https://e.org/x> .
        <https://e.org/x> a dcat:Dataset .""")

    assert [record.iri for record in datasets(reading)] == ["https://e.org/d"]


@pytest.mark.parametrize(
    "period",
    [
        "dcatapit:startDate '2024-01-01' ; dcatapit:endDate '2024-12-31'",
        "dcat:startDate '2024-01-01' ; dcat:endDate '2024-12-31'",
        "schema:startDate '2024-01-01' ; schema:endDate '2024-12-31'",
        "<http://schema.orgstartDate> '2024-01-01' ; <https://schema.org/endDate> '2024-12-31'",
        "<http://www.w3.org/2006/time#hasBeginning> [ <http://www.w3.org/2006/time#inXSDDate> '2024-01-01' ] ;"
        "<http://www.w3.org/2006/time#hasEnd> [ <http://www.w3.org/2006/time#inXSDDate> '2024-12-31' ]",
    ],
)
def test_periods_are_read_in_every_spelling(period: str) -> None:
    assert dataset_of(f"dct:temporal [ {period} ] .").temporal == (
        kit.PeriodOfTime(start_date="2024-01-01", end_date="2024-12-31"),
    )


@pytest.mark.parametrize(
    "contact",
    [
        "vcard:fn 'URP' ; vcard:hasEmail <mailto:urp@e.org> ; vcard:hasTelephone <tel:0832>",
        "vcard:fn 'URP' ; vcard:hasEmail 'urp@e.org' ; vcard:hasTelephone '0832'",
        "vcard:fn 'URP' ; vcard:hasEmail 'MAILTO:urp@e.org' ; vcard:tel '0832'",
        "vcard:fn 'URP' ; vcard:hasEmail [ vcard:hasValue <mailto:urp@e.org> ] ;"
        "vcard:hasTelephone [ vcard:hasValue <tel:0832> ]",
        "foaf:name 'URP' ; foaf:mbox <mailto:urp@e.org> ; foaf:phone <tel:0832>",
    ],
)
def test_contacts_are_read_in_every_spelling(contact: str) -> None:
    (found,) = dataset_of(f"dcat:contactPoint [ {contact} ] .").contact_point

    assert found == kit.ContactPoint(fn="URP", has_email="urp@e.org", has_telephone="0832")


@pytest.mark.parametrize(
    ("written", "read_as"),
    [
        (f"<{EU}file-type/CSV>", f"{EU}file-type/CSV"),
        ("<CSV>", "CSV"),
        ("'csv'", "csv"),
        ("[ a dct:IMT ; rdf:value 'text/csv' ; rdfs:label 'CSV' ]", "CSV"),
        ("''", None),
    ],
)
def test_formats_are_read_in_every_spelling(written: str, read_as: str | None) -> None:
    record = dataset_of(f"dcat:distribution [ a dcat:Distribution ; dct:title 'f' ; dct:format {written} ] .")

    assert record.distribution[0].format == read_as


def test_a_licence_on_the_dataset_is_given_to_the_files_without_one() -> None:
    reading = read_turtle("""<https://e.org/d> a dcat:Dataset ; dct:identifier 'd' ; dct:license <https://e.org/l> ;
        dcat:distribution [ dct:title 'a' ], [ dct:title 'b' ; dct:license <https://e.org/other> ] .""")
    (record,) = datasets(reading)

    assert [part.license.iri for part in record.distribution if part.license] == [
        "https://e.org/l",
        "https://e.org/other",
    ]
    assert [(problem.code, problem.where) for problem in reading.items[0].problems] == [
        ("reading.licence_from_dataset", "d › distribution 1 › dct:license"),
        ("reading.licences_differ", "d › distribution 2 › dct:license"),
    ]


def test_of_several_dates_the_latest_change_and_the_first_issue_are_kept() -> None:
    record = dataset_of("dct:modified '2024-01-01', '2025-01-01' ; dct:issued '2021-01-01', '2020-01-01' .")

    assert (record.modified, record.issued) == ("2025-01-01", "2020-01-01")


def test_of_several_frequencies_the_known_one_is_kept() -> None:
    record = dataset_of(f"dct:accrualPeriodicity 'annuale', <{EU}frequency/ANNUAL> .")

    assert record.accrual_periodicity == f"{EU}frequency/ANNUAL"


def test_an_empty_theme_with_two_names_has_none() -> None:
    record = dataset_of("dcat:theme <> . <> a skos:Concept ; skos:prefLabel 'Ambiente', 'Trasporti' .")

    assert record.theme == ()


def test_what_no_field_holds_is_kept_with_its_blank_nodes() -> None:
    record = dataset_of("""dct:audience "scuole"@it ;
        prov:qualifiedAttribution [ a prov:Attribution ; prov:agent <https://e.org/a> ] .
        <https://e.org/a> a foaf:Agent ; foaf:name "ACME" .""")

    assert record.extra == (
        kit.Statement(subject="<#b1>", predicate=TYPE, object="<http://www.w3.org/ns/prov#Attribution>"),
        kit.Statement(subject="<#b1>", predicate="<http://www.w3.org/ns/prov#agent>", object="<https://e.org/a>"),
        kit.Statement(subject="<>", predicate="<http://purl.org/dc/terms/audience>", object='"scuole"@it'),
        kit.Statement(subject="<>", predicate="<http://www.w3.org/ns/prov#qualifiedAttribution>", object="<#b1>"),
    )


def test_a_statement_that_could_not_be_written_again_is_told() -> None:
    reading = read_turtle("<https://e.org/d> a dcat:Dataset ; dct:title 'A' ; dct:audience <scuole> .")

    (told,) = reading.items[0].problems
    assert (told.code, told.values["statements"]) == ("reading.statements_dropped", "dct:audience scuole")


def test_a_deep_or_endless_tail_of_statements_is_cut() -> None:
    record = dataset_of("dct:audience " + "[ dct:relation " * 5000 + "1" + "]" * 5000 + " .")

    assert len(record.extra) == 500


def test_one_odd_dataset_does_not_stop_the_others() -> None:
    reading = read_turtle("""<https://e.org/1> a dcat:Dataset ;
        dct:title <https://e.org/1> ; dcat:distribution 'niente' ;
        dct:temporal 5 ; dct:publisher <https://e.org/1> ; dcat:keyword <https://e.org/k> ; dct:modified [] .
        <https://e.org/2> a dcat:Dataset ; dct:title 'B' .""")

    assert [record.iri for record in datasets(reading)] == ["https://e.org/1", "https://e.org/2"]
    assert datasets(reading)[1].title == {"": "B"}


def test_a_size_that_is_none_is_told_and_left_empty() -> None:
    reading = read_turtle("""<https://e.org/d> a dcat:Dataset ; dct:title 'A' ;
        dcat:distribution [ dct:title 'f' ; dcat:byteSize '2 MB' ] .""")

    assert datasets(reading)[0].distribution[0].byte_size is None
    assert codes(reading) == ["reading.value_unread"]
