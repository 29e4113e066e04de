"""What the room of federation refuses."""

from dataclasses import dataclass


class FederationRefusal(Exception):
    """A request that is not granted."""


class SwitchedOff(FederationRefusal):
    """The operator has not said where the national catalogue is."""


@dataclass
class TooSoon(FederationRefusal):
    """The national catalogue was asked a moment ago; minutes until it may be asked again."""

    minutes: int


@dataclass
class NationalFault(Exception):
    """The national catalogue did not answer as it should: a code of `words.py`, and what it said."""

    code: str
    detail: str = ""
