"""Whether who signed in is of the community, for the header of every page."""

from django.http import HttpRequest

from opentusk.community.permissions import can_enter
from opentusk.people.context import of_account


def membership(request: HttpRequest) -> dict[str, object]:
    """Whether the community is open to them."""
    return of_account(request, "is_of_community", can_enter)
