"""Proves that the published sample conforms, and that each fault a supplier can make is named."""

import json
from dataclasses import replace

import pytest

from opentusk.kit.sentences import SENTENCES
from opentusk.kit.webservices.conformance import State, check_service, conforms
from opentusk.kit.webservices.shapes import Paging, Service
from opentusk.kit.webservices.tests.services import ask_with, paged, rows_answer, sample_service, wrong_service


def states(service, **options) -> dict[str, State]:
    return {check.name: check.state for check in check_service(service, ask_with(), **options)}


def whole(url: str) -> Service:
    return Service(url=url, rows_path="righe", total_path="totale")


def test_the_published_sample_conforms_in_everything_but_its_loopback_address(tmp_path):
    table = tmp_path / "dati.csv"
    table.write_text("codice,nome,quanti\n000001,Forlì,3\n000002,Lecce,\n000003,Bari,5\n", encoding="utf-8")

    with sample_service(table) as url:
        found = check_service(paged(url, size=2), ask_with())

    assert conforms(found)
    assert [check.name for check in found if check.state != State.PASSES] == ["https"]


@pytest.mark.parametrize(
    ("answer", "check", "state"),
    [
        (rows_answer([]), "rows", State.FAILS),
        (rows_answer([{"a": 1}], totale=2), "complete", State.FAILS),
        (rows_answer([{"a": 1}, {"b": 1}], totale=2), "steady", State.WARNS),
        (rows_answer([{"a": "n.d."}], totale=1), "nulls", State.WARNS),
        (rows_answer([{"a": "31/12/2025"}], totale=1), "typed", State.WARNS),
        (rows_answer([{"a": "1.234,56"}], totale=1), "typed", State.WARNS),
        (rows_answer([{"codice_fiscale": "x"}], totale=1), "personal", State.WARNS),
        (rows_answer([{"a": 1}], totale=1), "cacheable", State.WARNS),
        ((200, "text/html", b'{"righe": [{"a": 1}], "totale": 1}'), "media_type", State.WARNS),
        ((500, "text/plain", b"oops"), "readable", State.FAILS),
        ((200, "application/json", b"{"), "readable", State.FAILS),
    ],
)
def test_each_fault_is_named(answer, check, state):
    with wrong_service(lambda path: answer) as url:
        found = states(whole(url))

    assert found[check] == state


def test_a_key_in_the_address_fails():
    with wrong_service(lambda path: rows_answer([{"a": 1}], totale=1)) as url:
        found = states(whole(f"{url}?api_key=segreta"))

    assert found["secret"] == State.FAILS


def test_a_row_on_two_pages_is_noticed():
    pages = {"1": [{"a": 1}, {"a": 2}], "2": [{"a": 2}, {"a": 3}], "3": []}
    with wrong_service(lambda path: rows_answer(pages[path[-1]], totale=4)) as url:
        found = states(Service(url=url, rows_path="righe", total_path="totale", paging=Paging.PAGE))

    assert found["distinct"] == State.WARNS


def test_a_service_that_says_something_else_the_second_time_is_noticed():
    answers = iter(range(100))
    with wrong_service(lambda path: rows_answer([{"a": next(answers)}], totale=1)) as url:
        found = states(whole(url))

    assert found["repeatable"] == State.WARNS


def test_a_slow_page_is_noticed():
    ask = ask_with()
    with wrong_service(lambda path: rows_answer([{"a": 1}], totale=1)) as url:
        found = check_service(whole(url), lambda address: replace(ask(address), seconds=12.0))

    assert next(check for check in found if check.name == "fast").state == State.WARNS


def test_every_check_says_what_it_asks_and_what_to_do():
    with wrong_service(lambda path: rows_answer([{"a": 1}], totale=1)) as url:
        names = states(whole(url)).keys()

    assert [name for name in names if f"conformance.{name}" not in SENTENCES] == []
    assert [name for name in names if f"conformance.{name}.fault" not in SENTENCES] == []
    assert json.dumps([*names])
