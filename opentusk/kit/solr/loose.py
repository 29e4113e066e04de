"""Reads queries of bare words (Solr's «dismax»): each is looked for in several fields, most must be found."""

import re
from dataclasses import dataclass

from opentusk.kit.solr.errors import BadSyntax, OutsideSubset
from opentusk.kit.solr.parsing import MAX_CHARACTERS, plain_spaces, refuse_local_params

# CKAN's own values: its clients know them as the behaviour of a search.
FIELDS = "name^4 title^4 tags^2 groups^2 text"
MINIMUM = "2<-1 5<80%"
TIE = 0.1
MAX_WORDS = 200

_WORD = re.compile(r'\s*([+-]*)(?:"([^"]*)"|([^\s"]+))')
_MINIMUM = re.compile(r"(?:(\d+)<)?(-?\d+)(%?)")
_WEIGHTED = re.compile(r"([^\s^]+)(?:\^(\d+(?:\.\d+)?))?")


@dataclass(frozen=True)
class Word:
    """One word, or a phrase that was in quotes."""

    text: str
    is_phrase: bool = False


@dataclass(frozen=True)
class Words:
    """Bare words: those that may be missing in part, those behind '+', those behind '-'."""

    optional: tuple[Word, ...] = ()
    required: tuple[Word, ...] = ()
    forbidden: tuple[Word, ...] = ()


def read_words(text: str, *, param: str = "q") -> Words:
    """Take bare words apart. A quotation mark without its other is none. Raises QueryRefused for too many."""
    refuse_local_params(text, param=param)
    text = plain_spaces(text)
    if text.count('"') % 2:
        text = text.replace('"', " ")
    found: dict[str, list[Word]] = {"": [], "+": [], "-": []}
    for signs, phrase, plain in _WORD.findall(text[: MAX_CHARACTERS + 1]):
        word = Word(plain) if plain else Word(phrase, is_phrase=True)
        # A sign that stands alone says nothing, as in Solr.
        if word.text.strip(" +-"):
            found[signs[-1:]].append(word)
    if len(text) > MAX_CHARACTERS or sum(map(len, found.values())) > MAX_WORDS:
        raise OutsideSubset(f"More than {MAX_WORDS} words in param '{param}'.")
    return Words(tuple(found[""]), tuple(found["+"]), tuple(found["-"]))


def read_minimum(rule: str) -> "Minimum":
    """The rule of how many words must match (`mm`). Raises BadSyntax."""
    steps = []
    for part in rule.replace("< ", "<").split():
        found = _MINIMUM.fullmatch(part)
        if found is None:
            raise BadSyntax(f"Cannot parse param 'mm': '{part}'.")
        above, amount, percent = found.groups()
        steps.append((int(above or 0), int(amount), bool(percent)))
    return Minimum(tuple(sorted(steps)))


@dataclass(frozen=True)
class Minimum:
    """How many of some words must match: `steps` of (for more words than, amount, is a percentage)."""

    steps: tuple[tuple[int, int, bool], ...]

    def of(self, words: int) -> int:
        """How many of this many words."""
        chosen = [(amount, percent) for above, amount, percent in self.steps if words > above]
        if not chosen:
            return words
        amount, is_percent = chosen[-1]
        least = int(words * amount / 100) if is_percent else amount
        return min(words, max(0, words + least if amount < 0 else least))


def read_fields(text: str, *, param: str = "qf") -> dict[str, float]:
    """Fields with their weights (`name^4 title`). Raises BadSyntax."""
    fields = {}
    for part in text.split():
        found = _WEIGHTED.fullmatch(part)
        if found is None:
            raise BadSyntax(f"Cannot parse param '{param}': '{part}'.")
        fields[found[1]] = float(found[2] or 1)
    return fields
