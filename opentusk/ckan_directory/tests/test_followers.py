"""Proves that following through CKAN's actions is following on the portal, and that nobody learns who follows."""

import pytest

from opentusk.ckan_directory.tests.refusals import check, denied, missing, not_found, wrong
from opentusk.subscriptions.actions import follow
from opentusk.subscriptions.models import Subscription

pytestmark = pytest.mark.django_db
NO_PEOPLE = "People are not followed here: follow the datasets of their organization"
LOGIN = "You must be logged in to"
TARGETS = [
    ("dataset", "dataset", "c_e506-alberi", "Alberi"),
    ("group", "group", "envi", "Ambiente"),
    ("group", "organization", "comune-di-lecce", "Comune di Lecce"),
]


@pytest.mark.parametrize(("verb", "kind", "ref", "title"), TARGETS)
def test_one_follows_once_and_no_longer(nobody, bruno, public, verb, kind, ref, title):
    shown = nobody.ok("package_show" if kind == "dataset" else f"{kind}_show", id=ref)
    made = bruno.ok(f"follow_{verb}", id=ref)

    assert (made["object_id"], made["follower_id"]) == (shown["id"], bruno.ok("user_show")["id"])
    assert bruno.ok(f"am_following_{verb}", id=shown["id"]) is True
    assert nobody.ok(f"{kind}_follower_count", id=ref) == 1
    assert Subscription.objects.get().channel == "inbox"
    check(bruno, f"follow_{verb}", {"id": ref}, wrong(message=f"You are already following {shown['title']}"))

    assert bruno.ok(f"unfollow_{verb}", id=ref) is None
    assert (bruno.ok(f"am_following_{verb}", id=ref), nobody.ok(f"{kind}_follower_count", id=ref)) == (False, 0)
    check(bruno, f"unfollow_{verb}", {"id": ref}, not_found(f"You are not following {shown['title']}."))


def test_who_follows_on_the_pages_follows_here(ada, ada_account, public):
    follow("dataset", public.identifier, user=ada_account, channel="mail")

    assert ada.ok("am_following_dataset", id=public.slug) is True
    assert ada.ok("unfollow_dataset", id=public.slug) is None and not Subscription.objects.exists()


def test_everything_that_one_follows_is_listed_to_oneself_and_to_who_runs_the_portal(ada, diego, public):
    for verb, _kind, ref, _title in TARGETS:
        ada.ok(f"follow_{verb}", id=ref)
    me = ada.ok("user_show")["name"]

    for client in (ada, diego):
        assert [(one["type"], one["dict"]["name"]) for one in client.ok("followee_list", id=me)] == [
            ("dataset", "c_e506-alberi"), ("group", "envi"), ("organization", "comune-di-lecce"),
        ]  # fmt: skip
        assert client.ok("followee_count", id=me) == 3
    assert [one["type"] for one in ada.ok("followee_list", id=me, q="ambiente")] == ["group"]
    for kind in ("dataset", "group", "organization"):
        assert len(ada.ok(f"{kind}_followee_list", id=me)) == ada.ok(f"{kind}_followee_count", id=me) == 1
    assert (ada.ok("user_followee_list", id=me), ada.ok("user_followee_count", id=me)) == ([], 0)


@pytest.mark.parametrize(("verb", "kind", "ref", "title"), TARGETS)
def test_who_follows_is_told_to_who_runs_the_portal_alone(everybody, public, verb, kind, ref, title):
    everybody["bruno"].ok(f"follow_{verb}", id=ref)

    found = everybody["diego"].ok(f"{kind}_follower_list", id=ref)

    assert [one["name"] for one in found] == [everybody["bruno"].ok("user_show")["name"]]
    for who in ("nobody", "bruno", "ada", "eva", "carla"):
        assert everybody[who].error(f"{kind}_follower_list", id=ref)[0] == 403


def test_people_are_not_followed(ada, diego, ada_account):
    me = f"user-{ada_account.pk}"

    check(ada, "follow_user", {"id": me}, wrong(message="You cannot follow yourself"))
    check(diego, "follow_user", {"id": me}, wrong(message=NO_PEOPLE))
    check(diego, "unfollow_user", {"id": me}, not_found(f"You are not following {me}."))
    assert (ada.ok("am_following_user", id=me), ada.ok("user_follower_count", id=me)) == (False, 0)
    assert diego.ok("user_follower_list", id=me) == []


@pytest.mark.parametrize(
    ("who", "action", "data", "expected"),
    [
        ("nobody", "follow_dataset", {"id": "x"}, denied(f"{LOGIN} follow a dataset.")),
        ("nobody", "follow_group", {"id": "x"}, denied(f"{LOGIN} follow a group.")),
        ("nobody", "follow_user", {"id": "x"}, denied(f"{LOGIN} follow users.")),
        ("nobody", "unfollow_dataset", {"id": "x"}, denied(f"{LOGIN} unfollow something.")),
        ("nobody", "unfollow_user", {"id": "x"}, denied(f"{LOGIN} unfollow something.")),
        ("nobody", "am_following_group", {"id": "x"}, denied(f"{LOGIN} check what you follow.")),
        ("nobody", "followee_list", {"id": "x"}, denied("Action followee_list requires an authenticated user")),
        ("ada", "follow_dataset", {}, missing("id")),
        ("ada", "follow_dataset", {"id": "nope"}, not_found()),
        ("ada", "follow_group", {"id": "nope"}, not_found("Group was not found.")),
        ("ada", "follow_user", {"id": "nope"}, not_found("User was not found.")),
        ("ada", "am_following_dataset", {"id": "nope"}, not_found()),
        ("ada", "followee_list", {}, missing("id")),
        ("nobody", "dataset_follower_count", {"id": "nope"}, not_found()),
        ("nobody", "organization_follower_count", {"id": "nope"}, not_found("Organization was not found.")),
        ("diego", "followee_list", {"id": "nope"}, not_found("User was not found.")),
        ("diego", "user_follower_list", {"id": "nope"}, not_found("User was not found.")),
    ],
)
def test_refusals_have_the_words_and_the_status_of_ckan(everybody, who, action, data, expected):
    check(everybody[who], action, data, expected)


def test_a_draft_is_followed_by_nobody_and_seen_by_its_own_people(ada, bruno, nobody, draft):
    check(ada, "follow_dataset", {"id": draft.slug}, wrong(id=["Only what is public can be followed"]))
    assert bruno.post("follow_dataset", id=draft.slug).status_code == 403
    assert nobody.post("dataset_follower_count", id=draft.slug).status_code == 403


def test_what_others_follow_is_not_told(bruno, ada_account):
    me = bruno.ok("user_show")["name"]

    refusal = denied(f"User {me} not authorized to read what others follow")
    check(bruno, "followee_list", {"id": f"user-{ada_account.pk}"}, refusal)
