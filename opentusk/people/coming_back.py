"""Where somebody was before signing in: kept while a link travels by e-mail, on the same device."""

from collections.abc import Callable
from urllib.parse import parse_qs, urlencode, urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import resolve_url
from django.utils.http import url_has_allowed_host_and_scheme

_KEY = "after_sign_in"


def wanted_place(request: HttpRequest) -> str:
    """Where to go afterwards: an address of this portal only, or nothing."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    return wanted if _is_ours(wanted, request) else ""


def remember(request: HttpRequest) -> None:
    """Keep the place that this request asks to come back to; without one, what was kept stays."""
    if place := wanted_place(request):
        request.session[_KEY] = place


def kept_place(request: HttpRequest) -> str:
    """The place that was kept; it is not kept any longer."""
    place: str = request.session.pop(_KEY, "")
    return place


class BackToTheForm:
    """Sends whoever must sign in before a form is taken back to the page of the form.

    The address that takes a form often shows no page, and what was sent is lost anyway: a browser comes back with GET.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:  # noqa: D102
        response = self._get_response(request)
        if request.method == "POST" and response.status_code == 302:
            sign_in, sent_to = resolve_url(settings.LOGIN_URL), urlsplit(response.headers["Location"])
            comes_back_here = parse_qs(sent_to.query).get("next") == [request.get_full_path()]
            if sent_to.path == sign_in and comes_back_here and (page := _page_of_the_form(request)):
                response.headers["Location"] = f"{sign_in}?{urlencode({'next': page}, safe='/')}"
        return response


def _page_of_the_form(request: HttpRequest) -> str:
    """The address on this portal that the browser says it was sent from, or nothing."""
    sent_from = request.headers.get("Referer", "")
    if not url_has_allowed_host_and_scheme(sent_from, allowed_hosts={request.get_host()}):
        return ""
    page = urlsplit(sent_from)._replace(scheme="", netloc="", fragment="").geturl()
    return page if _is_ours(page, request) else ""


def _is_ours(place: str, request: HttpRequest) -> bool:
    return place.startswith("/") and url_has_allowed_host_and_scheme(place, allowed_hosts={request.get_host()})
