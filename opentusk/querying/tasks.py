"""What the clock asks of the querying room."""

from django.utils import timezone

from opentusk.querying.callers import forget_old


def tidy() -> None:
    """Throw away the counts of clients that are older than a month."""
    forget_old(today=timezone.localdate())
