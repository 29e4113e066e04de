"""The form of one message."""

from typing import NamedTuple


class Sentence(NamedTuple):
    """One message in the two languages of the interface."""

    it: str
    en: str
