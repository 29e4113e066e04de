"""Proves that the data API answers in rows, with totals, links, marks and refusals that programs can rely on."""

import gzip
import json

import pytest
from django.utils.http import urlencode

from opentusk.catalog.actions import publish, withdraw
from opentusk.journal.actors import SYSTEM
from opentusk.kit.queries.tests.tables import ROWS, TYPES
from opentusk.people.models import ApiToken, User
from opentusk.people.tokens import make_token
from opentusk.querying.tests.conftest import add_table_version

pytestmark = pytest.mark.django_db


def test_rows_come_with_columns_totals_and_links(ask, table):
    answer = ask(table, "/rows?attivo=true&page_size=2")

    assert [row["_row"] for row in answer["data"]] == [1, 4]
    assert answer["data"][0]["importo"] == 1234.56
    assert list(answer["data"][0]) == ["_row", *TYPES]
    assert {column["name"]: column["type"] for column in answer["columns"]}["importo"] == "decimal"
    meta = answer["meta"]
    assert (meta["total"], meta["total_is_exact"], meta["page_size"], meta["version"]) == (3, True, 2, 1)
    assert meta["truncated"] is False
    assert answer["links"]["csv"].endswith("/export.csv?attivo=true")
    assert answer["links"]["schema"].endswith("/schema.json")


def test_following_next_gives_every_row_once_while_a_new_version_is_swapped_in(client, ask, table):
    seen, address = [], f"/api/v1/tables/{table.uuid}/rows?sort=-importo&page_size=2"
    while address:
        response = client.get(address)
        answer = response.json()
        seen += [row["_row"] for row in answer["data"]]
        if len(seen) == 2:
            add_table_version(table, ROWS * 3, number=2)
        following = answer["links"]["next"]
        assert (f'<{following}>; rel="next"' in response.headers["Link"]) == bool(following)
        address = following.removeprefix("http://localhost:8000") if following else None

    assert sorted(seen) == [1, 2, 3, 4, 5, 6]
    assert response.headers["X-Table-Version"] == "1"
    assert ask(table, "/rows")["meta"]["total"] == 18


def test_a_cursor_of_a_version_that_is_no_longer_served_is_gone(client, ask, table):
    cursor = ask(table, "/rows?page_size=2")["links"]["next"].partition("cursor=")[2]
    old = table.latest
    add_table_version(table, ROWS, number=2)
    old.folder = ""
    old.save(update_fields=["folder"])

    gone = ask(table, f"/rows?page_size=2&cursor={cursor}", status=410)

    assert gone["latest"].endswith(f"/api/v1/tables/{table.uuid}")
    assert ask(table, "/versions/1/rows", status=410)["status"] == 410


def test_both_grammars_answer_alike(ask, table):
    by_operators = ask(table, "/rows?importo__gt=100&comune__groupby&importo__sum&sort=comune")
    by_words = ask(table, "/query?" + urlencode({
        "select": "sum(importo)", "where": "importo > 100", "group_by": "comune", "order_by": "comune"
    }))  # fmt: skip

    assert by_operators["data"] == by_words["data"]
    assert by_operators["data"][0] == {"comune": 'Bari "vecchia"', "importo__sum": 9999999999.99}


def test_shapes_and_labels(ask, table):
    arrays = ask(table, "/rows?columns=comune,anno&shape=arrays&page_size=1")
    labelled = ask(table, "/rows?columns=comune&labels=true&page_size=1")

    assert arrays["data"] == [["Lecce", 2023]]
    assert labelled["data"] == [{"Comune": "Lecce"}]


def test_one_row_by_number_and_by_key(ask, publish_table):
    from dataclasses import replace

    from opentusk.kit.queries.tests.tables import COLUMNS

    keyed = publish_table(ROWS[:3], columns=(replace(COLUMNS[0], is_key=True), *COLUMNS[1:]))

    assert ask(keyed, "/rows/Lecce")["data"]["anno"] == 2023
    assert ask(keyed, "/rows/_row:3")["data"]["comune"] == "FORLI'"
    ask(keyed, "/rows/Nessuno", status=404)


def test_a_table_without_key_has_rows_by_number_only(ask, table):
    assert ask(table, "/rows/Lecce", status=400)["code"] == "query.no_key"


