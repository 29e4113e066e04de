"""Proves that a table tells programs everything they need: columns, schemas, examples that run, versions."""

import re
from dataclasses import asdict, replace
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from opentusk.kit.queries.tests.tables import COLUMNS, ROWS, SECRET, TYPES
from opentusk.kit.tables.changes import TableDiff
from opentusk.querying.tests.conftest import add_table_version
from opentusk.querying.urls import urlpatterns

pytestmark = pytest.mark.django_db


def path_of(address: str) -> str:
    parts = urlsplit(address)
    return f"{parts.path}?{parts.query}" if parts.query else parts.path


def test_a_table_names_its_columns_and_every_address(client, ask, table):
    answer = ask(table)

    assert answer["title"] == "Alberi del verde pubblico"
    assert [column["name"] for column in answer["columns"]] == list(TYPES)
    assert (answer["rows"], answer["version"]["number"], answer["is_latest"]) == (6, 1, True)
    assert answer["holder"] == {"name": "Comune di Lecce", "code": "c_e506"}
    for name in ("rows", "query", "profile", "exceptions", "schema", "csvw", "openapi", "versions", "latest"):
        assert client.get(path_of(answer["links"][name])).status_code == 200, name
    assert ask(table, "/")["id"] == answer["id"]


def test_the_list_of_tables_is_paged_and_chosen_by_dataset(client, publish_table, draft_table):
    one, _other, _draft = publish_table(name="alberi"), publish_table(name="altri"), draft_table(name="bozza")

    first = client.get("/api/v1/tables?page_size=1").json()
    second = client.get(path_of(first["links"]["next"])).json()
    chosen = client.get("/api/v1/tables?dataset=c_e506-alberi").json()

    assert (first["meta"]["total"], len(first["data"]), second["links"]["next"]) == (2, 1, None)
    assert first["data"][0]["id"] != second["data"][0]["id"]
    assert [table["id"] for table in chosen["data"]] == [str(one.uuid)]
    assert client.get("/api/v1/tables?holder=C_E506").json()["meta"]["total"] == 2
    assert client.get("/api/v1/tables?page=0").status_code == 400


def test_the_schema_and_the_csvw_describe_the_columns(ask, table):
    schema, csvw = ask(table, "/schema.json"), ask(table, "/csvw.json")

    assert [field["name"] for field in schema["fields"]] == list(TYPES)
    assert [column["name"] for column in csvw["tableSchema"]["columns"]] == list(TYPES)
    assert csvw["url"].endswith("/export.csv")


def test_the_profile_is_that_of_the_shown_columns(ask, table):
    answer = ask(table, "/profile")

    assert [column["name"] for column in answer["data"]] == list(TYPES)
    assert answer["data"][0]["top"] == [{"value": "Lecce", "count": 2}]


def test_openapi_has_the_real_columns_and_its_examples_run(client, ask, table):
    document = ask(table, "/openapi.json")

    names = {parameter["name"] for parameter in document["paths"]["/rows"]["get"]["parameters"]}
    assert {
        "comune",
        "comune__contains",
        "importo__gte",
        "giorno__groupby",
        "importo__sum",
        "search",
        "cursor",
    } <= names
    assert "attivo__gte" not in names and "codice_fiscale" not in names
    row = document["components"]["schemas"]["Row"]["properties"]
    assert row["importo"]["type"] == ["number", "null"]
    server = document["servers"][0]["url"]
    example = document["paths"]["/rows"]["get"]["x-example-query"]
    assert client.get(path_of(f"{server}/rows?{example}")).json()["data"]
    for code in document["x-snippets"].values():
        (address,) = re.findall(r'"(http[^"]+)"', code)
        answer = client.get(path_of(address))
        assert answer.status_code == 200
        assert b"".join(answer.streaming_content) if answer.streaming else answer.content


