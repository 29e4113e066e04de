"""What a client wants to write, held against CKAN's rules and against what is here already."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from opentusk.bodies.models import Agent
from opentusk.bodies.permissions import writable_agents
from opentusk.catalog.models import Dataset, Distribution
from opentusk.ckan.errors import NotAuthorizedFault, ValidationFault
from opentusk.ckan.finding import find_organization
from opentusk.ckan.models import Package
from opentusk.ckan.naming import find_group, group_name
from opentusk.ckan.permissions import is_sysadmin, may_write_for, require_writing_for, user_name
from opentusk.ckan.protocol import Call, is_true
from opentusk.kit.ckan_packages.checking import check_package, check_resource, with_text_extras
from opentusk.kit.mapping.loose import read_objects, read_string
from opentusk.people.models import ApiToken

Json = dict[str, Any]


def require_key(call: Call, what: str) -> ApiToken:
    """The key of a call that writes. Raises NotAuthorizedFault: whoever has none is nobody here."""
    if call.token is None:
        raise NotAuthorizedFault(f"User {user_name(call)} not authorized to {what}")
    return call.token


def admit_new(call: Call, given: Mapping[str, Any]) -> tuple[Json, Agent]:
    """A package that may be created, and its body. Raises ValidationFault, NotAuthorizedFault."""
    holder, wrong = _holder(given.get("owner_org"))
    _require_creating(call, holder)
    errors = check_package(given) | wrong | _check_id(call, given) | _check_groups(given)
    errors |= _check_resource_ids(given, None) | (_check_holder(given, {}, holder) if holder else {})
    name = read_string(given.get("name"))
    if "name" not in errors and Dataset.objects.filter(slug=name).exists():
        errors["name"] = ["That URL is already in use."]
    if errors or holder is None:
        raise ValidationFault(errors)
    return _cleaned(given), holder


def _require_creating(call: Call, holder: Agent | None) -> None:
    """Whoever may write for no body at all is told so first, whatever else is wrong."""
    if holder and may_write_for(call, holder):
        return
    if not writable_agents(call.actor).exists():
        raise NotAuthorizedFault(f"User {user_name(call)} not authorized to create packages")
    if holder:
        require_writing_for(call, holder)


def admit_change(call: Call, dataset: Dataset, given: Mapping[str, Any], shown: Json) -> Json:
    """A package that may take the place of this one. Raises ValidationFault."""
    given = {**given, "name": given.get("name") or dataset.slug}
    errors = check_package(_only_new(given, shown)) | _check_groups(given) | _check_resource_ids(given, dataset)
    holder, wrong = _holder(given.get("owner_org") or str(dataset.rights_holder.uuid))
    if holder is not None and holder.pk != dataset.rights_holder_id:
        wrong = {"owner_org": ["A dataset stays with its organization: create it anew for the other one"]}
    errors |= wrong | _check_visibility(dataset, given, shown) | _check_holder(given, shown, dataset.rights_holder)
    name = given["name"]
    if "name" not in errors and name != dataset.slug:
        errors |= _check_new_name(dataset, name)
    if errors:
        raise ValidationFault(errors)
    return _cleaned(given)


def _only_new(given: Json, shown: Json) -> Json:
    """What the client says anew: what people wrote on the pages comes back as shown, whatever CKAN thinks of it."""
    known = {tag["name"] for tag in shown["tags"]}
    fresh = {key: value for key, value in given.items() if key == "name" or value != shown.get(key)}
    if isinstance(tags := fresh.get("tags"), list):
        fresh["tags"] = [tag for tag in tags if not (isinstance(tag, Mapping) and str(tag.get("name")) in known)]
    return fresh


def admit_resource(given: Mapping[str, Any], dataset: Dataset | None) -> None:
    """Raises ValidationFault for a resource that CKAN would refuse. With a dataset the resource is a new one."""
    errors = check_resource(given)
    if dataset is not None and not errors:
        found = _check_resource_ids({"resources": [given]}, None)
        errors = found["resources"][0] if found else {}
    if errors:
        raise ValidationFault(errors)


def wish_of(given: Mapping[str, Any], shown: Mapping[str, Any]) -> Package.Wish | None:
    """What the client wants of the package now; None when it says nothing new."""
    is_private = is_true(given["private"]) if given.get("private") is not None else None
    if shown and given.get("state") in (None, shown.get("state")) and is_private in (None, shown.get("private")):
        return None
    if is_private:
        return Package.Wish.PRIVATE
    return Package.Wish.DRAFT if given.get("state") == "draft" else Package.Wish.PUBLIC


def _cleaned(given: Mapping[str, Any]) -> Json:
    found = with_text_extras(given)
    if given.get("groups"):
        groups = [_group_of(group) for group in read_objects(given["groups"])]
        found["groups"] = [{"name": group_name(group)} for group in groups if group]
    return found


def _holder(ref: object) -> tuple[Agent | None, Json]:
    if not isinstance(ref, str) or not ref:
        return None, {"owner_org": ["An organization must be provided"]}
    holder = find_organization(ref)
    return holder, {} if holder else {"owner_org": ["Organization does not exist"]}


def _check_holder(given: Mapping[str, Any], shown: Mapping[str, Any], holder: Agent) -> Json:
    """The holder is the organization: another one that is named is told, and never passed over."""
    extras = {extra.get("key"): extra.get("value") for extra in read_objects(given.get("extras"))}
    said = (read_string(source.get("holder_identifier")) for source in (given, extras))
    known = {"", shown.get("holder_identifier")}
    code = next((code for code in said if code not in known and code.lower() != holder.ipa_code.lower()), "")
    if not code:
        return {}
    words = (
        f"The holder of a dataset is its organization ({holder.ipa_code}): give it to that of {code}, or leave this out"
    )
    return {"holder_identifier": [words]}


def _check_id(call: Call, given: Mapping[str, Any]) -> Json:
    if not given.get("id"):
        return {}
    if not is_sysadmin(call):
        return {"id": ["The input field id was not expected."]}
    if wrong := check_resource({"id": given["id"]}):
        return wrong
    taken = Dataset.objects.filter(uuid=UUID(str(given["id"]))).exists()
    return {"id": ["Dataset id already exists"]} if taken else {}


def _check_groups(given: Mapping[str, Any]) -> Json:
    groups = read_objects(given.get("groups"))
    found = [{} if _group_of(group) else {"id": ["Group name or ID does not exist."]} for group in groups]
    return {"groups": found} if any(found) else {}


def _group_of(group: Mapping[str, Any]) -> Any:
    return find_group(read_string(group.get("id"))) or find_group(read_string(group.get("name")))


def _check_resource_ids(given: Mapping[str, Any], dataset: Dataset | None) -> Json:
    """A number that a resource of another dataset has is nobody else's; nor may two have the same."""
    listed = given.get("resources")
    resources = listed if isinstance(listed, list) else []
    ids = [read_string(one.get("id")) if isinstance(one, Mapping) else "" for one in resources]
    wanted = [number for number in ids if len(number) == 36 and not check_resource({"id": number})]
    others = Distribution.objects.filter(uuid__in=wanted)
    if dataset is not None:
        others = others.exclude(dataset=dataset)
    taken = {str(number) for number in others.values_list("uuid", flat=True)} if wanted else set()
    found: list[Json] = [
        {"id": ["Resource id already exists."]} if number and (number.lower() in taken or number in ids[:place]) else {}
        for place, number in enumerate(ids)
    ]
    return {"resources": found} if any(found) else {}


def _check_visibility(dataset: Dataset, given: Mapping[str, Any], shown: Json) -> Json:
    """What is public can be taken away, with a reason and a tombstone; it cannot be hidden."""
    if not dataset.is_published:
        return {}
    words = "What has been published is withdrawn with package_delete, not hidden"
    is_private = given.get("private") is not None and is_true(given["private"])
    return {
        **({"private": [words]} if is_private else {}),
        **({"state": [words]} if given.get("state") == "draft" else {}),
    }


def _check_new_name(dataset: Dataset, name: str) -> Json:
    if Dataset.objects.filter(slug=name).exists():
        return {"name": ["That URL is already in use."]}
    if dataset.status != Dataset.Status.DRAFT or dataset.published_at or dataset.is_harvested:
        return {"name": ["What has been published keeps its name: its address is already in use elsewhere"]}
    return {}
