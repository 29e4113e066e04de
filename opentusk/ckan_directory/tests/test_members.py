"""Proves who may say who works for a body, in CKAN's capacities, and who may know it."""

import pytest

from opentusk.bodies.actions import add_member
from opentusk.bodies.models import Membership
from opentusk.ckan_directory.tests.refusals import allowed_to, anonymous, check, denied, missing, not_found, wrong
from opentusk.journal.actors import SYSTEM
from opentusk.people.models import User

pytestmark = pytest.mark.django_db
LECCE = "comune-di-lecce"
NO_ROLE, NO_MEMBERS = "role does not exist.", "Groups are the European themes: nobody works for a theme"
NO_MEMBER = 'Nobody can be made a "member" here: choose "editor" or "admin"'


@pytest.fixture
def zoe(db) -> User:
    """Has an account and works for nobody; her name for programs is `user-2000000000`."""
    return User.objects.create(pk=2_000_000_000, email="zoe@example.org", name="Zoe Greco")


def roles_of(user: User) -> set[str]:
    return set(Membership.objects.current().filter(user=user).values_list("role", flat=True))


def test_a_member_is_let_in_changed_and_let_go(eva, zoe, lecce):
    made = eva.ok("organization_member_create", id=LECCE, username="user-2000000000", role="editor")
    assert (made["table_name"], made["capacity"], made["group_id"]) == ("user", "editor", str(lecce.uuid))
    assert roles_of(zoe) == {"redattore"}

    eva.ok("member_create", id=LECCE, object=made["table_id"], object_type="user", capacity="admin")
    assert roles_of(zoe) == {"referente"}

    eva.ok("organization_member_create", id=LECCE, username="user-2000000000", role="admin")
    assert roles_of(zoe) == {"referente"}
    assert eva.ok("organization_member_delete", id=LECCE, username="user-2000000000") is None
    assert eva.ok("member_delete", id=LECCE, object="user-2000000000", object_type="user") is None
    assert roles_of(zoe) == set()


@pytest.mark.parametrize(
    ("role", "capacity", "after"),
    [
        ("rtd", "editor", {"rtd"}),
        ("revisore", "editor", {"revisore"}),
        ("dpo", "editor", {"dpo", "redattore"}),
        ("dpo", "member", {"dpo"}),
        ("rtd", "admin", {"referente"}),
    ],
)
def test_a_role_that_has_the_capacity_already_stays(eva, zoe, lecce, role, capacity, after):
    add_member(lecce, email=zoe.email, role=role, by=SYSTEM)

    eva.ok("organization_member_create", id=LECCE, username="user-2000000000", role=capacity)

    assert roles_of(zoe) == after


def test_a_body_keeps_somebody_who_answers_for_it(eva, eva_account):
    status, error = eva.error("organization_member_delete", id=LECCE, username=f"user-{eva_account.pk}")

    assert (status, error["__type"]) == (409, "Validation Error") and "referente" in error["message"][0]


def test_the_list_says_people_and_packages_each_to_those_who_may_know(everybody, public, draft, lecce):
    seen = {who: client.ok("member_list", id=LECCE) for who, client in everybody.items()}
    packages = [[str(public.uuid), "package", "public"]]

    assert (seen["nobody"], seen["bruno"]) == (packages, packages)
    for who in ("ada", "eva", "carla", "diego"):
        assert [row[1:] for row in seen[who]] == [["user", "Editor"], ["user", "Admin"], ["package", "public"]]
    assert everybody["eva"].ok("member_list", id=LECCE, object_type="user", capacity="admin")[0][2] == "Admin"
    assert everybody["nobody"].ok("member_list", id="envi") == packages
    assert everybody["nobody"].ok("member_list", id="envi", object_type="user") == []


def test_a_package_is_put_in_a_group_and_taken_out_of_it(ada, bruno, nobody, public):
    asked = {"id": "tran", "object": public.slug, "object_type": "package", "capacity": "public"}
    groups = lambda: [one["name"] for one in nobody.ok("package_show", id=public.slug)["groups"]]  # noqa: E731

    made = ada.ok("member_create", **asked)
    assert (made["table_name"], made["table_id"], groups()) == ("package", str(public.uuid), ["envi", "tran"])
    assert ada.ok("member_create", **asked) == made

    assert ada.ok("member_delete", **asked) is None and groups() == ["envi"]
    assert bruno.error("member_create", **asked)[0] == 403
    assert bruno.error("member_delete", **asked)[0] == 403
    check(ada, "member_create", {**asked, "object": "nope"}, not_found())


