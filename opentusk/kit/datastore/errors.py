"""What is wrong with what was asked or given, in CKAN's shape: a field, and sentences."""

from collections.abc import Mapping
from typing import Any


class BadAsk(Exception):
    """A search or a write that cannot be understood: CKAN's field of the fault → its sentences."""

    def __init__(self, fields: Mapping[str, Any]) -> None:
        super().__init__(fields)
        self.fields = dict(fields)


def bad(field: str, sentence: str) -> BadAsk:
    """One sentence about one field."""
    return BadAsk({field: [sentence]})
