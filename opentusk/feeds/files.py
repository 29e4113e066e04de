"""Files of the feeds: compressed, written whole or not at all, never changed afterwards.

A file's name holds the fingerprint of its content, so a new version is a new file and the row that names it switches
readers over. Only the compressed form is kept: a tenth of the disk, and unpacking a page for the rare reader that
takes nothing else costs two milliseconds. Nothing is flushed to the platter: a feed lost with the power is made again
with `rebuild feeds`.
"""

import fcntl
import gzip
import os
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from hashlib import blake2b
from pathlib import Path
from time import time
from typing import BinaryIO

from django.conf import settings

# Level 1: a change waits for the files of all syntaxes; level 6 takes twice as long for a third fewer bytes.
_COMPRESSION = 1
_DIGEST_BYTES = 12
_LOCK = "lock"
_compressors = ThreadPoolExecutor(max_workers=os.cpu_count(), thread_name_prefix="feeds")


@dataclass(frozen=True)
class StoredFile:
    """One file as its row remembers it. `name` is relative to the feeds' folder, `written_at` in Unix seconds.

    `size` is that of the content, `packed_size` that of the file.
    """

    name: str
    digest: str
    size: int
    packed_size: int
    written_at: int

    def to_json(self) -> dict[str, object]:
        """What the row keeps."""
        return asdict(self)


def store_file(stem: str, extension: str, content: bytes, *, before: StoredFile | None) -> Future[StoredFile]:
    """Write `stem-digest.extension.gz`; gives the file there was `before` when its content is the same.

    Compressing lets other threads run, so several files are written at once.
    """
    return _compressors.submit(_store, stem, extension, content, before)


def _store(stem: str, extension: str, content: bytes, before: StoredFile | None) -> StoredFile:
    packed = gzip.compress(content, _COMPRESSION, mtime=0)
    digest = blake2b(packed, digest_size=_DIGEST_BYTES).hexdigest()
    name = f"{stem}-{digest}.{extension}.gz"
    path = path_of(name)
    if before and before.name == name and path.exists():
        return before
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f"{path.name}.{os.getpid()}.tmp")
    draft.write_bytes(packed)
    draft.replace(path)
    return StoredFile(name, digest, len(content), len(packed), int(time()))


def open_packed(file: StoredFile) -> BinaryIO:
    """The compressed file, open for reading: it stays readable even if a newer version replaces it meanwhile."""
    return path_of(file.name).open("rb")


def path_of(name: str) -> Path:
    """Where a file of the feeds is."""
    return Path(settings.FEEDS_DIR) / name


def remove_files(files: Iterable[StoredFile]) -> None:
    """Delete files that no row names any more."""
    for file in files:
        path_of(file.name).unlink(missing_ok=True)


def sweep_files(named: set[str]) -> None:
    """Delete every file that no row names: what killed writers left behind. Only for who holds the pen."""
    root = Path(settings.FEEDS_DIR)
    for path in root.rglob("*"):
        name = str(path.relative_to(root))
        if path.is_file() and name not in named and name != _LOCK:
            path.unlink(missing_ok=True)


@contextmanager
def holding_the_pen() -> Iterator[None]:
    """Let one process at a time change the feeds: the worker after a change, or a rebuild while it publishes."""
    root = Path(settings.FEEDS_DIR)
    root.mkdir(parents=True, exist_ok=True)
    with (root / _LOCK).open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
