"""A file comes in: written whole at the entrance, recognised, and moved to its shelf in one step."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from opentusk.bodies.models import Agent
from opentusk.files import disk
from opentusk.files.actions.quota import require_room
from opentusk.files.errors import EmptyFile
from opentusk.files.events import FilesEvent
from opentusk.files.kinds import kind_of
from opentusk.files.models import StoredFile
from opentusk.files.names import clean_name
from opentusk.files.permissions import can_give_for, require
from opentusk.journal.actions import record
from opentusk.journal.actors import Actor


def receive(source: Path | Iterable[bytes], *, name: str, agent: Agent, by: Actor) -> StoredFile:
    """Keep a file byte for byte: from a path, which stays where it is, or from its blocks as they arrive.

    The same bytes given again are the same stored file. Raises TooLarge, EmptyFile, NoRoom, OverQuota; then nothing is
    kept.
    """
    require(can_give_for(by, agent), "receive", agent.ipa_code)
    blocks = disk.blocks_of(source) if isinstance(source, Path) else source
    written = disk.write(blocks, limit=settings.MAX_UPLOAD)
    try:
        require_room(agent, written.size, by=by)
        return keep(recognise(written, name=name), name=name, agent=agent, by=by)
    finally:
        written.path.unlink(missing_ok=True)


@dataclass(frozen=True)
class Recognised:
    """A whole file at the entrance, and what it is."""

    written: disk.Written
    media_type: str
    extension: str


def recognise(written: disk.Written, *, name: str) -> Recognised:
    """What the content of a file says that it is."""
    return Recognised(written, *kind_of(written.path, name=name))


@transaction.atomic
def keep(found: Recognised, *, name: str, agent: Agent | None, by: Actor) -> StoredFile:
    """Move a whole file from the entrance to its shelf, with its row. Raises EmptyFile, NoRoom.

    Without a body it is of somebody who belongs to none: the room that keeps it says who may, and how large.
    """
    written = found.written
    if not written.size:
        raise EmptyFile(clean_name(name))
    stored, is_new = StoredFile.objects.select_for_update(no_key=True).get_or_create(
        sha256=written.sha256,
        defaults={"size": written.size, "media_type": found.media_type, "extension": found.extension},
    )
    # Its key is not locked, so that a version that points to it can be committed. While the row is locked the sweep
    # waits: it can never take the file that is being put here.
    disk.put_on_shelf(written)
    if not is_new:
        stored.received_at = timezone.now()
        stored.save(update_fields=["received_at"])
    facts = {
        "name": clean_name(name),
        "size": written.size,
        "sha256": written.sha256,
        "agent": agent.ipa_code if agent else "",
    }
    record(FilesEvent.FILE_RECEIVED, stored, by=by, facts=facts)
    return stored
