"""One request at a time per host, and none before the time it asked us to wait for.

A locked file per host holds the time: the web processes, the worker and the command line share it, and a lock of a
process that died is released by the system.
"""

import fcntl
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from email.utils import parsedate_to_datetime
from hashlib import sha256
from pathlib import Path
from typing import IO

from opentusk.outbound.errors import Reason, Unreachable

# Longer rests are not slept through: the request fails and its run comes back another time.
LONGEST_REST = 30.0
_DEFAULT_REST = 2.0


@dataclass(frozen=True)
class Turn:
    """The right to ask a host something now."""

    _file: IO[str]
    _clock: Callable[[], float]

    def rest(self, seconds: float) -> None:
        """Let nobody ask this host anything for so long."""
        self._file.seek(0)
        self._file.truncate()
        self._file.write(str(self._clock() + seconds))
        self._file.flush()


@contextmanager
def turn_at(
    host: str,
    directory: Path,
    *,
    clock: Callable[[], float] = time.time,
    sleep: Callable[[float], None] = time.sleep,
) -> Iterator[Turn]:
    """Wait for this host's turn. Raises Unreachable when it asked for a longer rest than we sleep."""
    directory.mkdir(parents=True, exist_ok=True)
    path = directory / f"{sha256(host.encode()).hexdigest()[:24]}.turn"
    with path.open("a+", encoding="ascii") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        file.seek(0)
        wait = float(file.read() or 0) - clock()
        if wait > LONGEST_REST:
            raise Unreachable(Reason.BUSY, host, f"{wait:.0f} s")
        if wait > 0:
            sleep(wait)
        yield Turn(file, clock)


def asked_rest(retry_after: str, attempt: int, *, now: datetime) -> float:
    """Seconds to wait after an answer 429 or 503: what Retry-After says, else 2, 4, 8…"""
    if is_count(retry_after):
        return float(retry_after)
    try:
        until = parsedate_to_datetime(retry_after)
    except ValueError:
        return _DEFAULT_REST * float(1 << attempt)
    return max(0.0, (until.replace(tzinfo=until.tzinfo or now.tzinfo) - now).total_seconds())


def is_count(text: str) -> bool:
    """Whether a header says a number: what others send may be `²`, or longer than any number that is read."""
    return text.isascii() and text.isdigit() and len(text) <= 15
