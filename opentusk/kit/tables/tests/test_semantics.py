"""Proves the Italian detectors: each on its own examples, and together on columns as municipalities publish them."""

import re
import time
from pathlib import Path

import duckdb
import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.it import codicefiscale, iva

from opentusk.kit.tables.semantics import DETECTORS, detect, detect_large
from opentusk.kit.tables.semantics.checks import is_cig, is_codice_fiscale, is_partita_iva
from opentusk.kit.tables.semantics.labels import label_key
from opentusk.kit.tables.semantics.positions import degree_pair, degrees
from opentusk.kit.vocabularies.territory import all_municipalities, all_provinces

CIGS = "SELECT printf('%07d%03X', i, i * 211 % 4091) AS value, 1::BIGINT AS n"


def ids(detector):
    return f"{detector.name}-{DETECTORS.index(detector)}"


@pytest.mark.parametrize("detector", DETECTORS, ids=ids)
def test_every_detector_accepts_and_refuses_its_own_examples(detector):
    assert [value for value in detector.accepts if not detector.passes(value)] == []
    assert [value for value in detector.refuses if detector.passes(value)] == []
    assert len(detector.accepts) > 0 and len(detector.refuses) > 1


@pytest.mark.parametrize("detector", DETECTORS, ids=ids)
def test_duckdb_reads_every_pattern_as_python_does(detector):
    for value in (*detector.accepts, *detector.refuses):
        asked = duckdb.execute("SELECT regexp_full_match(?, ?)", [value, detector.pattern.pattern]).fetchone()

        assert asked == (bool(detector.pattern.fullmatch(value)),)


def counted(*values, times=1):
    return [(value, times) for value in values]


def name_of(label, values):
    found = detect(label, values)
    return found.name if found else None


@pytest.mark.parametrize(
    ("label", "values", "name"),
    [
        ("Codice fiscale", ["RSSMRA85T10A562S"], "codice_fiscale"),
        ("colonna", ["RSSMRA85T10A562S"], "codice_fiscale"),
        ("CF", ["80017210727", "RSSMRA85T10A562S", "01199250158"], "codice_fiscale_misto"),
        ("Codice fiscale ente", ["80017210727"], "codice_fiscale_ente"),
        ("P.IVA", ["00743110157"], "partita_iva"),
        ("colonna", ["00743110157"], None),
        ("ISTAT", ["072006", "071057"], "codice_istat_comune"),
        ("Codice comune", ["71057", "72006"], "codice_istat_comune"),
        ("id", ["71057", "72006"], None),
        ("Prov.", ["NA", "SI", "NO", "TO"], "sigla_provincia"),
        ("attivo", ["SI", "NO"], None),
        ("Sigla", ["BA", "BT", "FG", "LE", "BR", "TA"], "sigla_provincia"),
        ("PROVINCIA", ["Bari", "Barletta-Andria-Trani", "Foggia"], "provincia"),
        ("Provincia", ["Bari", "Lecce"], "provincia"),
        ("Città", ["Bari", "Lecce"], "comune"),
        ("city_name", ["Roma", "Milano", "Napoli", "Torino", "Palermo", "Genova", "Bologna", "Firenze"], "comune"),
        ("addr:postcode", ["73100", "70121"], "cap"),
        ("RangeAltezza", ["1) < 10m", "2) 10-15m", "3) > 15m"], None),
        ("Comune di residenza", ["FORLI'", "Cesena", "S. Mauro Pascoli"], "comune"),
        ("nome", ["Bari", "Lecce"], None),
        ("Regione", ["Puglia", "Basilicata"], "regione"),
        ("COD_REG", ["16", "17"], "codice_regione"),
        ("cod_prov", ["71", "72", "272"], "codice_provincia"),
        ("CAP", ["70121", "74121"], "cap"),
        ("valore", ["70121", "74121"], None),
        ("Codice catastale", ["A662", "E630"], "codice_catastale"),
        ("CIG", ["95156957EC", "Z1E31EB332", "B059EA242B"], "cig"),
        ("CUP", ["I98I21000110001"], "cup"),
        ("IBAN", ["IT60 X054 2811 1010 0000 0123 456"], "iban"),
        ("codice IPA", ["c_a662", "r_puglia"], "codice_ipa"),
        ("codice univoco", ["UFQ0AB"], "codice_univoco_ufficio"),
        ("codice meccanografico", ["BAIC80800X"], "codice_scuola"),
        ("PEC", ["protocollo@pec.comune.bari.it"], "pec"),
        ("E-mail", ["info@comune.bari.it"], "email"),
        ("Telefono", ["080 5772111", "0832 123456"], "telefono"),
        ("numero", ["3331234567"], None),
        ("Targa", ["AB123CD"], "targa"),
        ("Sito web", ["www.comune.bari.it"], "url"),
        ("ATECO 2007", ["56.10.11", "47.11"], "ateco"),
        ("Data", ["12.10.11", "13.11.12"], None),
        ("CPV", ["45111230-9"], "cpv"),
        ("Latitudine", ["41,1171", "40,35"], "latitudine"),
        ("lon", ["16.87", "18.17"], "longitudine"),
        ("prezzo", ["41,11", "40,35"], None),
        ("coordinate", ["44.500297, 11.345368"], "coordinate"),
        ("Geo Point", ["16.8719, 41.1171", "16.9, 41.2"], "coordinate_lon_lat"),
        ("Latitudine", ["41° 7' 31\" N"], "latitudine"),
        ("geom", ["POINT (16.87 41.11)"], "wkt"),
        ("Sesso", ["M"], "sesso"),
        ("", ["M", "F"], "sesso"),
        ("Giorno", ["Lunedi'", "Martedi'"], "giorno"),
        ("Mese", ["gennaio"], "mese"),
        ("mese", ["1", "12"], "mese"),
        ("Età", ["0-4", "85+"], "fascia_eta"),
        ("Anno", ["2023"], "anno"),
        ("ANNO SCOLASTICO", ["2015-2016"], "anno_scolastico"),
        ("Licenza", ["CC-BY-4.0"], "licenza"),
        ("lingua", ["italiano"], "lingua"),
        ("NUTS3", ["ITF43"], "nuts"),
        ("vuota", [], None),
    ],
)
def test_columns(label, values, name):
    assert name_of(label, counted(*values)) == name


