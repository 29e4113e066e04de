"""What an entry of the journal gives to others: the shape of one line of the catalogue of public events."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from opentusk.journal.models import Entry
from opentusk.notices.errors import ReservedFacts
from opentusk.notices.models import Family, Severity

Facts = dict[str, Any]
# What every event says of the thing it is about: a fact of the same name would take its place.
RESERVED = frozenset({"schema_version", "dataset", "holder", "subject", "about", "act", "is_long"})
Build = Callable[[Entry], Facts | None]
# In `heard_by`: who works at the regional desk. Everything else there is a role in a body.
DESK = "desk"


def nothing(entry: Entry) -> Facts:
    """No facts: the type says everything."""
    return {}


@dataclass(frozen=True)
class Rule:
    """An entry with this `code` gives an event of this `type`; `facts` are the payload's own keys.

    `build` gives the facts, or None when the entry means nothing to others; `words` makes a sentence of them, in the
    language that is spoken then. What `is_private` is for the people of a body, or for the desk, whatever the entry
    says; `heard_by` names their roles (`Membership.Role`, `DESK`). What is `told_to_datasets` is heard by those too who
    follow the datasets of the thing.
    """

    code: str
    type: str
    family: Family
    severity: Severity
    build: Build = nothing
    facts: tuple[str, ...] = ()
    is_private: bool = False
    words: Callable[[Facts], str] | None = None
    heard_by: frozenset[str] = frozenset()
    told_to_datasets: bool = False

    def __post_init__(self) -> None:
        """Raises ReservedFacts."""
        refuse_reserved(self.facts, self.type)


def refuse_reserved(facts: Iterable[str], type_: str) -> None:
    """Raises ReservedFacts for a fact that would overwrite what the event says of its thing."""
    if taken := RESERVED.intersection(facts):
        raise ReservedFacts(type_, tuple(sorted(taken)))
