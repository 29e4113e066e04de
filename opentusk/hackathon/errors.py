"""What the hackathon room refuses."""

from dataclasses import dataclass


class HackathonRefusal(Exception):
    """Something of a hackathon cannot be made or changed."""


@dataclass
class NotAllowed(HackathonRefusal):
    """Not this person's to do."""

    action: str


@dataclass
class IllegalMove(HackathonRefusal):
    """From this state one does not come to that."""

    before: str
    after: str


class Unconfirmed(HackathonRefusal):
    """The person has no account."""


@dataclass
class Missing(HackathonRefusal):
    """All that an entry, or a hackathon, lacks: codes such as `abstract`, `portal_dataset`, `main_dataset`."""

    fields: tuple[str, ...]


class Frozen(HackathonRefusal):
    """Weights and rules do not change once a juror has begun."""


@dataclass
class BadWeights(HackathonRefusal):
    """The weights do not sum to 100."""

    total: str


class NotNow(HackathonRefusal):
    """Outside the time for it."""


class WrongCode(HackathonRefusal):
    """No team, or no juror, has this code."""


@dataclass
class TeamFull(HackathonRefusal):
    """As many as there may be."""

    most: int


@dataclass
class TeamTooSmall(HackathonRefusal):
    """Fewer than there must be."""

    fewest: int


class InATeam(HackathonRefusal):
    """The person is in a team of this hackathon already."""


class NameTaken(HackathonRefusal):
    """Another team of this hackathon has this name."""


class NotAdult(HackathonRefusal):
    """The declaration is missing."""


class OnTheOtherSide(HackathonRefusal):
    """Who judges or helps is in no team."""


class InConflict(HackathonRefusal):
    """The juror does not judge this team."""


@dataclass
class BadMark(HackathonRefusal):
    """A mark is missing, beyond the scale or between its steps."""

    criteria: tuple[str, ...]


@dataclass
class Incomplete(HackathonRefusal):
    """Sheets are missing: `entries` names those with too few, `sheets` counts those neither handed in nor recused."""

    entries: tuple[str, ...]
    sheets: int
