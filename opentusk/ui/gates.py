"""How much one client may ask: so many requests in a time, so many at once, a short queue. Counted in each process.

Whatever costs more than a page, and needs no account, passes a gate: questions to tables, streams of events, and what
makes the portal call an address that somebody typed. Who is refused gets 429 and the seconds to wait.
"""

import threading
from collections import OrderedDict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from math import ceil
from time import monotonic

from django.conf import settings
from django.http import HttpRequest

from opentusk.ui.clients import network_of

_MOST_CLIENTS = 10_000
_PATIENCE = 10.0  # seconds in a queue
_TEN_MINUTES = 600


@dataclass
class AskLater(Exception):
    """A request that is not answered now; seconds until it may be."""

    retry_after: int


class TooOften(AskLater):
    """The client asks more than it may."""


class Crowded(AskLater):
    """Too many are asking at once."""


class Buckets:
    """A bucket for each client: so many drops a second flow in, each request takes one."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._levels: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def take(self, client: str, *, rate: float, burst: float) -> None:
        """Take a drop. Raises TooOften when there is none."""
        now = monotonic()
        with self._lock:
            level, then = self._levels.pop(client, (burst, now))
            level = min(burst, level + (now - then) * rate)
            self._levels[client] = (max(0.0, level - 1) if level >= 1 else level, now)
            while len(self._levels) > _MOST_CLIENTS:
                self._levels.popitem(last=False)
        if level < 1:
            raise TooOften(ceil((1 - level) / rate))


class Turnstile:
    """Lets through `at_once` of each client and `places` of all; behind them, `queue` of each client may wait."""

    def __init__(self, places: int) -> None:
        self._places = places
        self._changed = threading.Condition()
        self._inside: dict[str, int] = {}
        self._waiting: dict[str, int] = {}

    @contextmanager
    def passing(self, client: str, *, at_once: int, queue: int, again: int = 1) -> Iterator[None]:
        """Go through, or wait for it. Raises Crowded when the queue is full or does not move.

        `again` is how many seconds a place takes to become free.
        """
        self.enter(client, at_once=at_once, queue=queue, again=again)
        try:
            yield
        finally:
            self.leave(client)

    def leave(self, client: str) -> None:
        """Give back the place of somebody who entered."""
        with self._changed:
            _less(self._inside, client)
            self._changed.notify_all()

    def enter(self, client: str, *, at_once: int, queue: int, again: int = 1) -> None:
        """Take a place, to be given back by hand: for an answer that outlives its view. Raises Crowded."""
        end = monotonic() + _PATIENCE
        with self._changed:
            if not self._is_free(client, at_once) and self._waiting.get(client, 0) >= queue:
                raise Crowded(again)
            self._waiting[client] = self._waiting.get(client, 0) + 1
            try:
                while not self._is_free(client, at_once):
                    if not self._changed.wait(end - monotonic()):
                        raise Crowded(2 * again)
                self._inside[client] = self._inside.get(client, 0) + 1
            finally:
                _less(self._waiting, client)

    def _is_free(self, client: str, at_once: int) -> bool:
        return self._inside.get(client, 0) < at_once and sum(self._inside.values()) < self._places


_BUTTONS = Buckets()
_TRIALS = Turnstile(places=settings.TRIALS_AT_ONCE)


def is_too_often(request: HttpRequest, what: str, *, times: int, seconds: int) -> bool:
    """Whether this client has asked for `what` more than `times` in about `seconds`; asking counts."""
    try:
        _BUTTONS.take(f"{what} {network_of(request)}", rate=times / seconds, burst=times)
    except TooOften:
        return True
    return False


@contextmanager
def trying_out(request: HttpRequest) -> Iterator[None]:
    """Call an address that a visitor typed: a few in ten minutes, one at a time, few of all. Raises AskLater."""
    client = network_of(request)
    if settings.TRIALS:
        _BUTTONS.take(f"try {client}", rate=settings.TRIALS / _TEN_MINUTES, burst=settings.TRIALS)
    with _TRIALS.passing(client, at_once=1, queue=0, again=15):
        yield


def _less(counts: dict[str, int], client: str) -> None:
    counts[client] -= 1
    if not counts[client]:
        del counts[client]
