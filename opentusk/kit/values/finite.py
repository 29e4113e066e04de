"""JSON whose numbers are numbers: Python also takes `NaN`, `Infinity`, and `1e999` for infinity."""

import json

import orjson

_ANY_DIGIT = bytes.maketrans(b"123456789", b"0" * 9)
# Whole numbers so long may not fit 64 bits; orjson gives the nearest float instead of them.
_LONG_NUMBER = b"0" * 19


class NotFiniteError(ValueError):
    """A number that JSON does not have."""


def load_finite(text: str) -> object:
    """The JSON value of a text. Raises NotFiniteError for a number that no program could hold, ValueError."""
    try:
        return load_quickly(text)
    except ValueError:
        return load_carefully(text)


def load_carefully(text: str) -> object:
    """The same value, read by Python's own reader, which keeps more and says what is wrong."""
    return json.loads(text, parse_float=_finite, parse_constant=_refuse)


def load_quickly(text: str) -> object:
    """The same value, read three times quicker; every text of it is valid Unicode.

    Raises ValueError also for what is well written, but would not be kept: half a surrogate pair, a long number.
    """
    content = text.encode()
    if _LONG_NUMBER in content.translate(_ANY_DIGIT):
        raise ValueError
    return orjson.loads(content)


def _finite(text: str) -> float:
    value = float(text)
    if value - value != 0:
        raise NotFiniteError(text)
    return value


def _refuse(name: str) -> float:
    raise NotFiniteError(name)
