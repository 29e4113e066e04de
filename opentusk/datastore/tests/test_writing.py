"""Proves what each write does, what it refuses and to whom, and that nothing is public before it was looked at."""

import json
import os

import pytest

from opentusk.datastore.actions import tidy
from opentusk.datastore.models import Store
from opentusk.datastore.tests.conftest import TREES
from opentusk.kit.datastore import looking

pytestmark = pytest.mark.django_db

PEOPLE = [
    {"nome": "Mario Rossi", "codice_fiscale": "RSSMRA80A01H501U", "contributo": 1200},
    {"nome": "Anna Bianchi", "codice_fiscale": "BNCNNA85M41F205Z", "contributo": 900},
]
NAMES = [
    "Mario Rossi", "Anna Bianchi", "Luca Ferrari", "Giulia Russo", "Paolo Romano", "Sara Colombo",
    "Marco Ricci", "Elena Marino", "Andrea Greco", "Chiara Bruno", "Franco Gallo", "Laura Conti",
]  # fmt: skip
UNIQUE = "Cannot insert records or create index because of uniqueness constraint"


def rows(who, store, **asked):
    found = who.ok("datastore_search", resource_id=store, **asked)
    return [{key: value for key, value in row.items() if key != "_id"} for row in found["records"]]


def test_types_are_guessed_from_all_records_and_zeros_stay(ada, resource):
    records = [
        {"cap": "70121", "istat": "071057", "n": 1, "q": "1.50", "quando": "2020-01-02T03:04:05", "j": {"a": [1]}},
        {"cap": "70122", "istat": "71058", "n": 2**40, "q": "2.25", "quando": "2020-01-02", "j": ["x"], "note": "x"},
    ]

    made = ada.ok("datastore_create", resource_id=resource, records=records, force=True)

    types = {one["id"]: one["type"] for one in made["fields"]}
    assert types == {
        "cap": "int4", "istat": "text", "n": "int8", "q": "numeric", "quando": "timestamp", "j": "json", "note": "text"
    }  # fmt: skip
    assert rows(ada, resource)[0] == {
        "cap": 70121, "istat": "071057", "n": 1, "q": 1.5, "quando": "2020-01-02T03:04:05", "j": {"a": [1]},
        "note": None,
    }  # fmt: skip
    assert made["resource_id"] == resource and "records" not in made


def test_declared_types_names_and_columns_added_later(ada, nobody, resource):
    fields = [
        {"id": "Codice Comune", "type": "text"},
        {"id": "codice comune", "type": "int"},
        {"id": "v", "type": "float"},
    ]
    ada.ok("datastore_create", resource_id=resource, fields=fields, force=True)
    ada.ok("datastore_create", force=True, resource_id=resource, fields=[{"id": "nota", "type": "text"}],
           records=[{"Codice Comune": 71057, "codice comune": "7", "v": "", "nota": "è \"qui\",\nsì"}])  # fmt: skip

    assert rows(nobody, resource) == [{"Codice Comune": "71057", "codice comune": 7, "v": None, "nota": 'è "qui",\nsì'}]
    found = nobody.ok("datastore_search", resource_id=resource, fields='"Codice Comune",nota')
    assert [one["id"] for one in found["fields"]] == ["Codice Comune", "nota"]
    gone = ada.ok("datastore_create", force=True, resource_id=resource, fields=[{"id": "nota"}], delete_fields=True)
    assert [one["id"] for one in gone["fields"]] == ["nota"] and rows(nobody, resource) == [{"nota": 'è "qui",\nsì'}]


def test_rows_are_inserted_updated_and_upserted_by_key(ada, nobody, store):
    ada.ok(
        "datastore_upsert", force=True, resource_id=store, method="insert", records=[{"codice": "n", "specie": "Nuova"}]
    )
    ada.ok(
        "datastore_upsert", force=True, resource_id=store, method="update", records=[{"codice": "071057", "altezza": 9}]
    )
    ada.ok("datastore_upsert", force=True, resource_id=store, records=[
        {"codice": "071058", "vivo": False}, {"codice": "071058", "specie": None}, {"codice": "z"},
    ])  # fmt: skip

    found = {row["codice"]: row for row in rows(nobody, store)}
    assert found["071057"] == TREES[0] | {"altezza": 9.0}
    assert found["071058"] == TREES[1] | {"vivo": False, "specie": None}
    assert list(found) == ["071057", "071058", "071059", "n", "z"]


