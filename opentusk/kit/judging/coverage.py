"""How many jurors a judging needs, by the clock."""

from fractions import Fraction
from math import ceil


def can_all_see_all(*, entries: int, minutes_each: Fraction, minutes_of_judging: Fraction) -> bool:
    """Whether every juror can see every entry in the time there is; then a plain weighted mean is fair."""
    return entries * minutes_each <= minutes_of_judging


def jurors_needed(*, entries: int, sheets_per_entry: int, minutes_each: Fraction, minutes_of_judging: Fraction) -> int:
    """How many jurors give each entry so many sheets in the time there is. Raises ValueError without any time."""
    if minutes_of_judging <= 0:
        raise ValueError("there is no time to judge in")
    return ceil(entries * sheets_per_entry * minutes_each / minutes_of_judging)
