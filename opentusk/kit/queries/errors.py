"""What is refused, with the facts; the sentences are in `kit.sentences.queries`."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches

from opentusk.kit.messages import sentence

_NOTHING = "–"
_GUESS = re.compile(r"\.[^.]*: –\.$")


class QueryRefusal(Exception):
    """A question that is not answered."""


@dataclass
class BadQuery(QueryRefusal):
    """The question is wrong: where, and what was perhaps meant. `position` is 0-based in the text."""

    code: str
    column: str = ""
    operator: str = ""
    position: int | None = None
    did_you_mean: tuple[str, ...] = ()
    values: Mapping[str, str] = field(default_factory=dict)

    def message(self, language: str) -> str:
        """What is wrong and the way out."""
        facts = {"column": self.column, "operator": self.operator, "meant": ", ".join(self.did_you_mean) or _NOTHING}
        said = sentence(self.code, language, {**facts, **self.values})
        # What was perhaps meant is the last sentence, and left out where nothing is near.
        return said if self.did_you_mean else _GUESS.sub(".", said)


@dataclass
class OverBudget(QueryRefusal):
    """The answer would take more than it may: `resource` is time, memory, rows or bytes."""

    resource: str
    limit: str = ""

    def message(self, language: str) -> str:
        """What ran out and what helps."""
        return sentence(f"query.over_{self.resource}", language, {"limit": self.limit})


@dataclass
class Busy(QueryRefusal):
    """Too many questions at once; `retry_after` in seconds."""

    retry_after: int

    def message(self, language: str) -> str:
        """When to come back."""
        return sentence("query.busy", language, {"seconds": str(self.retry_after)})


@dataclass
class VersionGone(QueryRefusal):
    """The version that a cursor or an address names is no longer served."""

    version: str

    def message(self, language: str) -> str:
        """What to do instead."""
        return sentence("query.version_gone", language, {"version": self.version})


def unknown_name(code: str, name: str, known: Iterable[str], *, position: int | None = None) -> BadQuery:
    """The refusal of a name that is not there, with the nearest ones."""
    nearest = tuple(get_close_matches(name.lower(), list(known), n=3, cutoff=0.6))
    return BadQuery(code, column=name, position=position, did_you_mean=nearest)
