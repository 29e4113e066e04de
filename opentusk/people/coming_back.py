"""Where somebody was before signing in: kept while a link travels by e-mail, on the same device."""

from django.http import HttpRequest
from django.utils.http import url_has_allowed_host_and_scheme

_KEY = "after_sign_in"


def wanted_place(request: HttpRequest) -> str:
    """Where to go afterwards: an address of this portal only, or nothing."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    is_ours = wanted.startswith("/") and url_has_allowed_host_and_scheme(wanted, allowed_hosts={request.get_host()})
    return wanted if is_ours else ""


def remember(request: HttpRequest) -> None:
    """Keep the place that this request asks to come back to; without one, what was kept stays."""
    if place := wanted_place(request):
        request.session[_KEY] = place


def kept_place(request: HttpRequest) -> str:
    """The place that was kept; it is not kept any longer."""
    place: str = request.session.pop(_KEY, "")
    return place
