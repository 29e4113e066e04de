"""What the consultation room refuses."""

from dataclasses import dataclass


class ConsultationRefusal(Exception):
    """Something of a consultation cannot be done."""


@dataclass
class NotAllowed(ConsultationRefusal):
    """Not this person's to do."""

    action: str


@dataclass
class IllegalMove(ConsultationRefusal):
    """From this state one does not come to that."""

    before: str
    after: str


class NotOpen(ConsultationRefusal):
    """Not open at this instant, or not open for this."""


@dataclass
class Missing(ConsultationRefusal):
    """Something that is needed is not there: `opens_at`, `closes_at`, `answers`."""

    fields: tuple[str, ...]


class NotHere(ConsultationRefusal):
    """The wish is not part of this consultation, or not there any more."""
