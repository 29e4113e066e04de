"""Following datasets, organizations and groups: the portal's own notices, put in the inbox of the account."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from opentusk.bodies.models import Agent
from opentusk.catalog.models import Dataset
from opentusk.ckan import finding
from opentusk.ckan.errors import NotAuthorizedFault, NotFoundFault, ValidationFault
from opentusk.ckan.naming import groups
from opentusk.ckan.permissions import is_sysadmin
from opentusk.ckan.protocol import Call
from opentusk.ckan.showing import package_dicts
from opentusk.ckan_directory.api.groups import group
from opentusk.ckan_directory.api.organizations import visible
from opentusk.ckan_directory.api.users import known_user
from opentusk.ckan_directory.people import find_user, user_id, user_name
from opentusk.ckan_directory.permissions import require_sysadmin, sight_of, signed_in
from opentusk.ckan_directory.showing import Json, group_dicts, organization_dicts, user_dicts
from opentusk.kit.ckan_packages.spelling import moment
from opentusk.people.models import User
from opentusk.subscriptions.actions import follow, unsubscribe
from opentusk.subscriptions.counts import followers_by_key
from opentusk.subscriptions.models import ScopeKind, Subscription, SubscriptionQuerySet

_NO_PEOPLE = "People are not followed here: follow the datasets of their organization"


@dataclass(frozen=True)
class Target:
    """What is followed: the portal's own name of it, its number for clients, and its title."""

    kind: str
    key: str
    number: str
    title: str


def dataset_target(call: Call) -> Target:
    """The dataset `id`."""
    found = finding.package(call, call.required("id"))
    return Target(ScopeKind.DATASET, found.identifier, str(found.uuid), found.title)


def organization_target(call: Call) -> Target:
    """The organization `id`."""
    found = visible(call, call.required("id"))
    return Target(ScopeKind.HOLDER, found.ipa_code, str(found.uuid), found.name)


def group_target(call: Call) -> Target:
    """The group `id`; clients of CKAN call an organization so too."""
    ref = call.required("id")
    if finding.find_organization(ref):
        return organization_target(call)
    found = group_dicts([group(ref)])[0]
    return Target(ScopeKind.THEME, str(found["name"]).upper(), found["id"], found["title"])


def follow_dataset(call: Call) -> Any:
    """Begin to follow the dataset `id`: its news come to the inbox of the account."""
    return _follow(call, dataset_target, "follow a dataset")


def follow_group(call: Call) -> Any:
    """Begin to follow the group or organization `id`: its news come to the inbox of the account."""
    return _follow(call, group_target, "follow a group")


def follow_user(call: Call) -> Any:
    """Refuse: people are not followed here."""
    asker = _somebody(call, "follow users")
    found = known_user(call, call.required("id"))
    raise ValidationFault({"message": "You cannot follow yourself" if found == asker else _NO_PEOPLE})


def unfollow_dataset(call: Call) -> Any:
    """Follow the dataset `id` no longer."""
    _unfollow(call, dataset_target)


def unfollow_group(call: Call) -> Any:
    """Follow the group or organization `id` no longer."""
    _unfollow(call, group_target)


def unfollow_user(call: Call) -> Any:
    """Say that the user `id` is not followed: people are not followed here."""
    _somebody(call, "unfollow something")
    raise NotFoundFault(f"You are not following {user_name(known_user(call, call.required('id')))}.")


def am_following_dataset(call: Call) -> Any:
    """Return whether the caller follows the dataset `id`."""
    return _is_following(call, dataset_target)


def am_following_group(call: Call) -> Any:
    """Return whether the caller follows the group or organization `id`."""
    return _is_following(call, group_target)


def am_following_user(call: Call) -> Any:
    """Return false: people are not followed here."""
    _somebody(call, "check what you follow")
    known_user(call, call.required("id"))
    return False


def dataset_follower_count(call: Call) -> Any:
    """Return how many follow the dataset `id`."""
    return _count(dataset_target(call))


def group_follower_count(call: Call) -> Any:
    """Return how many follow the group `id`."""
    return _count(group_target(call))


def organization_follower_count(call: Call) -> Any:
    """Return how many follow the organization `id`."""
    return _count(organization_target(call))


def user_follower_count(call: Call) -> Any:
    """Return 0: people are not followed here."""
    signed_in(call, "user_follower_count")
    known_user(call, call.required("id"))
    return 0


def dataset_follower_list(call: Call) -> Any:
    """Return the accounts that follow the dataset `id`: for whoever runs the portal."""
    return _followers(call, "dataset_follower_list", dataset_target)


def group_follower_list(call: Call) -> Any:
    """Return the accounts that follow the group `id`: for whoever runs the portal."""
    return _followers(call, "group_follower_list", group_target)


def organization_follower_list(call: Call) -> Any:
    """Return the accounts that follow the organization `id`: for whoever runs the portal."""
    return _followers(call, "organization_follower_list", organization_target)


def user_follower_list(call: Call) -> Any:
    """Return nobody: people are not followed here. For whoever runs the portal."""
    require_sysadmin(call, "user_follower_list", "read followers")
    known_user(call, call.required("id"))
    return []


