"""Proves that each field gets a value that the file or the body's habits justify, and says why."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from opentusk.kit.problems import Severity
from opentusk.kit.records import ContactPoint, Dataset, Distribution, LicenseDocument
from opentusk.kit.sentences import SENTENCES
from opentusk.kit.suggesting.description import complete_description
from opentusk.kit.suggesting.frequency import learn_frequency
from opentusk.kit.suggesting.high_value import duties_of, find_kind, high_value_lists
from opentusk.kit.suggesting.shapes import Body, Earlier
from opentusk.kit.suggesting.subjects import topics
from opentusk.kit.suggesting.suggest import Circumstance, suggest_metadata
from opentusk.kit.suggesting.tests.tables import column, table
from opentusk.kit.suggesting.words import read_rows
from opentusk.kit.tables.shapes import ColumnType, PersonalFinding
from opentusk.kit.vocabularies import FREQUENCIES, HVD_CATEGORIES, SUBTHEMES, THEMES

OFFICE = ContactPoint(fn="Ufficio ambiente", has_email="ambiente@example.org")
LECCE = Body(name="Comune di Lecce", ipa_code="c_e506", territory="Lecce", istat="075035", contact=OFFICE)
TODAY = date(2026, 11, 24)


def suggested(*tables, **facts):
    return suggest_metadata(tables, Circumstance(body=LECCE, today=TODAY, **facts))


def iri(vocabulary, code):
    return vocabulary.by_code(code).iri


def test_a_clean_file_fills_the_form():
    trees = table(
        column("Specie", distinct=14), column("Data rilievo", ColumnType.DATE, min="2024-03-01", max="2024-10-30")
    )

    found = suggested(trees, file_name="alberi_monumentali_v2.csv")

    assert found["title_it"].value == "Alberi monumentali"
    assert found["theme"].value == (iri(THEMES, "ENVI"),)
    assert found["subject"].value == (iri(SUBTHEMES, "100243"),)
    assert (found["start_date"].value, found["end_date"].value) == ("2024-03-01", "2024-10-30")
    assert found["place"].value == "Lecce"
    assert found["contact_email"].value == "ambiente@example.org"
    assert found["publisher_code"].value == "c_e506"
    assert found["license"].value == "https://creativecommons.org/licenses/by/4.0/"
    assert found["local_part"].value == "alberi-monumentali"
    assert "alberi" in found["keyword_it"].value


def test_the_description_tells_what_is_in_the_file():
    trees = table(column("Specie"), column("anno_impianto", ColumnType.INTEGER, min="1850", max="2020"), rows=1234)

    text = suggested(trees, file_name="alberi monumentali 2024.csv")["description_it"].value

    assert text == (
        "I dati riguardano: alberi monumentali – Lecce. La tabella ha 1.234 righe e 2 colonne. "
        "Per ogni riga sono indicati: specie, anno impianto. I dati si riferiscono al 2024."
    )
    assert len(text) >= 80


def test_an_answer_completes_the_description_and_silence_leaves_no_trace():
    text = complete_description("La tabella ha 12 righe.", {"one_row": "un albero", "collected": " ", "limits": ""})

    assert text == "La tabella ha 12 righe.\n\nOgni riga descrive un albero."
    assert complete_description(text, {"one_row": "un albero"}) == text


def test_every_suggestion_says_why_in_two_languages():
    for suggestion in suggested(table(column("Specie")), file_name="alberi 2024.csv").values():
        assert suggestion.code in SENTENCES
        assert "…" not in suggestion.reason_it + suggestion.reason_en


def test_without_a_file_only_the_habits_speak():
    found = suggested(title="Servizio di mappe")

    assert "description_it" not in found
    assert found["contact_name"].value == "Ufficio ambiente"
    assert found["local_part"].value == "servizio-mappe"


@pytest.mark.parametrize(
    ("columns", "start", "end"),
    [
        # The year of planting is not the year of the data.
        ([column("Anno impianto", ColumnType.INTEGER, min="1900", max="2001")], None, None),
        ([column("Anno", ColumnType.INTEGER, min="2019", max="2023")], "2019-01-01", "2023-12-31"),
        ([column("2019"), column("2020"), column("2021")], "2019-01-01", "2021-12-31"),
        ([column("Data nascita", ColumnType.DATE, min="1930-01-01", max="2020-01-01")], None, None),
        ([column("Data", ColumnType.DATE, min="2023-01-01", max="2923-01-01")], None, None),
        (
            [column("Data", ColumnType.DATETIME, min="2023-01-01T10:00:00", max="2023-02-01T00:00:00")],
            "2023-01-01",
            "2023-02-01",
        ),
    ],
)
def test_the_period_is_that_of_the_facts(columns, start, end):
    found = suggested(table(*columns), file_name="dati.csv")

    assert (found["start_date"].value if start else found.get("start_date")) == start
    assert (found["end_date"].value if end else found.get("end_date")) == end


@pytest.mark.parametrize(
    ("label", "values", "place"),
    [
        ("Comune", ["FORMIGINE"], "Formigine"),
        ("Comune", ["Lecce", "Nardò", "Gallipoli"], "Lecce"),
        ("Comune", ["Lecce", "Bari", "Foggia"], "Puglia"),
        ("Provincia", ["BA", "NA", "TO"], "Italia"),
        ("codice_istat_comune", ["072038"], "Ruvo di Puglia"),
        ("Regione", ["Piemonte"], "Piemonte"),
        # The others' birthplaces are not what the data are about.
        ("Comune di nascita", ["Milano"], "Lecce"),
        ("Comune", ["chi lo sa", "boh"], "Lecce"),
    ],
)
def test_the_place_is_the_smallest_that_holds_all(label, values, place):
    found = suggested(table(column(label, distinct=len(values), top=tuple((value, 1) for value in values))))

    assert found["place"].value == place


def test_columns_with_personal_data_are_not_looked_into():
    owners = table(column("Comune", top=(("Milano", 3),)))
    finding = PersonalFinding(column="comune", kind="address", rule="P2", severity=Severity.BLOCKS, share=1, count=3)

    assert suggested(replace(owners, personal=(finding,)))["place"].value == "Lecce"


def test_the_same_data_of_last_year_are_described_as_last_year():
    earlier = Earlier(
        title="Ingressi in biblioteca 2023",
        theme=(iri(THEMES, "SOCI"),),
        keyword=("letture",),
        accrual_periodicity=iri(FREQUENCIES, "MONTHLY"),
        contact=ContactPoint(fn="Biblioteca", has_email="biblioteca@example.org"),
    )

    found = suggested(table(column("Mese")), file_name="ingressi_biblioteca_2024.csv", habits=(earlier,))

    assert found["theme"].value == (iri(THEMES, "SOCI"),)
    assert found["keyword_it"].value == ("letture",)
    assert found["accrual_periodicity"].value == iri(FREQUENCIES, "MONTHLY")
    assert found["contact_name"].value == "Biblioteca"
    assert "Ingressi in biblioteca 2023" in found["theme"].reason_it


@pytest.mark.parametrize(
    ("days", "code"),
    [(1, "DAILY"), (7, "WEEKLY"), (29, "MONTHLY"), (95, "QUARTERLY"), (360, "ANNUAL"), (0.04, "HOURLY")],
)
def test_the_frequency_is_learnt_from_the_versions(days, code):
    first = datetime(2024, 1, 1, tzinfo=UTC)
    times = [first + timedelta(days=days * number) for number in range(4)]

    learnt = learn_frequency(times)

    assert learnt is not None
    assert learnt.value == iri(FREQUENCIES, code)


def test_two_versions_are_too_few_to_learn_from():
    first = datetime(2024, 1, 1, tzinfo=UTC)

    assert learn_frequency([first, first + timedelta(days=30)]) is None
    assert learn_frequency([first, first, first]) is None


def test_data_of_one_year_come_once_a_year():
    found = suggested(table(column("Mese")), file_name="ingressi 2024.csv")

    assert found["accrual_periodicity"].value == iri(FREQUENCIES, "ANNUAL")


def test_every_topic_names_real_terms():
    for topic in topics():
        theme = THEMES.by_code(topic.theme)
        assert theme and not theme.provisional
        if topic.subtheme:
            assert theme.iri in SUBTHEMES.by_code(topic.subtheme).themes
        if topic.hvd:
            assert find_kind(iri(HVD_CATEGORIES, topic.hvd))


def test_the_six_lists_hold_every_line_of_our_table():
    lists = high_value_lists()

    assert len(lists) == 6
    assert sum(len(group.kinds) for group in lists) == len(read_rows("hvd"))
    assert all(not kind.note or kind.note in SENTENCES for group in lists for kind in group.kinds)


def test_duties_are_asked_only_of_high_value_data_and_say_what_is_missing():
    record = Dataset(hvd_category=(iri(HVD_CATEGORIES, "c_f2b50efd"),), contact_point=(OFFICE,))
    licensed = Distribution(license=LicenseDocument(iri="https://creativecommons.org/licenses/by/4.0/"))

    missing = {duty.code for duty in duties_of(record) if not duty.is_met}

    assert duties_of(Dataset()) == ()
    assert {"hvd.duty_api", "hvd.duty_bulk", "hvd.duty_licence"} <= missing
    assert "hvd.duty_contact" not in missing
    assert "hvd.duty_licence" not in {
        d.code for d in duties_of(replace(record, distribution=(licensed,))) if not d.is_met
    }
    assert all(duty.code in SENTENCES for duty in duties_of(record))
