"""Proves that an address alone is enough for the services one meets."""

import json

import pytest

from opentusk.kit.errors import Unreadable
from opentusk.kit.webservices.guessing import guess_service
from opentusk.kit.webservices.shapes import Kind, Paging, Reply


def reply(document: object, media_type: str = "application/json") -> Reply:
    content = document if isinstance(document, bytes) else json.dumps(document).encode()
    return Reply(status=200, url="https://example.org/dati", content=content, media_type=media_type)


@pytest.mark.parametrize(
    ("document", "rows_path", "total_path", "next_path"),
    [
        ([{"a": 1}], "", "", ""),
        ({"totale": 3, "righe": [{"a": 1}], "successiva": "http://example.org/2"}, "righe", "totale", "successiva"),
        ({"result": {"records": [{"a": 1}], "total": 9}}, "result.records", "result.total", ""),
        ({"results": [{"a": 1}], "meta": {"count": 1, "next": None}}, "results", "meta.count", ""),
        ({"value": [{"a": 1}], "info": {"next": "?page=2"}}, "value", "", "info.next"),
    ],
)
def test_the_usual_shapes_are_recognised(document, rows_path, total_path, next_path):
    found = guess_service(reply(document))

    assert (found.rows_path, found.total_path, found.next_path) == (rows_path, total_path, next_path)
    assert found.paging == (Paging.NEXT if next_path else Paging.NONE)


def test_a_csv_is_recognised_by_its_content():
    assert guess_service(reply(b"a;b\n1;2\n", "application/octet-stream")).kind == Kind.CSV


@pytest.mark.parametrize("document", [{"a": 1}, [], [1, 2], {"righe": []}])
def test_an_answer_without_rows_is_told(document):
    with pytest.raises(Unreadable) as refused:
        guess_service(reply(document))

    assert refused.value.reason == "service.no_rows"
