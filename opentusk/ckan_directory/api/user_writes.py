"""Users made, changed and closed. What opens a door — address, password, portal rights — is not changed from here."""

from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction

from opentusk.bodies.actions import add_member
from opentusk.ckan import finding
from opentusk.ckan.errors import NotAuthorizedFault, ValidationFault
from opentusk.ckan.permissions import is_sysadmin
from opentusk.ckan.protocol import Call
from opentusk.ckan_directory.actions import make_account, save_account
from opentusk.ckan_directory.api.asking import checked_name, image_in, short
from opentusk.ckan_directory.api.users import known_user
from opentusk.ckan_directory.capacities import ROLES
from opentusk.ckan_directory.people import find_user, is_own_name, user_name
from opentusk.ckan_directory.permissions import (
    has_whole_key,
    require_running,
    require_sysadmin,
    sight_of,
    signed_in,
)
from opentusk.ckan_directory.showing import Json, user_dict
from opentusk.people.accounts import close_account, rename_account, reopen_account
from opentusk.people.models import User

_ABOUT = 10_000
_ELSEWHERE = {
    "email": "The e-mail address of an account cannot be changed here",
    "password": "A password is changed by its owner, on the page /profilo",
    "sysadmin": "Who runs the portal is not decided here",
    "name": "That login name can not be modified.",
}


def user_create(call: Call) -> Any:
    """Make an account: for whoever runs the portal.

    `name`, `email` and `password` are required; `fullname`, `about`, `image_url` may be given. Who comes from another
    CKAN with a `password_hash` has no password here, and signs in by a one-time link.
    """
    require_sysadmin(call, "user_create", "create users")
    name, email = _new_name(call), _new_email(call)
    password = call.text("password") if "password_hash" in call.data else call.required("password")
    if call.boolean("sysadmin", False):
        raise ValidationFault({"sysadmin": [_ELSEWHERE["sysadmin"]]})
    fullname, about, image = short(call, "fullname", 200), short(call, "about", _ABOUT), image_in(call)
    number = _new_number(call)
    with transaction.atomic():
        user = make_account(
            email, name=name, fullname=fullname or "", password=password or None, number=number, by=call.actor
        )
        save_account(user, about=about, image_url=image, by=call.actor)
    return _shown(call, user)


def user_update(call: Call) -> Any:
    """Change what is said of the account `id`: `fullname`, `about`, `image_url`; of one's own, or of anybody's for
    whoever runs the portal, who may also close and reopen it with `state`. What is not given stays.
    """
    return _change(call, "user_update")


def user_patch(call: Call) -> Any:
    """Change what is said of the account `id`, and nothing else, as `user_update` does."""
    return _change(call, "user_patch")


def user_delete(call: Call) -> Any:
    """Close the account `id`: for whoever runs the portal. What the person did stays on record."""
    signed_in(call, "user_delete")
    user = known_user(call, call.required("id"))
    require_sysadmin(call, "user_delete", f"delete user {user_name(user)}")
    close_account(user, by=call.actor)


def user_invite(call: Call) -> Any:
    """Let the owner of the address `email` work for the organization `group_id` with this `role`; a letter tells them.

    An account is made for an address that has none.
    """
    signed_in(call, "user_invite")
    email, ref, role = _valid_email(call), call.required("group_id"), call.required("role")
    agent = finding.organization(call, ref)
    require_running(call, "user_invite", agent, "invite users to organization")
    if role not in ROLES:
        raise ValidationFault({"role": [f"role does not exist: choose one of {', '.join(ROLES)}"]})
    return _shown(call, add_member(agent, email=email, role=ROLES[role], by=call.actor).user)


def _change(call: Call, action: str) -> Json:
    asker = signed_in(call, action)
    user = known_user(call, call.required("id"))
    if not (has_whole_key(call) and (user == asker or is_sysadmin(call))):
        raise NotAuthorizedFault(f"User {user_name(asker)} not authorized to edit user {user_name(user)}")
    _require_same(call, user)
    fullname, about, image = short(call, "fullname", 200), short(call, "about", _ABOUT), image_in(call)
    with transaction.atomic():
        if fullname is not None:
            rename_account(user, fullname, by=call.actor)
        save_account(user, about=about, image_url=image, by=call.actor)
        _move(call, user)
    return _shown(call, user)


def _move(call: Call, user: User) -> None:
    """What CKAN does by setting the state."""
    state = call.text("state") or ""
    if state == "deleted" and user.is_active:
        close_account(user, by=call.actor)
    elif state == "active" and not user.is_active:
        reopen_account(user, by=call.actor)


def _require_same(call: Call, user: User) -> None:
    """Raises ValidationFault for a change of what is not changed here: given as it is, it is no change."""
    faults = {}
    if (email := call.text("email")) and email.strip().lower() != user.email:
        faults["email"] = [_ELSEWHERE["email"]]
    if call.text("password"):
        faults["password"] = [_ELSEWHERE["password"]]
    if (name := call.text("name")) and name != user_name(user):
        faults["name"] = [_ELSEWHERE["name"]]
    if call.data.get("sysadmin") is not None and call.boolean("sysadmin", False) != user.is_admin:
        faults["sysadmin"] = [_ELSEWHERE["sysadmin"]]
    if faults:
        raise ValidationFault(faults)


def _new_name(call: Call) -> str:
    name = checked_name(call)
    if is_own_name(name) or find_user(name):
        raise ValidationFault({"name": ["That login name is not available."]})
    return name


def _new_email(call: Call) -> str:
    email = _valid_email(call)
    if len(email) > 254:
        raise ValidationFault({"email": ["Must be at most 254 characters long"]})
    return email


def _valid_email(call: Call) -> str:
    email = call.required("email").strip()
    try:
        validate_email(email)
    except ValidationError as fault:
        raise ValidationFault({"email": [f"Email {email} is not a valid format"]}) from fault
    return email


def _new_number(call: Call) -> UUID | None:
    ref = call.text("id")
    if not ref:
        return None
    number = finding.as_uuid(ref)
    if number is None:
        raise ValidationFault({"id": ["Invalid id: it must be a UUID"]})
    if find_user(ref):
        raise ValidationFault({"id": ["That id is already in use"]})
    return number


def _shown(call: Call, user: User) -> Json:
    return user_dict(User.objects.select_related("ckan_account").get(pk=user.pk), sight_of(call))
