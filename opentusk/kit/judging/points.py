"""Points as people read them."""

from fractions import Fraction

_HALF = Fraction(1, 2)


def points(value: Fraction, *, decimals: int = 2) -> str:
    """The value with two decimals, halves away from zero: `67.17`. Exact: no binary fraction comes in between."""
    scale: int = 10**decimals
    scaled = abs(value) * scale
    whole = int(scaled + _HALF)
    sign = "-" if value < 0 and whole else ""
    return f"{sign}{whole // scale}.{whole % scale:0{decimals}d}" if decimals else f"{sign}{whole}"
