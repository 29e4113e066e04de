"""Keys for programs: one's own, never more able than the key they are made with."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from opentusk.ckan.errors import NotAuthorizedFault, NotFoundFault, ValidationFault
from opentusk.ckan.permissions import is_sysadmin
from opentusk.ckan.protocol import Call
from opentusk.ckan_directory.people import find_user, user_id, user_name
from opentusk.ckan_directory.permissions import signed_in
from opentusk.kit.ckan_packages.spelling import moment
from opentusk.people.models import ApiToken, User
from opentusk.people.tokens import find_token, make_token, revoke_token

_MOST_SECONDS = 730 * 86_400


def api_token_create(call: Call) -> Any:
    """Make a key called `name` for the account `user`: one's own only, because a key acts and signs as its owner.

    It may do what the key may that it is made with, for as long; `expires_in` times `unit` seconds make it shorter.
    """
    asker = signed_in(call, "api_token_create")
    user = _own(call, asker, call.required("user"), "create API tokens of another user")
    name = call.required("name")
    if len(name) > 120:
        raise ValidationFault({"name": ["Must be at most 120 characters long"]})
    held = call.token
    limits = [held.expires_at] if held and held.expires_at else []
    if seconds := (call.natural("expires_in", 0) or 0) * (call.natural("unit", 1) or 1):
        limits.append(timezone.now() + timedelta(seconds=min(seconds, _MOST_SECONDS)))
    token, key = make_token(
        user,
        name=name,
        scope=ApiToken.Scope(held.scope) if held else ApiToken.Scope.DRAFTS,
        ipa_code=held.ipa_code if held else "",
        expires_at=min(limits) if limits else None,
    )
    return {"token": key, "id": str(token.pk)}


def api_token_list(call: Call) -> Any:
    """Return the keys of the account `user_id` that still open: one's own, or anybody's for whoever runs the portal."""
    asker = signed_in(call, "api_token_list")
    ref = call.text("user_id") or call.required("user", "user_id")
    user = asker if find_user(ref) == asker else _other(call, asker, ref, "list API tokens of another user")
    return [_shown(token) for token in user.tokens.usable(timezone.now()).newest_first()]


def api_token_revoke(call: Call) -> Any:
    """Close the door to a program, by its `token` or by the number `jti` of the key."""
    asker = signed_in(call, "api_token_revoke")
    key, number = call.text("token"), call.text("jti")
    if not key and not number:
        raise ValidationFault({"jti": ["Missing value"]})
    tokens = ApiToken.objects.filter(pk=int(number)) if number and _is_number(number) else ApiToken.objects.none()
    token = find_token(key) if key else tokens.select_related("user").first()
    if token is None:
        raise NotFoundFault("API Token was not found.")
    if token.user != asker and not is_sysadmin(call):
        raise NotAuthorizedFault(f"User {user_name(asker)} not authorized to revoke this API token")
    revoke_token(token, by=call.actor)


def _own(call: Call, asker: User, ref: str, what: str) -> User:
    found = find_user(ref)
    if found is None:
        raise ValidationFault({"user": ["Not found: User"]})
    if found != asker:
        raise NotAuthorizedFault(f"User {user_name(asker)} not authorized to {what}")
    return found


def _other(call: Call, asker: User, ref: str, what: str) -> User:
    if not is_sysadmin(call):
        raise NotAuthorizedFault(f"User {user_name(asker)} not authorized to {what}")
    found = find_user(ref)
    if found is None:
        raise NotFoundFault("User was not found.")
    return found


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) <= 18


def _shown(token: ApiToken) -> dict[str, Any]:
    return {
        "id": str(token.pk),
        "name": token.name,
        "user_id": user_id(token.user),
        "created_at": moment(token.created_at),
        "last_access": moment(token.last_used_at) if token.last_used_at else None,
        "expires_at": moment(token.expires_at) if token.expires_at else None,
    }
