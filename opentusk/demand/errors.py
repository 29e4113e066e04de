"""What the demand room refuses."""

from dataclasses import dataclass


class DemandRefusal(Exception):
    """A wish cannot be made, changed or moved."""


@dataclass
class NotAllowed(DemandRefusal):
    """Not this person's to do."""

    action: str


@dataclass
class IllegalMove(DemandRefusal):
    """From this state that cannot be done."""

    state: str
    move: str


class Unconfirmed(DemandRefusal):
    """The person has no account."""


class TableClosed(DemandRefusal):
    """The table does not take wishes at this instant."""


@dataclass
class WordsMissing(DemandRefusal):
    """Something that is needed was left empty: `title`, `theme`, `reason`, `answer`, `note`, `due_on`."""

    field: str


@dataclass
class WordsTooLong(DemandRefusal):
    """More than fits."""

    field: str
    most: int


@dataclass
class NamesSomebody(DemandRefusal):
    """The words hold personal data, and everybody would read them."""

    field: str


@dataclass
class UnknownTheme(DemandRefusal):
    """Not one of the thirteen."""

    theme: str


class CannotMerge(DemandRefusal):
    """With itself, into one that is merged or refused, or into another edition."""


class TooLate(DemandRefusal):
    """The time for it has passed, or the report is frozen."""


@dataclass
class DatasetNotPublic(DemandRefusal):
    """Nobody can read that dataset now, or there is none."""

    dataset: str


@dataclass
class AnotherHolder(DemandRefusal):
    """The dataset is not of the body that the wish is assigned to; the desk may say why it answers all the same."""

    holder: str
