"""Proves, subject by subject, what harmonising mends, what it leaves alone, and that it never invents."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from opentusk.kit.harmonise import Defaults, harmonise_catalog, harmonise_dataset
from opentusk.kit.iris import Iris
from opentusk.kit.problems import Problem, Severity
from opentusk.kit.records import (
    Agent,
    Catalog,
    ContactPoint,
    DataService,
    Dataset,
    Distribution,
    Identifier,
    LicenseDocument,
    Location,
    PeriodOfTime,
    Standard,
)

SITE = "https://dati.example.it"
IRIS = Iris(SITE)
EU = "http://publications.europa.eu/resource/authority"
MEDIA = "https://www.iana.org/assignments/media-types"
CC_BY = "https://creativecommons.org/licenses/by/4.0/"
CC0 = "http://creativecommons.org/publicdomain/zero/1.0/"
LECCE = Agent(iri=f"{SITE}/agente/c_e506", identifier="c_e506", name="Comune di Lecce")


def dataset(**changes: Any) -> Dataset:
    """A dataset of Lecce with nothing to mend."""
    record = Dataset(
        iri="https://source.example.it/alberi",
        identifier="c_e506:alberi",
        title={"it": "Alberi"},
        rights_holder=LECCE,
        access_rights=f"{EU}/access-right/PUBLIC",
        spatial=(Location(iri=f"{SITE}/luogo/075035", geographical_identifier="075035", geographic_name="Lecce"),),
    )
    return replace(record, **changes)


def file(**changes: Any) -> Dataset:
    """The dataset with one distribution."""
    return dataset(distribution=(Distribution(iri="https://source.example.it/alberi/1", **changes),))


def mend(record: Dataset, defaults: Defaults | None = None) -> tuple[Dataset, list[Problem]]:
    """The record harmonised, and what was changed."""
    return harmonise_dataset(record, defaults or Defaults(), IRIS)


def mended(record: Dataset, defaults: Defaults | None = None) -> Dataset:
    """The record harmonised."""
    return mend(record, defaults)[0]


def codes(problems: Sequence[Problem]) -> list[str]:
    """The codes of what was changed."""
    return [problem.code for problem in problems]


def test_a_record_without_faults_is_left_alone() -> None:
    record = dataset()

    assert mend(record) == (record, [])


def test_every_change_is_told_with_its_place_and_both_values() -> None:
    _record, problems = mend(file(access_url="https://a.example.it/x", format="csv"))

    format_change = problems[0]
    assert (format_change.code, format_change.severity) == ("repair.term", Severity.MINOR)
    assert format_change.where == "c_e506:alberi › distribution 1 › dct:format"
    assert (format_change.before, format_change.after) == ("csv", f"{EU}/file-type/CSV")
    assert "csv" in format_change.message_it


def test_what_the_source_does_not_say_stays_unsaid() -> None:
    record = mended(Dataset(identifier="c_e506:x", rights_holder=LECCE, distribution=(Distribution(),)))

    assert (record.title, record.description, record.theme) == ({}, {}, ())
    assert (record.accrual_periodicity, record.modified, record.issued) == (None, None, None)
    assert (record.distribution[0].license, record.distribution[0].format) == (None, None)


def test_defaults_fill_only_what_is_missing_and_are_told() -> None:
    office = ContactPoint(fn="Ufficio dati", has_email="dati@example.it")
    defaults = Defaults(
        rights_holder=LECCE, contact_point=office, license=CC_BY, theme=(f"{EU}/data-theme/ENVI",),
        language=(f"{EU}/language/ITA",),
    )  # fmt: skip
    theme = (f"{EU}/data-theme/SOCI",)

    record, problems = mend(file(access_url="https://a.example.it/x.csv"), defaults)
    kept = mended(dataset(theme=theme), defaults)

    assert record.theme == defaults.theme
    assert record.language == defaults.language
    assert record.contact_point[0].has_email == "dati@example.it"
    assert record.distribution[0].license is not None
    assert record.distribution[0].license.iri == CC_BY
    assert codes(problems).count("repair.default_used") == 4
    assert kept.theme == theme


class TestBodies:
    """Titolare, editore, autori."""

    def test_a_guessed_code_needs_a_name_that_confirms_it(self) -> None:
        stranger = Agent(identifier="c___d643", name="Stato Civile")

        doubtful, problems = mend(dataset(rights_holder=stranger))
        confirmed = mended(dataset(rights_holder=stranger), Defaults(known_names=("Comune di Foggia",)))

        assert doubtful.rights_holder is not None
        assert doubtful.rights_holder.identifier == "c___d643"
        assert "repair.ipa_code_proposed" in codes(problems)
        assert confirmed.rights_holder is not None
        assert confirmed.rights_holder.identifier == "c_d643"
        assert confirmed.rights_holder.name == "Comune di Foggia"

    @pytest.mark.parametrize("name", ["Provincia di Foggia", "SIT", "Comune di Lecce", ""])
    def test_what_does_not_name_the_body_confirms_nothing(self, name: str) -> None:
        record = mended(dataset(rights_holder=Agent(identifier="c___d643", name=name)))

        assert record.rights_holder is not None
        assert record.rights_holder.identifier == "c___d643"

    def test_a_good_name_is_never_replaced_by_that_of_the_index(self) -> None:
        for name in ("Città di Lecce", "COMUNE DI LECCE", "Comune di Lecce - Ufficio dati", "CUL"):
            record = mended(dataset(rights_holder=Agent(identifier="c_e506", name=name)))

            assert record.rights_holder is not None
            assert record.rights_holder.name == name

    def test_an_office_is_replaced_by_its_body(self) -> None:
        record, problems = mend(dataset(rights_holder=Agent(identifier="c_e506", name="Stato Civile")))

        assert record.rights_holder == LECCE
        assert [(problem.before, problem.after) for problem in problems] == [("Stato Civile", "Comune di Lecce")]

    def test_one_body_has_one_name_in_every_role(self) -> None:
        record = mended(dataset(publisher=Agent(identifier="C_E506", name="Lecce - Redazione")))

        assert record.publisher == record.rights_holder == LECCE

    def test_a_name_in_place_of_the_code_gives_the_code_if_one_body_has_it(self) -> None:
        known = mended(dataset(rights_holder=Agent(identifier="Comune di Lecce")))
        unknown = mended(dataset(rights_holder=Agent(identifier="Ente che non esiste", name="Ente")))

        assert known.rights_holder is not None
        assert (known.rights_holder.identifier, known.rights_holder.name) == ("c_e506", "Comune di Lecce")
        assert unknown.rights_holder is not None
        assert unknown.rights_holder.identifier == ""

    def test_a_holder_given_is_never_replaced_and_a_missing_one_is(self) -> None:
        other = Agent(identifier="c_a662", name="Comune di Bari")

        kept = mended(dataset(rights_holder=other), Defaults(rights_holder=LECCE))
        filled, problems = mend(dataset(rights_holder=None), Defaults(rights_holder=LECCE))

        assert kept.rights_holder is not None
        assert kept.rights_holder.identifier == "c_a662"
        assert filled.rights_holder == LECCE
        assert [problem.severity for problem in problems] == [Severity.MAJOR]

    def test_the_node_of_a_body_follows_from_its_code(self) -> None:
        blank = mended(dataset(rights_holder=replace(LECCE, iri=None)))
        foreign, problems = mend(dataset(rights_holder=replace(LECCE, iri="https://www.comune.lecce.it")))
        of_another_portal = "https://dati.altro.example.it/agente/c_e506"
        kept = mended(dataset(rights_holder=replace(LECCE, iri=of_another_portal)))

        assert blank.rights_holder == foreign.rights_holder == LECCE
        assert codes(problems) == ["repair.node_address"]
        assert kept.rights_holder is not None
        assert kept.rights_holder.iri == of_another_portal


class TestIdentifiers:
    """The key of every harvester."""

    @pytest.mark.parametrize(
        ("given_identifier", "expected"),
        [
            ("alberi", "c_e506:alberi"),
            ("C_E506:Alberi del parco", "c_e506:alberi-del-parco"),
            ("r_puglia:alberi", "r_puglia:alberi"),
            ("c_e506:mobilità", "c_e506:mobilita"),
            ("https://source.example.it/dataset/alberi", "c_e506:alberi"),
        ],
    )
    def test_the_code_of_the_titolare_comes_first(self, given_identifier: str, expected: str) -> None:
        record = mended(dataset(identifier=given_identifier))

        assert record.identifier == expected
        others = [other.notation for other in record.other_identifier]
        assert others == ([] if given_identifier == expected else [given_identifier])

    def test_without_a_known_titolare_the_identifier_stays(self) -> None:
        record = mended(dataset(identifier="3", rights_holder=None))

        assert record.identifier == "3"

    def test_a_missing_identifier_is_the_end_of_the_address(self) -> None:
        record, problems = mend(dataset(identifier=""))

        assert record.identifier == "c_e506:alberi"
        assert codes(problems) == ["repair.identifier_of_address"]

    def test_a_usable_address_stays_and_a_missing_one_is_minted(self) -> None:
        assert mended(dataset()).iri == "https://source.example.it/alberi"
        assert mended(dataset(iri=None)).iri == f"{SITE}/id/dataset/c_e506/alberi"

    def test_other_identifiers_are_nodes_of_the_dataset(self) -> None:
        record = mended(dataset(other_identifier=(Identifier(notation="ISBN 12"),)))

        assert record.other_identifier[0].iri == "https://source.example.it/alberi#isbn-12"


class TestControlledValues:
    """Themes, subjects, frequencies, languages, rights, categories."""

    def test_themes_are_found_by_label_code_and_address(self) -> None:
        record = mended(
            dataset(theme=("Ambiente", "TRAN", "https://publications.europa.eu/resource/authority/data-theme/SOCI/"))
        )

        assert record.theme == tuple(f"{EU}/data-theme/{code}" for code in ("ENVI", "TRAN", "SOCI"))

    def test_subjects_found_among_the_themes_are_moved(self) -> None:
        record, problems = mend(dataset(theme=("http://eurovoc.europa.eu/100208", "ENVI")))

        assert record.theme == (f"{EU}/data-theme/ENVI",)
        assert record.subject == ("http://eurovoc.europa.eu/100208",)
        assert "repair.subject_in_theme" in codes(problems)

    def test_subjects_are_found_by_name_after_their_code(self) -> None:
        record = mended(dataset(subject=("2806 famiglia", "http://eurovoc.europa.eu/")))

        assert record.subject == ("http://eurovoc.europa.eu/100208",)

    def test_a_theme_of_another_list_is_dropped_and_told(self) -> None:
        record, problems = mend(dataset(theme=("http://inspire.ec.europa.eu/theme/hh",)))

        assert record.theme == ()
        assert [(problem.code, problem.severity) for problem in problems] == [("repair.term_unknown", Severity.MAJOR)]

    @pytest.mark.parametrize(
        ("word", "code"),
        [
            ("annuale", "ANNUAL"),
            ("R/P1M", "MONTHLY"),
            ("MONTHLY", "MONTHLY"),
            ("Dato non disponibile", "UNKNOWN"),
            ("quando capita", None),
        ],
    )
    def test_frequencies_are_found_by_word(self, word: str, code: str | None) -> None:
        found = mended(dataset(accrual_periodicity=word)).accrual_periodicity

        assert found == (f"{EU}/frequency/{code}" if code else None)

    def test_a_code_newer_than_our_list_stays(self) -> None:
        record = dataset(accrual_periodicity=f"{EU}/frequency/TRIHOURLY_NEW")

        assert mend(record) == (record, [])

    def test_languages_are_found_by_tag(self) -> None:
        assert mended(dataset(language=("it", "de"))).language == (f"{EU}/language/ITA", f"{EU}/language/DEU")

    def test_access_is_public_only_where_nothing_is_said(self) -> None:
        said = dataset(access_rights=f"{EU}/access-right/RESTRICTED")
        unsaid, problems = mend(dataset(access_rights=None))

        assert mend(said) == (said, [])
        assert unsaid.access_rights == f"{EU}/access-right/PUBLIC"
        assert [(problem.code, problem.severity) for problem in problems] == [("repair.default_used", Severity.INFO)]

    def test_lists_printed_as_text_are_taken_apart(self) -> None:
        printed = "['http://data.europa.eu/bna/c_e1da4e07', 'http://data.europa.eu/bna/c_dd313021']"

        record = mended(dataset(hvd_category=(printed,)))

        assert record.hvd_category == ("http://data.europa.eu/bna/c_e1da4e07", "http://data.europa.eu/bna/c_dd313021")

    def test_the_list_of_categories_is_no_category(self) -> None:
        record, problems = mend(dataset(hvd_category=("http://data.europa.eu/bna/asd487ae75",)))

        assert record.hvd_category == ()
        assert codes(problems) == ["repair.scheme_as_term"]

    def test_availability_and_status_of_older_lists_are_translated(self) -> None:
        (found,) = mended(
            file(
                availability=f"{EU}/distribution-availability/STABLE", status="http://purl.org/adms/status/Completed",
                access_url="https://a.example.it/",
            )
        ).distribution  # fmt: skip

        assert found.availability == f"{EU}/planned-availability/STABLE"
        assert found.status == f"{EU}/distribution-status/COMPLETED"


class TestFormats:
    """What is in a file, what it is packed in, what HTTP calls it."""

    @pytest.mark.parametrize(
        ("fields", "expected"),
        [
            ({"format": "CSV"}, ("CSV", f"{MEDIA}/text/csv", None)),
            ({"format": "text/csv"}, ("CSV", f"{MEDIA}/text/csv", None)),
            ({"format": "csv; charset=utf-8", "access_url": "https://a.it/x.csv"}, ("CSV", f"{MEDIA}/text/csv", None)),
            ({"format": "GDB"}, ("GDB", None, None)),
            ({"format": "GPKG"}, ("GPKG", f"{MEDIA}/application/geopackage+sqlite3", None)),
            ({"format": "ZIP", "access_url": "https://a.it/x.csv.zip"}, ("CSV", f"{MEDIA}/text/csv", "zip")),
            (
                {"format": "ZIP", "title": {"it": "Alberi.gpkg.ZIP"}},
                ("GPKG", f"{MEDIA}/application/geopackage+sqlite3", "zip"),
            ),
            ({"format": "ZIP", "access_url": "https://a.it/x.zip"}, ("ZIP", f"{MEDIA}/application/zip", None)),
            ({"media_type": "application/json"}, ("JSON", f"{MEDIA}/application/json", None)),
            ({"download_url": ("https://a.it/x.geojson?v=2",)}, ("GEOJSON", f"{MEDIA}/application/geo+json", None)),
        ],
    )
    def test_the_format_is_what_is_inside(
        self, fields: dict[str, Any], expected: tuple[str, str | None, str | None]
    ) -> None:
        (found,) = mended(file(**fields)).distribution

        code, media_type, packing = expected
        assert found.format == f"{EU}/file-type/{code}"
        assert found.media_type == media_type
        assert found.compress_format == (f"{MEDIA}/application/{packing}" if packing else None)

    def test_an_archive_that_does_not_say_what_it_holds_stays_an_archive(self) -> None:
        _record, problems = mend(file(format=f"{EU}/file-type/ZIP", media_type=f"{MEDIA}/application/zip"))

        assert problems == []


class TestLicences:
    """Any spelling to the one licence it is."""

    @pytest.mark.parametrize(
        "licence",
        [
            LicenseDocument(iri="https://w3id.org/italia/controlled-vocabulary/licences/A21:CCBY40"),
            LicenseDocument(iri="https://creativecommons.org/licenses/by/4.0/deed.it"),
            LicenseDocument(iri="http://creativecommons.org/licenses/by/4.0"),
            LicenseDocument(name={"": "Creative Commons Attribuzione 4.0 Internazionale (CC BY 4.0)"}),
            LicenseDocument(iri="", name={"it": "CC BY 4.0"}),
        ],
    )
    def test_every_spelling_of_cc_by_is_cc_by(self, licence: LicenseDocument) -> None:
        (found,) = mended(file(license=licence)).distribution

        assert found.license == LicenseDocument(
            iri=CC_BY,
            type="http://purl.org/adms/licencetype/Attribution",
            name={"it": "Creative Commons Attribuzione 4.0 Internazionale (CC BY 4.0)"},
            version_info="4.0",
        )

    def test_a_wrong_kind_is_corrected(self) -> None:
        wrong = LicenseDocument(iri=CC0, type="http://purl.org/adms/licencetype/Attribution")

        record, problems = mend(file(license=wrong))

        assert record.distribution[0].license is not None
        assert record.distribution[0].license.type == "http://purl.org/adms/licencetype/PublicDomain"
        assert "repair.licence_kind" in codes(problems)

    def test_an_unknown_licence_stays_as_it_is(self) -> None:
        own = LicenseDocument(iri="https://ente.example.it/condizioni", name={"it": "Condizioni d'uso"})

        assert mended(file(license=own)).distribution[0].license == own

    def test_a_text_where_the_address_belongs_becomes_the_name(self) -> None:
        record = mended(file(license=LicenseDocument(iri="uso libero per studio")))

        assert record.distribution[0].license == LicenseDocument(name={"": "uso libero per studio"})


class TestTexts:
    """Plain, trimmed, tagged."""

    def test_markup_and_blanks_go(self) -> None:
        record = mended(dataset(title={"it": "  Alberi "}, description={"it": "<p>Uno per <b>riga</b></p>"}))

        assert record.title == {"it": "Alberi"}
        assert record.description == {"it": "Uno per riga"}

    def test_texts_without_a_language_get_that_of_the_dataset_and_it_is_told_once(self) -> None:
        record, problems = mend(
            dataset(title={"": "Alberi"}, description={"": "Uno per riga"}, language=(f"{EU}/language/ITA",))
        )

        assert (record.title, record.description) == ({"it": "Alberi"}, {"it": "Uno per riga"})
        assert codes(problems) == ["repair.language_tag"]

    def test_in_a_dataset_of_several_foreign_languages_nobody_can_tell(self) -> None:
        languages = (f"{EU}/language/ENG", f"{EU}/language/SPA")

        assert mended(dataset(title={"": "Trees"}, language=languages)).title == {"": "Trees"}

    def test_an_untagged_repetition_is_dropped_and_a_different_text_kept(self) -> None:
        assert mended(dataset(title={"": "Alberi", "it": "Alberi"})).title == {"it": "Alberi"}
        assert mended(dataset(title={"": "Trees", "it": "Alberi"})).title == {"": "Trees", "it": "Alberi"}

    def test_keywords_are_tagged_and_said_once(self) -> None:
        record = mended(dataset(keyword={"": ("verde", " verde ", ""), "it": ("alberi",)}))

        assert record.keyword == {"it": ("alberi", "verde")}


class TestCoverage:
    """Dates, periods, places."""

    def test_italian_dates_become_iso(self) -> None:
        record, problems = mend(dataset(issued="31/12/2023", modified="2024-01-05T00:00:00"))

        assert (record.issued, record.modified) == ("2023-12-31", "2024-01-05")
        assert [problem.severity for problem in problems] == [Severity.MINOR, Severity.INFO]

    def test_a_date_no_calendar_has_is_dropped_and_told(self) -> None:
        record, problems = mend(dataset(modified="boh"))

        assert record.modified is None
        assert [problem.severity for problem in problems] == [Severity.MAJOR]

    def test_several_periods_become_the_span_they_cover(self) -> None:
        periods = (
            PeriodOfTime(start_date="2020-01-01", end_date="2020-12-31"),
            PeriodOfTime(start_date="2018", end_date="2019"),
        )

        record, problems = mend(dataset(temporal=periods))

        assert record.temporal == (
            PeriodOfTime(iri=f"{SITE}/periodo/2018_2020-12-31", start_date="2018", end_date="2020-12-31"),
        )
        assert codes(problems) == ["repair.periods_merged"]

    def test_an_open_period_stays_open(self) -> None:
        periods = (PeriodOfTime(start_date="2020"), PeriodOfTime(start_date="2018", end_date="2019"))

        (period,) = mended(dataset(temporal=periods)).temporal

        assert (period.start_date, period.end_date) == ("2018", None)

    def test_a_period_is_turned_round_only_when_it_ends_before_it_begins(self) -> None:
        (turned,) = mended(dataset(temporal=(PeriodOfTime(start_date="2021", end_date="2020"),))).temporal
        (same,) = mended(dataset(temporal=(PeriodOfTime(start_date="2020-03-01", end_date="2020"),))).temporal

        assert (turned.start_date, turned.end_date) == ("2020", "2021")
        assert (same.start_date, same.end_date) == ("2020-03-01", "2020")

    @pytest.mark.parametrize(
        ("holder", "place"),
        [
            (LECCE, ("075035", "Lecce")),
            (Agent(identifier="r_puglia", name="Regione Puglia"), ("16", "Puglia")),
            (Agent(identifier="p_le", name="Provincia di Lecce"), ("075", "Lecce")),
            (Agent(identifier="bmspa", name="Brescia Mobilita' Spa"), None),
        ],
    )
    def test_a_missing_place_is_the_territory_of_the_body(self, holder: Agent, place: tuple[str, str] | None) -> None:
        record, problems = mend(dataset(spatial=(), rights_holder=holder))

        found = [(area.iri, area.geographic_name) for area in record.spatial]
        assert found == ([(f"{SITE}/luogo/{place[0]}", place[1])] if place else [])
        assert ("repair.territory_of_body" in codes(problems)) == bool(place)

    def test_two_halves_of_a_place_become_one_and_of_two_places_the_first_stays(self) -> None:
        halves = (
            Location(geographic_name="Lecce"),
            Location(geographical_identifier="https://www.geonames.org/3174953"),
        )
        places = (Location(geographic_name="Lecce"), Location(geographic_name="Bari"))

        (joined,), told = mended(dataset(spatial=halves)).spatial, codes(mend(dataset(spatial=halves))[1])
        record, problems = mend(dataset(spatial=places))

        assert joined.iri == f"{SITE}/luogo/075035"
        assert joined.geographical_identifier == "075035"
        assert told == ["repair.places_joined", "repair.place_code"]
        assert [area.geographic_name for area in record.spatial] == ["Lecce"]
        assert codes(problems) == ["repair.place_left_out"]


class TestDistributionsAndTheRest:
    """Addresses, sizes, contacts, standards, services, catalogues."""

    def test_addresses_are_encoded_and_unusable_ones_dropped(self) -> None:
        record, problems = mend(
            file(access_url=" https://a.example.it/gli alberi.csv", download_url=("file:///tmp/x.csv",), format="CSV")
        )

        (found,) = record.distribution
        assert found.access_url == "https://a.example.it/gli%20alberi.csv"
        assert found.download_url == ()
        assert "value.url_unusable" in codes(problems)

    def test_a_file_that_can_only_be_downloaded_is_accessed_there(self) -> None:
        (found,) = mended(file(download_url=("https://a.example.it/x.csv",))).distribution

        assert found.access_url == "https://a.example.it/x.csv"

    @pytest.mark.parametrize(("size", "kept"), [(1024, None), (0, 0), (1025, 1025)])
    def test_a_size_that_software_makes_up_is_no_size(self, size: int, kept: int | None) -> None:
        assert mended(file(byte_size=size)).distribution[0].byte_size == kept

    def test_a_distribution_without_address_gets_one_that_lasts(self) -> None:
        record = dataset(distribution=(Distribution(access_url="https://a.example.it/x"),))

        assert mended(record).distribution[0].iri == mended(record).distribution[0].iri
        assert str(mended(record).distribution[0].iri).startswith(f"{SITE}/id/distribuzione/")

    def test_a_contact_is_neither_the_body_nor_a_page(self) -> None:
        contact = ContactPoint(
            iri="https://www.comune.lecce.it", has_email="mailto:Dati@Example.it ", has_telephone="0832 / 68.21",
            has_url="www.comune.lecce.it",
        )  # fmt: skip

        (found,) = mended(dataset(contact_point=(contact,))).contact_point

        assert found.iri == IRIS.contact("c_e506", found.has_email)
        assert found.fn == "Comune di Lecce"
        assert found.has_email.lower() == "dati@example.it"
        assert found.has_url.endswith("://www.comune.lecce.it")

    def test_a_contact_of_which_nothing_is_known_goes(self) -> None:
        assert mended(dataset(contact_point=(ContactPoint(iri="https://x.example.it"),))).contact_point == ()

    def test_standards_have_an_address_and_an_identifier(self) -> None:
        standards = (Standard(identifier="RFC 4180"), Standard(iri="https://www.rfc-editor.org/rfc/rfc4180"))

        named, addressed = mended(dataset(conforms_to=standards)).conforms_to

        assert named.iri == f"{SITE}/standard/rfc-4180"
        assert addressed.identifier == "https://www.rfc-editor.org/rfc/rfc4180"

    def test_services_are_mended_like_the_rest(self) -> None:
        service = DataService(
            title={"": "API"}, endpoint_url=("https://api.example.it/v 1",), access_rights="pubblico",
            hvd_category=("['http://data.europa.eu/bna/c_e1da4e07']",), theme=("Ambiente",),
        )  # fmt: skip

        (found,) = mended(file(access_service=(service,))).distribution[0].access_service

        assert found.endpoint_url == ("https://api.example.it/v%201",)
        assert found.title == {"it": "API"}
        assert found.hvd_category == ("http://data.europa.eu/bna/c_e1da4e07",)
        assert found.theme == (f"{EU}/data-theme/ENVI",)
        assert str(found.iri).startswith(f"{SITE}/id/servizio/")

    def test_the_catalogue_is_harmonised_too(self) -> None:
        given_catalog = Catalog(
            iri="https://source.example.it/", title={"": "Dati"}, language=("it",), homepage="www.comune.lecce.it",
            publisher=Agent(identifier="C_E506", name="Comune di Lecce"),
        )  # fmt: skip

        catalog, problems = harmonise_catalog(given_catalog, Defaults(), IRIS)

        assert catalog.publisher == LECCE
        assert catalog.language == (f"{EU}/language/ITA",)
        assert catalog.title == {"it": "Dati"}
        assert catalog.theme_taxonomy == (f"{EU}/data-theme",)
        assert problems
        assert harmonise_catalog(catalog, Defaults(), IRIS) == (catalog, [])


ODD = st.sampled_from(
    [
        *("", " ", "it", "CSV", "annuale", "Ambiente", "2806 famiglia", "31/12/2023", "2023-13-40", "n.d.", "c___d643"),
        *(
            "c_e506",
            "Comune di Lecce",
            "www.example.it",
            "https://a.example.it/a b",
            "mailto:a@b.it;c@d.it",
            "<p>x</p>",
        ),
        *("['a', 'b']", "http://eurovoc.europa.eu/100208", "dct:LicenseDocument", "x\u00ad\u200by", "{'it': 'x'}"),
        *("https://a.example.it/[x", "http://data.europa.eu/bna/asd487ae75", "1024", "//a//b", "è ZIP.csv.zip"),
        *("https://a.example.it/agente/c_e506", "POINT (1 2)", "r_puglia:x", "https://a.example.it/x.csv.zip"),
    ]
) | st.text(max_size=12)
MANY = st.lists(ODD, max_size=3).map(tuple)
TEXTS = st.dictionaries(st.sampled_from(["", "it", "en"]), ODD, max_size=3)
MAYBE = st.none() | ODD
AGENTS = st.builds(Agent, iri=MAYBE, identifier=ODD, name=ODD)
CONTACTS = st.builds(ContactPoint, iri=MAYBE, fn=ODD, has_email=ODD, has_telephone=ODD, has_url=ODD)
STANDARDS = st.builds(Standard, iri=MAYBE, identifier=ODD, title=TEXTS, reference_documentation=MANY)
SERVICES = st.builds(
    DataService, iri=MAYBE, title=TEXTS, endpoint_url=MANY, hvd_category=MANY, theme=MANY, publisher=st.none() | AGENTS,
    contact_point=st.lists(CONTACTS, max_size=1).map(tuple),
)  # fmt: skip
DISTRIBUTIONS = st.builds(
    Distribution, iri=MAYBE, title=TEXTS, access_url=ODD, download_url=MANY, format=MAYBE, media_type=MAYBE,
    compress_format=MAYBE, package_format=MAYBE, rights=MAYBE, issued=MAYBE, status=MAYBE, availability=MAYBE,
    byte_size=st.none() | st.sampled_from([0, 7, 1024]), access_service=st.lists(SERVICES, max_size=1).map(tuple),
    license=st.none() | st.builds(LicenseDocument, iri=MAYBE, name=TEXTS, type=ODD), language=MANY,
)  # fmt: skip
RECORDS = st.builds(
    Dataset, iri=MAYBE, identifier=ODD, title=TEXTS, description=TEXTS, issued=MAYBE, modified=MAYBE, theme=MANY,
    subject=MANY, keyword=st.dictionaries(st.sampled_from(["", "it"]), MANY, max_size=2), landing_page=MAYBE,
    rights_holder=st.none() | AGENTS, publisher=st.none() | AGENTS, creator=st.lists(AGENTS, max_size=2).map(tuple),
    contact_point=st.lists(CONTACTS, max_size=2).map(tuple), accrual_periodicity=MAYBE, language=MANY,
    distribution=st.lists(DISTRIBUTIONS, max_size=2).map(tuple), version_info=MAYBE, access_rights=MAYBE,
    temporal=st.lists(st.builds(PeriodOfTime, iri=MAYBE, start_date=MAYBE, end_date=MAYBE), max_size=2).map(tuple),
    spatial=st.lists(
        st.builds(Location, iri=MAYBE, geographical_identifier=ODD, geographic_name=ODD, geometry=ODD), max_size=2
    ).map(tuple),
    conforms_to=st.lists(STANDARDS, max_size=1).map(tuple), hvd_category=MANY, applicable_legislation=MANY, type=MANY,
    other_identifier=st.lists(st.builds(Identifier, iri=MAYBE, notation=ODD), max_size=2).map(tuple), page=MANY,
)  # fmt: skip
DEFAULTS = st.sampled_from(
    [
        Defaults(),
        Defaults(rights_holder=LECCE, license=CC_BY, language=(f"{EU}/language/ITA",), known_names=("Foggia",)),
    ]
)


@settings(max_examples=200, deadline=None)
@given(RECORDS, DEFAULTS)
def test_harmonising_twice_changes_nothing_more(record: Dataset, defaults: Defaults) -> None:
    once, _ = mend(record, defaults)

    twice, problems = mend(once, defaults)

    assert twice == once
    assert [problem for problem in problems if problem.repairs] == []
