"""Answers for programs: not made again when nothing changed, compressed when wanted, open to every origin."""

import gzip
import json
import threading
from collections import OrderedDict
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from functools import wraps
from hashlib import blake2b
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response, patch_vary_headers

from opentusk.kit.queries.errors import QueryRefusal
from opentusk.querying.callers import callers
from opentusk.querying.errors import QueryingRefusal
from opentusk.querying.gates import allow_request, working_for
from opentusk.querying.refusing import answer_refusal, refuse_method
from opentusk.ui.gates import AskLater
from opentusk.ui.speech import is_english

JSON = "application/json"
_SMALL = 400  # bytes not worth compressing
_EXPOSED = "Content-Digest, Content-Disposition, ETag, Link, Retry-After, X-Table-Version, X-Total-Rows"
_View = Callable[..., HttpResponseBase]
_Turn = Callable[[HttpRequest], AbstractContextManager[None]]


def for_programs(*methods: str) -> Callable[[_View], _View]:
    """Let programs of any origin call a view, and answer its refusals as problem documents."""
    known = {*methods, "HEAD", "OPTIONS"} if "GET" in methods else {*methods, "OPTIONS"}
    allowed = ", ".join(sorted(known))

    def decorate(view: _View) -> _View:
        @wraps(view)
        def answer(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
            response: HttpResponseBase
            if request.method == "OPTIONS":
                response = _preflight(allowed)
            elif request.method not in known:
                response = refuse_method(allowed)
            else:
                response = _answered(view, request, *args, **kwargs)
            response.headers["Access-Control-Allow-Origin"] = "*"
            response.headers["Access-Control-Expose-Headers"] = _EXPOSED
            return response

        # Nothing here looks at a cookie, so there is nothing that a foreign page could make somebody do.
        answer.csrf_exempt = True  # type: ignore[attr-defined]
        return answer

    return decorate


def etag_of(request: HttpRequest, fingerprint: str, *more: str) -> str:
    """The mark of an answer: the version and the question."""
    asked = (request.path, request.META.get("QUERY_STRING", ""), "en" if is_english() else "it", *more)
    return blake2b("|".join((fingerprint, *asked)).encode(), digest_size=16).hexdigest()


@dataclass(frozen=True)
class Made:
    """A text with the headers that say something of it. What the time cut short is sent, but not kept."""

    text: str
    headers: Mapping[str, str]
    is_whole: bool = True


def send(
    request: HttpRequest, fingerprint: str, make: Callable[[], Made], *, turn: _Turn = working_for
) -> HttpResponse:
    """What `make` gives, or 304. It is made in the client's turn, and once for each question and version."""
    key = etag_of(request, fingerprint)
    etag = f'W/"{key}"'
    unchanged = get_conditional_response(request, etag)
    if unchanged is not None and unchanged.status_code == 304:
        return _described(unchanged, etag, {})
    kept = _KEPT.get(key)
    if kept is None:
        with turn(request):
            made = make()
        kept = (made.text.encode("utf-8", "replace"), made.headers)
        if not made.is_whole:
            return _described(_packed(request, kept[0]), "", made.headers)
        _KEPT.put(key, kept)
    content, headers = kept
    return _described(_packed(request, content), etag, headers)


def json_text(document: object) -> str:
    """A document as JSON, letters as they are."""
    return json.dumps(document, ensure_ascii=False, separators=(",", ":"), default=str)


def _answered(view: _View, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
    try:
        allow_request(request)
        response = view(request, *args, **kwargs)
    except (QueryRefusal, QueryingRefusal, AskLater) as refusal:
        return answer_refusal(request, refusal)
    if isinstance(table := kwargs.get("uuid"), UUID):
        callers.note(request, table)
    return response


def _preflight(allowed: str) -> HttpResponse:
    headers = {
        "Allow": allowed,
        "Access-Control-Allow-Methods": allowed,
        "Access-Control-Allow-Headers": (
            "Accept, Accept-Language, Authorization, Content-Type, If-None-Match, X-CKAN-API-Key"
        ),
        "Access-Control-Max-Age": "86400",
    }
    return HttpResponse(status=204, headers=headers)


def _packed(request: HttpRequest, content: bytes) -> HttpResponse:
    response = HttpResponse(content_type=JSON)
    if len(content) > _SMALL and "gzip" in request.headers.get("Accept-Encoding", ""):
        content = gzip.compress(content, 1, mtime=0)
        response.headers["Content-Encoding"] = "gzip"
    response.headers["Content-Length"] = str(len(content))
    if request.method != "HEAD":
        response.content = content
    return response


def _described(response: HttpResponse, etag: str, headers: Mapping[str, str]) -> HttpResponse:
    if etag:
        response.headers["ETag"] = etag
    response.headers["Cache-Control"] = "public, no-cache" if etag else "no-store"
    for name, value in headers.items():
        response.headers[name] = value
    patch_vary_headers(response, ["Accept-Encoding", "Accept-Language"])
    return response


_Answer = tuple[bytes, Mapping[str, str]]


class _Kept:
    """The answers made last, within a ceiling of bytes."""

    def __init__(self, ceiling: int) -> None:
        self._ceiling = ceiling
        self._lock = threading.Lock()
        self._answers: OrderedDict[str, _Answer] = OrderedDict()
        self._size = 0

    def get(self, key: str) -> _Answer | None:
        with self._lock:
            answer = self._answers.get(key)
            if answer is not None:
                self._answers.move_to_end(key)
            return answer

    def put(self, key: str, answer: _Answer) -> None:
        if len(answer[0]) > self._ceiling // 10:
            return
        with self._lock:
            replaced = self._answers.pop(key, None)
            self._size += len(answer[0]) - (len(replaced[0]) if replaced else 0)
            self._answers[key] = answer
            while self._size > self._ceiling:
                _key, dropped = self._answers.popitem(last=False)
                self._size -= len(dropped[0])


_KEPT = _Kept(settings.QUERY_CACHE * 1024 * 1024)
