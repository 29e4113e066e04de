"""Members: who works for a body, and which packages an organization or a group has."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from opentusk.bodies.models import Agent
from opentusk.catalog.models import Dataset
from opentusk.ckan import finding
from opentusk.ckan.api.packages import package_patch, package_seen
from opentusk.ckan.errors import NotAuthorizedFault, NotFoundFault, ValidationFault
from opentusk.ckan.naming import find_group, group_id, group_name
from opentusk.ckan.protocol import Call
from opentusk.ckan_directory.actions import leave_body, set_capacity
from opentusk.ckan_directory.api.groups import group
from opentusk.ckan_directory.capacities import CAPACITIES, LABELS, ROLES, capacity_of
from opentusk.ckan_directory.people import find_user, user_id
from opentusk.ckan_directory.permissions import may_see_members, require_running, signed_in
from opentusk.ckan_directory.showing import roles_in
from opentusk.kit.mapping.loose import read_objects, read_string
from opentusk.people.models import User

_NO_ROLE = "role does not exist."
_OWNER = "A package changes organization with package_owner_org_update"
_NO_MEMBERS = "Groups are the European themes: nobody works for a theme"
_NO_MEMBER = 'Nobody can be made a "member" here: choose "editor" or "admin"'


def member_list(call: Call) -> Any:
    """Return the members of the organization or group `id` as [number, kind, capacity].

    `object_type` is `user` or `package`, `capacity` chooses one. Who works for a body is told to its own people and
    the desk.
    """
    ref, kind, capacity = call.required("id"), call.text("object_type"), call.text("capacity")
    agent = finding.find_organization(ref)
    theme = None if agent else group(ref)
    found: list[list[str]] = []
    if agent and kind in {None, "user"}:
        found += _people(call, agent, is_asked=kind == "user")
    if kind in {None, "package"}:
        rows = Dataset.objects.published()
        chosen = rows.of(agent) if agent else rows.about_theme(theme.iri if theme else "")
        numbers = chosen.order_by("pk").values_list("uuid", flat=True)
        found += [[str(number), "package", "public"] for number in numbers]
    return [one for one in found if capacity is None or one[2].lower() == capacity.lower()]


def member_create(call: Call) -> Any:
    """Let the user `object` work for the organization `id` with this `capacity`, `admin` or `editor`; or put the
    package `object` in the group `id`: `object_type` says which.
    """
    signed_in(call, "member_create")
    if _is_about_package(call):
        return _put_in_group(call, call.required("object"))
    return _let_in(call, "member_create", call.required("object"), call.required("capacity"), "object")


def member_delete(call: Call) -> Any:
    """Take every role of the user `object` in the organization `id` away, or the package `object` out of the group."""
    signed_in(call, "member_delete")
    if _is_about_package(call):
        _take_from_group(call, call.required("object"))
    else:
        _let_go(call, "member_delete", call.required("object"))


def organization_member_create(call: Call) -> Any:
    """Let the user `username` work for the organization `id` with this `role`: `admin` or `editor`."""
    signed_in(call, "organization_member_create")
    return _let_in(call, "organization_member_create", call.required("username"), call.required("role"), "username")


def organization_member_delete(call: Call) -> Any:
    """Take every role of the user `username` in the organization `id` away."""
    signed_in(call, "organization_member_delete")
    _let_go(call, "organization_member_delete", call.text("username") or call.required("user_id", "username"))


def group_member_create(call: Call) -> Any:
    """Refuse: groups are the European themes, and nobody works for a theme."""
    return _refuse_group(call, "group_member_create")


def group_member_delete(call: Call) -> Any:
    """Refuse: groups are the European themes, and nobody works for a theme."""
    return _refuse_group(call, "group_member_delete")


def member_roles_list(call: Call) -> Any:
    """Return the roles that a member of an organization may be given, each as `text` and `value`."""
    return [{"text": LABELS[name], "value": name} for name in CAPACITIES if name in ROLES]


def members_in(call: Call) -> dict[User, str] | None:
    """The people that a call gives a body, each with a capacity; None when it says nothing of them."""
    if call.data.get("users") is None:
        return None
    found: dict[User, str] = {}
    faults: list[dict[str, Any]] = []
    for one in read_objects(call.decoded("users")):
        user = find_user(read_string(one.get("id")) or read_string(one.get("name")))
        capacity = read_string(one.get("capacity")) or "editor"
        faults.append({} if user else {"name": ["Not found: User"]})
        if capacity not in CAPACITIES:
            faults[-1] = {"capacity": [_NO_ROLE]}
        elif user:
            found[user] = capacity
    if any(faults):
        raise ValidationFault({"users": faults})
    return found


def require_possible(agent: Agent | None, members: dict[User, str]) -> None:
    """Raises ValidationFault for somebody who is no "member" yet: the portal has no role that only reads."""
    held = roles_in(agent) if agent else {}
    new = [user for user, capacity in members.items() if capacity not in ROLES and user.pk not in held]
    if new:
        raise ValidationFault({"users": [_NO_MEMBER]})


def _people(call: Call, agent: Agent, *, is_asked: bool) -> Iterable[list[str]]:
    if may_see_members(call, agent):
        roles = roles_in(agent)
        users = User.objects.filter(pk__in=roles).select_related("ckan_account").order_by("pk")
        return [[user_id(user), "user", LABELS[capacity_of(roles[user.pk])]] for user in users]
    if is_asked:
        raise NotAuthorizedFault("The people who work for an organization are told to its own people")
    return []


def _let_in(call: Call, action: str, ref: str, capacity: str, told_as: str) -> Any:
    agent = _agent(call)
    require_running(call, action, agent, "edit organization")
    if capacity not in CAPACITIES:
        raise ValidationFault({"role": [_NO_ROLE]})
    user = find_user(ref)
    if user is None or not user.is_active:
        raise ValidationFault({told_as: ["Not found: User"]})
    if capacity not in ROLES and user.pk not in roles_in(agent):
        raise ValidationFault({"role": [_NO_MEMBER]})
    set_capacity(agent, user, capacity, by=call.actor)
    return _member(str(agent.uuid), "user", user_id(user), capacity)


def _let_go(call: Call, action: str, ref: str) -> None:
    agent = _agent(call)
    require_running(call, action, agent, "edit organization")
    user = find_user(ref)
    if user is None:
        raise NotFoundFault("User was not found.")
    leave_body(agent, user, by=call.actor)


def _is_about_package(call: Call) -> bool:
    kind = call.text("object_type") or "user"
    if kind not in {"user", "package"}:
        raise ValidationFault({"object_type": ["Must be one of: user, package"]})
    if kind == "package" and finding.find_organization(call.required("id")):
        raise ValidationFault({"object_type": [_OWNER]})
    return kind == "package"


def _put_in_group(call: Call, ref: str) -> Any:
    theme = group(call.required("id"))
    shown = _with_groups(call, ref, lambda names: [*names, group_name(theme)])
    return _member(group_id(theme), "package", shown["id"], "public")


def _take_from_group(call: Call, ref: str) -> None:
    theme = group(call.required("id"))
    _with_groups(call, ref, lambda names: [name for name in names if name != group_name(theme)])


def _with_groups(call: Call, ref: str, change: Callable[[list[str]], list[str]]) -> Any:
    """The package with other groups, changed as `package_patch` changes it."""
    shown = package_seen(call, ref)
    before = [one["name"] for one in shown["groups"]]
    after = list(dict.fromkeys(change(before)))
    if after == before:
        finding.package_to_change(call, ref)
        return shown
    return package_patch(replace(call, data={"id": ref, "groups": [{"name": name} for name in after]}))


def _member(owner: str, kind: str, number: str, capacity: str) -> Any:
    return {
        "id": str(uuid5(NAMESPACE_URL, f"urn:x-ckan:member:{owner}:{number}")),
        "group_id": owner,
        "table_name": kind,
        "table_id": number,
        "capacity": capacity,
        "state": "active",
    }


def _agent(call: Call) -> Agent:
    ref = call.required("id")
    found = finding.find_organization(ref)
    if found is None and find_group(ref):
        raise ValidationFault({"id": [_NO_MEMBERS]})
    return found or finding.organization(call, ref)


def _refuse_group(call: Call, action: str) -> Any:
    signed_in(call, action)
    group(call.required("id"))
    raise ValidationFault({"id": [_NO_MEMBERS]})
