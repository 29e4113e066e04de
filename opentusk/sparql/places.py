"""Where the store is on the disk, and which of its snapshots holds now."""

import fcntl
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from pyoxigraph import Store

from opentusk.sparql.errors import NotBuilt

# A reader that has just learnt the name of a snapshot must still find it.
_KEPT = 3


def folder() -> Path:
    """The folder of everything."""
    return Path(settings.SPARQL_DIR)


def store_path() -> Path:
    """The store that is written, by whoever holds the pen."""
    return folder() / "store"


def building_path() -> Path:
    """A store that is being made beside it."""
    return folder() / "building"


def current_snapshot() -> Path:
    """The snapshot that holds now. Raises NotBuilt."""
    try:
        return _snapshots() / _pointer().read_text()
    except FileNotFoundError:
        raise NotBuilt from None


def publish_snapshot(store: Store) -> None:
    """Let readers see the store as it is now."""
    _snapshots().mkdir(exist_ok=True)
    numbers = sorted(int(path.name) for path in _snapshots().iterdir())
    number = numbers[-1] + 1 if numbers else 1
    store.backup(_snapshots() / str(number))
    draft = folder() / "current.tmp"
    draft.write_text(str(number))
    draft.replace(_pointer())
    for old in numbers[: 1 - _KEPT]:
        shutil.rmtree(_snapshots() / str(old))


def position() -> int:
    """The number of the journal's entry up to which the store has been written."""
    path = folder() / "position"
    return int(path.read_text()) if path.exists() else 0


def note_position(number: int) -> None:
    """Remember it, beside the store: a store that comes back from a copy goes on from where it was."""
    draft = folder() / "position.tmp"
    draft.write_text(str(number))
    draft.replace(folder() / "position")


def replace_store() -> None:
    """Put the store that was made beside in the place of the other."""
    shutil.rmtree(store_path(), ignore_errors=True)
    building_path().rename(store_path())


@contextmanager
def holding_the_pen() -> Iterator[None]:
    """Let one process at a time write."""
    folder().mkdir(parents=True, exist_ok=True)
    with (folder() / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _snapshots() -> Path:
    return folder() / "snapshots"


def _pointer() -> Path:
    return folder() / "current"
