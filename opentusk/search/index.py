"""The index on the disk: one writer at a time, any number of readers, replaced as a whole when it is rebuilt.

`SEARCH_DIR` holds one folder per generation, the link `current-v<version>` to the one in use, and the file `lock`
that the writer holds. The system gives the lock back when a writer dies; tantivy shows only what was committed, so a
killed writer loses its batch (which the journal delivers again) and nothing else. A rebuild fills a folder of its own
and then moves the link: readers see the old index until that moment.
"""

import fcntl
import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

import tantivy
from django.conf import settings

from opentusk.search.schema import VERSION, register_analyzers, schema

_BATCH_MEMORY = 30_000_000
_REBUILD_MEMORY = 200_000_000
_REBUILD_THREADS = 2


@dataclass
class _Opened:
    """An index that this process reads: which folder, as of which commit."""

    folder: str
    commit: int
    index: tantivy.Index


_opened: dict[Path, _Opened] = {}
_opening = threading.Lock()


def searcher() -> tantivy.Searcher:
    """A view of the latest commit; of an empty index when there is none yet."""
    link = _link()
    with _opening:
        opened = _opened.get(link)
        try:
            folder = str(link.readlink())
            commit = (link / "meta.json").stat().st_mtime_ns
        except FileNotFoundError:
            return register_analyzers(tantivy.Index(schema())).searcher()
        if opened is None or opened.folder != folder:
            opened = _opened[link] = _Opened(folder, commit, _open(link))
        elif opened.commit != commit:
            opened.index.reload()
            opened.commit = commit
        return opened.index.searcher()


def exists() -> bool:
    """Whether there is an index of this version."""
    return _link().exists()


@contextmanager
def updating() -> Iterator[tantivy.IndexWriter]:
    """The writer of the index in use; what it was given is committed at the end, unless something failed."""
    with _lock(), _committed(_open(_link()).writer(_BATCH_MEMORY, 1)) as writer:
        yield writer


@contextmanager
def replacing() -> Iterator[tantivy.IndexWriter]:
    """The writer of a new, empty index, which takes the place of the one in use at the end."""
    with _lock():
        fresh = settings.SEARCH_DIR / f"v{VERSION}-{uuid4().hex}"
        fresh.mkdir()
        index = register_analyzers(tantivy.Index(schema(), str(fresh)))
        with _committed(index.writer(_REBUILD_MEMORY, _REBUILD_THREADS)) as writer:
            yield writer
        _point_to(fresh)


@contextmanager
def _committed(writer: tantivy.IndexWriter) -> Iterator[tantivy.IndexWriter]:
    """The writer, committed at the end or rolled back; tantivy's own `with` commits even when something failed."""
    try:
        yield writer
        writer.commit()
    except BaseException:
        writer.rollback()
        raise
    finally:
        # Ends the merges under way and gives tantivy's own lock back.
        writer.wait_merging_threads()


def _open(link: Path) -> tantivy.Index:
    index = register_analyzers(tantivy.Index.open(str(link.resolve())))
    index.config_reader("manual")
    index.reload()
    return index


def _link() -> Path:
    return Path(settings.SEARCH_DIR) / f"current-v{VERSION}"


@contextmanager
def _lock() -> Iterator[None]:
    settings.SEARCH_DIR.mkdir(parents=True, exist_ok=True)
    with (settings.SEARCH_DIR / "lock").open("a") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def _point_to(fresh: Path) -> None:
    """Move the link in one step, and clear away what neither it nor a reader that is just opening it needs."""
    link = _link()
    last = link.resolve() if link.exists() else None
    step = link.with_suffix(".new")
    step.unlink(missing_ok=True)
    step.symlink_to(fresh.name)
    step.replace(link)
    for folder in settings.SEARCH_DIR.glob("v*-*"):
        if folder not in {fresh, last}:
            shutil.rmtree(folder)
