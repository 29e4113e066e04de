"""Proves the outside of the door: forms of a request, envelope, statuses, scripts of other sites, caches."""

import json

import pytest
from django.contrib.auth import get_user_model

from opentusk.ckan.tests.conftest import Ckan, key_of
from opentusk.journal.actors import SYSTEM
from opentusk.people.tokens import revoke_token

pytestmark = pytest.mark.django_db
SHOW = "/api/3/action/package_show"
FORM = "application/x-www-form-urlencoded"
HELP = "http://localhost:8000/api/3/action/help_show?name=package_show"


@pytest.mark.parametrize("path", ["/api/3/action/site_read", "/api/action/site_read", "/api/3/action/site_read/"])
def test_an_action_answers_with_or_without_the_version(client, path):
    answer = client.get(path)

    assert answer.status_code == 200
    assert answer["Content-Type"] == "application/json;charset=utf-8"
    assert answer.json() == {
        "help": "http://localhost:8000/api/3/action/help_show?name=site_read",
        "success": True,
        "result": True,
    }


@pytest.mark.parametrize("path", ["/api", "/api/", "/api/3", "/api/3/"])
def test_the_version_is_told(client, path):
    assert client.get(path).json() == {"version": 3}


@pytest.mark.parametrize("number", [1, 2, 4])
def test_other_versions_are_no_pages(client, db, number):
    assert client.get(f"/api/{number}/action/site_read").status_code == 404


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        ('{"id": "c_e506-alberi"}', "application/json"),
        ('{"id": "c_e506-alberi"}', "application/json; charset=utf-8"),
        ('\ufeff{"id": "c_e506-alberi"}', "application/json"),
        ("id=c_e506-alberi", FORM),
        ('{"id": "c_e506-alberi"}', FORM),
        ('{"id": "c_e506-alberi"}=1', FORM),
        ("%7B%22id%22%3A+%22c_e506-alberi%22%7D=", FORM),
        ("%7B%22id%22%3A+%22c_e506-alberi%22%7D=1", FORM),
    ],
)
def test_every_form_of_a_body_is_understood(client, public, body, kind):
    assert client.post(SHOW, body.encode(), kind).json()["result"]["name"] == "c_e506-alberi"


def test_a_read_takes_its_parameters_from_a_form_with_files_and_from_the_query(client, public):
    as_multipart = client.post(SHOW, {"id": "c_e506-alberi"})
    as_query = client.post(f"{SHOW}?id=c_e506-alberi")

    assert as_multipart.json()["success"] and as_query.json()["success"]


@pytest.mark.parametrize(
    ("body", "told"),
    [
        ("{nope", "Error decoding JSON data."),
        ("[1]", "needs to be a dictionary"),
        ('"x"', "needs to be a dictionary"),
        ('{"id": "a\\u0000b"}', "NUL"),
        ('{"id": NaN}', "NaN"),
        ('{"id": 1e999}', "NaN"),
        ("[" * 100_000, "Error decoding JSON data."),
    ],
)
def test_what_is_no_call_is_told_in_a_bare_sentence(client, db, body, told):
    answer = client.post(SHOW, body, "application/json")

    assert answer.status_code == 400
    assert answer.json().startswith("Bad request: JSON Error: ") and told in answer.json()


def test_a_large_body_is_read_only_from_a_key_that_writes(nobody, ada):
    large = {"id": "c_e506-alberi", "notes": "a" * 1024**2}

    for client, action in ((nobody, "site_read"), (nobody, "package_patch"), (ada, "package_show")):
        answer = client.post(action, **large)

        assert answer.status_code == 413
        assert "larger than 1 MB" in answer.json() and "with a valid key" in answer.json()
    # It is read, and then answered for what it says.
    assert ada.post("package_patch", **{**large, "id": "nowhere"}).status_code == 404


def test_a_body_of_another_kind_is_refused_with_a_page(client, db):
    answer = client.post(SHOW, '{"id": "x"}', "text/plain")

    assert (answer.status_code, answer["Content-Type"].partition(";")[0]) == (415, "text/html")


def test_an_unknown_action_is_a_bad_request(nobody):
    answer = nobody.get("nope")

    assert (answer.status_code, answer.json()) == (400, "Bad request: Action name not known: nope")


@pytest.mark.parametrize("method", ["put", "delete", "patch"])
def test_other_methods_are_not_allowed(client, db, method):
    assert getattr(client, method)(SHOW).status_code == 405


