"""Proves that a key is made by its owner alone, is never abler than the one that made it, and can be revoked."""

from datetime import timedelta

import pytest
from django.utils import timezone

from opentusk.ckan.tests.conftest import Ckan, key_of
from opentusk.ckan_directory.tests.refusals import anonymous, check, denied, missing, not_found, wrong
from opentusk.people.models import ApiToken

pytestmark = pytest.mark.django_db


@pytest.fixture
def name(ada_account) -> str:
    return f"user-{ada_account.pk}"


def test_a_key_opens_until_it_is_revoked(client, ada, name):
    made = ada.ok("api_token_create", user=name, name="script")
    other = Ckan(client, made["token"])

    assert other.ok("user_show")["name"] == name
    assert ada.ok("api_token_revoke", jti=made["id"]) is None
    check(other, "user_show", {}, anonymous("user_show"))


def test_a_key_revokes_itself(client, ada, name):
    key = ada.ok("api_token_create", user=name, name="script")["token"]

    assert Ckan(client, key).ok("api_token_revoke", token=key) is None
    assert Ckan(client, key).post("user_show").status_code == 403


def test_the_list_says_when_and_what_for_but_never_the_key(ada, diego, name):
    key = ada.ok("api_token_create", user=name, name="script", expires_in=2, unit=3600)["token"]

    for client in (ada, diego):
        newest, _first = client.ok("api_token_list", user_id=name)
        assert set(newest) == {"id", "name", "user_id", "created_at", "last_access", "expires_at"}
        assert newest["name"] == "script" and key not in str(newest)
    assert ada.ok("api_token_list", user=name) == ada.ok("api_token_list", user_id=name)


def test_a_key_makes_no_key_that_may_do_more_or_longer(client, ada_account, name):
    tomorrow = timezone.now() + timedelta(days=1)
    narrow = Ckan(client, key_of(ada_account, scope="drafts", ipa_code="c_e506", expires_at=tomorrow))

    made = narrow.ok("api_token_create", user=name, name="script", expires_in=30, unit=86_400)

    token = ApiToken.objects.get(pk=made["id"])
    assert (token.scope, token.ipa_code, token.expires_at) == ("drafts", "c_e506", tomorrow)


def test_nobody_makes_lists_or_revokes_the_keys_of_others(bruno, diego, ada_account, name):
    token = ApiToken.objects.create(user=ada_account, name="x", start="otk_x", token_hash="x")
    me = bruno.ok("user_show")["name"]

    other = f"User {me} not authorized to"
    check(bruno, "api_token_create", {"user": name, "name": "x"}, denied(f"{other} create API tokens of another user"))
    check(bruno, "api_token_list", {"user_id": name}, denied(f"{other} list API tokens of another user"))
    check(bruno, "api_token_revoke", {"jti": str(token.pk)}, denied(f"{other} revoke this API token"))
    assert diego.post("api_token_create", user=name, name="x").status_code == 403
    assert diego.ok("api_token_revoke", jti=str(token.pk)) is None


@pytest.mark.parametrize(
    ("who", "action", "data", "expected"),
    [
        ("nobody", "api_token_create", {"user": "x", "name": "x"}, anonymous("api_token_create")),
        ("nobody", "api_token_list", {"user_id": "x"}, anonymous("api_token_list")),
        ("nobody", "api_token_revoke", {"jti": "1"}, anonymous("api_token_revoke")),
        ("diego", "api_token_create", {}, missing("user")),
        ("diego", "api_token_create", {"user": "nope", "name": "x"}, wrong(user=["Not found: User"])),
        ("diego", "api_token_list", {}, missing("user_id")),
        ("diego", "api_token_list", {"user_id": "nope"}, not_found("User was not found.")),
        ("diego", "api_token_revoke", {}, missing("jti")),
        ("diego", "api_token_revoke", {"jti": "0"}, not_found("API Token was not found.")),
        ("diego", "api_token_revoke", {"jti": "9" * 40}, not_found("API Token was not found.")),
        ("diego", "api_token_revoke", {"token": "otk_x"}, not_found("API Token was not found.")),
    ],
)
def test_refusals_have_the_words_and_the_status_of_ckan(everybody, who, action, data, expected):
    check(everybody[who], action, data, expected)


def test_the_name_and_the_time_of_a_key_have_their_limits(ada, name):
    check(ada, "api_token_create", {"user": name}, missing("name"))
    long = wrong(name=["Must be at most 120 characters long"])
    check(ada, "api_token_create", {"user": name, "name": "x" * 121}, long)
    assert ada.ok("api_token_create", user=name, name="x", expires_in=10**17, unit=10**17)["id"]
