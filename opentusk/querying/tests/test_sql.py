"""Proves that SQL is asked over public tables and no others, with parameters, limits and a queue."""

import pytest
from django.utils.http import urlencode

from opentusk.kit.queries.tests.tables import ROWS

pytestmark = pytest.mark.django_db


def post(client, address: str, *, status: int = 200, **body):
    response = client.post(address, body, content_type="application/json")
    assert response.status_code == status, response.content[:500]
    return response.json()


def test_one_select_over_a_table(ask, client, table):
    by_address = ask(table, "/sql?" + urlencode({"sql": "SELECT comune, importo FROM t WHERE importo < 0"}))
    by_body = post(
        client, f"/api/v1/tables/{table.uuid}/sql",
        sql="SELECT comune, importo FROM t WHERE comune = $nome", params={"nome": "Forlì"},
    )  # fmt: skip

    assert by_address["data"] == by_body["data"] == [{"comune": "Forlì", "importo": -5.0}]
    assert by_address["meta"]["versions"] == {str(table.uuid): 1}
    assert by_address["columns"][1] == {"name": "importo", "label": "importo", "type": "decimal"}


def test_more_rows_than_the_limit_are_said_to_be_more(client, table):
    answer = post(client, f"/api/v1/tables/{table.uuid}/sql", sql="SELECT * FROM t", limit=2)

    assert (answer["meta"]["rows"], answer["meta"]["truncated"]) == (2, True)


def test_tables_are_joined_by_uuid_by_dataset_and_by_a_name_of_ones_own(client, publish_table):
    one, other = publish_table(name="alberi"), publish_table(ROWS[:1], name="altri")
    joined = f'"{one.uuid}" a JOIN "c_e506-altri" b USING (comune)'
    sql = f"SELECT a.comune, b.anno, c.n FROM {joined}, (SELECT count(*) n FROM mia) c"

    answer = post(client, "/api/v1/sql", sql=sql, tables={"mia": str(one.uuid)})

    assert answer["data"] == [{"comune": "Lecce", "anno": 2023, "n": len(ROWS)}]
    assert answer["meta"]["versions"] == {str(one.uuid): 1, str(other.uuid): 1}


def test_the_draft_of_somebody_is_as_missing_as_what_never_was(client, draft_table, table):
    draft = draft_table(name="bozza")
    never = "7c9e6679-7425-40de-944b-e07fc1f90ae7"

    hidden = post(client, "/api/v1/sql", sql=f'SELECT * FROM "{draft.uuid}"', status=400)
    missing = post(client, "/api/v1/sql", sql=f'SELECT * FROM "{never}"', status=400)
    by_name = post(client, "/api/v1/sql", sql='SELECT * FROM "c_e506-bozza"', status=400)
    beside = post(client, f"/api/v1/tables/{table.uuid}/sql", sql=f'SELECT * FROM t, "{draft.uuid}"', status=400)

    assert {answer["code"] for answer in (hidden, missing, by_name, beside)} == {"sql.table"}
    assert hidden["detail"].replace(str(draft.uuid), never) == missing["detail"]


@pytest.mark.parametrize(
    "body", [{}, {"sql": 1}, {"sql": "SELECT 1", "params": []}, {"sql": "SELECT 1", "limit": 0},
             {"sql": "SELECT 1", "limit": 10_001}, {"sql": "SELECT 1", "shape": "x"}, {"sql": "x" * 70_000}]
)  # fmt: skip
def test_a_body_of_another_shape_is_refused(client, table, body):
    assert post(client, f"/api/v1/tables/{table.uuid}/sql", status=400, **body)["detail"]


def test_a_body_that_is_no_json_is_refused(client, table):
    answer = client.post(f"/api/v1/tables/{table.uuid}/sql", b"{", content_type="application/json")

    assert answer.status_code == 400


def test_a_statement_that_takes_too_long_is_stopped_with_advice(client, table, settings):
    settings.SQL_SECONDS = 0.3
    tables = ", ".join(f"t t{number}" for number in range(13))
    words = " || ".join(f"t{number}.comune" for number in range(13))
    endless = f"SELECT count(*) FROM {tables} WHERE hash({words}) = 1"

    answer = post(client, f"/api/v1/tables/{table.uuid}/sql", sql=endless, status=422)

    assert answer["code"] == "query-over-budget"
    assert answer["parquet"].endswith(f"/api/v1/tables/{table.uuid}/export.parquet")


def test_a_file_is_no_table(ask, table):
    problem = ask(table, "/sql?" + urlencode({"sql": "SELECT * FROM read_csv('/etc/passwd')"}), status=400)

    assert problem["code"] == "sql.table_function"
    assert problem["position"] == 14


def test_thousands_of_names_are_refused_before_any_is_looked_for(client, db, django_assert_max_num_queries):
    names = {f"t{number}": f"alberi-{number}" for number in range(2_000)}

    with django_assert_max_num_queries(2):
        refused = post(client, "/api/v1/sql", status=400, sql="SELECT 1", tables=names)

    assert "8" in refused["detail"]


@pytest.mark.parametrize("limit", ["000000001999999999", "0" * 5_000 + "1", "10001", "0", "²", True, 1.5])
def test_no_way_of_writing_a_limit_goes_beyond_the_limit(client, table, limit):
    refused = post(client, f"/api/v1/tables/{table.uuid}/sql", status=400, sql="SELECT 1", limit=limit)

    assert "10000" in str(refused)
