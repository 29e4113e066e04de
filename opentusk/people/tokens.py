"""Keys for programs: made, recognised, revoked. The key itself is shown once and never kept."""

import hashlib
import secrets
from collections.abc import Mapping
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from opentusk.journal.actions import record
from opentusk.journal.actors import Actor, ActorKind
from opentusk.people.actors import actor_of
from opentusk.people.events import PeopleEvent
from opentusk.people.models import ApiToken, User

PREFIX = "otk_"
# Noting each use would make every reading request write a row.
_USE_NOTED_EVERY = timedelta(minutes=10)


@transaction.atomic
def make_token(
    user: User, *, name: str, scope: ApiToken.Scope, ipa_code: str = "", expires_at: datetime | None = None
) -> tuple[ApiToken, str]:
    """A new token and its key, which nobody can be told again."""
    key = PREFIX + secrets.token_urlsafe(32)
    token = ApiToken.objects.create(
        user=user,
        name=name,
        start=key[:10],
        token_hash=hash_of(key),
        scope=scope,
        ipa_code=ipa_code.strip().lower(),
        expires_at=expires_at,
    )
    record(PeopleEvent.TOKEN_MADE, user, by=actor_of(user), facts={"token": token.pk, "scope": str(scope)})
    return token, key


@transaction.atomic
def revoke_token(token: ApiToken, *, by: Actor) -> None:
    """Close the door to a program at once; revoking twice changes nothing."""
    if token.revoked_at is not None:
        return
    token.revoked_at = timezone.now()
    token.save(update_fields=["revoked_at"])
    record(PeopleEvent.TOKEN_REVOKED, token.user, by=by, facts={"token": token.pk})


def key_in(headers: Mapping[str, str]) -> str:
    """The key that a request brings: raw as CKAN's clients send it, behind `Bearer` as others do; "" for none."""
    for header in ("Authorization", "X-CKAN-API-Key"):
        first, _space, rest = headers.get(header, "").strip().partition(" ")
        if first:
            return rest.strip() if first.lower() == "bearer" else f"{first} {rest}".strip()
    return ""


def token_in(headers: Mapping[str, str]) -> ApiToken | None:
    """The token of a request; a key that opens nothing is nobody's."""
    key = key_in(headers)
    return find_token(key) if key else None


def find_token(key: str) -> ApiToken | None:
    """The token that a key opens, if it still does; that it was used is noted now and then."""
    now = timezone.now()
    token = ApiToken.objects.usable(now).select_related("user").filter(token_hash=hash_of(key)).first()
    if token and (token.last_used_at is None or now - token.last_used_at > _USE_NOTED_EVERY):
        token.last_used_at = now
        token.save(update_fields=["last_used_at"])
    return token


def actor_of_token(token: ApiToken) -> Actor:
    """The author of what a program does: its owner, said to be a program."""
    owner = actor_of(token.user)
    label = f"programma della {owner.label}" if owner.kind is ActorKind.PERSON else owner.label
    return Actor(owner.kind, owner.reference, label, owner.user_id)


def hash_of(secret: str) -> str:
    """What is kept of a secret of our making: it has so much chance that a plain digest cannot be turned back."""
    return hashlib.sha256(secret.encode()).hexdigest()
