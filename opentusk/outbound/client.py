"""Fetches one address: guarded, limited, polite, conditional."""

import ssl
import time
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import cache

import httpcore
import httpx
from django.conf import settings

from opentusk.outbound.addresses import Resolver, system_addresses
from opentusk.outbound.body import ACCEPTED_ENCODINGS, read_body
from opentusk.outbound.errors import Reason, Refused, Unreachable
from opentusk.outbound.guard import GuardedBackend
from opentusk.outbound.politeness import LONGEST_REST, asked_rest, turn_at

MAX_REDIRECTS = 5
MAX_ATTEMPTS = 3
# The longest request of a slow portal seen in practice: 100 datasets took up to 27 s (federation.md §2).
TOTAL_SECONDS = 120.0
_STEP_SECONDS = 30.0
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_ASK_LATER = frozenset({429, 503})


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What a server said. `url` is the last one after redirects; `content` is decoded, empty for HEAD and 304."""

    status: int
    url: str
    media_type: str
    content: bytes
    etag: str = ""
    last_modified: str = ""

    @property
    def not_modified(self) -> bool:
        """Whether the copy that the request named is still good."""
        return self.status == 304


@dataclass(frozen=True, kw_only=True)
class _Limits:
    max_bytes: int
    deadline: float
    resolve: Resolver


@dataclass(frozen=True, kw_only=True)
class _Hop:
    """One answer on the way, with the headers that say what to do next."""

    answer: Answer
    location: str
    retry_after: str


def fetch(
    url: str,
    *,
    method: str = "GET",
    accept: str = "*/*",
    if_none_match: str | None = None,
    if_modified_since: str | None = None,
    max_bytes: int | None = None,
    seconds: float = TOTAL_SECONDS,
    resolve: Resolver = system_addresses,
) -> Answer:
    """The answer of a server, whatever its status. Raises Refused, Unreachable.

    `seconds` limits everything together: redirects, retries and body. A 429 or 503 is asked again, after the rest
    the host wants, while that is short enough to wait for.
    """
    headers = {"User-Agent": settings.OUTBOUND_USER_AGENT, "Accept": accept, "Accept-Encoding": ACCEPTED_ENCODINGS}
    if if_none_match:
        headers["If-None-Match"] = if_none_match
    if if_modified_since:
        headers["If-Modified-Since"] = if_modified_since
    request = httpx.Request(method, _checked_url(url), headers=headers)
    limits = _Limits(
        max_bytes=settings.OUTBOUND_MAX_BYTES if max_bytes is None else max_bytes,
        deadline=time.monotonic() + seconds,
        resolve=resolve,
    )
    return _follow(request, limits)


def _follow(request: httpx.Request, limits: _Limits) -> Answer:
    for _hop in range(MAX_REDIRECTS + 1):
        hop = _ask_with_patience(request, limits)
        if hop.answer.status not in _REDIRECTS or not hop.location:
            return hop.answer
        target = _checked_url(str(request.url.join(hop.location)))
        method = "GET" if hop.answer.status == 303 and request.method != "HEAD" else request.method
        headers = {name: value for name, value in request.headers.items() if name.lower() != "host"}
        request = httpx.Request(method, target, headers=headers)
    raise Refused(Reason.TOO_MANY_REDIRECTS, str(request.url), str(MAX_REDIRECTS))


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
            rest = asked_rest(hop.retry_after, attempt, now=datetime.now(UTC))
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
            pool.stream(request.method, url, headers=request.headers.raw, extensions={"timeout": timeouts}) as response,
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
    answer = Answer(
        status=response.status,
        url=str(request.url),
        media_type=headers.get("content-type", ""),
        content=b"",
        etag=headers.get("etag", ""),
        last_modified=headers.get("last-modified", ""),
    )
    if request.method != "HEAD" and response.status not in {204, 304, *_REDIRECTS}:
        content = read_body(
            response.iter_stream(),
            encoding=headers.get("content-encoding", ""),
            max_bytes=limits.max_bytes,
            url=answer.url,
        )
        answer = replace(answer, content=content)
    return _Hop(answer=answer, location=headers.get("location", ""), retry_after=headers.get("retry-after", ""))


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
