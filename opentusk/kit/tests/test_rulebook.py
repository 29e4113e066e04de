"""Each rule of the rule book is broken by one change to a faultless record, and by nothing else."""

from dataclasses import replace
from datetime import date
from string import Formatter
from typing import Any

import pytest

from opentusk.kit.problems import Severity
from opentusk.kit.quality.node_rules import twin_keys
from opentusk.kit.quality.rulebook import RULES, check_dataset
from opentusk.kit.quality.value_rules import HVD_REGULATION, is_territorial
from opentusk.kit.records import Agent, ContactPoint, DataService, Dataset, LicenseDocument, PeriodOfTime
from opentusk.kit.sentences import SENTENCES
from opentusk.kit.sentences.rules import RULES as RULE_SENTENCES
from opentusk.kit.tests.test_mqa import AUTHORITY, FILE, HOLDER, TREES
from opentusk.kit.vocabularies import LICENCES

TODAY = date(2026, 11, 24)
CONTACT = TREES.contact_point[0]
FAULTLESS = replace(
    TREES,
    description={"it": "Posizione, specie e dimensioni degli alberi curati dal Comune: una riga per ogni albero."},
)
ANNUAL = f"{AUTHORITY}/frequency/ANNUAL"
AIR = "http://data.europa.eu/bna/c_63b37dd4"
SERVICE = DataService(
    title={"it": "API degli alberi"},
    endpoint_url=("https://dati.example.it/api",),
    contact_point=(CONTACT,),
    page=("https://dati.example.it/api/guida",),
    applicable_legislation=(HVD_REGULATION,),
    hvd_category=(AIR,),
)


def codes(record: Dataset, **around: Any) -> list[str]:
    return [problem.code for problem in check_dataset(record, today=TODAY, **around)]


def with_file(**fields: Any) -> Dataset:
    return replace(FAULTLESS, distribution=(replace(FILE, **fields),))


def licensed(code: str) -> Dataset:
    licence = next(term for term in LICENCES.terms if term.code == code)
    return with_file(license=LicenseDocument(iri=licence.iri, name={"it": licence.it}))


def with_contact(**fields: Any) -> Dataset:
    return replace(FAULTLESS, contact_point=(replace(CONTACT, **fields),))


def held_by(**fields: Any) -> Dataset:
    return replace(FAULTLESS, rights_holder=replace(HOLDER, **fields), publisher=HOLDER)


def of_high_value(**fields: Any) -> Dataset:
    return replace(
        with_file(applicable_legislation=(HVD_REGULATION,), access_service=(fields.pop("service", SERVICE),)),
        **{"applicable_legislation": (HVD_REGULATION,), "hvd_category": (AIR,), **fields},
    )


def test_a_faultless_record_has_no_problem() -> None:
    assert codes(FAULTLESS) == []
    assert codes(of_high_value()) == []


