"""What belongs to a package without being in it: its body, the order of its resources, many packages at once."""

from typing import Any

from django.db import transaction

from opentusk.catalog.models import Dataset
from opentusk.ckan import actions
from opentusk.ckan.admitting import require_key
from opentusk.ckan.api.packages import change, shown_now
from opentusk.ckan.errors import NotFoundFault, ValidationFault
from opentusk.ckan.finding import organization, package, package_to_change
from opentusk.ckan.permissions import require_writing_for
from opentusk.ckan.protocol import Call

# Every one of them is a dataset to lock, judge and tell about.
_AT_ONCE = 1000


def package_owner_org_update(call: Call) -> Any:
    """Say to which organization a dataset belongs; here it is the one that made it, for ever."""
    require_key(call, "edit package")
    dataset = package_to_change(call, call.required("id"))
    wanted = organization(call, call.required("organization_id"))
    if wanted.pk != dataset.rights_holder_id:
        require_writing_for(call, wanted)
        words = "A dataset stays with its organization: create it anew for the other one"
        raise ValidationFault({"organization_id": [words]})


def package_resource_reorder(call: Call) -> Any:
    """Put the resources of a dataset in the `order` of their ids; those that are not named follow."""
    require_key(call, "edit package")
    dataset = package_to_change(call, call.required("id"))
    if call.data.get("order") is None:
        raise ValidationFault({"order": ["Missing value"]})
    if not isinstance(call.decoded("order"), list):
        raise ValidationFault({"order": ["Must be a list of resource"]})
    order = call.words("order")
    rows = {str(row.uuid): row for row in dataset.distributions.all()}
    if len(set(order)) != len(order) or not set(order) <= rows.keys():
        raise ValidationFault({"order": ["order of ids must be those of the resources of the dataset, each once"]})
    actions.reorder_resources(dataset, [rows[number] for number in order], by=call.actor)
    shown = shown_now(dataset)
    return {"id": shown["id"], "order": [resource["id"] for resource in shown["resources"]]}


def bulk_update_private(call: Call) -> Any:
    """Keep the `datasets` of an organization private: those that have never been public."""
    return _all_of(call, {"private": True})


def bulk_update_public(call: Call) -> Any:
    """Make the `datasets` of an organization public, those that can be."""
    return _all_of(call, {"private": False, "state": "active"})


def bulk_update_delete(call: Call) -> Any:
    """Withdraw the `datasets` of an organization."""
    require_key(call, "delete package")
    with transaction.atomic():
        for dataset in _named(call):
            actions.delete_package(dataset, by=call.actor)


def package_relationships_list(call: Call) -> Any:
    """Return the relationships of a dataset: this portal keeps them as metadata, and has none of this kind."""
    package(call, call.required("id"))
    if call.text("id2"):
        package(call, call.required("id2"))
    return []


def package_relationship_create(call: Call) -> Any:
    """Refuse: relationships are said in the metadata (`is_version_of`, `has_version`, `related_resource`)."""
    require_key(call, "edit package")
    package_to_change(call, call.required("subject"))
    package(call, call.required("object"))
    words = "Say it in the metadata of the dataset: is_version_of, has_version, related_resource, in_series"
    raise ValidationFault({"type": [words]})


def package_relationship_delete(call: Call) -> Any:
    """Find nothing: there are no relationships of this kind."""
    require_key(call, "edit package")
    package_to_change(call, call.required("subject"))
    raise NotFoundFault("Relationship was not found.")


def package_collaborator_list(call: Call) -> Any:
    """Return who else may work on a dataset: nobody, the people of its organization do."""
    package_to_change(call, call.required("id"))
    return []


def package_collaborator_list_for_user(call: Call) -> Any:
    """Return the datasets on which a person works beyond their own organizations: none."""
    call.required("id")
    return []


def package_collaborator_create(call: Call) -> Any:
    """Refuse: whoever works on a dataset works for its organization."""
    require_key(call, "edit package")
    package_to_change(call, call.required("id"))
    raise ValidationFault({"message": ["Dataset collaborators not enabled"]})


def package_collaborator_delete(call: Call) -> Any:
    """Refuse: nobody was added to a dataset alone, so nobody can be taken off it."""
    return package_collaborator_create(call)


def _all_of(call: Call, wanted: dict[str, Any]) -> None:
    require_key(call, "edit package")
    with transaction.atomic():
        for dataset in _named(call):
            with actions.opened(dataset) as (locked, shown):
                change(call, locked, {**shown, **wanted}, shown)


def _named(call: Call) -> list[Dataset]:
    """The datasets of a bulk call, all of the organization that it names."""
    holder = organization(call, call.required("org_id"))
    refs = call.words("datasets")
    if not refs:
        raise ValidationFault({"datasets": ["Missing value"]})
    if len(refs) > _AT_ONCE:
        raise ValidationFault({"datasets": [f"No more than {_AT_ONCE} at once"]})
    found = [package_to_change(call, ref) for ref in refs]
    if any(dataset.rights_holder_id != holder.pk for dataset in found):
        raise ValidationFault({"datasets": ["Not all of them belong to the organization"]})
    return found
