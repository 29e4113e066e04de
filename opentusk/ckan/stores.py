"""Which resources programs keep row by row: told by the room above that keeps them, shown by this one."""

from collections.abc import Callable, Collection
from uuid import UUID

from django.conf import settings

Find = Callable[[Collection[UUID]], Collection[UUID]]
_FINDERS: list[Find] = []


def tells_stores(find: Find) -> Find:
    """Say who knows which of these resources are stores that may be asked."""
    _FINDERS.append(find)
    return find


def stores_among(numbers: Collection[UUID]) -> frozenset[UUID]:
    """Those of the resources that are stores."""
    return frozenset(found for find in _FINDERS for found in find(numbers)) if numbers else frozenset()


def dump_address(number: UUID) -> str:
    """Where all the rows of a resource are."""
    return f"{settings.SITE_URL}/datastore/dump/{number}"
