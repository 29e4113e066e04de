"""Organizations made, changed and closed: the desk's and the referente's own actions under CKAN's names."""

import re
from collections.abc import Callable, Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator, validate_email
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from opentusk.bodies.actions import change_agent, open_agent, remove_agent
from opentusk.bodies.models import Agent
from opentusk.ckan import finding
from opentusk.ckan.errors import ValidationFault
from opentusk.ckan.permissions import is_sysadmin
from opentusk.ckan.protocol import Call
from opentusk.ckan_directory.actions import keep_extras, set_members
from opentusk.ckan_directory.api.asking import checked_name, image_in, short
from opentusk.ckan_directory.api.members import members_in, require_possible
from opentusk.ckan_directory.api.organizations import shown_whole
from opentusk.ckan_directory.permissions import require_desk, require_running, require_sysadmin, signed_in
from opentusk.joining.actions import end, reactivate
from opentusk.kit.mapping.loose import read_objects, read_string
from opentusk.kit.records import Agent as AgentRecord
from opentusk.kit.vocabularies.bodies import find_body_by_name

# CKAN's name of a field, the portal's, and how long it may be.
_FIELDS = (
    ("title", "name", 300),
    ("description", "description", 100_000),
    ("site", "site", 500),
    ("email", "contact_email", 254),
    ("telephone", "contact_phone", 60),
)
_CHECKS: Mapping[str, Callable[[Any], None]] = {
    "site": URLValidator(schemes=["http", "https"]),
    "email": validate_email,
}
_CODE = re.compile(r"[\w.-]{2,40}", re.ASCII)
_CODE_NAMES = frozenset({"identifier", "codice_ipa", "ipa_code", "codiceipa", "ipa"})


def organization_create(call: Call) -> Any:
    """Make a body known: for the regional desk. `name` is its address, `title` its name.

    Its IPA code is the one given as `identifier`, or in an extra called `codice_ipa`; without it the only body of the
    IPA index with this title, or the name itself. `users` are the people who work for it, with their `capacity`.
    """
    require_desk(call, "organization_create", "create organizations")
    name = checked_name(call)
    said, extras, members = _said(call), _extras(call), members_in(call)
    require_possible(None, members or {})
    record = AgentRecord(identifier=_code(call, extras or []) or name[:40], name=said.get("name") or name)
    with transaction.atomic():
        agent = open_agent(record, slug=name, number=_chosen_number(call), by=call.actor)
        _write(call, agent, said, extras)
        set_members(agent, members or {}, by=call.actor)
    return shown_whole(call, agent)


def organization_update(call: Call) -> Any:
    """Change what is said of a body. What is not given stays, `users` and `extras` too: nothing is lost by omission."""
    return _change(call, "organization_update")


def organization_patch(call: Call) -> Any:
    """Change what is said of a body, and nothing else."""
    return _change(call, "organization_patch")


def organization_delete(call: Call) -> Any:
    """End a body's part in the portal: for the regional desk. What it published stays public."""
    signed_in(call, "organization_delete")
    agent = finding.organization(call, call.required("id"))
    require_desk(call, "organization_delete", f"delete organization {agent.uuid}")
    if agent.status != Agent.Status.ENDED:
        end(agent, reason=_("Chiuso attraverso l'API CKAN."), on=timezone.localdate(), by=call.actor)


def organization_purge(call: Call) -> Any:
    """Forget a body that has neither data nor acts: for whoever runs the portal."""
    signed_in(call, "organization_purge")
    agent = finding.organization(call, call.required("id"))
    require_sysadmin(call, "organization_purge", f"purge organization {agent.uuid}")
    remove_agent(agent, by=call.actor)


def _change(call: Call, action: str) -> Any:
    signed_in(call, action)
    agent = finding.organization(call, call.required("id"))
    require_running(call, action, agent, "edit organization")
    _require_same_name(call, agent)
    said, extras, members = _said(call), _extras(call), members_in(call)
    require_possible(agent, members or {})
    with transaction.atomic():
        _write(call, agent, said, extras)
        if members is not None:
            set_members(agent, members, by=call.actor)
        _move(call, agent)
    return shown_whole(call, agent)


def _write(call: Call, agent: Agent, said: Mapping[str, str], extras: list[dict[str, Any]] | None) -> None:
    change_agent(agent, said, by=call.actor)
    if extras is not None:
        keep_extras(agent, extras, by=call.actor)


def _move(call: Call, agent: Agent) -> None:
    """What CKAN does by setting the state."""
    state = call.text("state") or ""
    today, reason = timezone.localdate(), _("Cambiato attraverso l'API CKAN.")
    if state == "deleted" and agent.status != Agent.Status.ENDED:
        end(agent, reason=reason, on=today, by=call.actor)
    elif state == "active" and agent.status == Agent.Status.ENDED:
        reactivate(agent, reason=reason, on=today, by=call.actor)


def _said(call: Call) -> dict[str, str]:
    """What is said of the body, in the portal's fields, each as long as its place and of its kind."""
    found = {}
    for name, field, limit in _FIELDS:
        text = short(call, name, limit)
        if text is None or (name == "title" and not text):
            continue
        if text and name in _CHECKS:
            _check(name, text)
        found[field] = text
    image = image_in(call)
    return found if image is None else found | {"image_url": image}


def _check(name: str, text: str) -> None:
    try:
        _CHECKS[name](text)
    except ValidationError as fault:
        raise ValidationFault({name: [f"{text} is not valid"]}) from fault


def _extras(call: Call) -> list[dict[str, Any]] | None:
    """The extras, None when nothing is said of them; those marked as deleted are left out."""
    if call.data.get("extras") is None:
        return None
    given = read_objects(call.decoded("extras"))
    found = [
        {"key": read_string(one.get("key")), "value": one.get("value")}
        for one in given
        if one.get("state") != "deleted" and not one.get("deleted")
    ]
    keys = [one["key"] for one in found]
    if not all(keys):
        raise ValidationFault({"extras": [{} if key else {"key": ["Missing value"]} for key in keys]})
    if double := next((key for key in keys if keys.count(key) > 1), ""):
        raise ValidationFault({"extras_validation": [f'Duplicate key "{double}"']})
    return found


def _code(call: Call, extras: list[dict[str, Any]]) -> str:
    """The IPA code that the call gives somewhere, or that of the only body with this title; "" when none is known."""
    given = [call.text(name) for name in sorted(_CODE_NAMES)]
    given += [read_string(one["value"]) for one in extras if one["key"].lower() in _CODE_NAMES]
    code = next((text.strip() for text in given if text and text.strip()), "")
    if code and not _CODE.fullmatch(code):
        raise ValidationFault({"identifier": [f'"{code[:60]}" is not an IPA code']})
    listed = None if code else find_body_by_name(call.text("title") or "")
    return listed.code if listed else code


def _chosen_number(call: Call) -> Any:
    """The UUID that whoever runs the portal chose."""
    ref = call.text("id")
    if not ref or not is_sysadmin(call):
        return None
    number = finding.as_uuid(ref)
    if number is None:
        raise ValidationFault({"id": ["Invalid id: it must be a UUID"]})
    return number


def _require_same_name(call: Call, agent: Agent) -> None:
    name = call.text("name")
    if name and name != agent.slug:
        raise ValidationFault({"name": ["The name of an organization is its permanent address: it cannot be changed"]})
