"""Proves that file names as clerks write them become titles that a stranger understands."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from opentusk.kit.suggesting.naming import read_name, suggest_local_part, suggest_title
from opentusk.kit.suggesting.shapes import Body
from opentusk.kit.suggesting.words import likeness

LECCE = Body(name="Comune di Lecce", ipa_code="c_e506", territory="Lecce", istat="075035")


@pytest.mark.parametrize(
    ("file_name", "title"),
    [
        # The fixtures.
        ("palermo_edifici_pubblici_cp1252.csv", "Edifici pubblici"),
        ("alessandria_alberi.csv.zip", "Alberi"),
        ("torre_annunziata_stato-civile-2023.csv", "Stato civile"),
        ("stranieri-a-palermo-al-31-12-2022-per-quartiere-e.csv", "Stranieri a Palermo per quartiere"),
        ("istruzione-pubblica-della-citt-di-matera-a-s-2015.csv", "Istruzione pubblica della città di Matera"),
        ("comune-di-taranto-elenco-residenti-all-estero.csv", "Elenco residenti all'estero"),
        ("puglia-elenco-delle-strutture-ricettive-al-2022.csv", "Elenco delle strutture ricettive"),
        ("disponibilit-parcheggi-vigente.csv", "Disponibilità parcheggi vigente"),
        ("puglia_dae_osm.csv", "Defibrillatori (DAE) da OpenStreetMap"),
        ("elenco-varchi-bologna.csv", "Elenco varchi"),
        # Traces of programs, copies and versions.
        ("elenco_scuole_DEF_v2_2023.xls", "Elenco scuole"),
        ("Copia di alberi monumentali (2).csv.csv", "Alberi monumentali"),
        ("ElencoStrutturePNRR.csv", "Elenco strutture PNRR"),
        ("defibrillatori-agg-2024-03-15.csv", "Defibrillatori"),
        ("IMU e TARI 2019-2021.ods", "IMU e TARI"),
        ("citt%C3%A0%20d'arte.csv", "Città d'arte"),
        ("segnalazioni dei cittadini all'URP.csv", "Segnalazioni dei cittadini all'URP"),
        # Nothing that tells a stranger anything.
        ("Foglio1.xlsx", ""),
        ("copia di Foglio1.csv", ""),
        ("20240131_export_opendata.csv", ""),
        ("dati.csv", ""),
        ("123.csv", ""),
    ],
)
def test_a_file_name_becomes_a_readable_title(file_name, title):
    assert read_name(file_name, LECCE).title == title


@pytest.mark.parametrize(
    ("file_name", "start", "end"),
    [
        ("sinistri-stradali-anno-2023.csv", date(2023, 1, 1), date(2023, 12, 31)),
        ("stranieri al 31-12-2022.csv", date(2022, 12, 31), date(2022, 12, 31)),
        ("alunni a.s. 2015-16.csv", date(2015, 9, 1), date(2016, 8, 31)),
        ("alunni a.s. 2015.csv", date(2015, 9, 1), date(2016, 8, 31)),
        ("qualita aria gennaio 2024.csv", date(2024, 1, 1), date(2024, 1, 31)),
        ("bilanci 2019-2021.csv", date(2019, 1, 1), date(2021, 12, 31)),
        ("bilanci 2019 al 2021.csv", date(2019, 1, 1), date(2021, 12, 31)),
        ("rilevazione_20240229.csv", date(2024, 2, 29), date(2024, 2, 29)),
    ],
)
def test_a_time_in_the_file_name_is_understood(file_name, start, end):
    span = read_name(file_name, LECCE).span

    assert span is not None
    assert (span.start, span.end) == (start, end)


def test_a_day_that_does_not_exist_is_no_time():
    # Of a mistyped day at least the year is certain.
    span = read_name("rilevazione 31-02-2024.csv", LECCE).span

    assert span is not None and span.is_one_year
    assert read_name("rilevazione 45 alberi.csv", LECCE).span is None


@pytest.mark.parametrize(
    ("file_name", "place"),
    [
        ("comune-di-viano-elenco-residenti.csv", "Viano"),
        ("torre_annunziata_bilancio-demografico-2023.csv", "Torre Annunziata"),
        ("stranieri residenti a Palermo.csv", "Palermo"),
        ("lecce alberi.csv", "Lecce"),
        # Scala, Sale and Ala are municipalities, and common words.
        ("scala mobile.csv", ""),
        ("sale riunioni.csv", ""),
    ],
)
def test_a_place_in_the_file_name_is_understood(file_name, place):
    assert read_name(file_name, LECCE).place == place


def test_the_line_above_the_table_is_better_than_a_mute_file_name():
    title = suggest_title([("file", "Foglio1.xlsx"), ("notes", "ELENCO DEGLI IMMOBILI COMUNALI - ANNO 2023")], LECCE)

    assert title is not None
    assert title.value == "Elenco degli immobili comunali"
    assert "ELENCO DEGLI IMMOBILI" in title.reason_it


def test_without_any_name_there_is_no_title():
    assert suggest_title([("file", "Foglio1.xlsx"), ("sheet", "Foglio1")], LECCE) is None


def test_the_name_in_the_address_has_no_year_and_no_version():
    part = suggest_local_part("Alberi monumentali della città 2024", frozenset())

    assert part is not None
    assert part.value == "alberi-monumentali-citta"


def test_a_name_that_is_taken_gets_the_place_and_then_a_number():
    first = suggest_local_part("Alberi", {"alberi"}, "Lecce")
    second = suggest_local_part("Alberi", {"alberi", "alberi-lecce"}, "Lecce")

    assert (first and first.value, second and second.value) == ("alberi-lecce", "alberi-2")


def test_the_same_data_of_another_year_are_alike():
    assert likeness("Ingressi in biblioteca 2024", "Ingressi biblioteca") == 1
    assert likeness("Ingressi in biblioteca", "Incidenti stradali") == 0


@given(st.text(max_size=80))
def test_no_name_of_a_file_is_too_odd(name):
    reading = read_name(name, LECCE)

    assert len(reading.title) <= 120
    assert reading.title[:1] == reading.title[:1].upper()
