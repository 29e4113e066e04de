"""Things of other rooms by their name in the journal (`programme.event:17`), without importing those rooms.

Rooms of one floor do not know each other; where one speaks of a thing of another it keeps the thing's name, and asks
here for its title and page. `config/subjects.py` lists who answers for each kind.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, cast

from django.conf import settings
from django.utils.module_loading import import_string

from opentusk.journal.actors import Actor


@dataclass(frozen=True, kw_only=True)
class Card:
    """What may be said of a thing: `facts` are plain values that its room offers to the others."""

    subject: str
    title: str
    url: str
    is_public: bool
    edition: str = ""
    starts_at: datetime | None = None
    ends_at: datetime | None = None
    facts: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class SubjectKind:
    """Who answers for the things of one kind: dotted paths of `(pk) -> Card | None` and of `() -> list[Card]`.

    `readers` is that of `(pk, actor) -> bool`, for things that only some people read.
    """

    kind: str
    one: str
    choices: str = ""
    readers: str = ""


def card_of(subject: str) -> Card | None:
    """The card of a thing; None when nobody answers for its kind, or it is not there any more."""
    kind, _mark, number = subject.rpartition(":")
    found = next((row for row in _kinds() if row.kind == kind), None)
    if found is None or not number.isdigit():
        return None
    return cast(Callable[[int], Card | None], import_string(found.one))(int(number))


def may_read(subject: str, by: Actor) -> bool:
    """Whether the actor may read what stands under a thing; where its room says nothing, everybody may."""
    kind, _mark, number = subject.rpartition(":")
    found = next((row for row in _kinds() if row.kind == kind and row.readers), None)
    if found is None:
        return True
    return number.isdigit() and cast(Callable[[int, Actor], bool], import_string(found.readers))(int(number), by)


def cards_of(kind: str) -> list[Card]:
    """Everything of a kind that one may choose from, in the order of its room."""
    found = next((row for row in _kinds() if row.kind == kind and row.choices), None)
    return cast(Callable[[], list[Card]], import_string(found.choices))() if found else []


def _kinds() -> tuple[SubjectKind, ...]:
    return cast(tuple[SubjectKind, ...], import_string(settings.SUBJECTS))
