"""The room that one body has: what its versions hold and what is on its way, so that no body fills the disk of all."""

from django.conf import settings
from django.db.models import Q, Sum

from opentusk.bodies.models import Agent
from opentusk.files.errors import OverQuota
from opentusk.files.models import StoredFile, Upload
from opentusk.journal.actors import Actor


def bytes_of(agent: Agent) -> int:
    """What a body holds: each file once, with what was announced of those that still arrive."""
    mine = Q(versions__series__agent=agent) | Q(uploads__agent=agent)
    kept = StoredFile.objects.filter(pk__in=StoredFile.objects.filter(mine).values("pk"))
    arriving = Upload.objects.unfinished().filter(agent=agent)
    return sum(rows.aggregate(total=Sum("size"))["total"] or 0 for rows in (kept, arriving))


def require_room(agent: Agent, size: int, *, by: Actor) -> None:
    """Let a body bring so many bytes more. Raises OverQuota. What the portal itself makes is not counted against it."""
    if by.is_system or not settings.BODY_QUOTA:
        return
    used = bytes_of(agent)
    if used + size > settings.BODY_QUOTA:
        raise OverQuota(limit=settings.BODY_QUOTA, used=used, size=size)
