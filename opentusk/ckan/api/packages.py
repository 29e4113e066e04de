"""Packages, read and written whole."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from opentusk.catalog.models import Dataset
from opentusk.ckan import actions
from opentusk.ckan.admitting import admit_change, admit_new, require_key, wish_of
from opentusk.ckan.errors import NotAuthorizedFault, ValidationFault
from opentusk.ckan.finding import package, package_to_change
from opentusk.ckan.models import Package
from opentusk.ckan.naming import identifier_for
from opentusk.ckan.permissions import is_sysadmin, may_edit, user_name
from opentusk.ckan.protocol import Call
from opentusk.ckan.remembering import public_package
from opentusk.ckan.showing import package_dict, package_dicts

Json = dict[str, Any]
_MOST_AT_ONCE = 1000


def package_show(call: Call) -> Any:
    """Return the dataset whose `id` (or name) is given, with its resources."""
    ref = call.text("id") or call.required("name_or_id")
    # Whoever has no name is shown what everybody is: the same words, until something changes.
    if call.user is None and (known := public_package(ref)):
        return known
    return package_seen(call, ref)


def package_seen(call: Call, ref: str) -> Json:
    """A dataset as the caller sees it."""
    dataset = package(call, ref)
    return package_dict(dataset, for_its_people=may_edit(call, dataset))


def package_list(call: Call) -> Any:
    """Return the names of the public datasets in alphabetical order; `limit` and `offset` choose a part of them.

    No `limit`, or 0, is all of them.
    """
    limit, offset = call.natural("limit", None), call.natural("offset", 0) or 0
    names = Dataset.objects.published().order_by("slug").values_list("slug", flat=True)
    return list(names[offset : offset + limit if limit else None])


def current_package_list_with_resources(call: Call) -> Any:
    """Return the public datasets with their resources, the last changed first: 1000 at most.

    `limit`, `offset` or `page` choose a part.
    """
    limit = call.natural("limit", _MOST_AT_ONCE, maximum=_MOST_AT_ONCE) or 0
    page = call.natural("page", None)
    if page == 0:
        raise ValidationFault({"page": ["Must be larger than 0"]})
    offset = (page - 1) * limit if page else call.natural("offset", 0) or 0
    rows = Dataset.objects.published().with_holder().order_by("-metadata_modified_at", "pk")
    return package_dicts(list(rows[offset : offset + limit]))


def package_create(call: Call) -> Any:
    """Create a dataset for the organization `owner_org`; public as soon as nothing is missing, a draft until then."""
    token = require_key(call, "create packages")
    given, holder = admit_new(call, call.data)
    dataset = actions.create_package(
        given,
        holder=holder,
        identifier=identifier_for(holder, given),
        number=UUID(str(given["id"])) if given.get("id") else None,
        wish=wish_of(given, {}) or Package.Wish.PUBLIC,
        by=call.actor,
        token=token,
    )
    call.changed.append(str(dataset.uuid))
    return package_dict(dataset, for_its_people=True, begun_by=call.user)


def package_update(call: Call) -> Any:
    """Replace a dataset, found by `id` or `name`: keys that are not given are cleared, except the resources."""
    with actions.opened(_to_change(call)) as (dataset, shown):
        return change(call, dataset, call.data, shown)


def package_patch(call: Call) -> Any:
    """Change the keys that are given and leave the others as they are."""
    with actions.opened(package_to_change(call, call.required("id"))) as (dataset, shown):
        return change(call, dataset, {**shown, **call.data, "id": shown["id"]}, shown)


def package_delete(call: Call) -> Any:
    """Withdraw a published dataset, which keeps a page that says so; throw away a draft."""
    require_key(call, "delete package")
    dataset = package_to_change(call, call.required("id"))
    if not dataset.is_withdrawn:
        call.changed.append(str(dataset.uuid))
    actions.delete_package(dataset, by=call.actor)


def dataset_purge(call: Call) -> Any:
    """Throw a draft away for ever. What has been public keeps its tombstone, and is refused."""
    require_key(call, "purge dataset")
    if not is_sysadmin(call):
        raise NotAuthorizedFault(f"User {user_name(call)} not authorized to purge dataset")
    actions.purge_package(package_to_change(call, call.required("id")), by=call.actor)


def change(call: Call, dataset: Dataset, given: Mapping[str, Any], shown: Json) -> Any:
    """Put a whole package in place of what was opened and shown, and show it."""
    token = require_key(call, "edit package")
    if given.get("state") == "deleted" and dataset.status != Dataset.Status.WITHDRAWN:
        call.changed.append(shown["id"])
        actions.delete_package(dataset, by=call.actor)
        return {**shown, "state": "deleted"}
    admitted = admit_change(call, dataset, given, shown)
    if dataset.is_withdrawn and given.get("state") == "active":
        actions.restore_package(dataset, admitted, shown, by=call.actor, token=token)
    else:
        wish = wish_of(given, shown)
        actions.change_package(dataset, admitted, shown, wish=wish, by=call.actor, token=token)
    after = shown_now(dataset)
    if any(after[key] != shown[key] for key in ("metadata_modified", "state", "private")):
        call.changed.append(after["id"])
    return after


def _to_change(call: Call) -> Dataset:
    """The dataset of an update: by its id, else by its name."""
    ref = call.text("id") or call.text("name")
    if not ref:
        raise ValidationFault({"id": ["Missing value"]})
    return package_to_change(call, ref)


def shown_now(dataset: Dataset) -> Json:
    """The package as its people are shown it after a write."""
    return package_dict(Dataset.objects.with_holder().get(pk=dataset.pk), for_its_people=True)
