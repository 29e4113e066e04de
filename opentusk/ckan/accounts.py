"""How clients call an account: as the room above that keeps the accounts' names says, or by its own number."""

from collections.abc import Callable

from opentusk.catalog.events import CatalogEvent
from opentusk.catalog.models import Dataset
from opentusk.journal.models import Entry
from opentusk.people.models import User

Name = Callable[[User], tuple[str, str]]
_NAMERS: list[Name] = []


def names_accounts(name: Name) -> Name:
    """Say who knows the number and the name of an account."""
    _NAMERS.append(name)
    return name


def account_name(user: User) -> str:
    """The short name of an account; never its address."""
    return _NAMERS[0](user)[1] if _NAMERS else f"user-{user.pk}"


def account_id(user: User) -> str | None:
    """The number of an account."""
    return _NAMERS[0](user)[0] if _NAMERS else None


def creator_id(dataset: Dataset) -> str | None:
    """The number of the account that began a dataset; None when no person did, or is there no more."""
    begun = Entry.objects.about(dataset).filter(event=CatalogEvent.DATASET_CREATED).order_by("seq").first()
    kind, _colon, number = begun.actor.partition(":") if begun else ("", "", "")
    if not _NAMERS or kind != User._meta.label_lower or not number.isdigit():
        return None
    user = User.objects.filter(pk=number).first()
    return account_id(user) if user else None