def test_codes_stay_text_and_measures_do_not():
    assert detect("CAP", counted("70121")).is_text
    assert not detect("Latitudine", counted("41.1171")).is_text
    assert not detect("Anno", counted("2023")).is_text
    assert detect("codice fiscale", counted("RSSMRA85T10A562S")).is_personal
    assert not detect("codice fiscale", counted("80017210727")).is_personal


def test_lost_zeros_are_told_with_the_full_length():
    assert detect("cod_istat", counted("1001", "71057")).width == 6
    assert detect("cod_istat", counted("001001", "071057")).width == 0
    assert detect("cap", counted("184")).width == 5


def test_the_systems_of_projected_coordinates_are_candidates():
    assert detect("COORD_X", counted("1471234.5", "1472000")).crs == ("EPSG:3003",)
    assert detect("X", counted("2678123,1")).crs == ("EPSG:3004",)
    assert "EPSG:32633" in detect("est", counted("656789")).crs


def test_a_list_may_have_a_few_strangers_and_an_identifier_none_without_a_label():
    names = [(place.name, 10) for place in all_municipalities()[:100]]
    codes = [(f"{number:07}{number * 211 % 4091:03X}", 1) for number in range(8_000_000, 8_000_099)]

    assert name_of("comune", [*names, ("Estero", 10), ("Non indicato", 30)]) == "comune"
    assert name_of("comune", [*names, *((f"Quartiere {number}", 10) for number in range(20))]) is None
    assert name_of("codice gara", codes) == "cig"
    assert name_of("colonna", [*codes, ("8000000000", 1)]) is None
    assert name_of("cig", [*codes, ("8000000000", 1)]) == "cig"


def test_every_municipality_and_province_is_known_by_its_name_and_code():
    assert name_of("comune", [(place.name, 1) for place in all_municipalities()]) == "comune"
    assert name_of("comune", [(place.name.upper(), 1) for place in all_municipalities()]) == "comune"
    assert name_of("x", [(place.istat, 1) for place in all_municipalities()]) == "codice_istat_comune"
    assert name_of("x", [(place.sigla, 1) for place in all_provinces()]) == "sigla_provincia"
    assert name_of("x", [(place.name, 1) for place in all_provinces()]) == "provincia"


