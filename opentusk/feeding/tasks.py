"""What the clock and the journal ask of the feeding room."""

from collections.abc import Sequence

from django.utils import timezone

from opentusk.feeding.actions import call_address, call_service, forget_old_calls
from opentusk.feeding.linking import watch_links
from opentusk.feeding.models import ServiceSource, WatchedAddress
from opentusk.journal.actions import enqueue
from opentusk.journal.models import Entry

# A batch a minute: politeness per host is the outbound client's, fairness to other work of the worker is ours.
_AT_ONCE = 10


def follow(entries: Sequence[Entry]) -> None:
    """Watch the files that datasets only link to."""
    watch_links({entry.subject_id for entry in entries})


def call_due() -> None:
    """Ask for a call of every feed whose time has come."""
    now = timezone.now()
    for source in ServiceSource.objects.due(now)[:_AT_ONCE]:
        enqueue("opentusk.feeding.tasks.service", key=f"feeding.service:{source.pk}", source_id=source.pk)
    for watched in WatchedAddress.objects.due(now)[:_AT_ONCE]:
        enqueue("opentusk.feeding.tasks.address", key=f"feeding.address:{watched.pk}", watched_id=watched.pk)


def service(source_id: int) -> None:
    """Call one service, unless it was paused or removed meanwhile."""
    source = ServiceSource.objects.with_dataset().filter(pk=source_id, is_paused=False).first()
    if source is not None:
        call_service(source)


def address(watched_id: int) -> None:
    """Look at one address, unless it was paused or removed meanwhile."""
    watched = WatchedAddress.objects.with_dataset().filter(pk=watched_id, is_paused=False).first()
    if watched is not None:
        call_address(watched)


def tidy() -> None:
    """Delete old notes of calls."""
    forget_old_calls([*ServiceSource.objects.all(), *WatchedAddress.objects.all()])