def test_rows_without_a_key_are_changed_by_their_number(ada, nobody, resource):
    ada.ok("datastore_create", resource_id=resource, records=[{"a": 1}, {"a": 2}], force=True)

    ada.ok("datastore_upsert", force=True, resource_id=resource, records=[{"_id": 2, "a": 20}])

    assert rows(nobody, resource) == [{"a": 1}, {"a": 20}]
    status, error = ada.error("datastore_upsert", force=True, resource_id=resource, records=[{"_id": 9, "a": 0}])
    assert (status, error["key"]) == (409, ["key \"{'_id': '9'}\" not found"])


def test_a_dry_run_checks_and_writes_nothing(ada, nobody, store):
    ada.ok("datastore_upsert", force=True, resource_id=store, records=[{"codice": "new"}], dry_run=True)
    wrong = [{"codice": "x", "altezza": "alto"}]
    status, _error = ada.error("datastore_upsert", force=True, resource_id=store, records=wrong, dry_run=True)

    assert status == 409 and len(rows(nobody, store)) == 3
    assert len(list((Store.objects.get().folder).glob("*.parquet"))) == 1


@pytest.mark.parametrize(
    ("name", "asked", "error"),
    [
        ("datastore_create", {"fields": [{"id": "_x"}]}, {"fields": [{"id": ['"_x" is not a valid field name']}]}),
        ("datastore_create", {"fields": [{"id": 'a"b'}]}, {"fields": [{"id": ['"a"b" is not a valid field name']}]}),
        ("datastore_create", {"fields": [{"id": "ok", "type": "colour"}]},
         {"fields": [{"type": ['"colour" is not a valid field type']}]}),
        ("datastore_create", {"fields": [{"id": "x"}]}, {"fields": ['"x" type not guessable']}),
        ("datastore_create", {"fields": [{"id": "x", "type": "int"}] * 2},
         {"field": ["Duplicate column names are not supported"]}),
        ("datastore_create", {"fields": [{"id": "x" * 64, "type": "int"}]},
         {"fields": [{"id": [f'Column heading "{"x" * 64}" exceeds limit of 63 characters.']}]}),
        ("datastore_create", {"primary_key": ["nope"]}, {"index": ['The field "nope" is not a valid column name.']}),
        ("datastore_create", {"primary_key": ["specie"]}, {"constraints": [UNIQUE]}),
        ("datastore_create", {"aliases": ['a"b']}, {"alias": ['"a"b" is not a valid alias name']}),
        ("datastore_create", {"records": "x"}, {"records": ["Cannot parse JSON"]}),
        ("datastore_create", {"records": [1]}, {"records": ["The first row is not a json object"]}),
        ("datastore_create", {"triggers": [{"function": "f"}]}, {"triggers": [
            "This portal keeps rows as they are written: it has no functions and no triggers. "
            "Compute the values in the program that writes them."]}),
        ("datastore_upsert", {"method": "replace"}, {"method": ['"replace" is not defined']}),
        ("datastore_upsert", {"records": [{"codice": "x", "nope": 1}]}, {"fields": ['fields "nope" do not exist']}),
        ("datastore_upsert", {"records": [{"specie": "x"}]},
         {"key": ['fields "codice" are missing but needed as key']}),
        ("datastore_upsert", {"records": [{"codice": "x"}], "method": "update"},
         {"key": ["key \"{'codice': 'x'}\" not found"]}),
        ("datastore_upsert", {"records": [{"codice": "071057"}], "method": "insert"}, {"constraints": [UNIQUE]}),
        ("datastore_upsert", {"records": [{"codice": "x"}, {"codice": "x"}], "method": "insert"},
         {"constraints": [UNIQUE]}),
        ("datastore_upsert", {"records": [{"codice": "x", "altezza": 1}, {"codice": "y", "altezza": "alto"}]},
         {"records": ['invalid input syntax for type float8: "alto" (field "altezza")'], "records_row": 1}),
        ("datastore_upsert", {"records": [{"codice": "x", "piantato": "2020-02-30"}]},
         {"records": ['invalid input syntax for type date: "2020-02-30" (field "piantato")'], "records_row": 0}),
        ("datastore_delete", {"filters": {"nope": 1}}, {"filters": ["Unknown field: nope"]}),
        ("datastore_delete", {"filters": [1]}, {"filters": ["filters must be either a dict or null."]}),
        ("datastore_delete", {"filters": ""}, {"filters": ["filters must be either a dict or null."]}),
        ("datastore_records_delete", {}, {"filters": ["Missing value"]}),
        ("datastore_records_delete", {"filters": None}, {"filters": ["Must be a dict"]}),
        ("datastore_records_delete", {"filters": "null"}, {"filters": ["Must be a dict"]}),
    ],
)  # fmt: skip
def test_a_wrong_write_is_told_as_ckan_does_and_changes_nothing(ada, nobody, store, name, asked, error):
    status, told = ada.error(name, force=True, resource_id=store, **asked)

    assert status == 409 and told["__type"] == "Validation Error"
    assert {key: told[key] for key in error} == error
    assert rows(nobody, store) == TREES


