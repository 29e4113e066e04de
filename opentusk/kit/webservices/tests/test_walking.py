"""Proves that a service is read whole, by every way of paging, and that going in circles is noticed."""

import json
from dataclasses import replace

import pytest

from opentusk.kit.errors import Unreadable
from opentusk.kit.webservices.answers import read_answer
from opentusk.kit.webservices.shapes import Kind, Paging, Reply, Service
from opentusk.kit.webservices.tests.services import ask_with, paged, rows_answer, sample_service, wrong_service
from opentusk.kit.webservices.walking import walk


@pytest.fixture
def table(tmp_path):
    path = tmp_path / "dati.csv"
    lines = [f"{number:06d},{number}.50,2026-01-{number % 28 + 1:02d}" for number in range(1, 38)]
    path.write_text("codice,importo,giorno\n" + "\n".join(lines) + "\n", encoding="utf-8")
    return path


@pytest.mark.parametrize("size", [1, 7, 37, 100])
def test_every_page_of_the_sample_is_read(table, size):
    with sample_service(table) as url:
        rows = [row for page in walk(paged(url, size=size), ask_with()) for row in page.answer.rows]

    assert [row["codice"] for row in rows] == [f"{number:06d}" for number in range(1, 38)]
    assert rows[0]["importo"] == "1.5"


def test_the_next_address_is_followed(table):
    with sample_service(table) as url:
        service = replace(paged(url), paging=Paging.NEXT, next_path="successiva")
        pages = list(walk(service, ask_with()))

    assert [len(page.answer.rows) for page in pages] == [10, 10, 10, 7]


def test_a_wrong_key_is_told_and_nothing_is_read(table):
    with sample_service(table) as url, pytest.raises(Unreadable) as refused:
        list(walk(paged(url), ask_with("sbagliata")))

    assert (refused.value.reason, refused.value.detail) == ("service.status", "401")


def test_a_service_that_ignores_the_page_number_is_noticed():
    with wrong_service(lambda path: rows_answer([{"a": 1}])) as url, pytest.raises(Unreadable) as refused:
        list(walk(paged(url), ask_with()))

    assert refused.value.reason == "service.repeats"


def test_a_service_whose_next_page_is_itself_is_noticed():
    with wrong_service(lambda path: rows_answer([{"a": path}], dopo="/righe")) as url:
        service = Service(url=url, rows_path="righe", paging=Paging.NEXT, next_path="dopo")
        with pytest.raises(Unreadable) as refused:
            list(walk(service, ask_with()))

    assert refused.value.reason == "service.repeats"


def test_an_endless_service_is_left():
    with wrong_service(lambda path: rows_answer([{"a": path}])) as url, pytest.raises(Unreadable) as refused:
        list(walk(paged(url), ask_with(), most_pages=25))

    assert (refused.value.reason, refused.value.detail) == ("service.too_many_pages", "25")


def reply(content: bytes, status: int = 200) -> Reply:
    return Reply(status=status, url="https://example.org/righe", content=content)


@pytest.mark.parametrize(
    ("content", "path", "reason"),
    [
        (b"<html></html>", "", "service.not_json"),
        (b'{"righe": 3}', "righe", "service.no_rows"),
        (b'{"righe": [1, 2]}', "righe", "service.rows_are_no_objects"),
        ('[{"via": "Forlì"}]'.encode("latin-1"), "", "service.not_utf8"),
        (b"[" * 100_000, "", "service.not_json"),
    ],
)
def test_an_answer_that_is_not_what_was_agreed_says_why(content, path, reason):
    with pytest.raises(Unreadable) as refused:
        read_answer(reply(content), Service(url="https://example.org/righe", rows_path=path))

    assert refused.value.reason == reason


def test_values_stay_as_they_are_written():
    content = '[{"n": 1.10, "grande": 12345678901234567890, "vero": true, "vuoto": null, "cap": "07100",'
    content += ' "dove": {"via": "Roma", "civico": 3}, "elenco": [1, "due"]}]'

    row = read_answer(reply(content.encode()), Service(url="https://example.org/righe")).rows[0]

    assert row == {
        "n": "1.10",
        "grande": "12345678901234567890",
        "vero": "true",
        "vuoto": "",
        "cap": "07100",
        "dove.via": "Roma",
        "dove.civico": "3",
        "elenco": '["1","due"]',
    }


def test_a_csv_service_is_read_with_its_own_separator_and_encoding():
    content = "Città;Abitanti\r\nForlì;117.000\r\n".encode("cp1252")

    rows = read_answer(reply(content), Service(url="https://example.org/righe", kind=Kind.CSV)).rows

    assert json.loads(json.dumps(rows)) == [{"Città": "Forlì", "Abitanti": "117.000"}]
