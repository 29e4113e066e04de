"""Proves that a key opens the door as its owner, is never kept, and stops at once when it is revoked."""

from datetime import timedelta

import pytest
from django.utils import timezone

from opentusk.journal.models import Entry
from opentusk.people.actors import actor_of
from opentusk.people.models import ApiToken, User
from opentusk.people.tokens import actor_of_token, find_token, make_token, revoke_token

pytestmark = pytest.mark.django_db


@pytest.fixture
def ada() -> User:
    return User.objects.create_user("ada@example.org", "una frase abbastanza lunga")


def test_a_key_opens_as_its_owner_and_says_that_a_program_acts(ada):
    token, key = make_token(ada, name="gestionale", scope=ApiToken.Scope.PUBLISH)

    found = find_token(key)

    assert found == token
    assert actor_of_token(found).user_id == ada.pk
    assert actor_of_token(found).label == "programma della redazione dell'ente"


def test_the_key_is_kept_nowhere(ada):
    _token, key = make_token(ada, name="gestionale", scope=ApiToken.Scope.DRAFTS)

    kept = [*ApiToken.objects.values_list("start", "token_hash", "name"), *Entry.objects.values_list("facts")]

    assert key not in str(kept)


def test_a_revoked_an_expired_and_an_invented_key_open_nothing(ada):
    revoked, revoked_key = make_token(ada, name="uno", scope=ApiToken.Scope.DRAFTS)
    revoke_token(revoked, by=actor_of(ada))
    yesterday = timezone.now() - timedelta(days=1)
    _expired, expired_key = make_token(ada, name="due", scope=ApiToken.Scope.DRAFTS, expires_at=yesterday)

    assert [find_token(key) for key in (revoked_key, expired_key, "otk_inventata", "")] == [None] * 4


def test_the_keys_of_a_closed_account_open_nothing(ada):
    _token, key = make_token(ada, name="gestionale", scope=ApiToken.Scope.DRAFTS)
    ada.is_active = False
    ada.save(update_fields=["is_active"])

    assert find_token(key) is None


def test_the_page_shows_a_new_key_once(client, ada):
    client.force_login(ada)

    made = client.post("/profilo/chiavi", {"name": "tributi", "scope": "drafts", "ipa_code": "C_E506", "days": 30})
    again = client.get("/profilo/chiavi")

    key = next(word for word in made.content.decode().split(">") if word.startswith("otk_")).split("<")[0]
    assert find_token(key).ipa_code == "c_e506"
    assert key not in again.content.decode()
    assert ApiToken.objects.get().start in again.content.decode()


def test_nobody_revokes_the_key_of_another(client, ada):
    token, key = make_token(ada, name="gestionale", scope=ApiToken.Scope.DRAFTS)
    client.force_login(User.objects.create_user("bruno@example.org"))

    answer = client.post(f"/profilo/chiavi/{token.pk}/revoca")

    assert answer.status_code == 404
    assert find_token(key) == token
