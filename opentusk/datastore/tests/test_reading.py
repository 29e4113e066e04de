"""Proves what is found, in which order and shape, and what is said of a wrong question."""

import csv
import io
import json

import pytest

from opentusk.datastore.tests.conftest import TREES

pytestmark = pytest.mark.django_db


def codes(found) -> list[str]:
    return [row["codice"] for row in found["records"]]


def test_a_search_gives_rows_types_total_and_what_was_asked(nobody, store):
    found = nobody.ok("datastore_search", resource_id=store, limit=2)

    assert found["records"][0] == {"_id": 1, **TREES[0]}
    assert [(one["id"], one["type"]) for one in found["fields"]] == [
        ("_id", "int"), ("codice", "text"), ("specie", "text"), ("altezza", "float8"), ("piantato", "date"),
        ("vivo", "bool"),
    ]  # fmt: skip
    assert (found["total"], found["total_was_estimated"], found["limit"]) == (3, False, 2)
    assert found["resource_id"] == store and "offset" not in found
    assert set(found["_links"]) == {"start", "next"}


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ({"filters": {"codice": "071057"}}, ["071057"]),
        ({"filters": {"codice": ["071057", "071059"], "vivo": True}}, ["071057"]),
        ({"filters": {"altezza": {"gt": 4.5}}}, ["071058"]),
        ({"filters": {"altezza": {"gte": 4.5, "lt": "12.25"}}}, ["071057"]),
        ({"filters": {"altezza": None}}, ["071059"]),
        ({"filters": {"piantato": {"lte": "2020-02-01"}}}, ["071058"]),
        ({"filters": {"$or": [{"codice": "071059"}, {"$and": [{"vivo": True}, {"altezza": 4.5}]}]}},
         ["071057", "071059"]),
        ({"filters": {"_id": {"gt": 1}}}, ["071058", "071059"]),
        ({"filters": {"_id": [{"lt": 2}, 3]}}, ["071057", "071059"]),
        ({"filters": {"_id": [{"gt": 1, "lt": 3}, {"eq": 1}]}}, ["071057", "071058"]),
        ({"filters": {"codice": {"in": ["071057", "x"]}}}, ["071057"]),
        ({"filters": {"codice": {"in": []}}}, []),
        ({"filters": [{"codice": "071057"}, {"vivo": False}]}, ["071057", "071059"]),
        ({"filters": "{\"codice\": \"071058\"}"}, ["071058"]),
        ({"q": "olea"}, ["071057", "071059"]),
        ({"q": "OLEA 071057"}, ["071057"]),
        ({"q": "ole"}, []),
        ({"q": "ole:* & !071057", "plain": False}, ["071059"]),
        ({"q": "'quercus ilex' | 071059", "plain": "false"}, ["071058", "071059"]),
        ({"q": "olea <-> europaea & 071059", "plain": False}, ["071059"]),
        ({"q": {"specie": "ilex"}}, ["071058"]),
        ({"q": "{\"specie\": \"europaea\"}"}, ["071057", "071059"]),
        ({"full_text": "quercus"}, ["071058"]),
        ({"sort": "altezza"}, ["071057", "071058", "071059"]),
        ({"sort": "altezza desc"}, ["071059", "071058", "071057"]),
        ({"sort": "altezza desc nulls last"}, ["071058", "071057", "071059"]),
        ({"sort": ["specie desc", "codice desc"]}, ["071058", "071059", "071057"]),
        ({"sort": "specie, _id desc"}, ["071059", "071057", "071058"]),
        ({"sort": "_id desc", "limit": 1, "offset": 1}, ["071058"]),
        ({"limit": 1, "offset": "2"}, ["071059"]),
        ({"offset": 5000}, []),
    ],
)  # fmt: skip
def test_filters_words_orders_and_pages(nobody, store, asked, expected):
    assert codes(nobody.ok("datastore_search", resource_id=store, **asked)) == expected


def test_a_query_string_asks_the_same(nobody, store):
    answer = nobody.get("datastore_search", id=store, filters='{"vivo": true}', fields="codice,_id", limit="1")

    assert answer.json()["result"]["records"] == [{"codice": "071057", "_id": 1}]
    assert answer.json()["result"]["total"] == 2


def test_the_best_rank_comes_first_and_is_told(nobody, ada, store):
    ada.ok("datastore_upsert", force=True, resource_id=store, records=[{"codice": "x", "specie": "olea, olea ed olea"}])

    found = nobody.ok("datastore_search", resource_id=store, q="olea")
    of_column = nobody.ok("datastore_search", resource_id=store, q={"specie": "olea"}, limit=1)

    assert codes(found) == ["x", "071057", "071059"] and found["total"] == 3
    assert found["records"][0]["rank"] > found["records"][1]["rank"] > 0
    assert of_column["records"][0]["rank specie"] > 0 and codes(of_column) == ["x"]
    assert found["fields"][-1] == {"id": "rank", "type": "float"}
    chosen = nobody.ok("datastore_search", resource_id=store, q="olea", fields="codice", records_format="lists")
    assert chosen["records"] == [[code] for code in codes(found)] and [one["id"] for one in chosen["fields"]] == [
        "codice"
    ]
    separated = nobody.ok("datastore_search", resource_id=store, q="olea", records_format="csv")["records"]
    assert float(separated.splitlines()[0].rpartition(",")[2]) == found["records"][0]["rank"]


