"""Proves that JSON made to break a reader is read, or refused, like any other."""

import json
from datetime import date

import pytest

from opentusk.kit.conversion import Target, convert_metadata
from opentusk.kit.errors import Unreadable
from opentusk.kit.inspection import Inspection, Profile, inspect


def package(**fields: object) -> bytes:
    return json.dumps(
        {"id": "a", "name": "a", "title": "Titolo", "license_id": "cc-by", "resources": [], **fields}
    ).encode()


def look_at(content: bytes) -> Inspection:
    return inspect(
        content,
        base="https://dati.example.it/api/3/action/package_show?id=a",
        media_type=None,
        profile=Profile.DCATAP_IT,
        today=date(2026, 11, 24),
        site="http://localhost:8000",
    )


@pytest.mark.parametrize(
    "fields",
    [
        {"title": "mezza \ud800 coppia"},
        {"sconosciuto": "mezza \ud800 coppia"},
        {"chiave \ud800": "valore"},
        {"creator": '[{"creator_name": "\\ud800", "creator_identifier": "c_e506", "email": "\\ud800"}]'},
        {"spatial": '{"type": "Point", "coordinates": ["a", "b"]}'},
        {"spatial": json.dumps({"type": "Polygon", "coordinates": "abc"})},
        {"spatial": "[" * 5000 + "]" * 5000},
        {"resources": [{"url": "https://dati.example.it/a.csv", "size": "9" * 5000}]},
        {"resources": [{"url": "https://dati.example.it/a.csv", "size": 10**30}]},
        {"tags": [None, 3, {"name": None}, {"name": {"it": "x"}}]},
        {"maintainer_email": "a." * 50_000},
        {"notes": "<!--" * 50_000},
    ],
    ids=lambda fields: next(iter(fields)),
)
def test_a_package_with_a_hostile_value_is_one_dataset_like_any_other(fields):
    content = package(**fields)

    assert look_at(content).datasets == 1
    for target in Target:
        convert_metadata(content, base="", media_type=None, target=target, site="http://localhost:8000")


def test_a_document_nested_beyond_reason_is_unreadable():
    with pytest.raises(Unreadable):
        look_at(b'{"a":' * 100_000 + b"1" + b"}" * 100_000)


def test_a_dataset_with_an_illegal_address_is_read_and_has_no_score():
    turtle = (
        b'<https://dati.example.it/%zz> a <http://www.w3.org/ns/dcat#Dataset> ; <http://purl.org/dc/terms/title> "x" .'
    )

    assert look_at(turtle).scores == ()
