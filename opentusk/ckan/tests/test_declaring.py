"""Proves how the owner of a key signs once for what it writes, and takes it back."""

import pytest

from opentusk.ckan.models import StandingDeclaration
from opentusk.ckan.tests.conftest import key_of
from opentusk.ckan.tests.test_writing import ANSWERS, FULL
from opentusk.people.models import ApiToken

pytestmark = pytest.mark.django_db
TYPED = {f"answer_{code}": given["answer"] for code, given in ANSWERS.items()}


def page(token: ApiToken, end: str = "") -> str:
    return f"/profilo/chiavi/{token.pk}/dichiarazione{end}"


def test_a_person_signs_for_a_key_and_what_it_writes_is_public(client, ada, ada_account):
    client.force_login(ada_account)
    token = ada_account.tokens.get()
    assert page(token) in client.get("/profilo/chiavi").content.decode()

    assert "Rispondi sì o no" in client.post(page(token), {"answer_ownership": "no"}).content.decode()
    assert client.post(page(token), TYPED)["Location"] == "/profilo/chiavi"

    assert "Firmata il" in client.get(page(token)).content.decode()
    assert ada.ok("package_create", **FULL)["state"] == "active"

    client.post(page(token, "/revoca"))

    assert StandingDeclaration.objects.get().revoked_at is not None
    assert ada.ok("package_create", **FULL | {"name": "altri-alberi"})["state"] == "draft"


def test_the_declaration_of_a_key_is_its_owners_alone(client, ada, ada_account, diego):
    token = ada_account.tokens.get()
    client.force_login(ApiToken.objects.exclude(pk=token.pk).get().user)

    assert client.get(page(token)).status_code == client.post(page(token, "/revoca")).status_code == 404


def test_a_key_that_prepares_only_has_nothing_to_declare(client, ada_account):
    key_of(ada_account, scope=ApiToken.Scope.DRAFTS)
    client.force_login(ada_account)

    assert client.get(page(ada_account.tokens.get())).status_code == 404
