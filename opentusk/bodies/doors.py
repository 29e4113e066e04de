"""Who may come in by a page, and what lacking rights looks like in a browser."""

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from opentusk.bodies.errors import NotAllowed
from opentusk.bodies.permissions import is_desk
from opentusk.people.actors import actor_of

View = TypeVar("View", bound=Callable[..., HttpResponseBase])


def for_the_desk(view: View) -> View:
    """A page of the regional desk: others who are signed in are told that it is not for them."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not is_desk(actor_of(request.user)):
            raise PermissionDenied("desk")
        return view(request, *args, **kwargs)

    guard: View = login_required(guarded)  # type: ignore[assignment]
    return guard


def refusing(view: View) -> View:
    """What the room refuses for lack of rights is a 403 for the browser."""

    @wraps(view)
    def guarded(*args: Any, **kwargs: Any) -> HttpResponseBase:
        try:
            return view(*args, **kwargs)
        except NotAllowed as refusal:
            raise PermissionDenied(refusal.action) from refusal

    guard: View = guarded  # type: ignore[assignment]
    return guard
