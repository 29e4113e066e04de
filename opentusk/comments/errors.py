"""What the comments room refuses."""

from dataclasses import dataclass


class CommentsRefusal(Exception):
    """A comment cannot be written or changed."""


class NotAllowed(CommentsRefusal):
    """Not this person's to do."""


class Unconfirmed(CommentsRefusal):
    """The person has no account, or never proved to read its mailbox."""


class NamesSomebody(CommentsRefusal):
    """The words hold a codice fiscale, a private address or a telephone number: everybody would read it."""


class Empty(CommentsRefusal):
    """There are no words."""


@dataclass
class TooLong(CommentsRefusal):
    """More than fits."""

    most: int


@dataclass
class TooDeep(CommentsRefusal):
    """A reply to a reply, to another thing, or to what is not there any more."""

    parent: int


@dataclass
class IllegalMove(CommentsRefusal):
    """From this state one does not come to that."""

    before: str
    after: str


class TooLate(CommentsRefusal):
    """The time for changing it has passed."""