def test_the_roles_are_those_that_can_be_given(nobody):
    assert [role["value"] for role in nobody.ok("member_roles_list")] == ["admin", "editor"]


@pytest.mark.parametrize(
    ("action", "data", "who", "may"),
    [
        *allowed_to(
            "organization_member_create",
            {"id": LECCE, "username": "user-2000000000", "role": "editor"},
            "eva",
            "carla",
            "diego",
        ),
        *allowed_to(
            "organization_member_delete", {"id": LECCE, "username": "user-2000000000"}, "eva", "carla", "diego"
        ),
        *allowed_to(
            "member_create",
            {"id": LECCE, "object": "user-2000000000", "object_type": "user", "capacity": "editor"},
            "eva",
            "carla",
            "diego",
        ),
        *allowed_to(
            "member_delete", {"id": LECCE, "object": "user-2000000000", "object_type": "user"}, "eva", "carla", "diego"
        ),
    ],
)
def test_the_referente_and_the_desk_say_who_works_for_a_body(everybody, zoe, action, data, who, may):
    assert everybody[who].post(action, **data).status_code == (200 if may else 403)
    if who == "nobody":
        check(everybody[who], action, data, anonymous(action))


@pytest.mark.parametrize(
    ("who", "action", "data", "expected"),
    [
        ("nobody", "member_list", {}, missing("id")),
        ("nobody", "member_list", {"id": "nope"}, not_found("Group was not found.")),
        (
            "nobody",
            "member_list",
            {"id": LECCE, "object_type": "user"},
            denied("The people who work for an organization are told to its own people"),
        ),
        ("eva", "organization_member_create", {}, missing("username")),
        ("eva", "organization_member_create", {"username": "user-2000000000"}, missing("role")),
        ("eva", "organization_member_create", {"username": "user-2000000000", "role": "editor"}, missing("id")),
        (
            "eva",
            "organization_member_create",
            {"id": "nope", "username": "x", "role": "editor"},
            not_found("Organization was not found."),
        ),
        (
            "eva",
            "organization_member_create",
            {"id": LECCE, "username": "nope", "role": "editor"},
            wrong(username=["Not found: User"]),
        ),
        (
            "eva",
            "organization_member_create",
            {"id": LECCE, "username": "user-2000000000", "role": "king"},
            wrong(role=[NO_ROLE]),
        ),
        (
            "eva",
            "organization_member_create",
            {"id": LECCE, "username": "user-2000000000", "role": "member"},
            wrong(role=[NO_MEMBER]),
        ),
        (
            "eva",
            "organization_member_create",
            {"id": "envi", "username": "x", "role": "editor"},
            wrong(id=[NO_MEMBERS]),
        ),
        ("eva", "organization_member_delete", {"id": LECCE, "username": "nope"}, not_found("User was not found.")),
        ("eva", "organization_member_delete", {"id": LECCE}, missing("username")),
        ("eva", "member_create", {"id": LECCE, "object": "user-2000000000"}, missing("capacity")),
        (
            "eva",
            "member_create",
            {"id": LECCE, "object": "x", "object_type": "package", "capacity": "public"},
            wrong(object_type=["A package changes organization with package_owner_org_update"]),
        ),
        ("eva", "member_delete", {"id": LECCE}, missing("object")),
        ("nobody", "group_member_create", {"id": "envi"}, anonymous("group_member_create")),
        ("diego", "group_member_create", {"id": "envi"}, wrong(id=[NO_MEMBERS])),
        ("diego", "group_member_delete", {"id": "nope"}, not_found("Group was not found.")),
        (
            "carla",
            "organization_patch",
            {"id": LECCE, "users": [{"name": "user-2000000000", "capacity": "member"}]},
            wrong(users=[NO_MEMBER]),
        ),
        (
            "carla",
            "organization_patch",
            {"id": LECCE, "users": [{"name": "user-2000000000", "capacity": "king"}]},
            wrong(users=[{"capacity": [NO_ROLE]}]),
        ),
    ],
)
def test_refusals_have_the_words_and_the_status_of_ckan(everybody, zoe, who, action, data, expected):
    check(everybody[who], action, data, expected)
