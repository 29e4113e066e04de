"""Which form of a thing a reader wants: a page for people, or linked data."""

from collections.abc import Callable
from functools import wraps

from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_vary_headers

from opentusk.kit.rdf.syntaxes import Syntax

_Page = Callable[..., HttpResponse]
_HTML = "text/html"
# The page comes first: whoever takes anything (`*/*`) is shown what people are shown.
_SYNTAX_OF = {_HTML: None} | {name: syntax for syntax in Syntax for name in syntax.media_types[:1]}


def wanted_syntax(request: HttpRequest) -> Syntax | None:
    """The syntax that the reader prefers to a page; None for a page."""
    return _SYNTAX_OF.get(request.get_preferred_type(list(_SYNTAX_OF)) or _HTML)


def or_rdf(as_rdf: Callable[[HttpRequest, Syntax, str], HttpResponse]) -> Callable[[_Page], _Page]:
    """Let a page answer with linked data, made by `as_rdf`, when the reader prefers that."""

    def decorate(page: _Page) -> _Page:
        @wraps(page)
        def choose(request: HttpRequest, slug: str) -> HttpResponse:
            syntax = wanted_syntax(request)
            response = as_rdf(request, syntax, slug) if syntax else page(request, slug)
            patch_vary_headers(response, ["Accept"])
            return response

        return choose

    return decorate
