"""Users read: the accounts of the portal, each told as far as the caller may know it."""

from collections.abc import Callable
from typing import Any

from opentusk.catalog.events import CatalogEvent
from opentusk.catalog.models import Dataset, DatasetQuerySet
from opentusk.ckan.errors import NotFoundFault
from opentusk.ckan.permissions import is_sysadmin
from opentusk.ckan.protocol import Call
from opentusk.ckan.showing import package_dicts
from opentusk.ckan_directory.api.organizations import MOST_PACKAGES
from opentusk.ckan_directory.people import find_user, user_id, user_name
from opentusk.ckan_directory.permissions import Sight, sight_of, signed_in
from opentusk.ckan_directory.showing import Json, user_dict, user_dicts
from opentusk.journal.models import Entry, reference_of
from opentusk.people.models import User

_Key = Callable[[Json], Any]
_ORDERS: dict[str, _Key] = {
    "name": lambda user: user["name"],
    "fullname": lambda user: (user["fullname"] or "").casefold(),
    "display_name": lambda user: user["display_name"].casefold(),
    "created": lambda user: user["created"],
    "sysadmin": lambda user: not user["sysadmin"],
    "number_created_packages": lambda user: -user["number_created_packages"],
}


def user_list(call: Call) -> Any:
    """Return the accounts that the caller may know, or with `all_fields` false their names.

    The desk knows everybody, the others themselves and their colleagues. `q` finds words in name and full name;
    `email` finds an address, for whoever runs the portal; `order_by` is a field.
    """
    signed_in(call, "user_list")
    sight = sight_of(call)
    users = list(_found(call, sight))
    if not call.boolean("all_fields", True):
        return sorted(map(user_name, users))
    order = _ORDERS.get(call.text("order_by") or "name", _ORDERS["name"])
    return sorted(user_dicts(users, sight), key=order)


def user_show(call: Call) -> Any:
    """Return the account whose `id` (or name) is given; without one, the caller's own.

    Of somebody whom the caller may not know, only the number and what is made of it is shown. The e-mail address is
    shown to the person and to whoever runs the portal. `include_datasets` adds the public datasets that the person
    began, `include_num_followers` how many follow them: nobody, because people are not followed here.
    """
    asker = signed_in(call, "user_show")
    ref = call.text("id")
    user = known_user(call, ref) if ref else User.objects.select_related("ckan_account").get(pk=asker.pk)
    shown = user_dict(user, sight_of(call))
    if call.boolean("include_num_followers", False):
        shown["num_followers"] = 0
    if call.boolean("include_datasets", False):
        shown["datasets"] = package_dicts(list(_begun_by(user)[:MOST_PACKAGES]))
    return shown


def user_autocomplete(call: Call) -> Any:
    """Return the accounts that the caller may know in whose name `q` stands: at most `limit` (20) of them."""
    asker = signed_in(call, "user_autocomplete")
    text, limit = call.required("q").lower(), call.natural("limit", 20) or 0
    sight = sight_of(call)
    found = [
        {"id": user_id(user), "name": user_name(user), "fullname": user.name or None}
        for user in _holding(text, sight)
        if not (call.boolean("ignore_self", False) and user.pk == asker.pk)
    ]
    return found[:limit]


def known_user(call: Call, ref: str) -> User:
    """An account; a closed one is known to whoever runs the portal. Raises NotFoundFault."""
    found = find_user(ref)
    if found is None or not (found.is_active or is_sysadmin(call)):
        raise NotFoundFault("User was not found.")
    return found


def _found(call: Call, sight: Sight) -> list[User]:
    found = _holding((call.text("q") or "").lower(), sight)
    address = call.text("email")
    if address and sight.is_admin:
        found = [user for user in found if user.email == address.strip().lower()]
    return found


def _holding(text: str, sight: Sight) -> list[User]:
    users = User.objects.active().select_related("ckan_account").order_by("pk")
    known = users if sight.is_everywhere else users.filter(pk__in={sight.user_id, *sight.colleagues})
    return [user for user in known if text in user_name(user) or text in user.name.lower()]


def _begun_by(user: User) -> DatasetQuerySet:
    entries = Entry.objects.filter(event=CatalogEvent.DATASET_CREATED, actor=reference_of(user))
    numbers = [entry.subject_id for entry in entries.only("subject")]
    return Dataset.objects.published().filter(pk__in=numbers).with_holder().by_title()
