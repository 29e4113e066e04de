"""What mending a value gives."""

from typing import NamedTuple


class Repaired(NamedTuple):
    """`value` is what to use, None when nothing usable is left; `code` is None when the value was fine as it was."""

    value: str | None
    code: str | None = None


def as_it_was(value: str) -> Repaired:
    """A value that needed nothing."""
    return Repaired(value)
