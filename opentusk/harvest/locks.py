"""One process at a time reads a source; a process that dies lets go by itself."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings
from django.db import connection

from opentusk.harvest.errors import AlreadyRunning
from opentusk.harvest.models import HarvestSource

# Arbitrary, and the same everywhere: it names "reading a source" among the advisory locks of PostgreSQL.
_LOCK_FAMILY = 730_512


@contextmanager
def only_reader(source: HarvestSource) -> Iterator[None]:
    """Hold the source while it is read. Raises AlreadyRunning.

    PostgreSQL may be shared by several machines, so its own lock counts there; SQLite is on one machine, where a
    locked file is enough. Neither outlives the process, so a killed run can be taken up at once.
    """
    with _advisory_lock(source) if connection.vendor == "postgresql" else _file_lock(source):
        yield


@contextmanager
def _advisory_lock(source: HarvestSource) -> Iterator[None]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s, %s)", [_LOCK_FAMILY, source.pk])
        row = cursor.fetchone()
    if not row or not row[0]:
        raise AlreadyRunning(source.name)
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock(%s, %s)", [_LOCK_FAMILY, source.pk])


@contextmanager
def _file_lock(source: HarvestSource) -> Iterator[None]:
    directory = settings.VAR_DIR / "harvest"
    directory.mkdir(parents=True, exist_ok=True)
    with (directory / f"source-{source.pk}.lock").open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as taken:
            raise AlreadyRunning(source.name) from taken
        yield
