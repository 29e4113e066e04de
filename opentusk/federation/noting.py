"""Notes who reads, beside the answer: a line in a file of this minute and this process, a few microseconds.

What is kept is what the reader calls itself, what it asked and what it got; never where it came from. Of an address
only what we offer is kept (the action, the body, the profile): what somebody typed, or invented, is nobody's business.
"""

import json
import os
import re
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponse, QueryDict

from opentusk.ckan.protocol import all_actions

_DOORS = (
    ("/catalog.", "feed"), ("/feed/changes", "changes"), ("/data.json", "data_json"), ("/api/3/action/", "ckan"),
    ("/api/action/", "ckan"), ("/api/v1/datasets", "search"),
)  # fmt: skip
_PREFIXES = tuple(prefix for prefix, _door in _DOORS)
_BODY = re.compile(r"""(?:^|[\s+(])organization:"?([\w.-]+)""", re.ASCII)
_FILTER = re.compile(r"""(?:^|(?<=[\s+(]))[+-]?organization:"?[\w.-]+"?(?=[\s)]|$)""", re.ASCII)
_PROFILE = re.compile(r"[a-z0-9_-]{1,30}", re.ASCII)
_FILES = re.compile(
    r"/catalog\.(ttl|rdf|xml|jsonld|nt)|/feed/changes(\.(trig|jsonld)|/shape)?|/data\.json|/api/v1/datasets"
)
ELSE = "…"  # what is not one of the addresses that we offer
_CONTROL = re.compile(r"[\x00-\x1f\x7f]+")
_LONGEST_READER, _LONGEST_ADDRESS = 200, 300


class Line(NamedTuple):
    """One request. `page` is 0 when it asked for none."""

    at: float
    door: str
    scope: str
    asked: str
    page: int
    status: int
    reader: str


class NoteVisits:
    """Notes every request to the addresses that harvesters read."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response
        self._files = _Files()

    def __call__(self, request: HttpRequest) -> HttpResponse:  # noqa: D102
        response = self._get_response(request)
        if request.path.startswith(_PREFIXES):
            self._files.append(line_of(request, response.status_code, at=time.time()))
        return response


def line_of(request: HttpRequest, status: int, *, at: float) -> Line:
    """What is kept of a request."""
    query = request.GET
    prefix, door = next(one for one in _DOORS if request.path.startswith(one[0]))
    words = _words(door, query)
    path = _path(request.path, prefix, door)
    asked = f"{path}?{urlencode(words)}" if words else path
    found = _BODY.search(" ".join((query.get("fq", ""), query.get("q", ""))))
    reader = _CONTROL.sub(" ", request.headers.get("User-Agent", "")).strip()
    return Line(
        at=at,
        door=door,
        scope=found[1][:120] if found else "",
        asked=asked[:_LONGEST_ADDRESS],
        page=0 if request.method == "HEAD" else _page(query),
        status=status,
        reader=reader[:_LONGEST_READER],
    )


def _path(path: str, prefix: str, door: str) -> str:
    """The path, if it is one that we offer."""
    name = path.removeprefix(prefix)
    is_offered = name in all_actions() if door == "ckan" else bool(_FILES.fullmatch(path))
    return path if is_offered else f"{prefix}{ELSE}"


def _words(door: str, query: QueryDict) -> list[tuple[str, str]]:
    """Of the parameters those that choose a part of the catalogue, without free text."""
    if door not in ("feed", "ckan"):
        return []
    filters = [text for value in query.getlist("fq") for text in _FILTER.findall(value)]
    words = [("fq", " ".join(filters))] if filters else []
    profiles = [(name, query.get(name, "")) for name in ("profiles", "profile")] if door == "feed" else []
    return words + [(name, value) for name, value in profiles if _PROFILE.fullmatch(value)]


def finished_files(now: float) -> list[Path]:
    """The files that nobody writes any more, the oldest first."""
    folder = Path(settings.VISITS_DIR)
    minute = int(now // 60)
    files = folder.glob("*.log") if folder.is_dir() else ()
    return sorted(path for path in files if int(path.stem.partition("-")[0]) < minute - 1)


def read_lines(path: Path) -> list[Line]:
    """The requests of one file; a line that a crash cut short is left out."""
    found = []
    for text in path.read_text("utf-8", "replace").splitlines():
        with suppress(ValueError, TypeError):
            found.append(Line(*json.loads(text)))
    return found


class _Files:
    """The file of this minute, kept open; a disk that is full must not keep a feed from its reader."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._name = ""
        self._file = -1

    def append(self, line: Line) -> None:
        content = (json.dumps(line, ensure_ascii=False, separators=(",", ":")) + "\n").encode("utf-8", "replace")
        with suppress(OSError):
            # Lines of several threads never mix: each is one write to the end.
            os.write(self._opened(f"{int(line.at // 60)}-{os.getpid()}.log"), content)

    def _opened(self, name: str) -> int:
        with self._lock:
            if name != self._name:
                folder = Path(settings.VISITS_DIR)
                folder.mkdir(parents=True, exist_ok=True)
                if self._file >= 0:
                    os.close(self._file)
                    self._file = -1
                self._file = os.open(folder / name, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o640)
                self._name = name
            return self._file


def _page(query: QueryDict) -> int:
    """The page that was asked for, also where a client counts records: `start=200&rows=100` is the third."""
    page, start, rows = (query.get(name, "") for name in ("page", "start", "rows"))
    if page.isdecimal():
        return min(int(page[:9]), 1_000_000)
    if start.isdecimal() and rows.isdecimal() and int(rows[:9]):
        return int(start[:9]) // int(rows[:9]) + 1
    return 1
