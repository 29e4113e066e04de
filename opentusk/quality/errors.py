"""What the quality room refuses."""

from collections.abc import Sequence
from dataclasses import dataclass


class QualityRefusal(Exception):
    """A request on quality or privacy that cannot be granted."""


@dataclass
class NotAllowed(QualityRefusal):
    """The actor may not do this."""

    action: str
    subject: str


@dataclass
class AlreadyDecided(QualityRefusal):
    """Somebody has decided meanwhile, or the file no longer waits."""

    state: str


@dataclass
class MissingEvidence(QualityRefusal):
    """The decision rests on nothing yet: the names of the fields to fill."""

    fields: Sequence[str]


@dataclass
class NamesSomebody(QualityRefusal):
    """What was written about the decision holds personal data itself: the names of the fields."""

    fields: Sequence[str]


@dataclass
class TooSoon(QualityRefusal):
    """The addresses were asked a moment ago: how many seconds to wait."""

    seconds: int
