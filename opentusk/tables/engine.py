"""The one query engine of this process."""

from functools import cache

from django.conf import settings

from opentusk.kit.queries.engine import Engine


@cache
def engine() -> Engine:
    """Made at the first question, so that processes that ask none pay nothing."""
    folder = settings.VAR_DIR / "spill"
    folder.mkdir(parents=True, exist_ok=True)
    return Engine(memory=f"{settings.QUERY_MEMORY}MB", threads=settings.QUERY_THREADS, spill=folder)
