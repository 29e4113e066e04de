"""Rooms above this one that tell events of their own things: plugins, one line each in `settings.NOTICE_SPEAKERS`.

A speaker says what its things are called, where they are and whether everybody may see them; its rules say what becomes
of its entries. With that its things can be followed and read about on every channel.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Protocol

from django.conf import settings
from django.utils.functional import Promise
from django.utils.module_loading import import_string

from opentusk.bodies.models import Agent
from opentusk.notices.models import Event
from opentusk.notices.rules import Rule


@dataclass(frozen=True, kw_only=True)
class Subject:
    """A thing that events are about. `path` is its page, `work_path` where the people of its body act on it.

    `datasets` are the numbers of those that it is made of or about.
    """

    title: str
    path: str
    is_public: bool
    holder: Agent | None = None
    themes: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    work_path: str = ""
    datasets: tuple[int, ...] = ()


@dataclass(frozen=True, kw_only=True)
class CarriedOver:
    """After an entry with the code `by` whoever follows the thing follows the one that the entry's `fact` names.

    After `undone_by`, which names the same one, they follow only their own again.
    """

    by: str
    undone_by: str
    fact: str


class Speaker(Protocol):
    """One kind of thing. `kind` is its name in the journal, as `demand.wanteddataset`; `label` says what it is.

    After an entry whose code is among `followed_after`, the account that caused it follows the thing. `carried_over`
    is for things that become part of another; None for those that never do.
    """

    kind: str
    label: str | Promise
    rules: tuple[Rule, ...]
    followed_after: frozenset[str]
    carried_over: CarriedOver | None

    def describe(self, numbers: Collection[int]) -> Mapping[int, Subject]:
        """Those of these things that are still there, by number."""
        ...


def speakers() -> Mapping[str, Speaker]:
    """The speakers that are switched on, by kind."""
    return _loaded(tuple(settings.NOTICE_SPEAKERS))


@cache
def _loaded(paths: tuple[str, ...]) -> Mapping[str, Speaker]:
    found: list[Speaker] = [import_string(path)() for path in paths]
    return {speaker.kind: speaker for speaker in found}


def describe_all(references: Iterable[str]) -> dict[str, Subject]:
    """The things that are still there, by reference (`demand.wanteddataset:17`); those of no speaker are left out."""
    numbers: dict[str, set[int]] = {}
    for reference in references:
        kind, _colon, number = reference.partition(":")
        if kind in speakers() and number.isascii() and number.isdigit() and len(number) < 19:
            numbers.setdefault(kind, set()).add(int(number))
    found: dict[str, Subject] = {}
    for kind, wanted in numbers.items():
        found |= {f"{kind}:{number}": subject for number, subject in speakers()[kind].describe(wanted).items()}
    return found


def public_subject(reference: str) -> Subject | None:
    """The thing, if it is there and everybody may see it."""
    found = describe_all([reference]).get(reference)
    return found if found and found.is_public else None


def still_public(events: Iterable[Event]) -> list[Event]:
    """The events without those of things that everybody may no longer see: asked now, of their own rooms."""
    asked = list(events)
    subjects = describe_all({event.subject for event in asked if event.subject})
    hidden = {event.subject for event in asked if event.subject} - {
        reference for reference, subject in subjects.items() if subject.is_public
    }
    return [event for event in asked if event.subject not in hidden]
