"""Proves that exports are whole, announced truly, of one version, and the same each time."""

import base64
import csv
import hashlib
import json
import threading

import pytest
from django.db import connection as database
from django.utils.http import urlencode

from opentusk.kit.queries.tests.tables import ROWS
from opentusk.querying.shelf import take_export
from opentusk.querying.tests.conftest import add_table_version

pytestmark = pytest.mark.django_db


def export(client, table, end: str, *, status: int = 200, **headers: str):
    response = client.get(f"/api/v1/tables/{table.uuid}/export.{end}", headers=headers)
    response.whole = content_of(response)
    assert response.status_code == status, response.whole[:500]
    return response


def content_of(response) -> bytes:
    return b"".join(response.streaming_content) if response.streaming else response.content


def test_an_export_announces_its_length_digest_rows_and_version(client, table):
    response = export(client, table, "csv")

    content = response.whole
    digest = base64.b64encode(hashlib.sha256(content).digest()).decode()
    assert response.headers["Content-Length"] == str(len(content))
    assert response.headers["Content-Digest"] == f"sha-256=:{digest}:"
    assert response.headers["X-Total-Rows"] == str(len(ROWS)) == str(len(content.decode().splitlines()) - 1)
    assert response.headers["X-Table-Version"] == "1"
    assert 'filename="alberi-del-verde-pubblico-v1.csv"' in response.headers["Content-Disposition"]
    assert b"RSSMRA" not in content and b"codice_fiscale" not in content


@pytest.mark.parametrize("format", ["csv", "csv-it", "tsv", "json", "jsonl", "parquet", "xlsx"])
def test_every_format_is_offered(client, table, format):
    response = export(client, table, f"{format}?anno__gte=2024")

    assert len(response.whole) == int(response.headers["Content-Length"])
    assert response.headers["X-Total-Rows"] == "3"


@pytest.mark.parametrize(
    ("question", "rows"),
    [
        ({"comune__groupby": "", "importo__sum": ""}, 6),
        ({"select": "sum(importo) as s", "group_by": "year(giorno) as a", "having": "s > 0"}, 3),
        ({"sql": "SELECT comune FROM t WHERE anno = $a", "param.a": "2024"}, 2),
        ({"sort": "-anno", "columns": "anno", "page": "2", "page_size": "2"}, 6),
        ({"limit": "2"}, 2),
    ],
)
def test_any_question_can_be_exported(client, table, question, rows):
    assert export(client, table, f"csv?{urlencode(question)}").headers["X-Total-Rows"] == str(rows)


def test_a_long_statement_is_posted(client, table):
    response = client.post(
        f"/api/v1/tables/{table.uuid}/export.json",
        {"sql": "SELECT comune, importo FROM t ORDER BY _row LIMIT 1"},
        content_type="application/json",
    )

    assert json.loads(content_of(response)) == [{"comune": "Lecce", "importo": 1234.56}]


def test_options_of_csv(client, table):
    found = export(client, table, "csv?sep=;&decimal=,&bom=true&labels=true&columns=importo&limit=1").whole

    assert found.decode() == "\ufeffImporto\n1234,56\n"


@pytest.mark.parametrize("end", ["csv?sep=x", "csv?bom=si", "geojson", "docx", "csv?comnue=x", "csv?sql=DROP+TABLE+t"])
def test_what_cannot_be_exported_is_an_error_and_no_file(client, table, settings, end):
    assert export(client, table, end, status=400).headers["Content-Type"] == "application/problem+json"


def test_head_announces_the_file_without_sending_it(client, table):
    head = client.head(f"/api/v1/tables/{table.uuid}/export.csv")

    assert head.content == b""
    assert head.headers["Content-Length"] == export(client, table, "csv").headers["Content-Length"]


def test_an_unchanged_export_is_not_sent_again_and_a_version_keeps_its_own(client, table):
    first = export(client, table, "csv")
    before = first.whole
    unchanged = export(client, table, "csv", status=304, **{"If-None-Match": first.headers["ETag"]})
    add_table_version(table, ROWS[:2], number=2)

    assert unchanged.headers["ETag"] == first.headers["ETag"]
    assert export(client, table, "csv").headers["X-Total-Rows"] == "2"
    response = client.get(f"/api/v1/tables/{table.uuid}/versions/1/export.csv")
    assert content_of(response) == before


def test_three_exports_in_a_row_are_the_same_bytes(client, table, settings, tmp_path):
    digests = set()
    for number in range(3):
        settings.EXPORTS_DIR = tmp_path / f"shelf{number}"
        digests.add(export(client, table, "parquet").headers["Content-Digest"])

    assert len(digests) == 1


def test_exports_are_limited_on_their_own(client, table, settings):
    settings.QUERY_EXPORTS = 2

    for status in (200, 200, 429):
        export(client, table, "csv", status=status)

    assert client.get(f"/api/v1/tables/{table.uuid}/rows").status_code == 200


def test_the_shelf_has_a_ceiling(client, table, settings):
    settings.EXPORTS_CEILING = 0
    for year in (2023, 2024, 2025):
        assert export(client, table, f"csv?anno={year}").whole

    assert len([entry for entry in settings.EXPORTS_DIR.iterdir() if not entry.suffix]) == 1


def test_a_file_is_made_once_for_all_who_ask(settings, tmp_path):
    settings.EXPORTS_DIR = tmp_path / "shelf"
    made = []

    def make(out):
        from opentusk.kit.queries.exports.shapes import Export

        made.append(out)
        out.write_bytes(b"x")
        return Export(out, 1, 1, "0" * 64, "text/csv")

    threads = [threading.Thread(target=take_export, args=("key", make)) for _client in range(5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(made) == 1
    assert (settings.EXPORTS_DIR / "key").read_bytes() == b"x"


@pytest.mark.django_db(transaction=True)
def test_an_export_while_new_versions_come_has_the_rows_and_the_digest_of_one(client, table):
    """Versions of different sizes follow each other while exports are asked for."""
    sizes = {1: len(ROWS)}
    stop = threading.Event()

    def publish_versions() -> None:
        number = 1
        while not stop.is_set() and number < 12:
            number += 1
            sizes[number] = number * len(ROWS)
            add_table_version(table, ROWS * number, number=number)
        database.close()

    thread = threading.Thread(target=publish_versions)
    thread.start()
    seen = {}
    try:
        for _time in range(40):
            response = export(client, table, "csv")
            content = response.whole
            number = int(response.headers["X-Table-Version"])
            digest = f"sha-256=:{base64.b64encode(hashlib.sha256(content).digest()).decode()}:"
            rows = list(csv.reader(content.decode().splitlines()))
            assert response.headers["Content-Digest"] == digest
            assert int(response.headers["X-Total-Rows"]) == len(rows) - 1 == sizes[number]
            assert seen.setdefault(number, digest) == digest
            if not thread.is_alive():
                break
    finally:
        stop.set()
        thread.join()
    assert len(seen) > 1
