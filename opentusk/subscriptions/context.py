"""How many notices wait for who signed in, for the header of every page."""

from django.http import HttpRequest

from opentusk.subscriptions.models import InboxNotice


def unread(request: HttpRequest) -> dict[str, int]:
    """The number of unread notices; asked of the database for accounts only."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return {}
    return {"notices_unread": InboxNotice.objects.filter(subscriber__user=user.pk).unread().count()}
