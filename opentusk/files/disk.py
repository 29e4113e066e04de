"""The folder of the files: bytes under their SHA-256, and an entrance where nothing is whole yet.

    FILES_DIR/ab/cd/abcd…      stored files, read-only, never changed
    FILES_DIR/incoming/…       pieces of uploads and files being received; swept by the clock

A file moves from the entrance to its shelf in one step (a rename), so that half a file is never on a shelf.
"""

import errno
import hashlib
import os
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from uuid import UUID, uuid4

from django.conf import settings

from opentusk.files.errors import NoRoom, TooLarge

BLOCK = 1024 * 1024
# What a full disk, a quota and a limit of the process say.
_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
_INCOMING = "incoming"


@dataclass(frozen=True)
class Written:
    """A whole file at the entrance, with its fingerprint."""

    path: Path
    sha256: str
    size: int


def shelf_path(sha256: str) -> Path:
    """Where the file with this fingerprint is kept."""
    return Path(settings.FILES_DIR) / sha256[:2] / sha256[2:4] / sha256


def upload_path(uuid: UUID) -> Path:
    """Where the pieces of an upload are put together."""
    return entrance() / f"{uuid}.part"


def receiving_path() -> Path:
    """A new place at the entrance."""
    return entrance() / f"{uuid4()}.tmp"


def blocks_of(path: Path) -> Iterator[bytes]:
    """The bytes of a file, a block at a time."""
    with path.open("rb") as source:
        while block := source.read(BLOCK):
            yield block


def write(blocks: Iterable[bytes], *, limit: int) -> Written:
    """Write a file at the entrance; of one that is too large, or does not fit the disk, nothing stays."""
    path = receiving_path()
    try:
        return _write(path, blocks, limit)
    except BaseException:
        path.unlink(missing_ok=True)
        raise


def _write(path: Path, blocks: Iterable[bytes], limit: int) -> Written:
    digest, size = hashlib.sha256(), 0
    with path.open("xb") as file:
        for block in blocks:
            size += len(block)
            if size > limit:
                raise TooLarge(limit, size)
            digest.update(block)
            with no_room_is_told(size):
                file.write(block)
        with no_room_is_told(size):
            file.flush()
            os.fsync(file.fileno())
    return Written(path, digest.hexdigest(), size)


def measure(path: Path) -> Written:
    """The fingerprint of a file that is at the entrance already."""
    digest, size = hashlib.sha256(), 0
    for block in blocks_of(path):
        digest.update(block)
        size += len(block)
    return Written(path, digest.hexdigest(), size)


def size_of(path: Path) -> int:
    """How many bytes a file has; none if it is not there."""
    return path.stat().st_size if path.exists() else 0


def append(path: Path, offset: int, chunk: bytes) -> None:
    """Write a chunk at its place; what stood after it, half a chunk of a process that died, goes."""
    with no_room_is_told(len(chunk)), path.open("r+b" if path.exists() else "w+b", buffering=0) as file:
        file.truncate(offset)
        file.seek(offset)
        written = 0
        while written < len(chunk):
            written += file.write(chunk[written:]) or 0
        os.fsync(file.fileno())


def put_on_shelf(written: Written) -> None:
    """Move a file from the entrance to its shelf, over the same bytes if they are there."""
    shelf = shelf_path(written.sha256)
    with no_room_is_told(written.size):
        shelf.parent.mkdir(parents=True, exist_ok=True)
        written.path.chmod(0o444)
        written.path.replace(shelf)


def free_bytes() -> int:
    """How much the disk still takes."""
    return shutil.disk_usage(entrance()).free


def old_arrivals(before: datetime) -> Iterator[Path]:
    """Files at the entrance that nobody has touched for long."""
    return _older(entrance().iterdir(), before)


def old_shelves(before: datetime) -> Iterator[Path]:
    """Files on the shelves that are there for long."""
    return _older((path for path in Path(settings.FILES_DIR).glob("??/??/*")), before)


@contextmanager
def no_room_is_told(needed: int) -> Iterator[None]:
    """A full disk is a refusal with words, not a fault."""
    try:
        yield
    except OSError as fault:
        if fault.errno in _FULL:
            raise NoRoom(needed) from fault
        raise


def _older(paths: Iterable[Path], before: datetime) -> Iterator[Path]:
    return (path for path in paths if path.is_file() and path.stat().st_mtime < before.timestamp())


def entrance() -> Path:
    """The folder where files arrive."""
    folder = Path(settings.FILES_DIR) / _INCOMING
    folder.mkdir(parents=True, exist_ok=True)
    return folder
