"""Accounts: made, changed, closed and opened again by who runs the portal; one's own name by oneself."""

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction

from opentusk.journal.actions import record
from opentusk.journal.actors import Actor
from opentusk.people.errors import AddressTaken, LastAdmin, WeakPassword
from opentusk.people.events import PeopleEvent
from opentusk.people.models import User
from opentusk.people.permissions import can_change_account, can_open_accounts, require


@transaction.atomic
def open_account(email: str, *, name: str = "", password: str | None = None, by: Actor) -> User:
    """A new account; without a password it signs in by one-time link. Raises AddressTaken, WeakPassword."""
    require(can_open_accounts(by), "open_account", "accounts")
    address = email.strip().lower()
    if User.objects.filter(email=address).exists():
        raise AddressTaken(address)
    if password is not None:
        _require_strong(password, User(email=address, name=name))
    user = User.objects.create_user(address, password, name=name.strip())
    record(PeopleEvent.ACCOUNT_OPENED, user, by=by)
    return user


@transaction.atomic
def rename_account(user: User, name: str, *, by: Actor) -> User:
    """Change the name of a person; it stays out of the journal, which is kept for ever."""
    require(can_change_account(by, user), "rename_account", user.pk)
    if user.name != name.strip():
        user.name = name.strip()
        user.save(update_fields=["name"])
        record(PeopleEvent.ACCOUNT_CHANGED, user, by=by, facts={"field": "name"})
    return user


@transaction.atomic
def close_account(user: User, *, by: Actor) -> User:
    """Let nobody in by this account any more; what it did stays on record. Raises LastAdmin."""
    require(can_open_accounts(by), "close_account", user.pk)
    user.refresh_from_db(from_queryset=User.objects.select_for_update(no_key=True))
    if not user.is_active:
        return user
    if user.is_admin and not User.objects.active().filter(desk_role=User.DeskRole.ADMIN).exclude(pk=user.pk).exists():
        raise LastAdmin
    return _set_active(user, False, PeopleEvent.ACCOUNT_CLOSED, by)


@transaction.atomic
def reopen_account(user: User, *, by: Actor) -> User:
    """Let a closed account in again."""
    require(can_open_accounts(by), "reopen_account", user.pk)
    user.refresh_from_db(from_queryset=User.objects.select_for_update(no_key=True))
    return user if user.is_active else _set_active(user, True, PeopleEvent.ACCOUNT_REOPENED, by)


def _set_active(user: User, is_active: bool, event: PeopleEvent, by: Actor) -> User:
    user.is_active = is_active
    user.save(update_fields=["is_active"])
    record(event, user, by=by)
    return user


def _require_strong(password: str, user: User) -> None:
    try:
        validate_password(password, user)
    except ValidationError as fault:
        raise WeakPassword(tuple(fault.messages)) from fault
