"""The door: /sparql for programs, and a page with a form for people."""

from hashlib import blake2b
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.utils.translation import gettext as _

from opentusk.kit.queries.errors import QueryRefusal
from opentusk.querying.answering import for_programs
from opentusk.sparql.answering import Refusal, answer_to, explain
from opentusk.sparql.asking import GRAPHS, ROWS, Asked, read_asked, wanted_description, wants_page
from opentusk.sparql.description import describe_endpoint
from opentusk.sparql.errors import SparqlRefusal
from opentusk.sparql.examples import EXAMPLES
from opentusk.sparql.places import current_snapshot
from opentusk.sparql.tabling import SHOWN, format_for_people, shown
from opentusk.ui.problem_documents import problem_answer


@for_programs("GET", "POST")
def sparql(request: HttpRequest) -> HttpResponse:
    """The endpoint: an answer, the description of itself, or the page."""
    try:
        asked = read_asked(request)
        response = _bare(request) if asked is None else _answer(request, asked)
    except (SparqlRefusal, QueryRefusal) as refusal:
        response = _refuse(request, explain(refusal))
    patch_vary_headers(response, ["Accept"])
    return response


def _bare(request: HttpRequest) -> HttpResponse:
    syntax = wanted_description(request)
    if not syntax:
        return _page(request)
    return HttpResponse(describe_endpoint(syntax), content_type=f"{GRAPHS[syntax][0]}; charset=utf-8")


def _answer(request: HttpRequest, asked: Asked) -> HttpResponse:
    if not asked.format:
        content = answer_to(request, asked, format=format_for_people(asked))
        return _page(request, asked=asked, shown=shown(asked, content))
    etag = _etag(asked)
    unchanged = get_conditional_response(request, etag)
    if unchanged is not None and unchanged.status_code == 304:
        return unchanged
    content = answer_to(request, asked, format=asked.format)
    response = HttpResponse(content, content_type=f"{asked.media_type}; charset=utf-8")
    response.headers["ETag"] = etag
    response.headers["Cache-Control"] = "public, no-cache"
    return response


def _etag(asked: Asked) -> str:
    """The same question over the same snapshot has the same answer, perhaps in another order."""
    return f'W/"{blake2b(f"{current_snapshot()}{asked}".encode(), digest_size=12).hexdigest()}"'


def _refuse(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    if wants_page(request):
        response = _page(request, refusal=refusal)
        response.status_code = refusal.status
    else:
        response = problem_answer(refusal.status, refusal.title, refusal.detail)
    if refusal.retry_after:
        response.headers["Retry-After"] = str(refusal.retry_after)
    return response


def _page(request: HttpRequest, *, asked: Asked | None = None, **answer: object) -> HttpResponse:
    query = request.GET.get("query", "") or EXAMPLES[0].query
    formats = (GRAPHS if asked.form.is_graph else ROWS) if asked else {}
    context = {
        "query": query,
        "examples": [(example, urlencode({"query": example.query})) for example in EXAMPLES],
        "downloads": [(name.upper(), urlencode({"query": query, "format": name})) for name in formats],
        "seconds": settings.SPARQL_SECONDS,
        "most_rows": SHOWN,
        "crumbs": [(_("Per chi sviluppa"), "/sviluppatori"), ("SPARQL", "")],
    }
    return render(request, "sparql/sparql.html", context | answer)
