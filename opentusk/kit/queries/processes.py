"""Processes that answer questions of others, and the queue before them.

A process that overstays its time is killed and replaced, so that whoever waits behind it waits seconds and the web
server itself never waits at all. What cannot be put in the queue is told when to come back.

Each process reads one request a line from its standard input, as JSON, and answers with eight bytes of length, then
JSON. It keeps its own limits; see `sql.worker` and `sparql.worker`.
"""

import json
import signal
import subprocess
import sys
import threading
from math import ceil
from pathlib import Path
from select import select
from time import monotonic
from typing import Any

from opentusk.kit.queries.errors import BadQuery, Busy, OverBudget, VersionGone

_PACKAGES = Path(__file__).resolve().parents[3]
_GRACE = 1.0  # seconds that a process has beyond the limit it keeps itself, for the guard and the writing
OUT_OF_MEMORY = 12  # what a process ends with when not even the answer that says so fits
_START = 20.0  # seconds to wait for the first word of a new process on a busy machine


class WorkerFailed(Exception):
    """A mistake of ours in the process: no fault of whoever asked, so no refusal."""


class ProcessPool:
    """Asks `size` processes of a module; `queue` requests may wait, at most `patience` seconds each."""

    def __init__(self, module: str, *words: str, size: int, queue: int, patience: float) -> None:
        self._command = [sys.executable, "-m", module, *words]
        self._queue, self._patience = queue, patience
        self._changed = threading.Condition()
        self._idle: list[_Worker] = []
        self._size, self._busy, self._waiting = size, 0, 0

    def ask(self, request: dict[str, object], *, seconds: float) -> dict[str, Any]:
        """The answer to a request. Raises QueryRefusal, and WorkerFailed for a mistake of ours."""
        worker = self._take(seconds)
        found = None
        try:
            found = worker.ask({**request, "seconds": seconds}, seconds)
        finally:
            self._give_back(worker if found is not None else None)
            if found is None:
                worker.end()
        return _granted(found, seconds)

    def close(self) -> None:
        """End the idle processes."""
        with self._changed:
            while self._idle:
                self._idle.pop().end()

    def _take(self, seconds: float) -> "_Worker":
        end = monotonic() + self._patience
        with self._changed:
            if self._busy >= self._size and self._waiting >= self._queue:
                raise Busy(max(1, ceil(seconds * (self._waiting + 1) / self._size)))
            self._waiting += 1
            try:
                while self._busy >= self._size:
                    if not self._changed.wait(end - monotonic()):
                        raise Busy(max(1, ceil(seconds)))
            finally:
                self._waiting -= 1
            self._busy += 1
            if self._idle:
                return self._idle.pop()
        try:
            return _Worker(self._command)
        except OSError:
            self._give_back(None)
            raise

    def _give_back(self, worker: "_Worker | None") -> None:
        with self._changed:
            self._busy -= 1
            if worker is not None:
                self._idle.append(worker)
            self._changed.notify()


class _Worker:
    """One process."""

    def __init__(self, command: list[str]) -> None:
        # It gets none of our environment: there is nothing in it that a statement of somebody should be near to.
        environment = {"PYTHONPATH": str(_PACKAGES), "PATH": "/usr/bin:/bin", "LANG": "C.UTF-8"}
        self._process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, bufsize=0, env=environment, cwd="/"
        )
        self._is_new = True

    def ask(self, request: dict[str, object], seconds: float) -> dict[str, Any]:
        """The answer of the process. Raises OverBudget, and WorkerFailed for a mistake of ours."""
        assert self._process.stdin is not None
        end = monotonic() + seconds + _GRACE + (_START if self._is_new else 0)
        self._is_new = False
        try:
            self._process.stdin.write(json.dumps(request).encode() + b"\n")
            length = int.from_bytes(self._read(8, end, seconds), "big")
            found = json.loads(self._read(length, end + _GRACE, seconds))
        except BrokenPipeError:
            raise self._cause_of_death(seconds) from None
        assert isinstance(found, dict)
        return found

    def end(self) -> None:
        """Kill it, whatever it is doing."""
        self._process.kill()
        self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                pipe.close()

    def _read(self, size: int, end: float, seconds: float) -> bytes:
        assert self._process.stdout is not None
        pieces: list[bytes] = []
        left = size
        while left:
            if not select([self._process.stdout], [], [], max(0.0, end - monotonic()))[0]:
                raise OverBudget("time", f"{seconds:g}")
            piece = self._process.stdout.read(min(left, 1 << 20))
            if not piece:
                raise self._cause_of_death(seconds)
            pieces.append(piece)
            left -= len(piece)
        return b"".join(pieces)

    def _cause_of_death(self, seconds: float) -> Exception:
        """Its own alarm clock; the memory it asked for, by a signal or by its own word; or a mistake of ours."""
        code = self._process.wait(_GRACE)
        if code == -signal.SIGALRM:
            return OverBudget("time", f"{seconds:g}")
        if code < 0 or code == OUT_OF_MEMORY:
            return OverBudget("memory")
        return WorkerFailed(f"process {self._process.pid} ended with {code}: its traceback is in the log")


def _granted(found: dict[str, Any], seconds: float) -> dict[str, Any]:
    """The answer, or its refusal raised here."""
    if bad := found.get("bad"):
        raise BadQuery(bad["code"], position=bad["position"], values=bad["values"])
    if over := found.get("over"):
        raise OverBudget(over, f"{seconds:g}" if over == "time" else "")
    if found.get("gone"):
        raise VersionGone("")
    return found