@pytest.mark.parametrize(
    ("record", "found"),
    [
        (replace(FAULTLESS, identifier=""), ["M2.missing_identifier"]),
        (replace(FAULTLESS, title={"it": " "}), ["M2.missing_title"]),
        (replace(FAULTLESS, description={}), ["M2.missing_description"]),
        (replace(FAULTLESS, modified=None), ["M2.missing_modified"]),
        (replace(FAULTLESS, rights_holder=None), ["M2.missing_rights_holder"]),
        (replace(FAULTLESS, accrual_periodicity=None), ["M2.missing_accrual_periodicity"]),
        (replace(FAULTLESS, distribution=()), ["M2.missing_distribution"]),
        (replace(FAULTLESS, keyword={"it": ()}), ["M3.missing_keyword"]),
        (replace(FAULTLESS, contact_point=()), ["M3.missing_contact_point"]),
        (replace(FAULTLESS, spatial=()), ["M3.missing_spatial"]),
        (replace(FAULTLESS, temporal=()), ["M3.missing_temporal"]),
        (replace(FAULTLESS, publisher=None), ["M3.missing_publisher"]),
        (replace(FAULTLESS, access_rights=None), ["M3.missing_access_rights"]),
        (replace(FAULTLESS, issued=None), ["M3.missing_issued"]),
        (replace(FAULTLESS, subject=()), ["M3.missing_subject"]),
        (replace(FAULTLESS, language=()), ["M3.missing_language"]),
        (with_file(format=None), ["M4.missing_format"]),
        (with_file(format="Comma separated"), ["M4.unknown_format"]),
        (with_file(access_url=""), ["M4.missing_access_url"]),
        (with_file(access_url="www.comune.it/alberi"), ["M4.bad_access_url"]),
        (with_file(description={}), ["M4.missing_description"]),
        (with_file(format=f"{AUTHORITY}/file-type/PDF"), ["F1.closed_formats"]),
        (with_file(format=f"{AUTHORITY}/file-type/XLS"), ["F1.closed_formats"]),
        (held_by(name=" "), ["M5.missing_agent_name"]),
        (held_by(identifier=""), ["M5.missing_agent_identifier"]),
        (held_by(identifier="Stato Civile"), ["M5.odd_agent_identifier"]),
        (with_contact(fn=""), ["M5.missing_contact_name"]),
        (with_contact(has_email=""), ["M5.missing_contact_email"]),
        (with_contact(has_email="www.comune.foggia.it"), ["M5.bad_contact_email"]),
        (replace(FAULTLESS, temporal=(PeriodOfTime(end_date="2025"),)), ["M5.missing_start_date"]),
        (replace(FAULTLESS, identifier="C_E506:Alberi città"), ["M6.malformed_identifier"]),
        (replace(FAULTLESS, title={"it": "alberi_2025.csv"}), ["M7.title_is_file_name"]),
        (replace(FAULTLESS, title={"it": "Dataset degli alberi"}), ["M7.title_has_prefix"]),
        (replace(FAULTLESS, title={"it": "PUMS"}), ["M7.title_is_acronym"]),
        (replace(FAULTLESS, title={"it": "Alberi " * 20}), ["M7.long_title"]),
        (replace(FAULTLESS, description={"it": "Alberi del verde pubblico."}), ["M7.description_is_title"]),
        (replace(FAULTLESS, description={"it": "Alberi comunali."}), ["M7.short_description"]),
        (replace(FAULTLESS, description={"it": f"<p>{FAULTLESS.description['it']}</p>"}), ["M7.html_in_description"]),
        (
            replace(FAULTLESS, description={"it": f"Ai sensi della norma. {FAULTLESS.description['it']}"}),
            ["M7.legalese"],
        ),
        (replace(FAULTLESS, theme=()), ["M8.missing_theme"]),
        (replace(FAULTLESS, theme=("Ambiente",)), ["M8.unknown_theme"]),
        (replace(FAULTLESS, theme=(f"{AUTHORITY}/data-theme/OP_DATPRO",)), ["M8.provisional_theme"]),
        (replace(FAULTLESS, accrual_periodicity="ogni tanto"), ["M9.unlisted_frequency"]),
        (replace(FAULTLESS, accrual_periodicity=f"{AUTHORITY}/frequency/UNKNOWN"), ["M9.unknown_frequency"]),
        (replace(FAULTLESS, accrual_periodicity=f"{AUTHORITY}/frequency/DAILY"), ["M9.stale"]),
        (replace(FAULTLESS, landing_page="la pagina del comune"), ["M11.not_an_iri"]),
        (with_contact(iri=HOLDER.iri), ["M11.shared_iri"]),
        (replace(FAULTLESS, iri="https://dati.example.it/dataset?id=3"), ["M12.query_in_iri"]),
        (replace(FAULTLESS, iri="https://dati.example.it/alberi.csv"), ["M12.extension_in_iri"]),
        (replace(FAULTLESS, iri="https://dati.example.it/v1.2/alberi"), ["M12.version_in_iri"]),
        (replace(FAULTLESS, accrual_periodicity=f"{AUTHORITY}/frequency/CONT"), ["M13.dynamic_without_api"]),
        (of_high_value(hvd_category=()), ["M13.hvd_missing_category"]),
        (of_high_value(hvd_category=("http://data.europa.eu/bna/asd487ae75",)), ["M13.hvd_unknown_category"]),
        (of_high_value(applicable_legislation=()), ["M13.hvd_missing_legislation"]),
        (of_high_value(service=replace(SERVICE, page=())), ["M13.hvd_incomplete_service"]),
        (replace(FAULTLESS, type=(f"{AUTHORITY}/dataset-type/GEOSPATIAL",)), ["M14.geographic_dataset"]),
        (with_file(download_url=("https://dati.example.it/alberi <1>.csv",)), ["M16.illegal_iri"]),
        (replace(FAULTLESS, keyword={"it": ("albe\x0bri",)}), ["M16.illegal_character"]),
        (with_file(license=None), ["L1.missing_licence"]),
        (licensed("CC_BYNC_4_0"), ["L4.closed_licence"]),
        (licensed("IODL_2_0"), ["L2.not_cc_by_4", "L5.iodl"]),
        (licensed("CC_BYSA_4_0"), ["L2.not_cc_by_4", "L5.share_alike"]),
        (licensed("CC_BY_3_0"), ["L2.not_cc_by_4", "L5.old_creative_commons"]),
        (licensed("CC0"), []),
        (with_file(license=LicenseDocument(name={"it": "Licenza sconosciuta"})), ["L8.unknown_licence"]),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_a_fault_is_named(record: Dataset, found: list[str]) -> None:
    problems = check_dataset(record, today=TODAY)

    assert [problem.code for problem in problems] == found
    assert all(problem.where.startswith(record.identifier) for problem in problems)
    assert not any("…" in problem.message_it + problem.message_en for problem in problems)


def test_a_taken_identifier_blocks() -> None:
    assert codes(FAULTLESS, is_taken={"c_e506:alberi"}.__contains__) == ["M6.taken_identifier"]


def test_the_same_data_under_another_identifier_are_told_with_its_name() -> None:
    twins = dict.fromkeys(twin_keys(replace(FAULTLESS, identifier="c_e506:verde")), "c_e506:verde")

    problems = check_dataset(FAULTLESS, today=TODAY, twins=twins)

    assert [problem.code for problem in problems] == ["M17.published_twice"]
    assert "c_e506:verde" in problems[0].message_it
    assert codes(FAULTLESS, twins=dict.fromkeys(twin_keys(FAULTLESS), FAULTLESS.identifier)) == []


def test_a_reason_is_asked_only_where_somebody_can_give_one() -> None:
    record = licensed("IODL_2_0")

    assert "L3.licence_without_reason" in codes(record, licence_reason="")
    assert "L3.licence_without_reason" not in codes(record, licence_reason="DGC 12/2026")
    assert "L3.licence_without_reason" not in codes(record, licence_reason=None)


def test_lateness_is_counted_from_the_last_change_of_the_data() -> None:
    late = replace(FAULTLESS, modified="2024-06", distribution=(replace(FILE, modified="2025-01-31"),))

    problem = check_dataset(late, today=date(2026, 9, 1))[0]

    assert problem.code == "M9.stale"
    assert problem.values["changed"] == "2025-01-31"
    assert problem.values["due"] == "2026-02-01"
    assert problem.values["days"] == "212"
    assert codes(replace(late, accrual_periodicity=ANNUAL.replace("ANNUAL", "IRREG"))) == []


@pytest.mark.parametrize("modified", ["9999-12-31", "2024-02-30", "2024-13", "ieri", "0000"])
def test_an_impossible_date_is_not_called_late(modified: str) -> None:
    record = replace(with_file(modified=None), modified=modified)

    assert "M9.stale" not in codes(record)


def test_geographic_data_already_in_the_national_repertory_are_left_alone() -> None:
    other = replace(TREES.other_identifier[0], notation="c_e506:1", agency="https://geodati.gov.it")
    record = replace(FAULTLESS, type=(f"{AUTHORITY}/dataset-type/GEOSPATIAL",), other_identifier=(other,))

    assert is_territorial(record)
    assert codes(record) == []


def test_an_installation_may_weigh_a_rule_or_one_of_its_faults_otherwise() -> None:
    record = replace(FAULTLESS, theme=(), description={"it": "Alberi."})
    severities = {"M8": Severity.MAJOR, "M7.short_description": Severity.INFO}

    weighed = {problem.code: problem.severity for problem in check_dataset(record, today=TODAY, severities=severities)}

    assert weighed == {"M8.missing_theme": Severity.MAJOR, "M7.short_description": Severity.INFO}


def test_the_table_lists_the_rules_that_a_record_can_break() -> None:
    expected = "M2 M3 M4 M5 M6 M7 M8 M9 M11 M12 M13 M14 M16 M17 F1 L1 L2 L3 L4 L5 L8"

    assert {line.id for line in RULES} == set(expected.split())
    assert {code.partition(".")[0] for code in RULE_SENTENCES} == {line.id for line in RULES}


def test_both_languages_of_a_sentence_use_the_same_values() -> None:
    def names(template: str) -> set[str]:
        return {name for _, name, _, _ in Formatter().parse(template) if name}

    differing = [code for code, said in SENTENCES.items() if names(said.it) != names(said.en)]

    assert differing == []


def test_an_agent_and_a_contact_without_address_share_nothing() -> None:
    record = replace(
        FAULTLESS,
        rights_holder=Agent(identifier="c_e506", name="Lecce"),
        contact_point=(ContactPoint(fn="Ufficio", has_email="a@b.it"),),
    )

    assert codes(record) == []
