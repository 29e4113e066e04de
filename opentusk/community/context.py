"""Whether who signed in is of the community, for the header of every page."""

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from opentusk.community.permissions import can_enter
from opentusk.people.actors import actor_of


def membership(request: HttpRequest) -> dict[str, object]:
    """Asked of the database only for accounts, and only by a page that has the header."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return {}
    return {"is_of_community": SimpleLazyObject(lambda: can_enter(actor_of(user)))}
