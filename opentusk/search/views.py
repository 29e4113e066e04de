"""The search page, and the same list for programs."""

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from opentusk.search.cards import cards_of
from opentusk.search.facets import panels_of
from opentusk.search.finding import Search, find
from opentusk.search.lists import atom_feed, csv_lines, list_json
from opentusk.search.question import Sort, read_question
from opentusk.search.suggesting import advise, suggest


@require_safe
def catalogue(request: HttpRequest) -> HttpResponse:
    """The list of results with its facets; complete without JavaScript."""
    question = read_question(request.GET)
    search = Search(question)
    found = search.found()
    if question.page > max(found.pages, 1):
        raise Http404
    context = {
        "question": question,
        "catalogue_words": question.text,
        "found": found,
        "cards": cards_of(found.ids, today=timezone.localdate()),
        "panels": panels_of(question, search.counts()),
        "orders": Sort.choices,
        "page": Paginator(range(found.total), question.size).get_page(question.page),
        "advice": [] if found.total else advise(question),
        "list_query": question.at_page(1).query(),
    }
    return render(request, "search/catalogue.html", context)


@require_safe
def catalogue_json(request: HttpRequest) -> JsonResponse:
    """One page of the list with its facets."""
    question = read_question(request.GET)
    search = Search(question)
    found = search.found()
    cards = cards_of(found.ids, today=timezone.localdate())
    return JsonResponse(list_json(found, cards, search.counts(), path=request.path))


@require_safe
def catalogue_csv(request: HttpRequest) -> StreamingHttpResponse:
    """The whole list."""
    lines = csv_lines(read_question(request.GET), today=timezone.localdate())
    response = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="catalogo.csv"'
    return response


@require_safe
def catalogue_atom(request: HttpRequest) -> HttpResponse:
    """One page of the list as a feed."""
    found = find(read_question(request.GET))
    feed = atom_feed(found, cards_of(found.ids, today=timezone.localdate()), path=request.path)
    return HttpResponse(feed, content_type="application/atom+xml; charset=utf-8")


@require_safe
def suggestions(request: HttpRequest) -> HttpResponse:
    """What begins as typed: a fragment of HTML, or JSON for whoever asks for it."""
    text = read_question(request.GET).text
    offered = suggest(text)
    if request.accepts("application/json") and not request.accepts("text/html"):
        return JsonResponse({"suggestions": [vars(offer) for offer in offered]})
    return render(request, "search/suggestions.html", {"suggestions": offered})
