"""Rows of the people room."""

from opentusk.people.models.accounts import (
    ApiToken,
    SignInFailure,
    SignInLink,
    User,
    UserManager,
    UserQuerySet,
    World,
    new_person_key,
)
from opentusk.people.models.roles import Consent, RoleGrant

__all__ = [
    "ApiToken",
    "Consent",
    "RoleGrant",
    "SignInFailure",
    "SignInLink",
    "User",
    "UserManager",
    "UserQuerySet",
    "World",
    "new_person_key",
]
