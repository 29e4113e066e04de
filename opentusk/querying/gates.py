"""How much one client may ask of the data API: the gates of `ui.gates`, ten times wider for whoever has a key."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings
from django.http import HttpRequest

from opentusk.people.models import ApiToken
from opentusk.people.tokens import token_in
from opentusk.ui.clients import network_of
from opentusk.ui.gates import Buckets, Turnstile

_WITH_KEY = 10  # times as much for whoever says who they are
_NO_LIMIT = 10_000


def client_of(request: HttpRequest) -> tuple[str, int]:
    """Who asks, and how many times the usual they may: the owner of a key, otherwise a network."""
    if token := _token_of(request):
        return f"token {token.pk}", _WITH_KEY
    return network_of(request), 1


def _token_of(request: HttpRequest) -> ApiToken | None:
    """The token of a request; a door that has looked it up already says so in `auth`."""
    known = getattr(request, "auth", None)
    if isinstance(known, ApiToken):
        return known
    return token_in(request.headers)


_REQUESTS, _EXPORTS = Buckets(), Buckets()
_TURNSTILE = Turnstile(places=max(2, settings.QUERY_THREADS))
# The processes of SQL have their own queue; here only one client is kept from filling it alone.
_SQL_TURNSTILE = Turnstile(places=_NO_LIMIT)


def allow_request(request: HttpRequest) -> None:
    """Count a request. Raises TooOften."""
    if settings.QUERY_RATE:
        client, times = client_of(request)
        _REQUESTS.take(client, rate=settings.QUERY_RATE * times, burst=settings.QUERY_BURST * times)


def allow_export(request: HttpRequest) -> None:
    """Count an export. Raises TooOften."""
    if settings.QUERY_EXPORTS:
        client, times = client_of(request)
        a_minute = settings.QUERY_EXPORTS * times
        _EXPORTS.take(client, rate=a_minute / 60, burst=a_minute)


@contextmanager
def working_for(request: HttpRequest) -> Iterator[None]:
    """Work for a client in its turn. Raises Crowded."""
    client, times = client_of(request)
    with _TURNSTILE.passing(client, at_once=settings.QUERY_AT_ONCE * times, queue=settings.QUERY_QUEUE * times):
        yield


@contextmanager
def asking_sql(request: HttpRequest) -> Iterator[None]:
    """Ask the processes of SQL: each client one question at a time. Raises Crowded."""
    client, times = client_of(request)
    with _SQL_TURNSTILE.passing(client, at_once=times, queue=2 * times):
        yield
