"""What the first to ask of a large store would wait for is made before: the CSV of all rows, words and their index.

It is made when the store rests, and not again for a while, so that a table that is written all day costs little.
"""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import duckdb
from django.conf import settings
from django.db import transaction
from django.utils import timezone

from opentusk.datastore.dumps import take_dump
from opentusk.datastore.models import Store
from opentusk.journal.actions import enqueue
from opentusk.kit.datastore.asking import read_ask
from opentusk.kit.datastore.postings import FEWEST_ROWS, Indexes
from opentusk.kit.datastore.wordshelf import words_beside
from opentusk.kit.queries.errors import QueryRefusal
from opentusk.tables.engine import engine

_LARGE = 100_000  # rows; what is smaller is made quickly enough when somebody asks
_REST = timedelta(seconds=5)
_AGAIN = timedelta(minutes=10)
_MARK = "prepared"


def ask_to_prepare(store: Store, *, rows: int) -> None:
    """Have the worker prepare the store, when it rests; the store's row is locked."""
    if rows < _LARGE:
        return
    at = store.written_at + _REST
    if (mark := store.folder / _MARK).exists():
        at = max(at, datetime.fromtimestamp(mark.stat().st_mtime, UTC) + _AGAIN)
    enqueue("opentusk.datastore.tasks.prepare", key=f"datastore.prepare:{store.pk}", at=at, store=store.pk)


def prepare(number: int) -> bool:
    """Make what the public state of a store will be asked for; False when it is still being written."""
    with transaction.atomic():
        locked = Store.objects.select_for_update(of=("self",), no_key=True).filter(pk=number).first()
        if locked is None:
            return False
        if locked.written_at > timezone.now() - _REST:
            ask_to_prepare(locked, rows=_LARGE)
            return False
    store = Store.objects.with_states().filter(pk=number, public__isnull=False).first()
    if store is None or store.public is None or store.public.rows < _LARGE:
        return False
    store.public.store = store
    source = store.public.source(for_public=True)
    folder = Path(settings.WORDS_DIR)
    try:
        take_dump(source, read_ask(source, {}, limit=None, offset=0), "csv", bom=False)
        words = words_beside(engine(), source, folder)
        indexes = Indexes(folder)
        if source.rows >= FEWEST_ROWS and not indexes.path_of(words).exists():
            indexes.build(words)
    except (QueryRefusal, duckdb.Error):
        return False  # Rows that went meanwhile, or no room: whoever asks has it made.
    (store.folder / _MARK).touch()
    return True
