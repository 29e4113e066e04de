"""What is new, for people and for feed readers: of the portal, a body, a theme, a place, a dataset."""

from collections.abc import Callable, Sequence
from hashlib import blake2b

from django.conf import settings
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.cache import get_conditional_response
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from opentusk.catalog.models import Dataset
from opentusk.notices.asking import Asked, read_asked
from opentusk.notices.catalogue import public_families
from opentusk.notices.models import Event
from opentusk.notices.shapes import atom_feed, json_feed
from opentusk.notices.words import line_for

_PER_PAGE = 40
_IN_FEEDS = 100
_Write = Callable[..., str]
_WRITERS: dict[str, tuple[str, _Write]] = {
    "atom": ("application/atom+xml", atom_feed),
    "json": ("application/feed+json", json_feed),
}


@require_safe
def news(request: HttpRequest) -> HttpResponse:
    """The latest events, by day, with what one may filter."""
    return _page(request, read_asked(request.GET.dict()), "/novita")


@require_safe
def dataset_news(request: HttpRequest, slug: str) -> HttpResponse:
    """Everything that happened to one dataset."""
    dataset = get_object_or_404(Dataset.objects.exclude(status=Dataset.Status.DRAFT), slug=slug)
    return _page(request, Asked(dataset=dataset.identifier), f"/dataset/{slug}/novita")


@require_safe
def news_feed(request: HttpRequest, kind: str) -> HttpResponse:
    """The same list as a feed."""
    return _feed(request, read_asked(request.GET.dict()), kind, "/novita")


@require_safe
def dataset_feed(request: HttpRequest, slug: str, kind: str) -> HttpResponse:
    """The events of one dataset as a feed."""
    dataset = get_object_or_404(Dataset.objects.exclude(status=Dataset.Status.DRAFT), slug=slug)
    return _feed(request, Asked(dataset=dataset.identifier), kind, f"/dataset/{slug}/novita")


def _page(request: HttpRequest, asked: Asked, path: str) -> HttpResponse:
    found = asked.events().with_dataset().newest_first()
    page = Paginator(found, _PER_PAGE).get_page(request.GET.get("page"))
    about = asked.title()
    context = {
        "asked": asked,
        "about": about,
        "page": page,
        "lines": [(event, line_for(event)) for event in page.object_list],
        "families": public_families(),
        "path": path,
        "query": asked.query() if path == "/novita" else "",
        "crumbs": [(_("Novità"), "/novita" if about else ""), *([(about, "")] if about else [])],
    }
    return render(request, "notices/news.html", context)


def _feed(request: HttpRequest, asked: Asked, kind: str, path: str) -> HttpResponse:
    events: Sequence[Event] = list(asked.events().newest_first()[:_IN_FEEDS])
    media_type, write = _WRITERS[kind]
    query = f"?{asked.query()}" if path == "/novita" and asked.query() else ""
    page = f"{settings.SITE_URL}{path}{query}"
    content = write(events, about=asked.title(), page=page, address=f"{settings.SITE_URL}{path}.{kind}{query}")
    return conditional(request, content.encode(), media_type)


def conditional(request: HttpRequest, content: bytes, media_type: str) -> HttpResponse:
    """The document for programs of any origin, or 304 when the reader has it already."""
    etag = f'"{blake2b(content, digest_size=12).hexdigest()}"'
    response = HttpResponse(content, content_type=f"{media_type}; charset=utf-8")
    response.headers["ETag"] = etag
    response.headers["Cache-Control"] = "public, no-cache"
    response = get_conditional_response(request, etag, None, response) or response
    response.headers["Access-Control-Allow-Origin"] = "*"
    return response
