"""Proves that accounts are CKAN's users without giving a person away, and that no right is gained through them."""

import pytest

from opentusk.bodies.models import Membership
from opentusk.catalog.actions import create_draft
from opentusk.catalog.tests.records import trees
from opentusk.ckan.tests.conftest import Ckan, key_of
from opentusk.ckan_directory.actions.accounts import export, forget
from opentusk.ckan_directory.models import Account
from opentusk.ckan_directory.people import find_user, user_id, user_name
from opentusk.ckan_directory.tests.refusals import allowed_to, anonymous, check, denied, missing, not_found, wrong
from opentusk.journal.models import Entry
from opentusk.people.actors import actor_of
from opentusk.people.models import User

pytestmark = pytest.mark.django_db
NEW = {"name": "gino", "email": "gino@example.org", "password": "una frase abbastanza lunga", "fullname": "Gino Neri"}
NAME = "Must be purely lowercase alphanumeric (ascii) characters and these symbols: -_"
EMAIL = "The e-mail address of an account cannot be changed here"
ADMIN = "Who runs the portal is not decided here"


@pytest.fixture
def zoe(db) -> User:
    """Has an account and works for nobody; her name for programs is `user-2000000000`."""
    return User.objects.create(pk=2_000_000_000, email="zoe@example.org", name="Zoe Greco")


def test_an_account_has_a_name_and_a_number_that_are_not_its_address(zoe):
    assert (user_name(zoe), user_id(zoe)) == ("user-2000000000", "75736572-0000-8000-8000-000077359400")
    assert find_user("USER-2000000000") == find_user(user_id(zoe)) == zoe
    assert [find_user(ref) for ref in ("zoe@example.org", "user-", "user-9", "2000000000", "", "user-٣")] == [None] * 6


def test_without_an_id_one_is_shown_oneself(ada, ada_account):
    shown = ada.get("user_show").json()["result"]

    assert (shown["name"], shown["email"], shown["state"]) == (f"user-{ada_account.pk}", "ada@example.org", "active")
    assert {
        "id", "fullname", "display_name", "about", "created", "sysadmin", "image_url", "image_display_url",
        "number_created_packages", "email_hash", "activity_streams_email_notifications", "last_active",
    } <= set(shown)  # fmt: skip


def test_a_person_is_known_to_themselves_to_colleagues_and_to_the_desk(everybody, eva_account):
    User.objects.filter(pk=eva_account.pk).update(name="Eva Rossi")
    ref = f"user-{eva_account.pk}"
    shown = {who: client.ok("user_show", id=ref) for who, client in everybody.items() if who != "nobody"}

    assert {who: one["fullname"] for who, one in shown.items()} == {
        "bruno": None, "ada": "Eva Rossi", "eva": "Eva Rossi", "carla": "Eva Rossi", "diego": "Eva Rossi",
    }  # fmt: skip
    assert {who for who, one in shown.items() if one.get("email")} == {"eva", "diego"}
    assert all(one["email_hash"] == "" for who, one in shown.items() if who not in {"eva", "diego"})
    assert "Rossi" not in str(shown["bruno"])


def test_the_list_holds_those_whom_one_may_know(everybody, zoe):
    seen = {who: client.ok("user_list", all_fields=False) for who, client in everybody.items() if who != "nobody"}

    assert {who: len(names) for who, names in seen.items()} == {"bruno": 1, "ada": 2, "eva": 2, "carla": 6, "diego": 6}
    assert "user-2000000000" in seen["carla"] and "@" not in str(seen)
    assert [user["name"] for user in everybody["diego"].ok("user_list", q="greco")] == ["user-2000000000"]
    assert [user["name"] for user in everybody["diego"].ok("user_list", email="ZOE@example.org")] == ["user-2000000000"]
    assert len(everybody["carla"].ok("user_list", email="zoe@example.org")) == 6


@pytest.mark.parametrize("order", ["name", "fullname", "display_name", "created", "sysadmin", "nonsense"])
def test_the_list_is_ordered_by_any_field(diego, zoe, order):
    assert len(diego.ok("user_list", order_by=order)) == 2


def test_completion_finds_only_whom_one_may_know(diego, bruno, zoe):
    assert [user["fullname"] for user in diego.ok("user_autocomplete", q="gre")] == ["Zoe Greco"]
    assert bruno.ok("user_autocomplete", q="gre") == []
    assert len(bruno.ok("user_autocomplete", q="user-")) == 1
    assert bruno.ok("user_autocomplete", q="user-", ignore_self=True) == []