def test_exceptions_are_listed_without_those_of_personal_columns(ask, table):
    answer = ask(table, "/exceptions")

    assert answer["data"] == [
        {"row": 2, "column": "anno", "text": "duemila"}, {"row": 4, "column": "", "text": None}
    ]  # fmt: skip
    assert answer["meta"]["total"] == 2


def test_versions_have_addresses_of_their_own(ask, table):
    add_table_version(table, ROWS[:2], number=2)

    answer = ask(table, "/versions")

    assert [version["number"] for version in answer["data"]] == [2, 1]
    assert ask(table, "/versions/1/rows")["meta"]["total"] == 6
    assert ask(table, "/versions/2/rows")["meta"]["total"] == ask(table, "/rows")["meta"]["total"] == 2
    assert ask(table, "/versions/1")["is_latest"] is False
    assert ask(table, "/versions/1/rows")["links"]["latest"].endswith(str(table.uuid))
    ask(table, "/versions/3", status=404)


@pytest.mark.parametrize(("key", "changed"), [(("codice",), 2), ((), None)])
def test_a_version_says_what_changed_since_the_one_before(ask, table, key, changed):
    diff = TableDiff(
        added=1, removed=0, changed=2 if key else 0, rows=Path(), key=key, added_columns=("note",), retyped=("anno",),
        per_column={"codice_fiscale": 2},
    )  # fmt: skip
    version = add_table_version(table, ROWS[:2], number=2)
    version.changes = asdict(diff) | {"rows": "changes.parquet"}
    version.save()

    assert ask(table, "/versions")["data"][0]["changes"] == {
        "added": 1, "removed": 0, "changed": changed, "columns_added": ["note"], "columns_removed": [],
        "columns_retyped": ["anno"],
    }  # fmt: skip


def test_the_difference_of_two_versions(ask, table):
    add_table_version(table, [*ROWS[1:], {"comune": "Taranto", "codice_fiscale": "RSSMRA80A01E506X"}], number=2)

    answer = ask(table, "/diff?from=1&to=2")

    assert {name: answer["meta"][name] for name in ("added", "removed", "changed", "truncated")} == {
        "added": 1, "removed": 1, "changed": None, "truncated": False
    }  # fmt: skip
    assert {(row["_change"], row["comune"]) for row in answer["data"]} == {("added", "Taranto"), ("removed", "Lecce")}
    assert "RSSMRA" not in str(answer)
    ask(table, "/diff?from=1&to=9", status=404)


@pytest.mark.parametrize("hidden_in", [1, 2])
def test_the_difference_never_shows_a_column_that_is_personal_in_one_of_the_versions(ask, publish_table, hidden_in):
    columns = {True: (*COLUMNS, SECRET), False: (*COLUMNS, replace(SECRET, is_personal=False))}
    old, new = ([{**row, "codice_fiscale": f"RSSMRA8{n}A01E506X"} for row in ROWS] for n in (1, 2))
    table = publish_table(old, columns=columns[hidden_in == 1])
    add_table_version(table, new, number=2, columns=columns[hidden_in == 2])

    answer = ask(table, "/diff?from=1&to=2")

    assert answer["data"] and "RSSMRA" not in str(answer) and "codice_fiscale" not in str(answer)


def test_the_document_of_the_portal_tells_of_every_address(client):
    document = client.get("/api/v1/openapi.json").json()

    asked = [
        str(one.pattern)
        for one in urlpatterns
        if str(one.pattern).startswith("api/") and "versions/" not in str(one.pattern)
    ]
    addresses = {"/" + re.sub(r"<\w+:(\w+)>", r"{\1}", route).removesuffix("/") for route in asked}
    assert addresses <= document["paths"].keys()
    assert document["components"]["schemas"]["Problem"]["properties"]["did_you_mean"]
    assert "post" in document["paths"]["/api/v1/sql"]
    assert "/api/v1/tables/{uuid}/rows" in client.get("/api/v1/docs").text
