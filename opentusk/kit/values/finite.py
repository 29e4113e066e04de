"""JSON whose numbers are numbers: Python also takes `NaN`, `Infinity`, and `1e999` for infinity."""

import json


class NotFiniteError(ValueError):
    """A number that JSON does not have."""


def load_finite(text: str) -> object:
    """The JSON value of a text. Raises NotFiniteError for a number that no program could hold, ValueError."""
    return json.loads(text, parse_float=_finite, parse_constant=_refuse)


def _finite(text: str) -> float:
    value = float(text)
    if value - value != 0:
        raise NotFiniteError(text)
    return value


def _refuse(name: str) -> float:
    raise NotFiniteError(name)
