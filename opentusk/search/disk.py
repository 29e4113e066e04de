"""An index on the disk: one writer at a time, any number of readers, replaced as a whole when it is rebuilt.

Its folder holds one folder per generation, the link `current-v<version>` to the one in use, and the file `lock` that
the writer holds. The system gives the lock back when a writer dies; tantivy shows only what was committed, so a killed
writer loses its batch (which the journal delivers again) and nothing else. A rebuild fills a folder of its own and then
moves the link: readers see the old index until that moment.
"""

import fcntl
import shutil
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

import tantivy

_BATCH_MEMORY = 30_000_000
_REBUILD_MEMORY = 200_000_000
_REBUILD_THREADS = 2


@dataclass(frozen=True)
class Reading:
    """A view of one commit; `state` is the same for two views of the same commit, and only for these."""

    searcher: tantivy.Searcher
    state: tuple[str, int]


@dataclass
class _Opened:
    """An index that this process reads: which folder, as of which commit."""

    folder: str
    commit: int
    index: tantivy.Index


class IndexOnDisk:
    """One index: where it is, which version of its fields, and how to make it.

    `schema` gives the fields, `prepared` the same index knowing its analysers, of which tantivy keeps only the names.
    """

    def __init__(
        self,
        folder: Callable[[], Path],
        *,
        version: int,
        schema: Callable[[], tantivy.Schema],
        prepared: Callable[[tantivy.Index], tantivy.Index],
    ) -> None:
        self._folder, self._version, self._schema, self._prepared = folder, version, schema, prepared
        self._opened: dict[Path, _Opened] = {}
        self._opening = threading.Lock()

    def reading(self) -> Reading:
        """A view of the latest commit; of an empty index when there is none yet."""
        link = self._link()
        with self._opening:
            opened = self._opened.get(link)
            try:
                folder = str(link.readlink())
                commit = (link / "meta.json").stat().st_mtime_ns
            except FileNotFoundError:
                return Reading(self._prepared(tantivy.Index(self._schema())).searcher(), ("", 0))
            if opened is None or opened.folder != folder:
                opened = self._opened[link] = _Opened(folder, commit, self._open(link))
            elif opened.commit != commit:
                opened.index.reload()
                opened.commit = commit
            return Reading(opened.index.searcher(), (f"{link.parent}/{folder}", commit))

    def searcher(self) -> tantivy.Searcher:
        """A view of the latest commit; of an empty index when there is none yet."""
        return self.reading().searcher

    def exists(self) -> bool:
        """Whether there is an index of this version."""
        return self._link().exists()

    @contextmanager
    def updating(self) -> Iterator[tantivy.IndexWriter]:
        """The writer of the index in use; what it was given is committed at the end, unless something failed."""
        with self._lock(), _committed(self._open(self._link()).writer(_BATCH_MEMORY, 1)) as writer:
            yield writer

    @contextmanager
    def replacing(self) -> Iterator[tantivy.IndexWriter]:
        """The writer of a new, empty index, which takes the place of the one in use at the end."""
        with self._lock():
            fresh = self._folder() / f"v{self._version}-{uuid4().hex}"
            fresh.mkdir()
            index = self._prepared(tantivy.Index(self._schema(), str(fresh)))
            with _committed(index.writer(_REBUILD_MEMORY, _REBUILD_THREADS)) as writer:
                yield writer
            self._point_to(fresh)

    def _open(self, link: Path) -> tantivy.Index:
        index = self._prepared(tantivy.Index.open(str(link.resolve())))
        index.config_reader("manual")
        index.reload()
        return index

    def _link(self) -> Path:
        return self._folder() / f"current-v{self._version}"

    @contextmanager
    def _lock(self) -> Iterator[None]:
        self._folder().mkdir(parents=True, exist_ok=True)
        with (self._folder() / "lock").open("a") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            yield

    def _point_to(self, fresh: Path) -> None:
        """Move the link in one step, and clear away what neither it nor a reader that is just opening it needs."""
        link = self._link()
        last = link.resolve() if link.exists() else None
        step = link.with_suffix(".new")
        step.unlink(missing_ok=True)
        step.symlink_to(fresh.name)
        step.replace(link)
        for folder in self._folder().glob("v*-*"):
            if folder not in {fresh, last}:
                shutil.rmtree(folder)


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
