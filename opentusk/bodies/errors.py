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


@dataclass
class LastReferente(BodiesRefusal):
    """The body would be left without anybody who answers for it."""

    agent: str


class InvitationUnusable(BodiesRefusal):
    """The invitation is used up, taken back or too old."""


@dataclass
class InvitedSomebodyElse(BodiesRefusal):
    """The invitation is for the owner of another address."""

    email: str


class AlreadyDecided(BodiesRefusal):
    """Somebody has answered already."""


@dataclass
class AgentKnown(BodiesRefusal):
    """A body with this code, or with this address, is known already."""

    field: str
    value: str


@dataclass
class StillInUse(BodiesRefusal):
    """The body cannot be forgotten while these point to it; `kinds` are names of rows."""

    kinds: tuple[str, ...]
