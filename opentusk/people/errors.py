"""What the people room refuses."""

from dataclasses import dataclass


class SignInRefused(Exception):
    """The person is not let in."""


class WrongCredentials(SignInRefused):
    """Unknown address, wrong password, wrong code or a link that is used up: never said which."""


@dataclass
class TooManyAttempts(SignInRefused):
    """Too many failures in a short time."""

    minutes: int


class AccountRefusal(Exception):
    """A request on an account that cannot be granted."""


@dataclass
class NotAllowed(AccountRefusal):
    """The actor may not do this to this account."""

    action: str
    subject: str


@dataclass
class AddressTaken(AccountRefusal):
    """The address has an account already."""

    email: str


@dataclass
class WeakPassword(AccountRefusal):
    """The password is easy to guess; `reasons` are sentences in the reader's language."""

    reasons: tuple[str, ...]


@dataclass
class UnknownAccount(AccountRefusal):
    """No account in use has this address."""

    email: str


class LastAdmin(AccountRefusal):
    """Nobody would be left who runs the portal."""
