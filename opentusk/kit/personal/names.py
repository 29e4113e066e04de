"""Whether a text is somebody's name: two frequent-name lists and the words that speak against it."""

import re
import unicodedata
from collections.abc import Mapping
from functools import cache

from opentusk.kit.personal.words import COMPANY_WORDS, PLACE_WORDS, read_lines

_WORD = re.compile(r"[^\W\d_]+")
_DIGIT = re.compile(r"\d")
_MOST_WORDS = 5
# Particles are written apart from the surname they belong to: De Luca, Di Maria, La Torre, D'Angelo.
_PARTICLES = frozenset({"de", "di", "del", "della", "dello", "dei", "degli", "d", "da", "dal", "la", "lo", "li", "le"})


@cache
def first_names() -> frozenset[str]:
    """Frequent first names, plain lower case."""
    return _read("first-name")


@cache
def surnames() -> frozenset[str]:
    """Frequent surnames, plain lower case, particles joined: `deluca`."""
    return _read("surname")


def is_first_name(text: str) -> bool:
    """Whether a cell is one or two first names and nothing else."""
    words = _words(text)
    return 0 < len(words) <= 2 and not _DIGIT.search(text) and all(word in first_names() for word in words)


def name_strength(text: str) -> float:
    """How much a cell as a whole looks like a full name: 1 certain, 0.5 a first name beside an unknown word, 0 not."""
    if _DIGIT.search(text) or len(text) > 60:
        return 0.0
    words = _words(text)
    if not 2 <= len(words) <= _MOST_WORDS or is_company(text) or any(word in PLACE_WORDS for word in words):
        return 0.0
    joined = _joined(words)
    given = [index for index, word in enumerate(joined) if word in first_names()]
    if not given or len(joined) < 2:
        return 0.0
    family = [index for index, word in enumerate(joined) if word in surnames()]
    if any(one != other for one in given for other in family):
        return 1.0
    return 0.5 if len(joined) <= 3 else 0.0


def is_company(text: str) -> bool:
    """Whether the text has a word of a firm or of a body: S.R.L., ditta, comune…"""
    compact = text.lower().replace(".", "")
    return any(word in COMPANY_WORDS for word in _words(compact))


def share_of_names(values: Mapping[str, int]) -> tuple[float, float]:
    """The shares of cells that look like full names, and of those that are certain."""
    total = sum(values.values())
    strengths = [(name_strength(value), count) for value, count in values.items()]
    likely = sum(count for strength, count in strengths if strength)
    certain = sum(count for strength, count in strengths if strength == 1.0)
    return (likely / total, certain / total) if total else (0.0, 0.0)


def _words(text: str) -> list[str]:
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return _WORD.findall(plain)


def _joined(words: list[str]) -> list[str]:
    """Particles joined to the word that follows: `de luca` gives `deluca`."""
    found: list[str] = []
    prefix = ""
    for word in words:
        if word in _PARTICLES:
            prefix += word
        else:
            found.append(prefix + word)
            prefix = ""
    return [*found, prefix] if prefix else found


def _read(name: str) -> frozenset[str]:
    return frozenset(word for line in read_lines(name) for word in _words(line))