def test_facets_stand_under_all_filters_but_their_own(ask, table):
    answer = ask(table, "/facets?facet=comune,attivo&attivo=true&facet_size=2")

    comune, attivo = answer["data"]
    assert (comune["distinct"], comune["nulls"], comune["others"], comune["complete"]) == (2, 1, 0, True)
    assert comune["values"][0]["filter"] == "comune=Lecce"
    assert {value["value"]: value["count"] for value in attivo["values"]} == {True: 3, False: 2}
    assert answer["meta"]["complete"] is True


@pytest.mark.parametrize("end", ["/facets", "/facets?facet=codice_fiscale", "/facets?facet=comune&facet_size=0"])
def test_facets_that_make_no_sense_are_refused(ask, table, end):
    ask(table, end, status=400)


def test_a_wrong_question_is_a_problem_document_in_the_readers_language(client, ask, table):
    address = f"/api/v1/tables/{table.uuid}/rows?comnue=Lecce"
    italian = client.get(address)
    english = client.get(address, headers={"Accept-Language": "en"})

    assert italian.headers["Content-Type"] == "application/problem+json"
    problem = italian.json()
    assert (problem["status"], problem["code"], problem["column"]) == (400, "query.unknown_column", "comnue")
    assert problem["did_you_mean"][0] == "comune"
    assert "Non c'è" in problem["detail"] and "There is no" in english.json()["detail"]


def test_the_place_of_a_mistake_is_told(ask, table):
    problem = ask(table, "/query?where=anno%20%3E%20%27duemila%27", status=400)

    assert (problem["operator"], problem["position"], problem["column"]) == ("where", 7, "anno")


@pytest.mark.parametrize(
    "end", ["", "/", "/rows", "/query", "/facets?facet=comune", "/sql?sql=SELECT+1", "/profile", "/schema.json",
            "/csvw.json", "/openapi.json", "/export.csv", "/exceptions", "/versions", "/versions/1/rows", "/diff",
            "/rows/_row:1"],
)  # fmt: skip
def test_what_is_not_public_is_as_missing_as_what_never_was(client, draft_table, publish_table, end):
    draft, withdrawn = draft_table(name="bozza"), publish_table(name="ritirato")
    withdraw(withdrawn.distribution.dataset, by=SYSTEM, reason="Sostituito")
    never = "7c9e6679-7425-40de-944b-e07fc1f90ae7"

    answers = [client.get(f"/api/v1/tables/{uuid}{end}") for uuid in (draft.uuid, withdrawn.uuid, never)]

    assert [answer.status_code for answer in answers] == [404, 404, 404]
    assert len({answer.content for answer in answers}) == 1


def test_a_draft_that_is_published_is_there_at_once(ask, draft_table):
    table = draft_table()
    ask(table, "/rows", status=404)

    publish(table.distribution.dataset, by=SYSTEM)

    assert ask(table, "/rows")["meta"]["total"] == len(ROWS)


@pytest.mark.parametrize("end", ["", "/rows", "/rows?columns=codice_fiscale", "/query?select=codice_fiscale",
                                 "/profile", "/schema.json", "/csvw.json", "/openapi.json", "/facets?facet=comune",
                                 "/exceptions", "/rows?search=RSSMRA", "/sql?sql=SELECT+*+FROM+t"])  # fmt: skip
def test_personal_columns_are_nowhere(client, publish_table, end):
    table = publish_table([dict(row, codice_fiscale="RSSMRA80A01E506X") for row in ROWS])

    answer = client.get(f"/api/v1/tables/{table.uuid}{end}")

    assert "RSSMRA80" not in answer.content.decode() and "RSSMRA;x" not in answer.content.decode()
    if "codice_fiscale" not in end:
        assert "codice_fiscale" not in answer.content.decode()


def test_an_unchanged_answer_is_not_sent_again(client, table):
    address = f"/api/v1/tables/{table.uuid}/rows?anno=2024"
    first = client.get(address)
    again = client.get(address, headers={"If-None-Match": first.headers["ETag"]})
    add_table_version(table, ROWS, number=2)
    later = client.get(address, headers={"If-None-Match": first.headers["ETag"]})

    assert (first.status_code, again.status_code, later.status_code) == (200, 304, 200)
    assert again.content == b""
    assert later.headers["ETag"] != first.headers["ETag"]
    assert "Accept-Language" in first.headers["Vary"]


