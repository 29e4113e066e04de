"""Whether who signed in moderates, for the links of the desk."""

from django.http import HttpRequest

from opentusk.comments.permissions import can_moderate
from opentusk.people.context import of_account


def moderation(request: HttpRequest) -> dict[str, object]:
    """Whether there are comments to moderate."""
    return of_account(request, "is_moderator", can_moderate)
