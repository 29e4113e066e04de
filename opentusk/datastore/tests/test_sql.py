"""Proves SQL over tables: what it answers, and what it must not reach."""

import pytest

from opentusk.datastore.tests.conftest import TREES

pytestmark = pytest.mark.django_db


def ask(who, sql):
    return who.ok("datastore_search_sql", sql=sql)


def test_a_select_over_a_table_by_number_or_alias(nobody, ada, store):
    ada.ok("datastore_create", force=True, resource_id=store, aliases="alberi")

    found = ask(
        nobody, f'SELECT "_id", codice, "altezza"::text FROM "{store}" WHERE specie ILIKE \'olea%\' ORDER BY _id'
    )
    joined = ask(nobody, f'SELECT count(*) AS n FROM alberi AS a JOIN "{store}" AS b ON a.codice = b.codice;')

    assert [(row["_id"], row["codice"]) for row in found["records"]] == [(1, "071057"), (3, "071059")]
    assert [(one["id"], one["type"]) for one in found["fields"]][:2] == [("_id", "int8"), ("codice", "text")]
    assert joined["records"] == [{"n": 3}] and "records_truncated" not in joined
    assert nobody.get("datastore_search_sql", sql=f'SELECT * FROM "{store}"').json()["result"]["records"][1] == {
        "_id": 2, **TREES[1]
    }  # fmt: skip


@pytest.mark.parametrize(
    ("sql", "status", "told"),
    [
        ("SELECT * FROM pg_tables", 403, "Access denied: Not authorized to access system tables"),
        ("SELECT * FROM information_schema.tables", 403, "Access denied: Not authorized to access system tables"),
        ("SELECT pg_sleep(1)", 403, "Access denied: Not authorized to call function pg_sleep"),
        ("SELECT * FROM read_csv('/etc/passwd')", 403, "Access denied: Not authorized to call function read_csv"),
        ("SELECT * FROM nessuna", 409, 'relation "nessuna" does not exist'),
        ("DELETE FROM \"{store}\"", 409, "Query is not a SELECT statement."),
        ("SELECT 1; SELECT 2", 409, "Query is not a single statement."),
    ],
)  # fmt: skip
def test_what_is_refused(nobody, store, sql, status, told):
    found, error = nobody.error("datastore_search_sql", sql=sql.replace("{store}", store))

    assert (found, error["message"]) == (status, told)
    assert status == 403 or error["query"] == [told]


def test_syntax_and_unknown_columns_are_told(nobody, store):
    for sql in ("SELECT FROM WHERE", f'SELECT nope FROM "{store}"'):
        status, error = nobody.error("datastore_search_sql", sql=sql)
        assert status == 409 and error["query"][0]
    assert nobody.error("datastore_search_sql") == (409, {"__type": "Validation Error", "sql": ["Missing value"]})


@pytest.mark.parametrize(
    ("sql", "expected"),
    [
        ("SELECT codice FROM {store} WHERE altezza > 4.25 AND altezza < 4.75", "071057"),
        ("SELECT max(altezza)::numeric(10, 2) FROM {store}", 12.25),
        ("SELECT CAST(codice AS DECIMAL) FROM {store} WHERE codice = '071058'", 71058),
        ("SELECT round(avg(altezza)::numeric, 1) FROM {store}", 8.4),
    ],
)
def test_decimals_are_written_and_made(nobody, store, sql, expected):
    (record,) = ask(nobody, sql.replace("{store}", f'"{store}"'))["records"]

    assert next(iter(record.values())) == expected


def test_drafts_are_for_their_body(nobody, bruno, ada, hidden):
    ada.ok("datastore_create", resource_id=hidden, records=TREES, force=True)

    assert ask(ada, f'SELECT count(*) AS n FROM "{hidden}"')["records"] == [{"n": 3}]
    for who in (nobody, bruno):
        assert who.error("datastore_search_sql", sql=f'SELECT * FROM "{hidden}"')[0] == 403
