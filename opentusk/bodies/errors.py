"""What the bodies room refuses."""

from dataclasses import dataclass


class BodiesRefusal(Exception):
    """A request on a body that cannot be granted."""


@dataclass
class NotAllowed(BodiesRefusal):
    """The actor may not do this for this body."""

    action: str
    subject: str


@dataclass
class AlreadyMember(BodiesRefusal):
    """The person has this role in this body already."""

    email: str
    role: str
