"""Files that no state names any more are deleted, a day after they were made: whoever reads them has ended by then."""

import shutil
from pathlib import Path
from time import time

from django.conf import settings

from opentusk.datastore.models import Store
from opentusk.kit.datastore.wordshelf import forget_words

_GRACE = 24 * 3600.0


def tidy() -> int:
    """Delete what no store needs; how many files and folders."""
    folder, swept = Path(settings.STORES_DIR), forget_words(Path(settings.WORDS_DIR))
    # Files first, rows then: a write that ends in between is named by a row that is read after it.
    old = [path for path in folder.glob("*/*") if path.name != "lock" and path.stat().st_mtime < time() - _GRACE]
    named, homes = set(), set()
    for store in Store.objects.select_related("distribution").prefetch_related("states"):
        homes.add(store.folder)
        named |= {store.folder / segment[0] for state in store.states.all() for segment in state.segments}
    for path in old:
        if path not in named:
            path.unlink(missing_ok=True)
            swept += 1
    for home in folder.glob("*"):
        if home not in homes and home.stat().st_mtime < time() - _GRACE:
            shutil.rmtree(home, ignore_errors=True)
            swept += 1
    return swept
