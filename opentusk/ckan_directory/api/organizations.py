"""Organizations read: the bodies of the portal."""

from collections.abc import Sequence
from typing import Any

from django.db.models import Q

from opentusk.bodies.models import Agent, AgentQuerySet, Membership
from opentusk.catalog.models import Dataset
from opentusk.ckan import finding
from opentusk.ckan.errors import NotAuthorizedFault
from opentusk.ckan.permissions import is_of_key, is_sysadmin
from opentusk.ckan.protocol import Call
from opentusk.ckan.showing import package_dicts
from opentusk.ckan_directory.api.asking import names_in, order_of, part_of_names
from opentusk.ckan_directory.capacities import CAPACITIES, capacity_of
from opentusk.ckan_directory.people import find_user, user_name
from opentusk.ckan_directory.permissions import is_at_desk, may_see_members, sight_of
from opentusk.ckan_directory.showing import (
    Json,
    member_dicts,
    organization_dicts,
    organization_extras,
    organization_sizes,
)
from opentusk.people.models import User

# As many datasets as CKAN shows with an organization.
MOST_PACKAGES = 1000
_COUNT = "package_count"
# The permissions of CKAN that an editor has; "read" and the like are everybody's who works for the body.
_OF_EDITORS = frozenset(
    {"create_dataset", "update_dataset", "delete_dataset", "view_unpublished_datasets", "edit_dataset", "manage_group"}
)
_OF_MEMBERS = frozenset({"read", "read_private", "view_dataset"})


def organization_list(call: Call) -> Any:
    """Return the names of the organizations, or with `all_fields` the organizations themselves.

    `q` finds words in name or title; `organizations` chooses some by name; `sort` is `name`, `title` or
    `package_count` with `asc` or `desc`; `limit` and `offset` choose a part. With `all_fields`, `include_extras`,
    `include_users`, `include_tags` and `include_groups` say what else is shown.
    """
    if (call.text("type") or "organization") != "organization":
        return []
    chosen = _listed(call)[part_of_names(call)]
    if not call.boolean("all_fields", False):
        return [agent.slug for agent in chosen]
    more = _included_in_list(call, chosen)
    return [{**one, **others} for one, others in zip(organization_dicts(chosen), more, strict=True)]


def organization_show(call: Call) -> Any:
    """Return the organization whose `id` (or name) is given.

    `include_datasets` adds its public datasets, at most 1000; `include_users` the people who work for it, to those
    who may know them. `include_extras`, `include_dataset_count`, `include_followers` are true unless said otherwise.
    """
    agent = visible(call, call.required("id"))
    return shown_whole(call, agent)


def shown_whole(call: Call, agent: Agent) -> Json:
    """A body with everything that the call asks for."""
    shown = {**organization_dicts([agent])[0], "tags": [], "groups": []}
    if not call.boolean("include_dataset_count", True):
        del shown["package_count"]
    if not call.boolean("include_followers", True):
        del shown["num_followers"]
    if call.boolean("include_extras", True):
        shown["extras"] = organization_extras([agent]).get(agent.pk, [])
    if call.boolean("include_users", True) and may_see_members(call, agent):
        shown["users"] = member_dicts(agent, sight_of(call))
    if call.boolean("include_datasets", False):
        rows = Dataset.objects.published().of(agent).with_holder().by_title()
        shown["packages"] = package_dicts(list(rows[:MOST_PACKAGES]))
    return shown


def organization_autocomplete(call: Call) -> Any:
    """Return the organizations in whose name or title `q` stands: at most `limit` (20) of them."""
    text, limit = call.text("q") or "", call.natural("limit", 20) or 0
    rows = _active().filter(_holding(text)).by_name()[:limit]
    return [{"id": str(agent.uuid), "name": agent.slug, "title": agent.name} for agent in rows]


def organization_list_for_user(call: Call) -> Any:
    """Return the organizations in which the caller, or the user `id`, has a `permission`: editing them by default.

    Each comes with the `capacity` that the person has in it; who works at the regional desk has all of them.
    """
    user = _asked_user(call)
    if user is None:
        return []
    capacities = _capacities_for(call.text("permission") or "edit_group")
    roles = _roles_of(user)
    rows = _active() if user.is_editor else _active().filter(pk__in=roles)
    agents = [agent for agent in rows.by_name() if is_of_key(call, agent)]
    held = {agent.pk: "admin" if user.is_editor else capacity_of(roles[agent.pk]) for agent in agents}
    chosen = [agent for agent in agents if held[agent.pk] in capacities]
    shown = organization_dicts(chosen)
    return [{**one, "capacity": held[agent.pk]} for one, agent in zip(shown, chosen, strict=True)]


def visible(call: Call, ref: str) -> Agent:
    """The body that the caller asks for; one that left the portal is shown to the desk only, as CKAN's deleted ones."""
    agent = finding.organization(call, ref)
    if agent.status == Agent.Status.ENDED and not is_at_desk(call):
        raise NotAuthorizedFault(
            f"User {user_name(call.user) if call.user else ''} not authorized to read {agent.uuid}"
        )
    return agent


def _listed(call: Call) -> list[Agent]:
    rows = _active().filter(_holding(call.text("q") or ""))
    names = names_in(call, "organizations") or names_in(call, "groups")
    rows = rows.filter(slug__in=names) if names else rows
    order = order_of(call)
    counts = organization_sizes(rows) if order.field == _COUNT else {}
    return order.sort(
        rows,
        {
            "name": lambda agent: agent.slug,
            "title": lambda agent: (agent.name.casefold(), agent.slug),
            _COUNT: lambda agent: counts.get(agent.pk, 0),
        },
    )


def _included_in_list(call: Call, agents: Sequence[Agent]) -> list[Json]:
    extras = organization_extras(agents) if call.boolean("include_extras", False) else None
    nothing: Json = {f"{key}": [] for key in ("tags", "groups") if call.boolean(f"include_{key}", False)}
    found = [{**nothing, **({"extras": extras.get(agent.pk, [])} if extras is not None else {})} for agent in agents]
    if call.boolean("include_users", False):
        sight = sight_of(call)
        for agent, more in zip(agents, found, strict=True):
            more |= {"users": member_dicts(agent, sight) if may_see_members(call, agent) else []}
    return found


def _active() -> AgentQuerySet:
    return Agent.objects.exclude(status=Agent.Status.ENDED)


def _holding(text: str) -> Q:
    return Q(slug__icontains=text) | Q(name__icontains=text) if text else Q()


def _asked_user(call: Call) -> User | None:
    ref = call.text("id")
    if not ref or call.user is None:
        return call.user
    found = find_user(ref)
    if found != call.user and not is_sysadmin(call):
        raise NotAuthorizedFault(f"User {user_name(call.user)} not authorized to read the organizations of {ref}")
    return found


def _capacities_for(permission: str) -> Sequence[str]:
    if permission in _OF_MEMBERS:
        return CAPACITIES
    return CAPACITIES[:2] if permission in _OF_EDITORS else CAPACITIES[:1]


def _roles_of(user: User) -> dict[int, list[str]]:
    found: dict[int, list[str]] = {}
    for agent, role in Membership.objects.valid().filter(user=user).values_list("agent", "role"):
        found.setdefault(agent, []).append(role)
    return found
