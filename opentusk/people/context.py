"""What pages ask about who signed in, answered when a page asks."""

from collections.abc import Callable

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from opentusk.journal.actors import Actor
from opentusk.people.actors import actor_of


def of_account(request: HttpRequest, name: str, question: Callable[[Actor], object]) -> dict[str, object]:
    """The answer under its name: asked of the database only for accounts, and only by a page that shows it."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return {}
    return {name: SimpleLazyObject(lambda: question(actor_of(user)))}
