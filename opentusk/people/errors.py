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
