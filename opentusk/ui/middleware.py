"""Around every answer: what a browser may load, and what is said to whoever asks too much."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from opentusk.ui.gates import AskLater
from opentusk.ui.later import later_answer

# `data:` pictures and fonts are the small icons inside Bootstrap Italia's style sheet.
_POLICY = "; ".join(
    [
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "font-src 'self' data: data:",
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    ]
)


class ContentSecurityPolicy:
    """Sends the policy with every answer, so that a script smuggled into a text stays a text."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:  # noqa: D102
        response = self._get_response(request)
        response.headers.setdefault("Content-Security-Policy", _POLICY)
        return response


class Gates:
    """Answers for every view behind a gate that was closed."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:  # noqa: D102
        return self._get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """429 for a refusal of a gate; anything else is a bug and falls."""
        return later_answer(request, exception) if isinstance(exception, AskLater) else None