def test_what_a_person_began_is_counted_and_only_public_things_are_shown(diego, ada, ada_account, lecce):
    create_draft(trees("c_e506:segreto"), holder=lecce, by=actor_of(ada_account))

    shown = diego.ok("user_show", id=f"user-{ada_account.pk}", include_datasets=True, include_num_followers=True)

    assert (shown["number_created_packages"], shown["datasets"], shown["num_followers"]) == (1, [], 0)


def test_who_runs_the_portal_makes_an_account_with_the_name_and_number_of_another_ckan(diego):
    number = "8a1c5e3e-9d4f-4c3c-8f8a-0a0a0a0a0a0a"
    made = diego.ok("user_create", **NEW, id=number, about="Cura i dati", image_url="https://x.it/g.png")

    assert (made["id"], made["name"], made["fullname"], made["about"]) == (number, "gino", "Gino Neri", "Cura i dati")
    assert diego.ok("user_show", id=number) == diego.ok("user_show", id="GINO") == made
    assert User.objects.get(email="gino@example.org").check_password(NEW["password"])


def test_who_comes_with_a_password_hash_signs_in_by_link(diego):
    diego.ok("user_create", name="gino", email="gino@example.org", password_hash="$pbkdf2$x")

    assert not User.objects.get(email="gino@example.org").has_usable_password()


def test_a_person_says_something_of_themselves_and_keeps_their_name(ada, ada_account):
    before = ada.ok("user_show")
    changed = ada.ok("user_update", id=before["id"], fullname="Ada Bianchi", about="Dati", email="ada@example.org")
    again = ada.ok("user_patch", id=before["id"], image_url="https://x.it/a.png")

    assert (changed["fullname"], changed["about"]) == ("Ada Bianchi", "Dati")
    assert (again["id"], again["name"], again["about"]) == (before["id"], before["name"], "Dati")
    assert again["image_display_url"] == "https://x.it/a.png"
    assert "Bianchi" not in str(list(Entry.objects.values()))


def test_a_closed_account_is_known_to_who_runs_the_portal_alone(diego, carla, zoe):
    assert diego.ok("user_delete", id="user-2000000000") is None

    assert diego.ok("user_show", id="user-2000000000")["state"] == "deleted"
    check(carla, "user_show", {"id": "user-2000000000"}, not_found("User was not found."))
    assert diego.ok("user_patch", id="user-2000000000", state="active")["state"] == "active"
    assert diego.ok("user_update", id="user-2000000000", state="deleted")["state"] == "deleted"


def test_an_invited_person_has_an_account_and_works_for_the_body(eva, lecce):
    made = eva.ok("user_invite", email="nuova@example.org", group_id="comune-di-lecce", role="editor")

    member = Membership.objects.get(user__email="nuova@example.org")
    assert (member.role, member.agent, made["name"]) == ("redattore", lecce, f"user-{member.user_id}")


def test_what_the_room_keeps_of_a_person_is_given_out_and_forgotten(ada, ada_account):
    ada.ok("user_patch", id=f"user-{ada_account.pk}", about="Dati")

    assert export(ada_account)["nome_per_i_programmi"][0]["presentazione"] == "Dati"
    forget(ada_account, "x")
    assert not Account.objects.exists() and export(ada_account)["nome_per_i_programmi"] == []


@pytest.mark.parametrize(
    ("action", "data", "who", "may"),
    [
        *allowed_to("user_list", {}, "bruno", "ada", "eva", "carla", "diego"),
        *allowed_to("user_show", {"id": "user-2000000000"}, "bruno", "ada", "eva", "carla", "diego"),
        *allowed_to("user_autocomplete", {"q": "x"}, "bruno", "ada", "eva", "carla", "diego"),
        *allowed_to("user_create", NEW, "diego"),
        *allowed_to("user_update", {"id": "user-2000000000", "fullname": "Zoe"}, "diego"),
        *allowed_to("user_patch", {"id": "user-2000000000", "fullname": "Zoe"}, "diego"),
        *allowed_to("user_delete", {"id": "user-2000000000"}, "diego"),
        *allowed_to(
            "user_invite",
            {"email": "a@b.it", "group_id": "comune-di-lecce", "role": "editor"},
            "eva",
            "carla",
            "diego",
        ),
    ],
)
def test_accounts_belong_to_their_people_and_to_who_runs_the_portal(everybody, zoe, action, data, who, may):
    assert everybody[who].post(action, **data).status_code == (200 if may else 403)
    if who == "nobody":
        check(everybody[who], action, data, anonymous(action))