def test_different_rows_are_all_there_and_counted(nobody, store):
    found = nobody.ok("datastore_search", resource_id=store, fields=["specie"], distinct=True, sort="specie desc")

    assert found["records"] == [{"specie": "Quercus ilex"}, {"specie": "Olea europaea"}]
    assert found["total"] == 2


def test_different_rows_that_say_a_word_have_no_rank(nobody, store):
    found = nobody.ok("datastore_search", resource_id=store, q="olea", distinct=True, records_format="lists")

    assert [row[1] for row in found["records"]] == ["071057", "071059"] and found["total"] == 2


def test_rows_as_lists_csv_and_tsv(nobody, store):
    def of(form):
        asked = {"resource_id": store, "fields": "_id,codice,altezza,vivo", "records_format": form}
        return nobody.ok("datastore_search", **asked)["records"]

    assert of("lists") == [[1, "071057", 4.5, True], [2, "071058", 12.25, True], [3, "071059", None, False]]
    assert of("csv") == "1,071057,4.5,t\n2,071058,12.25,t\n3,071059,,f\n"
    assert of("tsv").splitlines()[0] == "1\t071057\t4.5\tt"


def test_a_limit_is_cut_and_echoed_and_zero_gives_the_fields(nobody, store):
    assert nobody.ok("datastore_search", resource_id=store, limit=100_000)["limit"] == 32_000
    none = nobody.ok("datastore_search", resource_id=store, limit=0)
    assert (none["records"], none["total"], len(none["fields"])) == ([], 3, 6)
    assert "total" not in nobody.ok("datastore_search", resource_id=store, include_total=False)


def test_pages_by_the_filter_of_the_next_one(nobody, store):
    seen, more = [], {}
    while more is not None:
        asked = {"filters": more} if more else {}
        found = nobody.ok("datastore_search", resource_id=store, limit=2, include_next_page=True, **asked)
        seen += codes(found)
        more = found.get("next_page")

    assert seen == ["071057", "071058", "071059"]


@pytest.mark.parametrize(
    ("asked", "error"),
    [
        ({"fields": "nope"}, {"fields": ['invalid value "nope"']}),
        ({"sort": "nope asc"}, {"sort": ['invalid value "nope asc"']}),
        ({"filters": {"nope": 1}}, {"filters": ["Unknown field: nope"]}),
        ({"filters": {"altezza": {"near": 1}}}, {"filters": ["Unknown operator for altezza: near"]}),
        ({"filters": {"piantato": "ieri"}}, {"filters": ['invalid input syntax for type date: "ieri"']}),
        ({"filters": "{"}, {"filters": ["Cannot parse JSON"]}),
        ({"filters": [1]}, {"filters": ["Not a json object"]}),
        ({"filter": {"codice": "x"}}, {"__extras": ['invalid value "filter"']}),
        ({"limit": -1}, {"limit": ["Must be a natural number"]}),
        ({"offset": "x"}, {"offset": ["Invalid integer"]}),
        ({"q": {"nope": "x"}}, {"q": ['invalid value "nope"']}),
        ({"q": "a &", "plain": False}, {"q": ['syntax error in tsquery: "a &"']}),
        ({"records_format": "xls"}, {"records_format": ["Value must be one of ['objects', 'lists', 'csv', 'tsv']"]}),
    ],
)
def test_a_wrong_question_is_told_as_ckan_does(nobody, store, asked, error):
    assert nobody.error("datastore_search", resource_id=store, **asked) == (
        409,
        {"__type": "Validation Error", **error},
    )


def test_what_is_missing_or_not_for_the_caller(nobody, bruno, ada, carla, diego, hidden, resource):
    ada.ok("datastore_create", resource_id=hidden, records=TREES, force=True)
    none = "00000000-0000-4000-8000-000000000000"

    assert nobody.error("datastore_search") == (
        409, {"__type": "Validation Error", "resource_id": ["Missing value"]}
    )  # fmt: skip
    for name, word in (("datastore_search", "Resource"), ("datastore_info", "Resource/Alias")):
        for ref in (none, "nessuno", resource):  # the last has no table
            told = {"__type": "Not Found Error", "message": f'Not found: {word} "{ref}" was not found.'}
            assert nobody.error(name, resource_id=ref) == (404, told)
        for who in (nobody, bruno):
            status, error = who.error(name, resource_id=hidden)
            assert (status, error["__type"]) == (403, "Authorization Error")
        for who in (ada, carla, diego):
            assert who.post(name, resource_id=hidden).status_code == 200


