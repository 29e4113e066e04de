"""The picture of a work: small, of a kind that browsers show, recognised by its content."""

from collections.abc import Iterable

from opentusk.files import disk
from opentusk.files.actions.receiving import keep, recognise
from opentusk.files.errors import TooLarge
from opentusk.files.models import StoredFile
from opentusk.journal.actors import Actor
from opentusk.reuse.errors import BadImage

MOST_BYTES = 4 * 1024 * 1024
KINDS = ("image/png", "image/jpeg", "image/webp")


def keep_image(blocks: Iterable[bytes], *, name: str, by: Actor) -> StoredFile:
    """Keep a picture. Raises BadImage; then nothing is kept."""
    try:
        written = disk.write(blocks, limit=MOST_BYTES)
    except TooLarge as refusal:
        raise BadImage("too_large") from refusal
    try:
        found = recognise(written, name=name)
        if found.media_type not in KINDS:
            raise BadImage("wrong_type")
        return keep(found, name=name, agent=None, by=by)
    finally:
        written.path.unlink(missing_ok=True)
