"""Accounts as clients name them: by a number and a short name that say nothing of the person.

Both are made of the account's own number, unless whoever made the account chose others.
"""

from uuid import UUID

from opentusk.ckan.accounts import names_accounts
from opentusk.ckan.finding import as_uuid
from opentusk.ckan_directory.models import Account
from opentusk.people.models import User

# A UUID of version 8 ("custom"), in whose last part the account's number is written.
_NUMBERS = "75736572-0000-8000-8000-"
_NAMES = "user-"


def user_id(user: User) -> str:
    """The number of an account."""
    chosen = _chosen(user)
    return str(chosen.uuid) if chosen else f"{_NUMBERS}{user.pk:012x}"


def user_name(user: User) -> str:
    """The short name of an account; never its address."""
    chosen = _chosen(user)
    return chosen.name if chosen else f"{_NAMES}{user.pk}"


@names_accounts
def called(user: User) -> tuple[str, str]:
    """The number and the short name of an account, for the rooms below."""
    return user_id(user), user_name(user)


def find_user(ref: str) -> User | None:
    """The account that a number or a name means."""
    users = User.objects.select_related("ckan_account")
    number = as_uuid(ref)
    chosen = users.filter(ckan_account__uuid=number) if number else users.filter(ckan_account__name=ref.lower())
    own = _own_number(ref, number)
    return chosen.first() or users.filter(pk=own, ckan_account__isnull=True).first()


def is_own_name(name: str) -> bool:
    """Whether a name is kept for the accounts to which nobody gave one."""
    return name.startswith(_NAMES) and name.removeprefix(_NAMES).isdigit()


def number_of_reference(reference: str) -> int | None:
    """The account that the journal calls `people.user:7`."""
    kind, _colon, number = reference.partition(":")
    return int(number) if kind == User._meta.label_lower and number.isdigit() else None


def _own_number(ref: str, number: UUID | None) -> int:
    """The account's own number inside its UUID or its name; 0, which no row has, when it is neither."""
    if number and str(number).startswith(_NUMBERS):
        return int(str(number).removeprefix(_NUMBERS), 16)
    digits = ref.lower().removeprefix(_NAMES)
    is_name = ref.lower() != digits and digits.isascii() and digits.isdigit() and len(digits) < 16
    return int(digits) if is_name else 0


def _chosen(user: User) -> Account | None:
    return getattr(user, "ckan_account", None)