@pytest.mark.parametrize(
    ("who", "action", "data", "expected"),
    [
        ("ada", "user_show", {"id": "nope"}, not_found("User was not found.")),
        ("ada", "user_autocomplete", {}, missing("q")),
        ("ada", "user_autocomplete", {"q": "a", "limit": -1}, wrong(limit=["Must be a natural number"])),
        ("diego", "user_create", {}, missing("name")),
        ("diego", "user_create", {"name": "gino"}, missing("email")),
        ("diego", "user_create", {"name": "gino", "email": "g@x.it"}, missing("password")),
        ("diego", "user_create", {**NEW, "name": "Gino Neri"}, wrong(name=[NAME])),
        ("diego", "user_create", {**NEW, "name": "user-7"}, wrong(name=["That login name is not available."])),
        ("diego", "user_create", {**NEW, "email": "nope"}, wrong(email=["Email nope is not a valid format"])),
        ("diego", "user_create", {**NEW, "sysadmin": True}, wrong(sysadmin=[ADMIN])),
        ("diego", "user_create", {**NEW, "id": "x"}, wrong(id=["Invalid id: it must be a UUID"])),
        (
            "diego",
            "user_create",
            {**NEW, "email": "zoe@example.org"},
            wrong(email=["The email address 'zoe@example.org' belongs to a registered user."]),
        ),
        ("diego", "user_update", {}, missing("id")),
        ("diego", "user_update", {"id": "nope"}, not_found("User was not found.")),
        ("diego", "user_update", {"id": "user-2000000000", "email": "altra@x.it"}, wrong(email=[EMAIL])),
        ("diego", "user_patch", {"id": "user-2000000000", "sysadmin": True}, wrong(sysadmin=[ADMIN])),
        (
            "diego",
            "user_patch",
            {"id": "user-2000000000", "name": "zoe"},
            wrong(name=["That login name can not be modified."]),
        ),
        (
            "diego",
            "user_patch",
            {"id": "user-2000000000", "password": "x"},
            wrong(password=["A password is changed by its owner, on the page /profilo"]),
        ),
        (
            "diego",
            "user_patch",
            {"id": "user-2000000000", "fullname": "x" * 201},
            wrong(fullname=["Must be at most 200 characters long"]),
        ),
        ("diego", "user_delete", {}, missing("id")),
        ("eva", "user_invite", {}, missing("email")),
        ("eva", "user_invite", {"email": "a@b.it"}, missing("group_id")),
        ("eva", "user_invite", {"email": "a@b.it", "group_id": "comune-di-lecce"}, missing("role")),
        (
            "eva",
            "user_invite",
            {"email": "a@b.it", "group_id": "nope", "role": "editor"},
            not_found("Organization was not found."),
        ),
        (
            "eva",
            "user_invite",
            {"email": "a@b.it", "group_id": "comune-di-lecce", "role": "member"},
            wrong(role=["role does not exist: choose one of admin, editor"]),
        ),
    ],
)
def test_refusals_have_the_words_and_the_status_of_ckan(everybody, zoe, who, action, data, expected):
    check(everybody[who], action, data, expected)


def test_a_weak_password_is_refused_with_its_reasons(diego):
    status, error = diego.error("user_create", **{**NEW, "password": "12345678"})

    assert status == 409 and len(error["password"]) == 2


def test_the_last_who_runs_the_portal_stays(diego):
    name = diego.ok("user_show")["name"]

    check(diego, "user_delete", {"id": name}, wrong(id=["Nobody would be left who runs the portal"]))


def test_a_name_is_given_once(diego):
    diego.ok("user_create", **NEW)

    taken = wrong(name=["That login name is not available."])
    check(diego, "user_create", {**NEW, "email": "altro@example.org"}, taken)


def test_a_refusal_calls_an_account_by_the_name_it_was_given(client, diego):
    diego.ok("user_create", **NEW)
    gino = Ckan(client, key_of(User.objects.get(email=NEW["email"])))

    refusal = denied("User gino not authorized to create packages")
    check(gino, "package_create", {"name": "alberi", "owner_org": "nope"}, refusal)


def test_a_key_for_drafts_changes_no_account(client, ada_account):
    drafts = Ckan(client, key_of(ada_account, scope="drafts"))
    name = f"user-{ada_account.pk}"

    refusal = denied(f"User {name} not authorized to edit user {name}")
    check(drafts, "user_patch", {"id": name, "fullname": "x"}, refusal)
