"""What nobody needs any more goes: forgotten uploads, remains of processes that died, files that nothing holds."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from opentusk.files import disk
from opentusk.files.models import StoredFile, Upload

# A clerk may begin on Friday and go on a week later.
UPLOADS_KEPT = timedelta(days=7)
# Longer than any request or task that has given a file and has not attached it yet.
REMAINS_KEPT = timedelta(days=1)


def sweep() -> None:
    """Forget old uploads and what they left, and stored files that no version holds."""
    now = timezone.now()
    for upload in Upload.objects.untouched_since(now - UPLOADS_KEPT):
        upload.delete()
    _sweep_entrance()
    for stored in StoredFile.objects.unused_since(now - REMAINS_KEPT):
        _drop(stored.pk)
    known = set(StoredFile.objects.values_list("sha256", flat=True))
    for path in disk.old_shelves(now - REMAINS_KEPT):
        if path.name not in known:
            _drop_nameless(path.name)


def _sweep_entrance() -> None:
    waiting = {upload.path for upload in Upload.objects.all()}
    for path in disk.old_arrivals(timezone.now() - REMAINS_KEPT):
        if path not in waiting:
            path.unlink(missing_ok=True)


@transaction.atomic
def _drop(pk: int) -> None:
    """Take a stored file away, unless somebody gave it again meanwhile: its row is locked, as when it is given."""
    limit = timezone.now() - REMAINS_KEPT
    stored = StoredFile.objects.select_for_update().filter(pk=pk).first()
    if stored and StoredFile.objects.unused_since(limit).filter(pk=pk).exists():
        stored.delete()
        stored.path.unlink(missing_ok=True)


@transaction.atomic
def _drop_nameless(sha256: str) -> None:
    """Take a file without a row away: it was on its shelf when its transaction died.

    The row is made for a moment, so that whoever gives the same file now waits until this is over.
    """
    row, is_nameless = StoredFile.objects.get_or_create(sha256=sha256, defaults={"size": 0, "media_type": ""})
    if is_nameless:
        row.path.unlink(missing_ok=True)
        row.delete()