def test_a_read_only_resource_asks_to_be_forced(ada, resource):
    status, told = ada.error("datastore_create", resource_id=resource, records=TREES)

    assert status == 409 and "read-only" in told
    assert Store.objects.count() == 0


@pytest.mark.parametrize(
    "name", ["datastore_create", "datastore_upsert", "datastore_delete", "datastore_records_delete"]
)
def test_rows_beside_an_address_ask_to_be_forced_every_time(ada, nobody, store, name):
    status, told = ada.error(name, resource_id=store, records=[{"codice": "x"}], filters={})

    assert status == 409 and "read-only" in told
    assert rows(nobody, store) == TREES


def test_functions_and_triggers_are_refused(ada, store):
    assert ada.error("datastore_function_create", name="f")[0] == 409
    assert ada.error("datastore_function_delete", name="f")[0] == 404
    assert ada.error("datastore_run_triggers", resource_id=store)[0] == 409


def test_who_may_write(nobody, bruno, ada, carla, diego, store, hidden):
    writes = (
        ("datastore_create", {"records": [], "aliases": []}),
        ("datastore_upsert", {"records": [{"codice": "w"}]}),
        ("datastore_records_delete", {"filters": {"codice": "w"}}),
        ("datastore_delete", {"filters": {"codice": "w"}}),
        ("opentusk_datastore_version_create", {}),
    )
    for name, asked in writes:
        for who in (nobody, bruno):
            status, error = who.error(name, force=True, resource_id=store, **asked)
            assert (status, error["__type"]) == (403, "Authorization Error"), name
        for who in (ada, carla, diego):
            assert who.post(name, force=True, resource_id=store, **asked).status_code == 200, name
        missing = {"__type": "Not Found Error", "message": 'Not found: Resource "nessuna" was not found.'}
        assert ada.error(name, resource_id="nessuna", **asked) == (404, missing)
        assert nobody.get(name, resource_id=store).status_code == 400
    assert (
        ada.error("datastore_upsert", force=True, resource_id=hidden, records=TREES)[0] == 404
    )  # there is no table yet


def test_odd_numbers_and_instants_are_given_as_they_were(ada, nobody, client, resource):
    fields = [{"id": "n", "type": "float8"}, {"id": "quando", "type": "timestamptz"}, {"id": "giorno", "type": "date"}]
    values = [("NaN", "2020-01-02T03:04:05+02:00"), ("Infinity", None), ("-Infinity", None), (1.5, None), (None, None)]
    records = [{"n": number, "quando": at, "giorno": "2020-01-02T00:00:00"} for number, at in values]
    ada.ok("datastore_create", force=True, resource_id=resource, fields=fields, records=records)

    shown = nobody.ok("datastore_search", resource_id=resource)["records"]
    separated = nobody.ok("datastore_search", resource_id=resource, records_format="csv")["records"]
    dumped, file = (
        b"".join(client.get(f"/datastore/dump/{resource}?format={form}").streaming_content).decode()
        for form in ("json", "csv")
    )

    assert [row["n"] for row in shown] == ["NaN", "Infinity", "-Infinity", 1.5, None]
    assert shown[0]["quando"] == "2020-01-02T01:04:05+00:00" and {row["giorno"] for row in shown} == {"2020-01-02"}
    assert json.loads(dumped)["records"] == [[row["_id"], row["n"], row["quando"], row["giorno"]] for row in shown]
    lines = separated.splitlines()
    assert lines[0] == "1,NaN,2020-01-02T01:04:05+00:00,2020-01-02" and lines[2:] == [
        "3,-Infinity,,2020-01-02", "4,1.5,,2020-01-02", "5,,,2020-01-02",
    ]  # fmt: skip
    assert file.split("\r\n")[1].splitlines() == lines


