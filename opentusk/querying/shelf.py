"""Exports that were made, kept for the next who asks the same of the same version.

A file gets its name when it is whole. The shelf has a ceiling: what nobody asked for longest goes first. Whoever reads
a file that goes reads it to its end.
"""

import json
import os
import threading
from collections.abc import Callable, Iterator
from dataclasses import asdict, replace
from pathlib import Path
from time import time
from uuid import uuid4

from django.conf import settings

from opentusk.kit.queries.exports.copying import body_of
from opentusk.kit.queries.exports.shapes import Export
from opentusk.querying.limits import exports_dir

_FACTS, _DRAFT = ".json", "draft-"
_BLOCK = 256 * 1024
_FORGOTTEN = 24 * 3600  # seconds after which a draft has nobody who is writing it
_TURNS = [threading.Lock() for _number in range(64)]


def take_export(key: str, make: Callable[[Path], Export]) -> Export:
    """The export of this key, made by `make` when it is not there; two who ask at once wait for one making."""
    with _TURNS[hash(key) % len(_TURNS)]:
        if kept := _find(key):
            return kept
        draft = exports_dir() / f"{_DRAFT}{uuid4().hex}"
        try:
            return _keep(key, make(draft))
        finally:
            draft.unlink(missing_ok=True)
            body_of(draft).unlink(missing_ok=True)


class Blocks:
    """The bytes of a file, opened at once, so that it may be taken away meanwhile. It closes at its end."""

    def __init__(self, path: Path) -> None:
        self._file = path.open("rb")

    def __iter__(self) -> Iterator[bytes]:
        with self._file:
            while block := self._file.read(_BLOCK):
                yield block

    def close(self) -> None:
        """Let the file go."""
        self._file.close()


def _find(key: str) -> Export | None:
    path = exports_dir() / key
    try:
        facts = json.loads(path.with_suffix(_FACTS).read_text())
        os.utime(path)
    except (OSError, ValueError):
        return None
    return Export(**facts | {"path": path})


def _keep(key: str, made: Export) -> Export:
    path = exports_dir() / key
    path.with_suffix(_FACTS).write_text(json.dumps(asdict(made) | {"path": ""}))
    made.path.replace(path)
    _make_room(path)
    return replace(made, path=path)


def _make_room(newest: Path) -> None:
    files = {entry: entry.stat() for entry in exports_dir().iterdir() if entry.is_file() and not entry.suffix}
    drafts = {entry for entry in files if entry.name.startswith(_DRAFT)}
    size = sum(about.st_size for about in files.values())
    for entry, about in sorted(files.items(), key=lambda pair: pair[1].st_mtime):
        is_forgotten = entry in drafts and about.st_mtime < time() - _FORGOTTEN
        is_too_much = entry not in drafts and size > settings.EXPORTS_CEILING * 1024 * 1024 and entry != newest
        if is_forgotten or is_too_much:
            size -= about.st_size
            entry.unlink(missing_ok=True)
            entry.with_suffix(_FACTS).unlink(missing_ok=True)
