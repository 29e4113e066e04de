"""What the reuse room refuses."""

from dataclasses import dataclass


class ReuseRefusal(Exception):
    """A work cannot be made or changed."""


@dataclass
class NotAllowed(ReuseRefusal):
    """Not this person's to do."""

    action: str


@dataclass
class IllegalMove(ReuseRefusal):
    """From this state one does not come to that."""

    before: str
    after: str


@dataclass
class Missing(ReuseRefusal):
    """Something that is needed is not there: `title`, `abstract`, `datasets`, `reason`, `image_alt`."""

    field: str


@dataclass
class DatasetNotPublic(ReuseRefusal):
    """Nobody can read that dataset now."""

    dataset: str


@dataclass
class BadImage(ReuseRefusal):
    """A picture that is not kept: `too_large` or `wrong_type`."""

    code: str
