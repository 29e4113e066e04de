"""`package_revise`: a package matched, filtered and changed in one call, with the files that come along."""

from typing import Any

from opentusk.ckan import actions
from opentusk.ckan.admitting import require_key
from opentusk.ckan.api.packages import change, shown_now
from opentusk.ckan.api.resources import file_given, noting_change
from opentusk.ckan.errors import ValidationFault
from opentusk.ckan.finding import package_to_change, resource_to_change
from opentusk.ckan.protocol import Call
from opentusk.kit.ckan_packages.revising import CannotRevise, mismatches, pick, place_of, read_instructions, revise


def package_revise(call: Call) -> Any:
    """Change parts of a dataset that is as `match` says: `filter`, `update`, `update__a__b`, `include`.

    Files come as `update__resources__<place or id>__upload`.
    """
    token = require_key(call, "edit package")
    try:
        match, filters, updates, include = read_instructions(call.data)
        if not match.get("id") and not match.get("name"):
            raise ValidationFault({"match": ["At least one of id or name required"]})
        found = package_to_change(call, str(match.get("id") or match.get("name")))
        with actions.opened(found) as (dataset, shown):
            wrong = mismatches(shown, {**match, "id": shown["id"]} if match.get("id") == shown["name"] else match)
            if wrong:
                raise ValidationFault({"match": wrong})
            changed = change(call, dataset, {**revise(shown, filters, updates), "id": shown["id"]}, shown)
            for field, file in call.files.items():
                number = _number_of(field, changed)
                row = resource_to_change(call, number)
                given = next(one for one in changed["resources"] if one["id"] == number)
                with noting_change(call, row.dataset):
                    actions.change_resource(row, given, file=file_given(file), by=call.actor, token=token)
    except CannotRevise as refusal:
        raise ValidationFault({refusal.field: [refusal.words]}) from refusal
    return {"package": pick(shown_now(dataset), include)}


def _number_of(field: str, package: dict[str, Any]) -> str:
    """The resource that a file is for, from the path of its field."""
    start, place, end = [*field.split("__"), "", "", "", ""][1:4]
    found = place_of(package["resources"], place) if field.startswith("update__") and start == "resources" else None
    if found is None or end != "upload":
        raise ValidationFault({field: ["Item not found in list"]})
    return str(package["resources"][found]["id"])
