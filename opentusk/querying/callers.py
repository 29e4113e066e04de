"""About how many different clients ask for a table: counted in sketches, so that nobody can be found in them again.

Each process keeps one sketch for each table and day, and puts them on the disk once a minute: an address, or the owner
of a key, is mixed with the portal's secret and forgotten. Our own pages, which ask as programs do, are not counted.
Where machines share no disk each knows its own clients only.
"""

import hmac
import os
import threading
from collections.abc import Collection
from contextlib import suppress
from datetime import date, timedelta
from pathlib import Path
from shutil import rmtree
from time import monotonic
from uuid import UUID, uuid4

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone

from opentusk.kit.distinct import REGISTERS, Sketch
from opentusk.querying.gates import client_of

DAYS = 30
_EVERY = 60.0  # seconds between two writings
_ENTRY = 16 + REGISTERS
_OURS = frozenset({"same-origin", "same-site"})


class Callers:
    """The sketches of this process for today."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._name = f"{os.getpid()}-{uuid4().hex[:8]}"
        self._day: date | None = None
        self._sketches: dict[UUID, Sketch] = {}
        self._written_at = -_EVERY
        self._is_changed = False

    def note(self, request: HttpRequest, table: UUID) -> None:
        """Somebody asked for a table."""
        if request.headers.get("Sec-Fetch-Site") in _OURS:
            return
        client = f"callers|{client_of(request)[0]}".encode()
        digest = hmac.digest(settings.SECRET_KEY.encode(), client, "sha256")
        with self._lock:
            today = timezone.localdate()
            if today != self._day:
                self._write()
                self._day, self._sketches = today, {}
            self._is_changed |= self._sketches.setdefault(table, Sketch()).add(digest)
            if monotonic() - self._written_at >= _EVERY:
                self._write()

    def flush(self) -> None:
        """Put on the disk what is not there yet."""
        with self._lock:
            self._write()

    def _write(self) -> None:
        self._written_at = monotonic()
        if not self._is_changed or self._day is None:
            return
        folder = _folder() / self._day.isoformat()
        folder.mkdir(parents=True, exist_ok=True)
        draft = folder / f".{self._name}"
        draft.write_bytes(b"".join(table.bytes + sketch.registers() for table, sketch in self._sketches.items()))
        draft.replace(folder / self._name)
        self._is_changed = False


callers = Callers()


def callers_of(tables: Collection[UUID], *, today: date) -> int:
    """About how many different clients asked for any of these tables in the last month."""
    wanted, union = {table.bytes for table in tables}, Sketch()
    first = (today - timedelta(days=DAYS)).isoformat()
    for file in _folder().glob("????-??-??/[!.]*"):
        if file.parent.name > first:
            content = file.read_bytes()
            for start in range(0, len(content) - _ENTRY + 1, _ENTRY):
                if content[start : start + 16] in wanted:
                    union.merge(content[start + 16 : start + _ENTRY])
    return union.count()


def forget_old(*, today: date) -> None:
    """Throw away the days that are counted no longer."""
    last = (today - timedelta(days=DAYS)).isoformat()
    for folder in _folder().glob("????-??-??"):
        if folder.name <= last:
            with suppress(FileNotFoundError):
                rmtree(folder)


def _folder() -> Path:
    return Path(settings.CALLERS_DIR)