@given(st.integers(0, 9_999_999), st.sampled_from([1, 72, 100, 121, 999]))
def test_the_check_digit_of_a_partita_iva_is_that_of_stdnum(number, office):
    body = f"{number:07}{office:03}"
    right = body + iva.luhn.calc_check_digit(body)

    assert is_partita_iva(right) is (number > 0)
    assert not is_partita_iva(body + str((int(right[-1]) + 1) % 10))


@given(
    st.integers(0, 26**6 - 1),
    st.integers(0, 99),
    st.sampled_from("ABCDEHLMPRST"),
    st.integers(1, 31),
    st.integers(0, 999),
)
def test_a_codice_fiscale_is_read_whatever_the_digits_became(name, year, month, day, place):
    letters = "".join(chr(65 + name // 26**power % 26) for power in range(6))
    body = f"{letters}{year:02}{month}{day:02}A{place:03}"
    code = body + codicefiscale.calc_check_digit(body)
    homonym = body[:14] + "LMNPQRSTUV"[int(body[14])]

    assert is_codice_fiscale(code)
    assert is_codice_fiscale(homonym + codicefiscale.calc_check_digit(homonym))
    assert not is_codice_fiscale(body + chr((ord(code[-1]) - 64) % 26 + 65))


@given(st.integers(1, 9_999_999))
def test_a_cig_has_one_right_ending(number):
    code = f"{number:07}{number * 211 % 4091:03X}"

    assert is_cig(code)
    assert not is_cig(code[:-1] + ("0" if code[-1] != "0" else "1"))


@pytest.mark.parametrize(
    ("label", "key"),
    [("COD_IstatComune", "cod istat comune"), ("Città (nome)", "citta nome"), ("P.IVA", "p iva"), ("", "")],
)
def test_labels_become_words(label, key):
    assert label_key(label) == key


def test_degrees_in_every_spelling():
    assert degrees("41° 7' 12\" N") == pytest.approx(41.12)
    assert degrees("16° 30' O") == pytest.approx(-16.5)
    assert degrees("41,12") == 41.12
    assert degrees("nord") is None
    assert degree_pair("16,5; 41,25") == (41.25, 16.5)
    assert degree_pair("3.5, 4.5") is None


@given(st.text(max_size=30), st.lists(st.text(min_size=1, max_size=40), max_size=5))
def test_nothing_anybody_writes_makes_a_detector_fail(label, values):
    found = detect(label, counted(*values))

    assert found is None or 0 < found.share <= 1


def test_a_million_distinct_values_cost_next_to_nothing():
    connection = duckdb.connect()
    connection.execute(f"CREATE TABLE codes AS {CIGS} FROM range(1, 1000001) t(i)")
    connection.execute(
        "CREATE TABLE texts AS SELECT 'riga numero ' || i AS value, 1::BIGINT AS n FROM range(1000000) t(i)"
    )
    detect_large(connection, "texts", "descrizione")

    begin = time.process_time()
    found = detect_large(connection, "codes", "cig")
    nothing = detect_large(connection, "texts", "descrizione")
    spent = time.process_time() - begin
    connection.close()

    assert found.name == "cig"
    assert nothing is None
    assert spent < 2


def test_one_bad_value_among_a_million_is_seen():
    connection = duckdb.connect()
    connection.execute(f"CREATE TABLE codes AS {CIGS} FROM range(1, 100001) t(i)")
    connection.execute("INSERT INTO codes VALUES ('non un codice', 1)")

    assert detect_large(connection, "codes", "colonna") is None
    assert detect_large(connection, "codes", "cig").name == "cig"
    connection.close()


def test_two_thousand_columns_are_looked_at_in_a_few_seconds():
    values = counted(*(f"valore {number}" for number in range(200)))
    begin = time.process_time()
    for number in range(2_000):
        detect(f"campo {number}", values)

    assert time.process_time() - begin < 8


def test_names_are_unique_words():
    assert all(re.fullmatch(r"[a-z][a-z_]*", detector.name) for detector in DETECTORS)


def test_the_reference_names_every_detector():
    documented = (Path(__file__).resolve().parents[4] / "docs/reference/tables.md").read_text()

    assert [detector.name for detector in DETECTORS if f"| `{detector.name}` | " not in documented] == []