def test_a_changed_description_is_a_changed_answer(client, table):
    address = f"/api/v1/tables/{table.uuid}"
    first = client.get(address)
    table.dictionary = {"comune": {"description": "Il comune, come in ISTAT"}}
    table.save(update_fields=["dictionary"])

    later = client.get(address, headers={"If-None-Match": first.headers["ETag"]})

    assert later.json()["columns"][0]["description"] == "Il comune, come in ISTAT"


def test_head_says_what_get_would(client, table):
    address = f"/api/v1/tables/{table.uuid}/rows"
    got, head = client.get(address), client.head(address)

    assert head.content == b""
    for name in ("Content-Length", "Content-Type", "ETag", "X-Table-Version", "Link"):
        assert head.headers[name] == got.headers[name]


def test_answers_are_compressed_for_whoever_takes_it(client, table):
    answer = client.get(f"/api/v1/tables/{table.uuid}/rows", headers={"Accept-Encoding": "gzip"})

    assert answer.headers["Content-Encoding"] == "gzip"
    assert json.loads(gzip.decompress(answer.content))["meta"]["total"] == len(ROWS)


def test_scripts_of_any_origin_may_ask(client, table):
    address = f"/api/v1/tables/{table.uuid}/sql"
    preflight = client.options(address)

    assert preflight.status_code == 204
    assert "POST" in preflight.headers["Access-Control-Allow-Methods"]
    assert client.get(f"/api/v1/tables/{table.uuid}/rows").headers["Access-Control-Allow-Origin"] == "*"
    assert client.get(f"/api/v1/tables/{table.uuid}/rows?x=1").headers["Access-Control-Allow-Origin"] == "*"
    refused = client.post(f"/api/v1/tables/{table.uuid}/rows")
    assert (refused.status_code, refused["Content-Type"]) == (405, "application/problem+json")
    assert refused["Allow"] in refused.json()["detail"]
    nowhere = client.get("/api/v1/tables/niente")
    assert (nowhere.status_code, nowhere["Content-Type"]) == (404, "application/problem+json")


def test_whoever_asks_too_often_is_told_when_to_come_back(client, settings, table):
    settings.QUERY_RATE, settings.QUERY_BURST = 1, 3
    address = f"/api/v1/tables/{table.uuid}/rows"
    statuses = [client.get(address).status_code for _time in range(5)]
    refused = client.get(address)
    other = client.get(address, REMOTE_ADDR="192.0.2.7")

    assert statuses == [200, 200, 200, 429, 429]
    assert int(refused.headers["Retry-After"]) >= 1 and refused.json()["retry_after"] >= 1
    assert other.status_code == 200


def test_a_key_may_ask_ten_times_as_much(client, settings, table):
    settings.QUERY_RATE, settings.QUERY_BURST = 1, 2
    user = User.objects.create_user("ada@example.org", "una frase abbastanza lunga")
    _token, key = make_token(user, name="prova", scope=ApiToken.Scope.choices[0][0])
    address = f"/api/v1/tables/{table.uuid}/rows"

    ways = ({"Authorization": f"Bearer {key}"}, {"Authorization": key}, {"X-CKAN-API-Key": key})
    statuses = [client.get(address, headers=way).status_code for _time in range(5) for way in ways]

    assert statuses == [200] * 15


def test_a_count_that_takes_too_long_is_said_not_to_be_exact_and_is_not_kept(client, table, monkeypatch):
    from dataclasses import replace

    from opentusk.querying.views import rows

    monkeypatch.setattr(rows, "LIMITS", replace(rows.LIMITS, count=0))
    answer = client.get(f"/api/v1/tables/{table.uuid}/rows?page_size=2")

    assert answer.json()["meta"] | {"took_ms": 0} == {
        "total": None, "total_is_exact": False, "total_at_least": 3, "page_size": 2, "version": 1, "truncated": False,
        "took_ms": 0,
    }  # fmt: skip
    assert "ETag" not in answer.headers


@pytest.mark.parametrize("size", ["000000001999999999", "0" * 5_000 + "1"])
def test_a_facet_is_never_longer_than_the_limit(ask, table, size):
    ask(table, f"/facets?facet=comune&facet_size={size}", status=400)
