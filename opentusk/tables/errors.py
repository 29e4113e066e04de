"""What the tables room refuses."""

from dataclasses import dataclass


class TablesRefusal(Exception):
    """A request on a table that cannot be granted."""


@dataclass
class UnknownProposal(TablesRefusal):
    """The file has no such proposal: it was read anew meanwhile."""

    codes: tuple[str, ...]


@dataclass
class UnknownColumn(TablesRefusal):
    """The table has no such column."""

    names: tuple[str, ...]


class ExaminationBroke(Exception):
    """The reading failed for a reason of ours, not of the file: it is tried again."""


class NoRoom(ExaminationBroke):
    """The disk is full: nothing was lost, and it is tried again."""
