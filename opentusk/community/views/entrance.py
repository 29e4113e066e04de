"""The door of the reserved pages: asked at every request, so that a suspended body is out at once."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.cache import never_cache

from opentusk.community.permissions import can_enter
from opentusk.people.actors import actor_of

View = Callable[..., HttpResponseBase]


def reserved(view: View) -> View:
    """Only for people of accredited bodies, moderators and the desk; kept in no cache."""

    @never_cache
    @login_required
    @wraps(view)
    def inner(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not can_enter(actor_of(request.user)):
            raise PermissionDenied("community")
        return view(request, *args, **kwargs)

    return inner
