"""What the bulk room refuses."""

from dataclasses import dataclass


class BulkRefusal(Exception):
    """A request on a bulk run that cannot be granted."""


@dataclass
class NotAllowed(BulkRefusal):
    """The actor may not do this for this body."""

    action: str
    subject: str


@dataclass
class WrongState(BulkRefusal):
    """The run is not in the state that the request needs."""

    state: str
    needed: str


@dataclass
class NoTemplate(BulkRefusal):
    """The spreadsheet, or the archive beside it, cannot be used: `code` is a key of `kit.messages`."""

    code: str
    detail: str = ""