def test_the_rows_that_were_written_are_told_with_their_numbers(ada, draft):
    made = ada.ok("datastore_create", resource={"package_id": draft.slug}, records=TREES, primary_key="codice",
                  include_records=True)  # fmt: skip
    table = {"resource_id": made["resource_id"], "include_records": True}
    records = [
        {"codice": "nuovo"},
        {"codice": "071058", "vivo": False},
        {"codice": "altro"},
        {"codice": "nuovo", "altezza": 2},
    ]

    changed = ada.ok("datastore_upsert", records=records, **table)["records"]
    inserted = ada.ok("datastore_upsert", records=[{"codice": "z"}], method="insert", **table)["records"]

    assert made["records"] == [{"_id": number, **row} for number, row in enumerate(TREES, start=1)]
    kept = {row["_id"]: row for row in ada.ok("datastore_search", resource_id=made["resource_id"])["records"]}
    assert changed == [kept[4], kept[2], kept[5]]
    assert [(row["codice"], row["altezza"]) for row in changed] == [("nuovo", 2), ("071058", 12.25), ("altro", None)]
    assert [(row["_id"], row["codice"]) for row in inserted] == [(6, "z")]
    assert ada.ok("datastore_upsert", records=[], **table)["records"] == []


def test_rows_and_tables_are_deleted(ada, nobody, store):
    gone = ada.ok(
        "datastore_delete", force=True, resource_id=store, filters={"vivo": True}, include_deleted_records=True
    )
    assert [row["_id"] for row in gone["deleted_records"]] == [1, 2] and gone["filters"] == {"vivo": True}
    assert rows(nobody, store) == [TREES[2]]

    ada.ok("datastore_records_delete", force=True, resource_id=store, filters={})
    assert (rows(nobody, store), nobody.ok("datastore_info", id=store)["meta"]["count"]) == ([], 0)
    ada.ok("datastore_upsert", force=True, resource_id=store, records=TREES[:1])
    assert nobody.ok("datastore_search", resource_id=store)["records"][0]["_id"] == 4

    ada.ok("datastore_delete", force=True, resource_id=store)
    assert nobody.error("datastore_search", resource_id=store)[0] == 404
    ada.ok("datastore_create", resource_id=store, records=TREES[1:2], force=True)
    assert (
        rows(nobody, store) == TREES[1:2] and nobody.ok("datastore_search", resource_id=store, q="olea")["total"] == 0
    )


def test_aliases_are_replaced_and_belong_to_one_table(ada, nobody, store, hidden):
    ada.ok("datastore_create", force=True, resource_id=store, aliases="alberi, verde")
    ada.ok("datastore_create", force=True, resource_id=store, aliases=["verde"])

    assert nobody.error("datastore_search", resource_id="alberi")[0] == 404
    assert nobody.ok("datastore_search", resource_id="verde")["resource_id"] == store
    taken = ada.error("datastore_create", resource_id=hidden, records=TREES, aliases="verde", force=True)
    assert taken == (409, {"__type": "Validation Error", "alias": ['"verde" already exists']})


def test_suspected_rows_wait_for_a_person_and_nobody_else_sees_them(ada, nobody, resource):
    ada.ok("datastore_create", resource_id=resource, records=TREES, force=True)

    ada.ok("datastore_create", force=True, resource_id=resource, records=PEOPLE)

    assert len(rows(ada, resource)) == 5
    assert rows(nobody, resource) == TREES
    assert b"Rossi" not in b"".join(nobody.client.get(f"/datastore/dump/{resource}").streaming_content)
    assert nobody.ok("datastore_search", resource_id=resource, q="rossi")["total"] == 0
    ada.ok("datastore_delete", force=True, resource_id=resource, filters={"nome": ["Mario Rossi", "Anna Bianchi"]})
    assert len(rows(nobody, resource)) == 3


