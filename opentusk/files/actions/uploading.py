"""A file comes in pieces: each has its place, what is here can be asked, and the last one makes the file whole."""

from collections.abc import Iterable

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from opentusk.bodies.models import Agent
from opentusk.files import disk
from opentusk.files.actions.quota import require_room
from opentusk.files.actions.receiving import keep, receive, recognise
from opentusk.files.errors import (
    EmptyFile,
    NoRoom,
    NotAllowed,
    TooLarge,
    TooManyUploads,
    WrongOffset,
    WrongSize,
    WrongState,
)
from opentusk.files.models import StoredFile, Upload
from opentusk.files.names import clean_name
from opentusk.files.permissions import can_give_for, can_go_on_with, require
from opentusk.journal.actors import Actor

MAX_UNFINISHED = 20
# Whatever one uploads, the portal itself must still be able to write its rows.
SPARE_BYTES = 64 * 1024 * 1024


@transaction.atomic
def begin_upload(*, name: str, size: int, agent: Agent, by: Actor) -> Upload:
    """Announce a file that will come in pieces. Raises TooLarge, EmptyFile, NoRoom, OverQuota, TooManyUploads."""
    require(can_give_for(by, agent), "upload", agent.ipa_code)
    if by.user_id is None:
        # The portal and its sources have whole files at hand: pieces are for people and their programs.
        raise NotAllowed("upload", agent.ipa_code)
    if size > settings.MAX_UPLOAD:
        raise TooLarge(settings.MAX_UPLOAD, size)
    if size <= 0:
        raise EmptyFile(clean_name(name))
    require_room(agent, size, by=by)
    if disk.free_bytes() < size + SPARE_BYTES:
        raise NoRoom(size)
    if Upload.objects.of_user(by.user_id).unfinished().count() >= MAX_UNFINISHED:
        raise TooManyUploads(MAX_UNFINISHED)
    return Upload.objects.create(name=clean_name(name), size=size, agent=agent, user_id=by.user_id)


def take_whole(source: Iterable[bytes], *, name: str, agent: Agent, by: Actor) -> Upload:
    """A file that came in one form, as an upload that is done: its number can be handed on from page to page."""
    if by.user_id is None:
        raise NotAllowed("upload", agent.ipa_code)
    stored = receive(source, name=name, agent=agent, by=by)
    return Upload.objects.create(
        name=clean_name(name),
        size=stored.size,
        received=stored.size,
        state=Upload.State.DONE,
        stored=stored,
        agent=agent,
        user_id=by.user_id,
    )


@transaction.atomic
def append_chunk(upload: Upload, offset: int, chunk: bytes, *, by: Actor) -> Upload:
    """Write the next piece. Raises WrongOffset with the right one, WrongSize, NoRoom; then nothing of it counts."""
    require(can_go_on_with(by, upload), "append", upload.uuid)
    upload = Upload.objects.select_for_update(no_key=True).get(pk=upload.pk)
    if upload.is_done:
        raise WrongState(upload.state, Upload.State.OPEN)
    if offset != upload.offset:
        raise WrongOffset(upload.offset)
    if offset + len(chunk) > upload.size:
        raise WrongSize(upload.size, offset + len(chunk))
    disk.append(upload.path, offset, chunk)
    upload.received = offset + len(chunk)
    upload.touched_at = timezone.now()
    upload.save(update_fields=["received", "touched_at"])
    return upload


def finish_upload(upload: Upload, *, by: Actor) -> StoredFile:
    """Make the whole of the pieces a stored file; asked twice, it gives the same. Raises WrongSize, NoRoom."""
    require(can_go_on_with(by, upload), "finish", upload.uuid)
    if not upload.is_done and upload.offset != upload.size:
        raise WrongSize(upload.size, upload.offset)
    # Reading two gigabytes takes seconds: before the transaction, so that nobody waits for its lock.
    found = recognise(disk.measure(upload.path), name=upload.name) if upload.path.exists() else None
    with transaction.atomic():
        upload = (
            Upload.objects.select_for_update(of=("self",), no_key=True)
            .select_related("agent", "stored")
            .get(pk=upload.pk)
        )
        if upload.stored:
            return upload.stored
        if found is None:
            raise WrongSize(upload.size, 0)
        upload.stored = keep(found, name=upload.name, agent=upload.agent, by=by)
        upload.state = Upload.State.DONE
        upload.touched_at = timezone.now()
        upload.save(update_fields=["stored", "state", "touched_at"])
        return upload.stored


@transaction.atomic
def cancel_upload(upload: Upload, *, by: Actor) -> None:
    """Forget an upload and its pieces; what was stored of it stays as long as a version holds it."""
    require(can_go_on_with(by, upload), "cancel", upload.uuid)
    upload = Upload.objects.select_for_update(no_key=True).get(pk=upload.pk)
    upload.delete()
    upload.path.unlink(missing_ok=True)