def test_the_table_is_described(nobody, ada, store):
    ada.ok("datastore_create", force=True, resource_id=store, aliases="alberi", fields=[
        {"id": "specie", "info": {"label": "Specie", "notes": "nome scientifico"}}
    ])  # fmt: skip

    info = nobody.ok("datastore_info", id="alberi")

    assert info["meta"]["id"] == store and info["meta"]["count"] == 3 and info["meta"]["aliases"] == ["alberi"]
    assert info["meta"]["size"] > 0
    by_id = {one["id"]: one for one in info["fields"]}
    assert by_id["specie"]["info"] == {"label": "Specie", "notes": "nome scientifico"}
    assert by_id["codice"]["schema"] == {
        "native_type": "text", "notnull": False, "index_name": None, "is_index": True, "uniquekey": True
    }  # fmt: skip
    assert by_id["altezza"]["schema"]["native_type"] == "double precision"


def test_the_list_of_tables(nobody, ada, store, hidden):
    ada.ok("datastore_create", resource_id=hidden, records=TREES, force=True)
    ada.ok("datastore_create", force=True, resource_id=store, aliases=["alberi"])

    found = nobody.ok("datastore_search", resource_id="_table_metadata")

    assert [(row["name"], row["alias_of"]) for row in found["records"]] == [(store, None), ("alberi", store)]
    assert found["total"] == 2


def test_the_whole_table_as_a_file(nobody, store, client):
    answer = client.get(f"/datastore/dump/{store}")
    content = b"".join(answer.streaming_content)

    assert content.startswith(b"_id,codice,specie,altezza,piantato,vivo\r\n1,071057,Olea europaea,4.5,2023-12-31,t\n")
    rows = list(csv.DictReader(io.StringIO(content.decode(), newline="")))
    assert [row["codice"] for row in rows] == ["071057", "071058", "071059"]
    assert answer["Content-Length"] == str(len(content)) and answer["X-Total-Rows"] == "3"
    assert answer["Content-Disposition"] == f'attachment; filename="{store}.csv"'
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    again = client.get(f"/datastore/dump/{store}", headers={"If-None-Match": answer["ETag"]})
    assert again.status_code == 304


def test_a_part_of_it_in_the_other_forms(client, store):
    def body(**asked):
        return b"".join(client.get(f"/datastore/dump/{store}", asked).streaming_content).decode()

    assert body(format="tsv", bom="true", fields="codice,vivo", q="quercus") == "\ufeffcodice\tvivo\r\n071058\tt\n"
    found = json.loads(body(format="json", sort="_id desc", limit=1, filters='{"vivo": true}'))
    assert found["records"] == [[2, "071058", "Quercus ilex", 12.25, "2020-02-01", True]]
    assert [one["type"] for one in found["fields"]] == ["int", "text", "text", "float8", "date", "bool"]
    assert '<row _id="3"><codice>071059</codice>' in body(format="xml", offset=2)
    assert '<altezza xsi:nil="true" />' in body(format="xml", offset=2)


def test_an_empty_table_is_a_file_with_its_heading(client, ada, store):
    ada.ok("datastore_records_delete", force=True, resource_id=store, filters={})

    bodies = {
        form: b"".join(client.get(f"/datastore/dump/{store}", {"format": form}).streaming_content)
        for form in ("csv", "json", "xml")
    }
    assert bodies["csv"] == b"_id,codice,specie,altezza,piantato,vivo\r\n"
    assert json.loads(bodies["json"])["records"] == []
    assert bodies["xml"].endswith(b"</data>\n")


def test_a_wrong_dump_is_refused_as_ckan_does(client, bruno, ada, store, hidden):
    ada.ok("datastore_create", resource_id=hidden, records=TREES, force=True)

    assert client.get("/datastore/dump/nessuno").status_code == 404
    assert client.get(f"/datastore/dump/{hidden}", headers=bruno.headers()).status_code == 404
    mine = client.get(f"/datastore/dump/{hidden}", headers=ada.headers())
    assert b"".join(mine.streaming_content).count(b"\n") == 4
    wrong = client.get(f"/datastore/dump/{store}", {"format": "xls"})
    assert (wrong.status_code, wrong.content.decode()[:7]) == (400, "format:")
    assert client.get(f"/datastore/dump/{store}", {"limit": "x"}).status_code == 400
    assert client.post(f"/datastore/dump/{store}").status_code == 405


def test_a_search_asks_the_database_for_the_key_the_table_and_the_rights_only(
    ada, nobody, store, django_assert_num_queries
):
    ada.ok("datastore_search", resource_id=store)  # notes that the key is in use

    with django_assert_num_queries(3):
        ada.ok("datastore_search", resource_id=store)
    with django_assert_num_queries(1):
        nobody.ok("datastore_search", resource_id=store)
