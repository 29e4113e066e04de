"""Which wishes, or which datasets, are like some words: by the stems that they share."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Generic, TypeVar

from opentusk.search.words import STOP_WORDS, forms_of, stems_of

_Thing = TypeVar("_Thing")
# Words that every wish has say nothing about what is wanted.
_EMPTY_STEMS = frozenset(stem for word in ("dati", "dataset", "elenco", "informazioni") for stem in stems_of(word))


@dataclass(frozen=True)
class Alike(Generic[_Thing]):
    """A thing and how like it is, from 0 to 1."""

    thing: _Thing
    likeness: float


@lru_cache(maxsize=4_096)  # asked again for every wish of an edition while somebody types
def stems(text: str) -> frozenset[str]:
    """What a text is about."""
    words = [form for form in forms_of(text) if form not in STOP_WORDS]
    return frozenset(stem for word in words for stem in stems_of(word)) - _EMPTY_STEMS


def likeness(one: frozenset[str], other: frozenset[str]) -> float:
    """How much of the shorter text is in the other, lowered when the other says much more."""
    if not one or not other:
        return 0.0
    shared = len(one & other)
    return 0.7 * shared / min(len(one), len(other)) + 0.3 * shared / len(one | other)


def most_alike(
    text: str, candidates: Iterable[tuple[_Thing, str]], *, at_least: float = 0.45, most: int = 5
) -> list[Alike[_Thing]]:
    """The candidates that are like the text, the likest first."""
    wanted = stems(text)
    found = [Alike(thing, likeness(wanted, stems(words))) for thing, words in candidates]
    return sorted((one for one in found if one.likeness >= at_least), key=lambda one: -one.likeness)[:most]