def followee_list(call: Call) -> Any:
    """Return what the account `id` follows, each with its `type`, `display_name` and `dict`; `q` chooses by name."""
    user = _whose(call, "followee_list")
    shown = [
        *(("dataset", one) for one in _datasets(user)),
        *(("group", one) for one in _groups(user)),
        *(("organization", one) for one in _organizations(user)),
    ]
    text = (call.text("q") or "").lower()
    found = [{"type": kind, "display_name": one["title"], "dict": one} for kind, one in shown]
    return [one for one in found if text in one["display_name"].lower()]


def followee_count(call: Call) -> Any:
    """Return how many datasets, groups and organizations the account `id` follows."""
    user = _whose(call, "followee_count")
    return sum(len(known(user)) for known in (_datasets, _groups, _organizations))


def dataset_followee_list(call: Call) -> Any:
    """Return the datasets that the account `id` follows: one's own, or anybody's for whoever runs the portal."""
    return _datasets(_whose(call, "dataset_followee_list"))


def dataset_followee_count(call: Call) -> Any:
    """Return how many datasets the account `id` follows."""
    return len(_datasets(_whose(call, "dataset_followee_count")))


def group_followee_list(call: Call) -> Any:
    """Return the groups that the account `id` follows."""
    return _groups(_whose(call, "group_followee_list"))


def group_followee_count(call: Call) -> Any:
    """Return how many groups the account `id` follows."""
    return len(_groups(_whose(call, "group_followee_count")))


def organization_followee_list(call: Call) -> Any:
    """Return the organizations that the account `id` follows."""
    return _organizations(_whose(call, "organization_followee_list"))


def organization_followee_count(call: Call) -> Any:
    """Return how many organizations the account `id` follows."""
    return len(_organizations(_whose(call, "organization_followee_count")))


def user_followee_list(call: Call) -> Any:
    """Return nobody: people are not followed here."""
    _whose(call, "user_followee_list")
    return []


def user_followee_count(call: Call) -> Any:
    """Return 0: people are not followed here."""
    _whose(call, "user_followee_count")
    return 0


def _follow(call: Call, target_of: Callable[[Call], Target], what: str) -> Json:
    user = _somebody(call, what)
    target = target_of(call)
    if _own(user, target).exists():
        raise ValidationFault({"message": f"You are already following {target.title}"})
    made = follow(target.kind, target.key, user=user, channel="inbox")
    return {"follower_id": user_id(user), "object_id": target.number, "datetime": moment(made.created_at)}


def _unfollow(call: Call, target_of: Callable[[Call], Target]) -> None:
    user = _somebody(call, "unfollow something")
    target = target_of(call)
    found = list(_own(user, target))
    if not found:
        raise NotFoundFault(f"You are not following {target.title}.")
    for subscription in found:
        unsubscribe(subscription)


def _is_following(call: Call, target_of: Callable[[Call], Target]) -> bool:
    user = _somebody(call, "check what you follow")
    return _own(user, target_of(call)).exists()


def _count(target: Target) -> int:
    return followers_by_key(target.kind, [target.key]).get(target.key, 0)


def _followers(call: Call, action: str, target_of: Callable[[Call], Target]) -> list[Json]:
    require_sysadmin(call, action, "read followers")
    target = target_of(call)
    told = Subscription.objects.listening().of_scope(target.kind, [target.key])
    users = User.objects.active().filter(subscriber__subscriptions__in=told).distinct().order_by("pk")
    return user_dicts(list(users.select_related("ckan_account")), sight_of(call))


def _somebody(call: Call, what: str) -> User:
    if call.user is None:
        raise NotAuthorizedFault(f"You must be logged in to {what}.")
    return call.user


def _whose(call: Call, action: str) -> User:
    """Whose list is asked: one's own, or anybody's for whoever runs the portal."""
    asker = signed_in(call, action)
    ref = call.required("id")
    if find_user(ref) == asker:
        return asker
    if not is_sysadmin(call):
        raise NotAuthorizedFault(f"User {user_name(asker)} not authorized to read what others follow")
    return known_user(call, ref)


def _own(user: User, target: Target) -> SubscriptionQuerySet:
    return Subscription.objects.filter(subscriber__user=user).of_scope(target.kind, [target.key])


def _keys(user: User, kind: str) -> list[str]:
    found = Subscription.objects.filter(subscriber__user=user, scope_kind=kind).order_by("scope_key")
    return list(dict.fromkeys(found.values_list("scope_key", flat=True)))


def _datasets(user: User) -> list[Json]:
    rows = Dataset.objects.published().filter(identifier__in=_keys(user, ScopeKind.DATASET))
    return package_dicts(list(rows.with_holder().by_title()))


def _organizations(user: User) -> list[Json]:
    rows: Sequence[Agent] = list(Agent.objects.filter(ipa_code__in=_keys(user, ScopeKind.HOLDER)).by_name())
    return organization_dicts(rows)


def _groups(user: User) -> list[Json]:
    followed = _keys(user, ScopeKind.THEME)
    return group_dicts([theme for theme in groups() if theme.code in followed])
