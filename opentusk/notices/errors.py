"""What the notices room refuses."""

from dataclasses import dataclass


class NoticesRefusal(Exception):
    """A request on the events that cannot be granted."""


@dataclass
class NotAllowed(NoticesRefusal):
    """The actor may not do this for this dataset."""

    action: str
    subject: str


@dataclass
class ReservedFacts(NoticesRefusal):
    """A rule gives facts whose names every event uses for the thing it is about."""

    type: str
    names: tuple[str, ...]
