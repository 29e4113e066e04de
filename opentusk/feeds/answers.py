"""Answers for programs: exact types, compressed when wanted, not sent again when unchanged, open to every origin."""

import gzip
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from hashlib import blake2b

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.utils.http import http_date
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from opentusk.feeds.errors import FeedRefusal, NoSuchFeed, NotAnswered, NotBuilt, Withdrawn

_RETRY_SECONDS = 60
_View = Callable[..., HttpResponse]


@dataclass(frozen=True)
class Document:
    """A document to send. `packed` is its compressed form, `changed_at` in Unix seconds."""

    packed: bytes
    digest: str
    media_type: str
    changed_at: int | None = None


def pack_document(content: bytes, media_type: str, *, changed_at: int | None = None) -> Document:
    """A document that is no file."""
    digest = blake2b(content, digest_size=12).hexdigest()
    return Document(gzip.compress(content, 1, mtime=0), digest, media_type, changed_at)


def for_programs(view: _View) -> _View:
    """Answer refusals as problem documents, and let scripts of any origin read every answer."""

    @require_safe
    @wraps(view)
    def answer(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        try:
            response = view(request, *args, **kwargs)
        except FeedRefusal as refusal:
            response = _refuse(refusal)
        response.headers["Access-Control-Allow-Origin"] = "*"
        return response

    return answer


def send(request: HttpRequest, document: Document) -> HttpResponse:
    """The document, or 304 when the reader has it already. Each encoding has an ETag of its own, as HTTP asks."""
    is_packed = _takes_gzip(request)
    etag = f'"{document.digest}{".gz" if is_packed else ""}"'
    content = document.packed if is_packed else gzip.decompress(document.packed)
    response = HttpResponse(content, content_type=f"{document.media_type}; charset=utf-8")
    if is_packed:
        response.headers["Content-Encoding"] = "gzip"
    response.headers["ETag"] = etag
    response.headers["Cache-Control"] = "public, no-cache"
    if document.changed_at is not None:
        response.headers["Last-Modified"] = http_date(document.changed_at)
    patch_vary_headers(response, ["Accept-Encoding"])
    return get_conditional_response(request, etag, document.changed_at, response) or response


def see_other(address: str) -> HttpResponse:
    """303: the thing itself cannot be sent, a description of it is over there."""
    response = HttpResponse(status=303, headers={"Location": address})
    patch_vary_headers(response, ["Accept"])
    return response


def _takes_gzip(request: HttpRequest) -> bool:
    for offer in request.headers.get("Accept-Encoding", "").split(","):
        name, _semicolon, parameters = offer.strip().partition(";")
        if name.strip().lower() in ("gzip", "*"):
            return parameters.replace(" ", "") not in ("q=0", "q=0.0", "q=0.00", "q=0.000")
    return False


def _refuse(refusal: FeedRefusal) -> HttpResponse:
    match refusal:
        case NotAnswered(parameter, value):
            known = _(
                "Filtri ammessi: fq=organization:<ente>, fq=-organization:<ente>, modified_since, profiles, page."
            )
            return _problem(400, _("Il feed non risponde a «{}={}».").format(parameter, value) + " " + known)
        case NoSuchFeed(what):
            return _problem(404, _("Non c'è nessun feed «{}».").format(what))
        case Withdrawn(identifier, reason):
            return _problem(410, _("Il dataset {} è stato ritirato. Motivo: {}").format(identifier, reason or "–"))
        case NotBuilt():
            response = _problem(503, _("I file del feed non ci sono ancora: riprova tra poco."))
            response.headers["Retry-After"] = str(_RETRY_SECONDS)
            return response
    raise refusal


def _problem(status: int, detail: str) -> HttpResponse:
    """RFC 9457."""
    body = {"type": "about:blank", "status": status, "detail": detail}
    return JsonResponse(body, status=status, content_type="application/problem+json")
