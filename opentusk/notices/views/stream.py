"""Events for programs: a list to read on from where one was, and the same as a stream of server-sent events."""

import json
import time
from collections.abc import Iterator
from urllib.parse import urlencode

from django.conf import settings
from django.db import close_old_connections, connection
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe

from opentusk.notices.asking import Asked, read_asked
from opentusk.notices.shapes import event_json
from opentusk.notices.views.news import conditional
from opentusk.ui.clients import network_of
from opentusk.ui.gates import Turnstile

_PER_PAGE = 100
_LARGEST_PAGE = 1_000
# A stream keeps a thread of the web server: it ends after a while and the reader comes back with its last number.
_STREAM_SECONDS = 50
_PAUSE = 1.0
_PLACES = Turnstile(places=settings.STREAMS)


@require_safe
def events(request: HttpRequest) -> HttpResponse:
    """The events after a number, in order, without gaps; `next` until nothing is left."""
    asked = read_asked(request.GET.dict())
    after, size = _number(request.GET.get("after", ""), 0), _number(request.GET.get("limit", ""), _PER_PAGE)
    size = max(1, min(size, _LARGEST_PAGE))
    found = list(asked.events().after(after)[: size + 1])
    last = found[size - 1].seq if len(found) > size else None
    document = {
        "events": [event_json(event) for event in found[:size]],
        "last": found[:size][-1].seq if found else after,
        "next": _address(asked, last, size) if last is not None else None,
    }
    return conditional(request, json.dumps(document, ensure_ascii=False).encode(), "application/json")


@require_safe
def stream(request: HttpRequest) -> HttpResponseBase:
    """The events as they happen; `Last-Event-ID` or `after` says from where. Raises Crowded."""
    client = network_of(request)
    _PLACES.enter(client, at_once=settings.STREAMS_OF_ONE, queue=0, again=30)
    after = _number(request.headers.get("Last-Event-ID", "") or request.GET.get("after", ""), -1)
    try:
        lines = _Stream(read_asked(request.GET.dict()), after, client)
    except BaseException:
        # A place that is not given back here is lost for all readers to come.
        _PLACES.leave(client)
        raise
    response = StreamingHttpResponse(lines, content_type="text/event-stream; charset=utf-8")
    response.headers["Cache-Control"] = "no-store"
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.headers["X-Accel-Buffering"] = "no"
    return response


class _Stream:
    """The lines of a stream; its place is given back however it ends."""

    def __init__(self, asked: Asked, after: int, client: str) -> None:
        self._asked, self._client = asked, client
        self._after = after if after >= 0 else self._now()
        self._has_place = True

    def __iter__(self) -> Iterator[bytes]:
        try:
            yield b"retry: 2000\n\n"
            ends = time.monotonic() + _STREAM_SECONDS
            while time.monotonic() < ends:
                if not connection.in_atomic_block:
                    close_old_connections()
                told = False
                for event in self._asked.events().after(self._after)[:_PER_PAGE]:
                    self._after, told = event.seq, True
                    data = json.dumps(event_json(event), ensure_ascii=False)
                    yield f"id: {event.seq}\nevent: {event.type}\ndata: {data}\n\n".encode()
                if not told:
                    # A comment: the reader, and every proxy between us, know that somebody is still there.
                    yield b":\n\n"
                    time.sleep(_PAUSE)
        finally:
            self.close()

    def close(self) -> None:
        """Give the place back, once."""
        if self._has_place:
            self._has_place = False
            _PLACES.leave(self._client)

    def _now(self) -> int:
        """The number of the latest event: without a starting point a reader hears only of what comes."""
        return self._asked.events().newest_first().values_list("seq", flat=True).first() or 0


def _address(asked: Asked, after: int, size: int) -> str:
    query = urlencode([("after", after), ("limit", size)])
    return f"{settings.SITE_URL}/api/v1/events?{query}" + (f"&{asked.query()}" if asked.query() else "")


def _number(raw: str, usual: int) -> int:
    return int(raw[:18]) if raw.isascii() and raw.isdigit() else usual
