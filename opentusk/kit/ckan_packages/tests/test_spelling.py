"""Proves that times and names of files are written as CKAN writes them."""

import pytest

from opentusk.kit.ckan_packages.spelling import download_name, moment_of_text


@pytest.mark.parametrize(
    ("name", "cleaned"),
    [
        ("Dàti Ùno (1).csv", "dati-uno-1.csv"),
        ("alberi_2026.GeoJSON", "alberi_2026.geojson"),
        ("a  -  b.csv", "a-b.csv"),
        ("данные", "file"),
    ],
)
def test_the_name_of_a_file_is_cleaned(name, cleaned):
    assert download_name(name) == cleaned


def test_a_day_and_an_instant_become_times_without_a_zone():
    assert moment_of_text("2026-05-31") == "2026-05-31T00:00:00"
    assert moment_of_text("2026-05-31T10:00:00+02:00") == "2026-05-31T08:00:00.000000"
    assert moment_of_text("maggio") == "maggio" and moment_of_text("") is None