def test_files_that_no_state_names_are_swept_after_a_day(ada, nobody, store):
    ada.ok("datastore_upsert", force=True, resource_id=store, records=[{"codice": "071057", "altezza": 1}])
    folder = Store.objects.get().folder
    assert len(list(folder.glob("*.parquet"))) == 2
    assert tidy() == 0
    for file in folder.glob("*.parquet"):
        os.utime(file, (0, 0))

    tidy()

    assert len(list(folder.glob("*.parquet"))) == 1 and len(rows(nobody, store)) == 3


def test_a_new_resource_is_made_with_its_rows(ada, nobody, draft, client):
    made = ada.ok("datastore_create", resource={"package_id": draft.slug, "name": "Alberi"}, records=TREES)

    shown = ada.ok("resource_show", id=made["resource_id"])
    assert (shown["url_type"], shown["datastore_active"], shown["format"]) == ("datastore", True, "CSV")
    assert shown["url"].endswith(f"/datastore/dump/{made['resource_id']}")
    assert made["package_id"] == str(draft.uuid) and rows(ada, made["resource_id"]) == TREES
    ada.ok("datastore_create", resource_id=made["resource_id"], records=[{"codice": "x"}])  # no need to force
    assert nobody.ok("datastore_search", resource_id=made["resource_id"])["total"] == 4  # the key publishes


def test_a_new_resource_that_cannot_be_is_told(ada, bruno, nobody, draft):
    number = str(draft.uuid)
    for who in (nobody, bruno):
        assert who.error("datastore_create", resource={"package_id": number}, records=TREES)[0] == 403
    for asked, error in (
        ({"resource": {"name": "x"}}, {"package_id": ["Missing value"]}),
        ({"resource": "x"}, {"resource": ["Cannot parse JSON"]}),
        ({"resource": {"package_id": number}, "resource_id": number},
         {"resource": ["resource cannot be used with resource_id"]}),
        ({}, {"resource_id": ["resource_id or resource required"]}),
    ):  # fmt: skip
        status, told = ada.error("datastore_create", records=TREES, **asked)
        assert (status, {key: told.get(key) for key in error}) == (409, error)
    wrong = ada.error("datastore_create", resource={"package_id": number}, records=[{"a": 1}], primary_key="b")
    assert wrong[0] == 409 and draft.distributions.count() == 1


@pytest.mark.parametrize("others", [0, 5_001])
def test_names_that_come_one_at_a_time_wait_as_a_list_of_them_does(ada, nobody, resource, monkeypatch, others):
    monkeypatch.setattr(looking, "_NEWEST", 50)
    fields = [{"id": "codice", "type": "text"}, {"id": "nome", "type": "text"}]
    records = [{"codice": f"a{number}"} for number in range(others)]
    ada.ok("datastore_create", resource_id=resource, fields=fields, records=records, force=True)

    for number, name in enumerate(NAMES):
        ada.ok(
            "datastore_upsert",
            force=True,
            resource_id=resource,
            method="insert",
            records=[{"codice": str(number), "nome": name}],
        )

    assert ada.ok("datastore_search", resource_id=resource)["total"] == others + len(NAMES)
    assert nobody.ok("datastore_search", resource_id=resource)["total"] < others + len(NAMES)


def test_a_large_batch_is_looked_at_as_the_table_it_is(ada, nobody, resource, monkeypatch):
    monkeypatch.setattr(looking, "_SMALL", 5)
    fields = [{"id": "codice", "type": "text"}, {"id": "nome", "type": "text"}]
    plain = [{"codice": f"a{number}"} for number in range(200)]
    ada.ok("datastore_create", resource_id=resource, fields=fields, records=plain, force=True)

    named = [{"codice": f"b{number}", "nome": name} for number, name in enumerate(NAMES)]
    ada.ok("datastore_upsert", resource_id=resource, method="insert", records=named, force=True)

    assert len(NAMES) > 5 and ada.ok("datastore_search", resource_id=resource)["total"] == 200 + len(NAMES)
    assert nobody.ok("datastore_search", resource_id=resource)["total"] == 200
