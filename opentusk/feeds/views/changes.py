"""The stream of changes: its index, its pages, the shape of its members."""

from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_vary_headers

from opentusk.feeds.answers import for_programs, pack_document, send
from opentusk.feeds.errors import NoSuchFeed, NotAnswered
from opentusk.feeds.following import Form, write_index, write_page, write_shape
from opentusk.feeds.models import Change

_YEAR = 31_536_000


@for_programs
def changes(request: HttpRequest, extension: str | None = None) -> HttpResponse:
    """The index, or with `page` one page."""
    form = Form(extension) if extension else _preferred(request)
    number = request.GET.get("page", "")
    response = _page(request, number, form, extension or "") if number else _index(request, form, extension or "")
    if not extension:
        patch_vary_headers(response, ["Accept"])
    return response


@for_programs
def shape(request: HttpRequest) -> HttpResponse:
    """What every member looks like."""
    return send(request, pack_document(write_shape(), "text/turtle"))


def _index(request: HttpRequest, form: Form, extension: str) -> HttpResponse:
    return send(request, pack_document(write_index(form, extension), form.media_type))


def _page(request: HttpRequest, text: str, form: Form, extension: str) -> HttpResponse:
    if not text.isdecimal() or not 0 < int(text) < 1_000_000:
        raise NotAnswered("page", text)
    rows = list(Change.objects.on_page(int(text)))
    if not rows:
        raise NoSuchFeed(f"/feed/changes?page={text}")
    content = write_page(int(text), rows, form, extension)
    document = pack_document(content, form.media_type, changed_at=int(rows[-1].at.timestamp()))
    response = send(request, document)
    if len(rows) == Change.PER_PAGE:
        response.headers["Cache-Control"] = f"public, max-age={_YEAR}, immutable"
    return response


def _preferred(request: HttpRequest) -> Form:
    wanted = request.get_preferred_type([form.media_type for form in Form])
    return next((form for form in Form if form.media_type == wanted), Form.TRIG)