def test_a_missing_thing_is_404_and_a_missing_parameter_409(nobody):
    assert nobody.error("package_show", id="nope") == (404, {"__type": "Not Found Error", "message": "Not found"})
    assert nobody.error("package_show") == (409, {"__type": "Validation Error", "name_or_id": ["Missing value"]})
    assert nobody.post("package_show", id="nope").json()["help"] == HELP


@pytest.mark.parametrize("header", ["Authorization", "X-CKAN-API-Key", "bearer"])
def test_a_key_is_taken_in_every_header(client, ada, draft, header):
    headers = {"Authorization": f"Bearer {ada.key}"} if header == "bearer" else {header: ada.key}

    answer = client.get(SHOW, {"id": "c_e506-bozza"}, headers=headers)

    assert answer.json()["result"]["state"] == "draft"


def test_a_bad_or_revoked_key_is_nobodys(client, ada, ada_account, draft):
    assert Ckan(client, "otk_inventata").error("package_show", id="c_e506-bozza")[0] == 403

    revoke_token(ada_account.tokens.get(), by=SYSTEM)

    assert ada.error("package_show", id="c_e506-bozza")[0] == 403


def test_a_signed_in_reader_sees_their_own_drafts_but_never_in_a_script(client, ada_account, draft):
    client.force_login(ada_account)

    assert client.get(SHOW, {"id": "c_e506-bozza"}).status_code == 200
    assert client.get(SHOW, {"id": "c_e506-bozza", "callback": "f"}).status_code == 403


def test_jsonp_wraps_the_answer_of_a_get(client, public):
    answer = client.get(SHOW, {"id": "c_e506-alberi", "callback": "show.it"})

    assert answer["Content-Type"] == "application/javascript;charset=utf-8"
    text = answer.content.decode()
    assert text.startswith("/**/show.it({") and text.endswith("});")
    assert json.loads(text.removeprefix("/**/show.it(").removesuffix(");"))["result"]["name"] == "c_e506-alberi"
    assert client.get(SHOW, {"callback": "alert(1);f"}).status_code == 400


def test_scripts_of_every_site_may_ask(client, public):
    asked = client.options(SHOW, headers={"Origin": "https://altrove.example.org"})
    answer = client.get(SHOW, {"id": "nope"})

    assert asked.status_code == 200
    assert "Authorization" in asked["Access-Control-Allow-Headers"]
    assert asked["Access-Control-Allow-Origin"] == answer["Access-Control-Allow-Origin"] == "*"


def test_what_a_reader_has_is_not_sent_again(client, public):
    first = client.get(SHOW, {"id": "c_e506-alberi"})
    again = client.get(SHOW, {"id": "c_e506-alberi"}, headers={"If-None-Match": first["ETag"]})
    other = client.get(SHOW, {"id": "c_e506-alberi"}, headers={"If-None-Match": '"altro"'})

    assert (again.status_code, again.content) == (304, b"")
    assert other.status_code == 200
    assert "Authorization" in first["Vary"]
    assert first["Cache-Control"] == "public, max-age=0, must-revalidate"
    assert "ETag" not in client.get(SHOW, {"id": "nope"}) or client.get(SHOW, {"id": "nope"}).status_code == 404


def test_head_answers_like_get_without_the_body(client, public):
    answer = client.head(SHOW, {"id": "c_e506-alberi"})

    assert (answer.status_code, answer.content) == (200, b"")


def test_help_tells_which_actions_there_are(nobody):
    assert "resources" in nobody.ok("help_show", name="package_show")
    assert nobody.error("help_show", name="nope") == (
        404,
        {"__type": "Not Found Error", "message": "Not found: Action name not found."},
    )
    assert nobody.error("help_show")[1]["name"] == ["Missing value"]


def test_the_portal_says_which_ckan_it_is(nobody):
    said = nobody.ok("status_show")

    assert said["ckan_version"] == "2.12.0"
    assert {"activity", "datastore"} <= set(said["extensions"])
    assert {"site_title", "site_url", "site_description", "locale_default", "error_emails_to"} <= set(said)


def test_a_key_of_an_account_that_was_closed_opens_nothing(client, ada, ada_account, draft):
    get_user_model().objects.filter(pk=ada_account.pk).update(is_active=False)

    assert ada.error("package_show", id="c_e506-bozza")[0] == 403
    assert key_of(ada_account) != ada.key
