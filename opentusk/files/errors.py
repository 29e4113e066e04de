"""What the files room refuses: facts only, the words are in `refusals.py`."""

from dataclasses import dataclass


class FileRefusal(Exception):
    """A request on a file that cannot be granted."""


@dataclass
class NotAllowed(FileRefusal):
    """The actor may not do this for this body, or with this upload."""

    action: str
    subject: str


@dataclass
class TooLarge(FileRefusal):
    """The file is larger than the portal takes; both in bytes."""

    limit: int
    size: int


@dataclass
class EmptyFile(FileRefusal):
    """There is not one byte in it."""

    name: str


@dataclass
class NoRoom(FileRefusal):
    """The disk of the portal is full: nothing of the file was kept, or the upload waits where it was."""

    needed: int


@dataclass
class WrongSize(FileRefusal):
    """The bytes that came are not as many as were announced."""

    declared: int
    received: int


@dataclass
class WrongOffset(FileRefusal):
    """A chunk that does not begin where the last one ended; `expected` is where it should."""

    expected: int


@dataclass
class WrongState(FileRefusal):
    """The upload or the version is not in the state that the request needs."""

    state: str
    needed: str


@dataclass
class SameBytes(FileRefusal):
    """The very same file is already the last version of its series."""

    number: int


@dataclass
class OverQuota(FileRefusal):
    """With a file of `size` bytes the body would hold more than it may; it holds `used` of `limit`."""

    limit: int
    used: int
    size: int


@dataclass
class TooManyUploads(FileRefusal):
    """The person has begun more uploads than one can finish."""

    limit: int


@dataclass
class ChunkTooLarge(FileRefusal):
    """A chunk is larger than one request may bring."""

    limit: int


@dataclass
class NoUpload(FileRefusal):
    """There is no such upload of this person: forgotten, cancelled, or somebody else's."""
