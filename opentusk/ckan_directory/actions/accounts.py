"""Accounts made by a client, and what a person says of themselves."""

from typing import Any
from uuid import UUID, uuid4

from django.db import transaction

from opentusk.ckan_directory.models import Account
from opentusk.ckan_directory.people import user_id, user_name
from opentusk.journal.actors import Actor
from opentusk.people.accounts import open_account
from opentusk.people.models import User
from opentusk.people.permissions import can_change_account, require


@transaction.atomic
def make_account(
    email: str, *, name: str, fullname: str = "", password: str | None = None, number: UUID | None = None, by: Actor
) -> User:
    """An account with the name and the number that a client chose. Raises AddressTaken, WeakPassword."""
    user = open_account(email, name=fullname, password=password, by=by)
    Account.objects.create(user=user, uuid=number or uuid4(), name=name)
    return user


@transaction.atomic
def save_account(user: User, *, about: str | None, image_url: str | None, by: Actor) -> None:
    """Keep what a person says of themselves; None leaves it as it is. Their name and number never change."""
    require(can_change_account(by, user), "change_account", user.pk)
    said = {name: text for name, text in (("about", about), ("image_url", image_url)) if text is not None}
    if said:
        named = {"uuid": UUID(user_id(user)), "name": user_name(user)}
        Account.objects.update_or_create(user=user, defaults=said, create_defaults=named | said)


def export(user: User) -> dict[str, list[dict[str, Any]]]:
    """What the room keeps of a person."""
    kept = Account.objects.filter(user=user)
    rows = [{"nome": row.name, "presentazione": row.about, "immagine": row.image_url} for row in kept]
    return {"nome_per_i_programmi": rows}


def forget(user: User, tombstone: str) -> None:
    """Drop what a person said of themselves; the account is called by its own number again."""
    Account.objects.filter(user=user).delete()
