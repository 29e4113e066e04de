"""Proves that the tables of files are read as CKAN reads a DataStore, and that hidden columns are not there."""

import pytest

from opentusk.kit.queries.tests.tables import ROWS
from opentusk.querying.tests.conftest import draft_table, publish_table, table  # noqa: F401 - fixtures

pytestmark = pytest.mark.django_db


def test_a_file_is_searched_under_the_labels_of_its_columns(nobody, table):  # noqa: F811
    number = str(table.uuid)

    found = nobody.ok("datastore_search", resource_id=number, limit=5, sort="_id")
    info = nobody.ok("datastore_info", id=number)

    assert found["total"] == info["meta"]["count"] == len(ROWS)
    types = {one["id"]: one["type"] for one in found["fields"]}
    assert types.pop("_id") == "int" and set(types.values()) >= {"text", "int8", "numeric", "date"}
    assert len(found["records"]) == 5 and set(found["records"][0]) == {"_id", *types}


def test_no_word_of_a_hidden_column_is_found_anywhere(nobody, ada, diego, publish_table, client):  # noqa: F811
    secret = "RSSMRA80A01H501U"
    number = str(publish_table([{**row, "codice_fiscale": secret} for row in ROWS]).uuid)
    for who in (nobody, ada, diego):
        assert who.ok("datastore_search", resource_id=number, q=secret)["total"] == 0
        assert "fiscale" not in str(who.ok("datastore_search", resource_id=number, limit=1)).lower()
        for asked in (
            {"filters": {"codice_fiscale": secret}},
            {"fields": "codice_fiscale"},
            {"sort": "codice_fiscale"},
        ):
            assert who.error("datastore_search", resource_id=number, **asked)[0] == 409
        assert who.error("datastore_search_sql", sql=f'SELECT codice_fiscale FROM "{number}"')[0] == 409
    content = b"".join(client.get(f"/datastore/dump/{number}").streaming_content)
    assert secret.encode() not in content and content.count(b"\n") == len(ROWS) + 1


def test_the_table_of_a_draft_is_for_its_body(nobody, bruno, ada, draft_table):  # noqa: F811
    number = str(draft_table().uuid)

    assert ada.ok("datastore_search", resource_id=number)["total"] == len(ROWS)
    for who in (nobody, bruno):
        assert who.error("datastore_search", resource_id=number)[0] == 403


def test_the_table_of_a_file_says_how_to_write_into_it(ada, draft_table):  # noqa: F811
    number = str(draft_table().uuid)

    status, told = ada.error("datastore_upsert", resource_id=number, records=[{"a": 1}], method="insert", force=True)

    assert status == 409 and "read from the file" in told["read-only"][0]


def test_pages_far_down_hold_the_rows_that_belong_there(nobody, publish_table):  # noqa: F811
    number = str(publish_table(ROWS * 60, name="molti").uuid)

    everything = nobody.ok("datastore_search", resource_id=number, limit=32_000, fields="_id")["records"]
    far = nobody.ok("datastore_search", resource_id=number, limit=3, offset=len(everything) - 4, fields="_id")

    assert [row["_id"] for row in far["records"]] == [row["_id"] for row in everything[-4:-1]]
