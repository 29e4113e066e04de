"""Starts the process that reads a file, listens to it, and says what became of it."""

import contextlib
import json
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import IO, Any

from opentusk.tables.errors import ExaminationBroke, NoRoom

_TAIL = 2_000  # characters of a traceback that are worth keeping
# How a process ends that got no more memory: the kernel's killer, C++ giving up, a null pointer.
_OUT_OF_MEMORY = {-signal.SIGKILL, -signal.SIGABRT, -signal.SIGSEGV, -signal.SIGBUS}
Heard = Callable[[Mapping[str, Any]], None]


@dataclass
class Answer:
    """What the child said. `sources` are the tables of the file in order; `read` the examinations by table;
    `faults` the (code, detail) of what could not be read, by table, "" for the whole file; `copies` the names of the
    files that were written without some columns, by table.
    """

    copies: dict[str, str] = field(default_factory=dict)
    sources: list[dict[str, str]] = field(default_factory=list)
    read: dict[str, dict[str, Any]] = field(default_factory=dict)
    faults: dict[str, tuple[str, str]] = field(default_factory=dict)

    under_way: str = ""  # the table that the child is reading

    def take(self, said: Mapping[str, Any]) -> None:
        """Keep what the child said in one line."""
        self.under_way = said.get("table", self.under_way)
        if "sources" in said:
            self.sources = said["sources"]
        elif "fault" in said:
            self.faults[said["table"]] = (said["fault"], said["detail"])
        elif "copy" in said:
            self.copies[said["table"]] = said["copy"]
        elif "examination" in said:
            self.read[said["table"]] = dict(said)

    @property
    def fault(self) -> tuple[str, str] | None:
        """Why nothing at all could be read; of a file with several tables, what was wrong with the first."""
        return None if self.read else next(iter(self.faults.values()), None)


def read_file(request: Mapping[str, Any], *, seconds: int, heard: Heard) -> Answer:
    """Have one file read. Raises NoRoom when the disk is full, ExaminationBroke when the fault is ours.

    A file that is too heavy for the memory or the time it is given is a fault of the answer, like any other.
    """
    # A file and not a pipe: a long complaint must not stop a child to which nobody listens.
    with tempfile.TemporaryFile() as complaints:
        return _read(request, seconds, heard, complaints)


def _read(request: Mapping[str, Any], seconds: int, heard: Heard, complaints: IO[bytes]) -> Answer:
    child = subprocess.Popen(
        [sys.executable, "-m", "opentusk.tables.child"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=complaints,
        text=True,
    )
    late = threading.Event()
    alarm = threading.Timer(seconds, _end, (child, late))
    alarm.start()
    try:
        answer = _listen(child, request, heard)
    finally:
        alarm.cancel()
        child.kill()
        child.wait()
    _conclude(answer, child.returncode, late=late.is_set(), complaints=complaints)
    return answer


def _end(child: subprocess.Popen[str], late: threading.Event) -> None:
    late.set()
    child.kill()


def _listen(child: subprocess.Popen[str], request: Mapping[str, Any], heard: Heard) -> Answer:
    assert child.stdin and child.stdout
    with contextlib.suppress(BrokenPipeError), child.stdin as writer:
        json.dump(request, writer)
    answer = Answer()
    with child.stdout as lines:
        for line in lines:
            said = json.loads(line)
            answer.take(said)
            heard(said)
    child.wait()
    return answer


def _conclude(answer: Answer, code: int, *, late: bool, complaints: IO[bytes]) -> None:
    if any(fault == "examining.no_room" for fault, _detail in answer.faults.values()):
        raise NoRoom
    if late:
        answer.faults[answer.under_way] = ("examining.too_long", "")
    elif code in _OUT_OF_MEMORY:
        answer.faults[answer.under_way] = ("examining.too_heavy", "")
    elif code:
        complaints.seek(0)
        raise ExaminationBroke(complaints.read().decode("utf-8", "replace")[-_TAIL:])
