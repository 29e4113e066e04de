"""Proves that only the right person comes in, by each way, and that guessing is slowed down."""

import re
from datetime import timedelta

import pyotp
import pytest
from django.core import mail
from django.utils import timezone

from opentusk.people import actions
from opentusk.people.errors import TooManyAttempts, WrongCredentials
from opentusk.people.models import SignInLink, User

pytestmark = pytest.mark.django_db
PASSWORD = "una frase lunga abbastanza"


@pytest.fixture
def ada():
    return User.objects.create_user("Ada@Example.org", PASSWORD)


def sign_in(client, **more):
    return client.post("/accedi", {"email": "ada@example.org", "password": PASSWORD, **more})


def link_of(message: str) -> str:
    found = re.search(r"https?://[^/]+(/accedi/collegamento/\S+)", message)
    assert found
    return found[1]


def without_token(answer) -> str:
    return re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", answer.content.decode())


def test_the_right_password_lets_in_and_goes_where_one_was_going(client, ada):
    answer = sign_in(client, next="/scrivania")

    assert (answer.status_code, answer["Location"]) == (302, "/scrivania")
    assert client.session["_auth_user_id"] == str(ada.pk)


def test_another_site_is_never_where_one_was_going(client, ada):
    assert sign_in(client, next="https://evil.example/")["Location"] == "/benvenuto"


def test_a_wrong_password_and_an_unknown_address_get_the_same_answer(ada):
    for email, password in (("ada@example.org", "no"), ("nobody@example.org", PASSWORD)):
        with pytest.raises(WrongCredentials):
            actions.check_sign_in(email, password, address="192.0.2.1")


def test_guessing_is_stopped_even_with_the_right_password_at_last(ada):
    for attempt in range(8):
        with pytest.raises(WrongCredentials):
            actions.check_sign_in("ada@example.org", "wrong", address=f"192.0.2.{attempt}")

    with pytest.raises(TooManyAttempts):
        actions.check_sign_in("ada@example.org", PASSWORD, address="192.0.2.99")


def test_an_inactive_account_stays_out(ada):
    User.objects.update(is_active=False)

    with pytest.raises(WrongCredentials):
        actions.check_sign_in("ada@example.org", PASSWORD, address="192.0.2.1")


def test_a_link_lets_in_once_and_only_by_pressing_the_button(client, ada):
    client.post("/accedi/collegamento", {"email": "ADA@example.org"})
    link = link_of(mail.outbox[0].body)

    assert client.get(link).status_code == 200
    assert "_auth_user_id" not in client.session
    assert client.post(link).status_code == 302
    assert client.session["_auth_user_id"] == str(ada.pk)
    client.logout()
    assert client.post(link)["Location"] == "/accedi/collegamento"


def test_an_old_link_is_refused(ada):
    actions.send_sign_in_link("ada@example.org", address="192.0.2.1")
    token = link_of(mail.outbox[0].body).rpartition("/")[2]
    SignInLink.objects.update(expires_at=timezone.now() - timedelta(seconds=1))

    with pytest.raises(WrongCredentials):
        actions.use_sign_in_link(token)


def test_the_answer_to_asking_a_link_does_not_tell_who_has_an_account(client, ada):
    known = client.post("/accedi/collegamento", {"email": "ada@example.org"})
    unknown = client.post("/accedi/collegamento", {"email": "nobody@example.org"})

    assert without_token(known) == without_token(unknown)
    assert len(mail.outbox) == 1


def test_the_token_itself_is_not_kept(ada):
    actions.send_sign_in_link("ada@example.org", address="192.0.2.1")

    assert link_of(mail.outbox[0].body).rpartition("/")[2] != SignInLink.objects.get().token_hash


def test_a_second_factor_is_asked_after_the_password(client, ada):
    secret = pyotp.random_base32()
    actions.turn_on_second_factor(ada, secret, pyotp.TOTP(secret).now())

    assert sign_in(client)["Location"] == "/accedi/codice"
    assert "_auth_user_id" not in client.session
    assert client.post("/accedi/codice", {"code": "000000"}).status_code == 400
    assert client.post("/accedi/codice", {"code": pyotp.TOTP(secret).now()}).status_code == 302
    assert client.session["_auth_user_id"] == str(ada.pk)


def test_a_second_factor_is_turned_on_only_with_a_right_code(ada):
    with pytest.raises(WrongCredentials):
        actions.turn_on_second_factor(ada, pyotp.random_base32(), "000000")

    ada.refresh_from_db()
    assert not ada.has_second_factor


def test_the_account_page_is_for_who_is_in(client, ada):
    assert client.get("/profilo")["Location"].startswith("/accedi")
    client.force_login(ada)
    assert client.get("/profilo").status_code == 200
    assert client.get("/profilo/secondo-fattore").status_code == 200


@pytest.mark.parametrize("target", ["foo", "use_link", "//evil.example/", "javascript:alert(1)", "/\\evil.example"])
def test_where_one_was_going_is_a_path_of_this_portal_or_nothing(client, ada, target):
    assert sign_in(client, next=target)["Location"] == "/benvenuto"


def test_whoever_signs_in_to_send_a_form_comes_back_to_its_page(client):
    page = "/profilo/chiavi?da=qui"

    answer = client.post("/profilo/chiavi/1/revoca", headers={"referer": f"http://testserver{page}#nuova"})

    assert answer["Location"] == "/accedi?next=/profilo/chiavi%3Fda%3Dqui"
    assert client.get(answer["Location"]).context["next"] == page


@pytest.mark.parametrize(
    "elsewhere", ["", "https://evil.example/profilo", "http://testserver//evil.example/", "javascript:alert(1)"]
)
def test_no_other_site_says_where_a_form_was(client, elsewhere):
    answer = client.post("/profilo/chiavi/1/revoca", headers={"referer": elsewhere})

    assert answer["Location"] == "/accedi?next=/profilo/chiavi/1/revoca"


def test_a_page_that_was_only_read_is_where_one_comes_back_to(client):
    answer = client.get("/profilo", headers={"referer": "http://testserver/catalogo"})

    assert answer["Location"] == "/accedi?next=/profilo"
