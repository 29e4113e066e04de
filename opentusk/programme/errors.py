"""What the programme room refuses."""

from dataclasses import dataclass
from datetime import datetime


class ProgrammeRefusal(Exception):
    """An event or a registration cannot be made or changed."""


@dataclass
class NotAllowed(ProgrammeRefusal):
    """Not this person's to do."""

    action: str


@dataclass
class IllegalMove(ProgrammeRefusal):
    """From this state one does not come to that."""

    before: str
    after: str


class RegistrationsClosed(ProgrammeRefusal):
    """Nobody registers at this instant, or at all."""


class ForBodies(ProgrammeRefusal):
    """Only for those who work for a body that joined."""


class OnInvitation(ProgrammeRefusal):
    """Only for those who were invited."""


class UnknownTicket(ProgrammeRefusal):
    """No registration of this event has this code or secret address."""


class NotCounted(UnknownTicket):
    """Nobody counted this person at the door, or the name is forgotten."""


@dataclass
class NotYet(ProgrammeRefusal):
    """The way in opens later."""

    opens_at: datetime


class Over(ProgrammeRefusal):
    """The event is over, or was cancelled."""


class InUse(ProgrammeRefusal):
    """Somebody is in with this personal address already."""


class OfferExpired(ProgrammeRefusal):
    """The seat was offered for a while, which has passed: the person is in the line again."""


@dataclass
class Missing(ProgrammeRefusal):
    """Something that is needed is not there: `starts_at`, `captions`, `minutes`, `reason`, `answers`, `join_url`."""

    field: str


class TooManyQuestions(ProgrammeRefusal):
    """More than five."""
