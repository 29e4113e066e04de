"""Whether who signed in moderates, for the links of the desk."""

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from opentusk.comments.permissions import can_moderate
from opentusk.people.actors import actor_of


def moderation(request: HttpRequest) -> dict[str, object]:
    """Asked of the database only for accounts, and only by a page that has the link."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return {}
    return {"is_moderator": SimpleLazyObject(lambda: can_moderate(actor_of(user)))}
