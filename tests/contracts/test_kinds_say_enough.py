"""Proves that what each JSON, SPARQL and spreadsheet kind reads can be published as it is, and holds what was said."""

import json
from datetime import date

import pytest

from opentusk.harvest.documents import Document
from opentusk.harvest.sources import source_kinds
from opentusk.kit.harmonise import Defaults, harmonise_dataset
from opentusk.kit.iris import Iris
from opentusk.kit.problems import blocking
from opentusk.kit.records import Agent, ContactPoint, Dataset
from opentusk.kit.verdict import judge_dataset
from tests.contracts import written_answers

EU = "http://publications.europa.eu/resource/authority"
CC_BY = "https://creativecommons.org/licenses/by/4.0/"
# What an operator sets for a source whose portal has no word for it.
DEFAULTS = Defaults(
    rights_holder=Agent(identifier="c_e506", name="Comune di Lecce"),
    contact_point=ContactPoint(fn="Comune di Lecce", has_email="dati@comune.example.it"),
    theme=(f"{EU}/data-theme/ENVI",),
)
ANSWERS = {
    "udata": written_answers.udata,
    "opendatasoft": written_answers.opendatasoft,
    "socrata": written_answers.socrata,
    "sparql": lambda: written_answers.sparql(range(3)),
    "sheet": lambda: {"/catalogo.xlsx": written_answers.sheet()},
}


def harmonised(kind: str) -> Dataset:
    """The first record of the kind's written answers, as a run would store it."""
    path, content = next(iter(ANSWERS[kind]().items()))
    reading = source_kinds()[kind].read(Document(url=f"https://portale.example{path}", content=content))
    record = reading.items[0].record
    assert record is not None
    return harmonise_dataset(record, DEFAULTS, Iris("https://dati.example.it"))[0]


@pytest.mark.parametrize("kind", ANSWERS)
def test_its_first_dataset_can_be_published(kind: str) -> None:
    record = harmonised(kind)

    assert [problem.code for problem in blocking(judge_dataset(record, today=date(2026, 9, 1)))] == []
    assert record.identifier.startswith(("c_e506:", "r_puglia:"))
    assert {part.license.iri for part in record.distribution if part.license} == {CC_BY}


FACTS = {
    "udata": (
        f"{EU}/frequency/ANNUAL_2",
        "2024-05-01",
        [(f"{EU}/file-type/CSV", "https://portale.example/datasets/r/r-alberi")],
    ),
    "opendatasoft": (
        f"{EU}/frequency/ANNUAL",
        "2024-05-01",
        [
            (f"{EU}/file-type/{code}", f"https://portale.example/api/explore/v2.1/catalog/datasets/alberi/{path}")
            for code, path in (
                ("CSV", "exports/csv"),
                ("JSON", "exports/json"),
                ("GEOJSON", "exports/geojson"),
                ("PDF", "attachments/note_pdf"),
            )
        ]
        + [(f"{EU}/file-type/ZIP", "https://x.example/a.zip")],
    ),
    "socrata": (
        f"{EU}/frequency/ANNUAL",
        "2024-05-01",
        [
            (f"{EU}/file-type/CSV", "https://portale.example/api/views/abcd-0001/rows.csv?accessType=DOWNLOAD"),
            (f"{EU}/file-type/JSON", "https://portale.example/resource/abcd-0001.json"),
            (f"{EU}/file-type/GEOJSON", "https://portale.example/resource/abcd-0001.geojson"),
        ],
    ),
    "sparql": (
        f"{EU}/frequency/ANNUAL",
        "2024-01-01",
        [(f"{EU}/file-type/CSV", "https://dati.lecce.example/files/alberi-0.csv")],
    ),
    "sheet": (
        f"{EU}/frequency/ANNUAL",
        "2025-12-31",
        [(f"{EU}/file-type/CSV", "https://portale.example/alberi.csv")],
    ),
}


@pytest.mark.parametrize("kind", FACTS)
def test_frequency_date_formats_and_addresses_are_those_of_the_source(kind: str) -> None:
    frequency, modified, parts = FACTS[kind]

    record = harmonised(kind)

    assert record.accrual_periodicity == frequency
    assert (record.modified or "")[:10] == modified
    assert [(part.format, part.access_url) for part in record.distribution] == parts


def test_what_the_portal_hides_or_is_no_dataset_is_left_out_with_a_reason() -> None:
    hidden = {}
    for kind in ("udata", "opendatasoft", "socrata"):
        path, content = list(ANSWERS[kind]().items())[-1]
        (item,) = source_kinds()[kind].read(Document(url=f"https://x.example{path}", content=content)).items
        hidden[kind] = (item.record, [problem.code for problem in item.problems])

    assert hidden == {
        "udata": (None, ["reading.package_not_public"]),
        "opendatasoft": (None, ["reading.package_not_public"]),
        "socrata": (None, ["reading.package_not_dataset"]),
    }


def test_a_row_without_its_key_is_left_out_with_its_number() -> None:
    content = written_answers.sheet()
    reading = source_kinds()["sheet"].read(Document(url="https://x.example/catalogo.xlsx", content=content))

    *others, last = reading.items
    assert [item.source_id for item in others] == ["alberi", "strade"]
    assert last.record is None
    assert "riga 6" in last.problems[0].message_it


def test_the_same_sheet_may_be_a_csv() -> None:
    content = "Chiave;Titolo;File;Tema\nalberi;Alberi;alberi.csv;Ambiente\n".encode("cp1252")
    reading = source_kinds()["sheet"].read(Document(url="https://x.example/elenco.csv", content=content))

    (item,) = reading.items
    assert item.record and item.record.theme == ("Ambiente",)


def test_a_closed_catalogue_of_socrata_is_read_by_its_data_json() -> None:
    document = {"dataset": [{"identifier": "abcd-0001", "title": "Alberi"}]}
    content = json.dumps(document).encode()

    reading = source_kinds()["socrata"].read(Document(url="https://x.example/data.json", content=content))

    assert [item.source_id for item in reading.items] == ["abcd-0001"]
