"""Fetches one address: guarded, limited, polite, conditional."""

import math
import ssl
import time
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import cache
from typing import BinaryIO

import httpcore
import httpx
from django.conf import settings

from opentusk.outbound.addresses import Resolver, system_addresses
from opentusk.outbound.body import ACCEPTED_ENCODINGS, pieces_of
from opentusk.outbound.errors import Reason, Refused, Unreachable
from opentusk.outbound.guard import GuardedBackend
from opentusk.outbound.politeness import LONGEST_REST, asked_rest, is_count, turn_at

MAX_REDIRECTS = 5
MAX_ATTEMPTS = 3
# The longest request of a slow portal seen in practice: 100 datasets took up to 27 s (federation.md §2).
TOTAL_SECONDS = 120.0
_STEP_SECONDS = 30.0
_READ_OF_ANSWERS = 4_096
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_ASK_LATER = frozenset({429, 503})


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What a server said. `url` is the last one after redirects; `content` is decoded, empty for HEAD and 304.

    `size` counts the decoded bytes, also when they went into a file and `content` is empty; `declared` is the
    Content-Length as sent, None when there was none.
    """

    status: int
    url: str
    media_type: str
    content: bytes
    etag: str = ""
    last_modified: str = ""
    size: int = 0
    declared: int | None = None
    retry_after: str = ""

    @property
    def not_modified(self) -> bool:
        """Whether the copy that the request named is still good."""
        return self.status == 304


@dataclass(frozen=True, kw_only=True)
class _Limits:
    max_bytes: int
    deadline: float
    resolve: Resolver
    into: BinaryIO | None
    first_bytes: int | None


@dataclass(frozen=True, kw_only=True)
class _Hop:
    """One answer on the way, with the headers that say what to do next."""

    answer: Answer
    location: str


def fetch(
    url: str,
    *,
    method: str = "GET",
    accept: str = "*/*",
    json_body: bytes | None = None,
    xml_body: bytes | None = None,
    if_none_match: str | None = None,
    if_modified_since: str | None = None,
    max_bytes: int | None = None,
    seconds: float = TOTAL_SECONDS,
    secret_headers: Mapping[str, str] | None = None,
    into: BinaryIO | None = None,
    first_bytes: int | None = None,
    resolve: Resolver = system_addresses,
) -> Answer:
    """The answer of a server, whatever its status. Raises Refused, Unreachable.

    With `json_body` or `xml_body` it is a POST, for interfaces that are asked so; its answer is read like any other.
    `secret_headers` (a key, say) go to the host of `url` alone: a redirect elsewhere loses them. With `into`, an open
    file, the body of a 200 is written there piece by piece and `content` stays empty; `max_bytes` counts all the same.
    With `first_bytes` only the beginning is asked for and read, as it is sent: enough to see what an address gives.

    `seconds` limits everything together: redirects, retries and body. A 429 or 503 is asked again, after the rest
    the host wants, while that is short enough to wait for.
    """
    headers = {"User-Agent": settings.OUTBOUND_USER_AGENT, "Accept": accept, "Accept-Encoding": ACCEPTED_ENCODINGS}
    if if_none_match:
        headers["If-None-Match"] = if_none_match
    if if_modified_since:
        headers["If-Modified-Since"] = if_modified_since
    if first_bytes is not None:
        headers |= {"Range": f"bytes=0-{first_bytes - 1}", "Accept-Encoding": "identity"}
    if json_body is not None:
        method, headers["Content-Type"] = "POST", "application/json"
    if xml_body is not None:
        method, headers["Content-Type"] = "POST", "application/xml"
    headers |= dict(secret_headers or {})
    request = httpx.Request(method, _checked_url(url), headers=headers, content=json_body or xml_body)
    limits = _Limits(
        max_bytes=settings.OUTBOUND_MAX_BYTES if max_bytes is None else max_bytes,
        deadline=time.monotonic() + seconds,
        resolve=resolve,
        into=into,
        first_bytes=first_bytes,
    )
    return _follow(request, limits, {name.lower() for name in secret_headers or {}})


def post(
    url: str, content: bytes, *, headers: Mapping[str, str], seconds: float, resolve: Resolver = system_addresses
) -> Answer:
    """Send something once, and give what the server said, whatever its status. Raises Refused, Unreachable.

    A redirect is an answer like another: what is sent goes to the address it was meant for, or nowhere. Of the body
    only a beginning is read.
    """
    sent = {"User-Agent": settings.OUTBOUND_USER_AGENT, "Accept": "*/*", "Accept-Encoding": "identity", **headers}
    request = httpx.Request("POST", _checked_url(url), headers=sent, content=content)
    limits = _Limits(
        max_bytes=_READ_OF_ANSWERS,
        deadline=time.monotonic() + seconds,
        resolve=resolve,
        into=None,
        first_bytes=_READ_OF_ANSWERS,
    )
    return _ask(request, limits).answer


def require_public(url: str, *, resolve: Resolver = system_addresses) -> None:
    """Whether the portal would send anything to this address, before anybody relies on it. Raises Refused, Unreachable.

    The answer holds for now: the addresses are checked again at every connection.
    """
    checked = _checked_url(url)
    port = checked.port or (443 if checked.scheme == "https" else 80)
    backend = GuardedBackend(resolve=resolve, allowed=settings.OUTBOUND_ALLOWED_PRIVATE, deadline=math.inf)
    backend.checked_addresses(checked.host, port)


def _follow(request: httpx.Request, limits: _Limits, secret: set[str]) -> Answer:
    for _hop in range(MAX_REDIRECTS + 1):
        hop = _ask_with_patience(request, limits)
        # What is posted goes to the address it was meant for, or nowhere.
        if hop.answer.status not in _REDIRECTS or not hop.location or request.method == "POST":
            return hop.answer
        target = _checked_url(str(request.url.join(hop.location)))
        method = "GET" if hop.answer.status == 303 and request.method != "HEAD" else request.method
        dropped = {"host"} if _same_origin(request.url, target) else {"host", *secret}
        headers = {name: value for name, value in request.headers.items() if name.lower() not in dropped}
        request = httpx.Request(method, target, headers=headers)
    raise Refused(Reason.TOO_MANY_REDIRECTS, str(request.url), str(MAX_REDIRECTS))


def _same_origin(one: httpx.URL, other: httpx.URL) -> bool:
    return (one.scheme, one.host, one.port) == (other.scheme, other.host, other.port)


def _ask_with_patience(request: httpx.Request, limits: _Limits) -> _Hop:
    """Ask, and ask again when the host is busy or the connection fails, a few times."""
    for attempt in range(MAX_ATTEMPTS):
        is_last = attempt == MAX_ATTEMPTS - 1
        with turn_at(request.url.netloc.decode("ascii"), settings.VAR_DIR / "outbound") as turn:
            try:
                hop = _ask(request, limits)
            except Unreachable as fault:
                if is_last or fault.reason != Reason.NO_CONNECTION:
                    raise
                continue
            if hop.answer.status not in _ASK_LATER:
                return hop
            rest = asked_rest(hop.answer.retry_after, attempt, now=datetime.now(UTC))
            turn.rest(rest)
            if is_last or rest > min(LONGEST_REST, limits.deadline - time.monotonic()):
                return hop
    raise AssertionError("the last attempt returns or raises")


def _ask(request: httpx.Request, limits: _Limits) -> _Hop:
    """One request on one guarded connection, its body read within the limits."""
    url = str(request.url)
    backend = GuardedBackend(
        resolve=limits.resolve, allowed=settings.OUTBOUND_ALLOWED_PRIVATE, deadline=limits.deadline
    )
    # One connection per request: a pool would keep sockets to hosts whose address has not been checked lately.
    pool = httpcore.ConnectionPool(ssl_context=_certificates(), network_backend=backend)
    timeouts = dict.fromkeys(("connect", "read", "write", "pool"), _STEP_SECONDS)
    try:
        with (
            pool,
            pool.stream(
                request.method,
                url,
                headers=request.headers.raw,
                content=request.content if request.method == "POST" else None,
                extensions={"timeout": timeouts},
            ) as response,
        ):
            return _hop_of(request, response, limits)
    except httpcore.TimeoutException as fault:
        raise Unreachable(Reason.TOO_SLOW, url, str(fault)) from fault
    except httpcore.ConnectError as fault:
        raise Unreachable(Reason.NO_CONNECTION, url, str(fault)) from fault
    except (httpcore.NetworkError, httpcore.ProtocolError) as fault:
        raise Unreachable(Reason.TRUNCATED, url, str(fault)) from fault


@cache
def _certificates() -> ssl.SSLContext:
    # Reading the authorities takes 20 ms; the environment must not be able to weaken them.
    return httpx.create_ssl_context(trust_env=False)


def _hop_of(request: httpx.Request, response: httpcore.Response, limits: _Limits) -> _Hop:
    headers = httpx.Headers(response.headers)
    length = headers.get("content-length", "")
    answer = Answer(
        status=response.status,
        url=str(request.url),
        media_type=headers.get("content-type", ""),
        content=b"",
        etag=headers.get("etag", ""),
        last_modified=headers.get("last-modified", ""),
        declared=int(length) if is_count(length) else None,
        retry_after=headers.get("retry-after", ""),
    )
    if request.method != "HEAD" and response.status not in {204, 304, *_REDIRECTS}:
        answer = _with_body(answer, response, headers.get("content-encoding", ""), limits)
    return _Hop(answer=answer, location=headers.get("location", ""))


def _with_body(answer: Answer, response: httpcore.Response, encoding: str, limits: _Limits) -> Answer:
    if limits.first_bytes is not None:
        return _with_beginning(answer, response, limits.first_bytes)
    pieces = pieces_of(response.iter_stream(), encoding=encoding, max_bytes=limits.max_bytes, url=answer.url)
    if limits.into is None or answer.status != 200:
        content = b"".join(pieces)
        return replace(answer, content=content, size=len(content))
    # A second attempt after a broken connection begins again.
    limits.into.seek(0)
    limits.into.truncate()
    return replace(answer, size=sum(limits.into.write(piece) for piece in pieces))


def _with_beginning(answer: Answer, response: httpcore.Response, size: int) -> Answer:
    """The first bytes, also of a server that does not know ranges; of the rest nothing is read."""
    content = b""
    for piece in response.iter_stream():
        content += piece
        if len(content) >= size:
            break
    whole = httpx.Headers(response.headers).get("content-range", "").rpartition("/")[2]
    declared = answer.declared if answer.status != 206 else int(whole) if is_count(whole) else None
    return replace(answer, content=content[:size], size=min(len(content), size), declared=declared)


def _checked_url(text: str) -> httpx.URL:
    """The address, if it is one we would ever ask: http or https, with a host, without credentials."""
    try:
        url = httpx.URL(text.strip())
    except httpx.InvalidURL as fault:
        raise Refused(Reason.BAD_URL, text[:200], str(fault)) from fault
    if url.scheme not in {"http", "https"} or not url.host:
        raise Refused(Reason.BAD_URL, text[:200])
    if url.userinfo:
        raise Refused(Reason.CREDENTIALS, url.host)
    return url.copy_with(fragment=None)
