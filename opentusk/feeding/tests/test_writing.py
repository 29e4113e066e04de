"""Proves what a program may write with a key, that doing it twice does no harm, and how it hears of refusals."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from opentusk.catalog.actions import lift_hold, publish
from opentusk.catalog.models import Dataset, Hold
from opentusk.feeding.tests.conftest import Program
from opentusk.files.models import FileVersion
from opentusk.journal.actors import SYSTEM
from opentusk.journal.models import Entry
from opentusk.people.models import ApiToken
from opentusk.people.tokens import make_token

pytestmark = pytest.mark.django_db

ALBERI = {
    "title": "Alberi monumentali",
    "description": "Posizione e specie degli alberi monumentali, una riga per albero, dal censimento del 2026.",
    "themes": ["ENVI"],
    "frequency": "annuale",
    "modified": "2026-05-31",
    "keywords": ["alberi", "verde pubblico"],
    "places": ["Lecce"],
    "contact": {"name": "Ufficio verde", "email": "verde@example.org"},
}


def table(text: str = "specie;altezza\nleccio;12\n") -> SimpleUploadedFile:
    return SimpleUploadedFile("alberi.csv", text.encode(), content_type="text/csv")


def examined(dataset: Dataset) -> None:
    """The examination of the files ends well, and the law is answered: what the worker and a person do."""
    for hold in Hold.objects.still_open().filter(dataset=dataset):
        lift_hold(hold, by=SYSTEM, reason="in prova")


def test_a_key_says_whose_it_is(program):
    assert program.get("/me").json() == {
        "account": "ada@example.org",
        "scope": "publish",
        "bodies": [{"ipa_code": "c_e506", "name": "Comune di Lecce"}],
    }


@pytest.mark.parametrize("key", ["", "otk_inventata"])
def test_without_a_good_key_nothing_is_answered(client, lecce, key):
    answer = Program(client, key).get("/me")

    assert answer.status_code == 401
    assert answer["Content-Type"] == "application/problem+json"
    assert "/profilo/chiavi" in answer.json()["detail"]


def test_a_program_describes_a_dataset_and_hears_what_is_missing(program):
    answer = program.put("/datasets/c_e506:alberi", ALBERI)

    state = answer.json()
    assert answer.status_code == 201
    assert (state["identifier"], state["status"], state["can_be_published"]) == ("c_e506:alberi", "draft", False)
    assert Dataset.objects.get().record["accrual_periodicity"].endswith("/ANNUAL")
    assert any(problem["severity"] == "blocks" for problem in state["problems"])


def test_the_same_description_again_changes_nothing(program):
    first = program.put("/datasets/c_e506:alberi", ALBERI).json()
    written = Entry.objects.count()

    again = program.put("/datasets/c_e506:alberi", ALBERI)

    assert again.status_code == 200
    assert again.json()["checksum"] == first["checksum"]
    assert Entry.objects.count() == written


def test_what_is_left_out_stays_and_what_is_empty_goes(program):
    program.put("/datasets/c_e506:alberi", ALBERI)

    program.put("/datasets/c_e506:alberi", {"title": "Alberi", "keywords": []})

    record = Dataset.objects.get().record
    assert record["title"] == {"it": "Alberi"}
    assert record["description"] == {"it": ALBERI["description"]}
    assert "keyword" not in record


def test_a_word_that_means_nothing_is_refused_and_not_dropped(program):
    answer = program.put("/datasets/c_e506:alberi", {**ALBERI, "frequency": "quando capita"})

    assert answer.status_code == 422
    assert "quando capita" in str(answer.json()["errors"])
    assert not Dataset.objects.exists()


def test_a_field_that_does_not_exist_is_refused(program):
    answer = program.put("/datasets/c_e506:alberi", {**ALBERI, "titolo": "Alberi"})

    assert answer.status_code == 422
    assert "titolo" in str(answer.json()["errors"])


def test_a_change_made_meanwhile_is_not_overwritten(program):
    former = program.put("/datasets/c_e506:alberi", ALBERI).json()["checksum"]
    program.put("/datasets/c_e506:alberi", {"title": "Alberi di Lecce"})

    answer = program.put("/datasets/c_e506:alberi", {"title": "Altro"}, **{"If-Match": f'"{former}"'})

    assert answer.status_code == 409
    assert Dataset.objects.get().title == "Alberi di Lecce"


def test_a_file_waits_for_its_examination_and_is_then_published(program, client):
    program.put("/datasets/c_e506:alberi", ALBERI)

    added = program.send("/datasets/c_e506:alberi/files", table(), title="Alberi, CSV")
    refused = program.post("/datasets/c_e506:alberi/publish")
    examined(Dataset.objects.get())
    published = program.post("/datasets/c_e506:alberi/publish")

    assert added.status_code == 201
    assert added.json()["files"][0]["version_state"] == "pending"
    waits = {wait["kind"] for wait in refused.json()["waits"]}
    assert (refused.status_code, waits) == (409, {"declaration", "examination"})
    assert (published.status_code, published.json()["status"]) == (200, "published")
    address = published.json()["files"][0]["address"].removeprefix("http://localhost:8000")
    assert b"".join(client.get(address).streaming_content) == b"specie;altezza\nleccio;12\n"


def test_a_new_version_waits_while_the_old_one_stays_public(program):
    program.put("/datasets/c_e506:alberi", ALBERI)
    file = program.send("/datasets/c_e506:alberi/files", table()).json()["files"][0]["id"]
    examined(Dataset.objects.get())
    program.post("/datasets/c_e506:alberi/publish")

    address = f"/datasets/c_e506:alberi/files/{file}/versions"
    second = program.send(address, table("specie;altezza\nleccio;13\n"), note="Censimento 2027")
    same = program.send(address, table("specie;altezza\nleccio;13\n"))

    states = list(FileVersion.objects.order_by("number").values_list("number", "state"))
    assert second.status_code == 201
    assert states == [(1, "public"), (2, "pending")]
    assert (same.status_code, "versione 2" in same.json()["detail"]) == (409, True)


def test_an_empty_file_is_refused_with_the_way_out(program):
    program.put("/datasets/c_e506:alberi", ALBERI)

    answer = program.send("/datasets/c_e506:alberi/files", table(""))

    assert answer.status_code == 422
    assert "alberi.csv" in str(answer.json())


def test_a_key_that_prepares_does_not_publish(preparing_program):
    preparing_program.put("/datasets/c_e506:alberi", ALBERI)

    answer = preparing_program.post("/datasets/c_e506:alberi/publish")

    assert answer.status_code == 403
    assert "prepara" in answer.json()["detail"]


def test_a_key_that_prepares_changes_nothing_that_is_public(preparing_program, draft):
    file = SimpleUploadedFile("alberi.csv", b"a;b\n1;2\n")
    publish(draft, by=SYSTEM)
    checksum, where = draft.checksum, f"/datasets/{draft.identifier}"

    answers = [preparing_program.put(where, {"title": "Altro"}), preparing_program.send(f"{where}/files", file)]

    draft.refresh_from_db()
    assert [answer.status_code for answer in answers] == [403, 403]
    assert draft.checksum == checksum and FileVersion.objects.count() == 0


def test_another_body_is_out_of_reach_and_looks_as_if_it_were_not_there(program, client, bruno_account):
    _token, key = make_token(bruno_account, name="bari", scope=ApiToken.Scope.PUBLISH)
    program.put("/datasets/c_e506:alberi", ALBERI)
    stranger = Program(client, key)

    answers = [
        stranger.get("/datasets/c_e506:alberi"),
        stranger.get("/datasets/c_e506:inesistente"),
        stranger.put("/datasets/c_e506:alberi", {"title": "Mio"}),
        stranger.put("/datasets/c_e506:nuovo", ALBERI),
        stranger.post("/datasets/c_e506:alberi/publish"),
        stranger.send("/datasets/c_e506:alberi/files", table()),
    ]

    assert [answer.status_code for answer in answers] == [404] * 6
    assert Dataset.objects.get().title == "Alberi monumentali"


def test_a_key_of_one_body_does_not_reach_the_others_of_its_owner(client, ada_account):
    _token, key = make_token(ada_account, name="altro", scope=ApiToken.Scope.PUBLISH, ipa_code="c_a662")

    answer = Program(client, key).put("/datasets/c_e506:alberi", ALBERI)

    assert answer.status_code == 403
    assert not Dataset.objects.exists()


def test_a_withdrawn_dataset_leaves_its_reason(program):
    program.put("/datasets/c_e506:alberi", ALBERI)
    program.send("/datasets/c_e506:alberi/files", table())
    examined(Dataset.objects.get())
    program.post("/datasets/c_e506:alberi/publish")

    answer = program.post("/datasets/c_e506:alberi/withdraw", {"reason": "Sostituito dal censimento regionale"})

    assert answer.json()["status"] == "withdrawn"
    assert Dataset.objects.get().withdrawal_reason == "Sostituito dal censimento regionale"


def test_a_link_keeps_its_number_and_the_kept_file_stays(program):
    link = {"access_url": "https://dati.example.org/alberi.csv", "format": "CSV", "title": "Alberi altrove"}
    program.put("/datasets/c_e506:alberi", {**ALBERI, "links": [link]})
    program.send("/datasets/c_e506:alberi/files", table())
    former = program.get("/datasets/c_e506:alberi").json()["files"]

    program.put("/datasets/c_e506:alberi", {"links": [{**link, "title": "Alberi, altrove"}]})

    now = program.get("/datasets/c_e506:alberi").json()["files"]
    assert {file["id"] for file in now} == {file["id"] for file in former}
    assert sorted(file["title"] for file in now if file["version"] is None) == ["Alberi, altrove"]


def test_the_declaration_is_signed_in_the_name_of_the_owner(program, preparing_program):
    program.put("/datasets/c_e506:alberi", ALBERI)
    questions = program.get("/declaration").json()
    usual = {one["code"]: {"answer": one["usual"]} for one in questions}

    partly = program.post("/datasets/c_e506:alberi/declaration", {"answers": dict(list(usual.items())[1:])})
    prepared = preparing_program.post("/datasets/c_e506:alberi/declaration", {"answers": usual})
    stale = program.post("/datasets/c_e506:alberi/declaration", {"answers": usual, "shown": "un altro"})
    seal = program.get("/datasets/c_e506:alberi").json()["seal"]
    signed = program.post("/datasets/c_e506:alberi/declaration", {"answers": usual, "shown": seal})

    assert (partly.status_code, partly.json()["missing"]) == (422, [questions[0]["code"]])
    assert prepared.status_code == 403
    assert (stale.status_code, "Mentre rispondevi" in stale.json()["detail"]) == (409, True)
    assert (signed.status_code, signed.json()["waits"]) == (200, [])


def test_every_call_is_described_in_openapi(client):
    paths = client.get("/api/v1/openapi.json").json()["paths"]

    assert {path for path in paths if "datasets/{identifier}" in path} == {
        "/api/v1/datasets/{identifier}",
        "/api/v1/datasets/{identifier}/declaration",
        "/api/v1/datasets/{identifier}/publish",
        "/api/v1/datasets/{identifier}/withdraw",
        "/api/v1/datasets/{identifier}/files",
        "/api/v1/datasets/{identifier}/files/from-upload",
        "/api/v1/datasets/{identifier}/files/{file_id}/versions",
        "/api/v1/datasets/{identifier}/files/{file_id}/versions/from-upload",
    }
