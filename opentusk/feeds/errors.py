"""What the feeds refuse."""

from dataclasses import dataclass


class FeedRefusal(Exception):
    """A request on the feeds that cannot be granted."""


@dataclass
class NotAnswered(FeedRefusal):
    """A filter that the feeds do not know: refused, because ignoring it would be wrong data."""

    parameter: str
    value: str


@dataclass
class NoSuchFeed(FeedRefusal):
    """There is no such body, or no such page."""

    what: str


@dataclass
class NotBuilt(FeedRefusal):
    """The files are not there yet: the portal has just been started."""

    scope: str


@dataclass
class BuildRefused(FeedRefusal):
    """A new build failed its self-test; the last good files stay."""

    reason: str


@dataclass
class Withdrawn(FeedRefusal):
    """The dataset was public once; its tombstone is left."""

    identifier: str
    reason: str
