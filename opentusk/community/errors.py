"""What the community refuses."""

from dataclasses import dataclass


class CommunityRefusal(Exception):
    """Something cannot be done here."""


@dataclass
class NotAllowed(CommunityRefusal):
    """Not this person's to do."""

    action: str


@dataclass
class IllegalMove(CommunityRefusal):
    """From this state one does not come to that."""

    before: str
    after: str


class Locked(CommunityRefusal):
    """The thread takes no more answers."""


@dataclass
class Missing(CommunityRefusal):
    """Something that must be there is not."""

    field: str


@dataclass
class NamesSomebody(CommunityRefusal):
    """The words hold a codice fiscale, a private address or a telephone number."""

    field: str


class NotAnAnswer(CommunityRefusal):
    """The comment is not a visible answer of this thread."""


class BadLink(CommunityRefusal):
    """The address of a letter is not one of ours, or of nobody any more."""
