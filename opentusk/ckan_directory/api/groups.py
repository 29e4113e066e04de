"""Groups: the thirteen European themes. They are read like CKAN's groups, and nobody can make others."""

from typing import Any

from opentusk.bodies.permissions import writable_agents
from opentusk.catalog.models import Dataset
from opentusk.ckan.errors import NotFoundFault, ValidationFault
from opentusk.ckan.naming import find_group, group_id, group_name, groups
from opentusk.ckan.protocol import Call
from opentusk.ckan.showing import package_dicts
from opentusk.ckan_directory.api.asking import names_in, order_of, part, part_of_names
from opentusk.ckan_directory.api.organizations import MOST_PACKAGES
from opentusk.ckan_directory.permissions import require_sysadmin, signed_in
from opentusk.ckan_directory.showing import Json, group_dicts, group_size
from opentusk.kit.mapping.loose import read_one_text
from opentusk.kit.vocabularies import THEMES, Theme

_FIXED = "Groups are the 13 European themes: none can be made, changed or removed"


def group_list(call: Call) -> Any:
    """Return the names of the groups, or with `all_fields` the groups themselves: the thirteen European themes.

    `q` finds words in name or title; `groups` chooses some by name; `sort` is `name`, `title` or `package_count` with
    `asc` or `desc`; `limit` and `offset` choose a part.
    """
    if (call.text("type") or "group") != "group":
        return []
    text, names = (call.text("q") or "").lower(), names_in(call, "groups")
    found = [
        theme
        for theme in groups()
        if (not names or group_name(theme) in names) and (text in group_name(theme) or text in theme.it.lower())
    ]
    keys = {"name": group_name, "title": lambda theme: theme.it.casefold(), "package_count": group_size}
    chosen = order_of(call).sort(found, keys)[part_of_names(call)]
    if not call.boolean("all_fields", False):
        return [group_name(theme) for theme in chosen]
    more: Json = {key: [] for key in ("extras", "tags", "groups", "users") if call.boolean(f"include_{key}", False)}
    return [{**one, **more} for one in group_dicts(chosen)]


def group_show(call: Call) -> Any:
    """Return the group whose `id` (or name) is given; `include_datasets` adds its public datasets, at most 1000."""
    return _shown(call, group(call.required("id")))


def group_package_show(call: Call) -> Any:
    """Return the public datasets of the group `id`, the latest changed first: at most `limit` (1000) of them."""
    rows = Dataset.objects.published().about_theme(group(call.required("id")).iri).with_holder()
    chosen = part(call, usual=MOST_PACKAGES, most=MOST_PACKAGES)
    return package_dicts(list(rows.order_by("-metadata_modified_at", "pk")[chosen]))


def group_autocomplete(call: Call) -> Any:
    """Return the groups in whose name or title `q` stands."""
    text, limit = (call.text("q") or "").lower(), call.natural("limit", 20) or 0
    found = [theme for theme in groups() if text in group_name(theme) or text in theme.it.lower()]
    return [{"id": group_id(theme), "name": group_name(theme), "title": theme.it} for theme in found[:limit]]


def group_list_authz(call: Call) -> Any:
    """Return the groups to which the caller may add datasets: all of them to whoever writes for a body."""
    if call.user is None or not writable_agents(call.actor).exists() or call.boolean("am_member", False):
        return []
    return group_dicts(groups())


def group_create(call: Call) -> Any:
    """Return the theme that `name` or `title` means; refuse everything else, because the groups are fixed."""
    require_sysadmin(call, "group_create", "create groups")
    name, found = call.required("name"), _meant(call)
    if found is None:
        raise ValidationFault({"name": [f"{_FIXED}; {name} is none of them"]})
    return _shown(call, found)


def group_update(call: Call) -> Any:
    """Return the group `id` as it is: themes are fixed, so that loading them again is no error."""
    return _unchanged(call, "group_update")


def group_patch(call: Call) -> Any:
    """Return the group `id` as it is, as `group_update` does."""
    return _unchanged(call, "group_patch")


def group_delete(call: Call) -> Any:
    """Refuse: the groups are the European themes, which stay."""
    _refuse(call, "group_delete", "delete group")


def group_purge(call: Call) -> Any:
    """Refuse: the groups are the European themes, which stay."""
    _refuse(call, "group_purge", "purge group")


def group(ref: str) -> Theme:
    """The theme that a name or a number means. Raises NotFoundFault."""
    found = find_group(ref)
    if found is None:
        raise NotFoundFault("Group was not found.")
    return found


def _meant(call: Call) -> Theme | None:
    """The theme that a name, or the title of another portal's group, means."""
    titles = (call.text("name") or "", read_one_text(call.data.get("title")))
    meant = (find_group(text) or THEMES.find(text) for text in titles if text)
    return next((theme for theme in meant if theme and not theme.provisional), None)


def _unchanged(call: Call, action: str) -> Json:
    signed_in(call, action)
    ref = call.required("id")
    found = find_group(ref) or _meant(call)
    require_sysadmin(call, action, f"edit group {ref}")
    if found is None:
        raise NotFoundFault("Group was not found.")
    return _shown(call, found)


def _refuse(call: Call, action: str, what: str) -> None:
    signed_in(call, action)
    found = group(call.required("id"))
    require_sysadmin(call, action, f"{what} {group_id(found)}")
    raise ValidationFault({"id": [_FIXED]})


def _shown(call: Call, theme: Theme) -> Json:
    shown: Json = {**group_dicts([theme])[0], "extras": [], "tags": [], "groups": [], "users": []}
    if not call.boolean("include_dataset_count", True):
        del shown["package_count"]
    if call.boolean("include_datasets", False):
        rows = Dataset.objects.published().about_theme(theme.iri).with_holder().by_title()
        shown["packages"] = package_dicts(list(rows[:MOST_PACKAGES]))
    return shown
