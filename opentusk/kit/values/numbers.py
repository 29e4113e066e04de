"""Whole numbers, as sources write them."""

# More figures than any size in bytes, and far fewer than Python refuses to convert.
_MOST_FIGURES = 18


def whole_number(text: str) -> int | None:
    """`1024` and `1024.0` are 1024; None for anything else, and for numbers that no file has."""
    whole, _point, fraction = text.strip().partition(".")
    is_whole = whole.isascii() and whole.isdigit() and len(whole) <= _MOST_FIGURES and not fraction.strip("0")
    return int(whole) if is_whole else None
