"""Proves that territory and bodies hold the official lists, and are found by code and by name without guessing."""

import csv
import json
import re
from pathlib import Path

import pytest

from opentusk.kit.vocabularies.bodies import all_bodies, find_body, find_body_by_name, search_bodies
from opentusk.kit.vocabularies.territory import (
    all_municipalities,
    all_provinces,
    all_regions,
    find_municipality,
    find_province,
    find_region,
)

OFFICIAL = Path(__file__).resolve().parents[3] / "../shared/standards/vocabularies/it"


def rows(name: str) -> list[dict[str, str]]:
    with (OFFICIAL / name).open(encoding="utf-8-sig", newline="") as table:
        return list(csv.DictReader(table))


def test_every_municipality_of_today_is_listed():
    today = {row["CODICE_COMUNE"]: row for row in rows("cities.csv") if row["DATA_FINE_VALIDITA"] == "31-12-9999"}

    assert {place.istat for place in all_municipalities()} == set(today)
    for place in all_municipalities():
        assert place.province == today[place.istat]["SIGLA_AUTOMOBILISTICA"]
        assert place.region == today[place.istat]["CODICE_REGIONE"]


def test_every_region_and_province_is_listed():
    assert {(place.istat, place.name) for place in all_provinces()} == {
        (row["codice_2_livello"], row["label_2_livello_it"]) for row in rows("provinces.csv")
    }
    assert {(place.istat, place.name) for place in all_regions()} == {
        (row["Codice_1_livello"], row["Label_ITA_1_livello"])
        for row in rows("regions.csv")
        if row["Codice_1_livello"] != "00"
    }


def test_a_catastale_code_is_that_of_one_body_of_the_same_region():
    regions = {region.istat: region.name for region in all_regions()}
    known = [place for place in all_municipalities() if place.catastale]

    assert len({place.catastale for place in known}) == len(known)
    assert len(known) > 7_700
    for place in known:
        assert re.fullmatch(r"[A-Z]\d{3}", place.catastale)
        assert find_body(f"c_{place.catastale}").region == regions[place.region]


@pytest.mark.parametrize("text", ["Lecce", "comune di lecce", "Città di Lecce", "075035", "E506", "e506"])
def test_a_municipality_is_found_by_code_and_by_name(text):
    assert find_municipality(text).istat == "075035"


@pytest.mark.parametrize(
    ("text", "istat"),
    [
        ("Comune Diso", "075027"),
        ("Città di Castello", "054013"),
        ("Comune dell'Aquila", "066049"),
        ("Comune della Spezia", "011015"),
        ("Bozen", "021008"),
        ("FORLI'", "040012"),
    ],
)
def test_names_that_look_like_offices_and_articles(text, istat):
    assert find_municipality(text).istat == istat


@pytest.mark.parametrize("text", ["Castro", "Castello", "Samone", "", "di", "Comune di", "Atlantide"])
def test_a_name_of_none_or_several_finds_nothing(text):
    assert find_municipality(text) is None


def test_a_shared_name_is_found_with_its_province():
    assert find_municipality("Castro", "LE").istat == "075096"
    assert find_municipality("Castro", "bg").province == "BG"


@pytest.mark.parametrize("text", ["LE", "075", "Lecce", "Provincia di Lecce"])
def test_a_province_is_found(text):
    assert find_province(text).istat == "075"


@pytest.mark.parametrize(
    ("text", "istat"),
    [
        ("Regione Puglia", "16"),
        ("16", "16"),
        ("Trentino-Alto Adige", "04"),
        ("Regione Autonoma della Sardegna", "20"),
        ("Regione del Veneto", "05"),
        ("Regione dell'Umbria", "10"),
    ],
)
def test_a_region_is_found(text, istat):
    assert find_region(text).istat == istat


def test_bilingual_and_metropolitan_provinces_are_found():
    assert find_province("Bolzano").sigla == "BZ"
    assert find_province("Città metropolitana di Bari").sigla == "BA"


def test_every_body_of_the_index_is_listed():
    index = json.loads((OFFICIAL / "ipa_codes.json").read_text("utf-8"))

    assert len(all_bodies()) == len(index) == 23_734
    for code, body in index.items():
        found = find_body(code)
        assert (found.province, found.region) == (body["prov"] or "", body["reg"] or "")
        assert found.name == " ".join(body["nome"].split())


@pytest.mark.parametrize("code", ["c_e506", "C_E506", " c_e506 ", "c_\u00ade506"])
def test_a_body_is_found_whatever_its_case_and_hidden_characters(code):
    assert find_body(code).name == "Comune di Lecce"


def test_no_body_is_found_by_a_guess():
    assert find_body("c___e506") is None
    assert find_body("") is None
    assert find_body_by_name("COMUNE DI LECCE").code == "c_e506"
    assert find_body_by_name("Comune") is None


def test_bodies_are_searched_by_words():
    assert search_bodies("lecce comune", 3)[0].code == "c_e506"
    assert [body.code for body in search_bodies("C_E506", 3)] == ["c_e506"]
    assert search_bodies("  ") == []
    assert len(search_bodies("comune", 7)) == 7
