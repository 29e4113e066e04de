"""Words as people write them, and the same words made comparable."""

import re
import unicodedata
from collections.abc import Sequence
from functools import cache, lru_cache
from importlib.resources import files

_WORD = re.compile(r"[^\W_]+(?:&[^\W_]+)?")
_CAMEL = re.compile(r"(?<=[a-zà-ü])(?=[A-ZÀ-Ü])")


@cache
def read_rows(name: str) -> tuple[dict[str, str], ...]:
    """The rows of `tables/<name>.tsv`; lines that begin with # are for people."""
    text = files("opentusk.kit.suggesting").joinpath("tables", f"{name}.tsv").read_text("utf-8")
    lines = [line.split("\t") for line in text.splitlines() if line and not line.startswith("#")]
    return tuple(dict(zip(lines[0], line, strict=True)) for line in lines[1:])


@cache
def words_of(kind: str) -> frozenset[str]:
    """The words of one kind: `connector` and `empty` say nothing about a subject, `acronym` is written in capitals."""
    return frozenset(word for row in read_rows("word") if row["kind"] == kind for word in row["words"].split())


@cache
def written_out() -> dict[str, str]:
    """Shortened and broken words with what they stand for."""
    return {row["words"]: row["said"] for row in read_rows("word") if row["said"]}


@lru_cache(maxsize=16_384)
def fold(text: str) -> str:
    """The text in small letters without accents."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))


def split_words(text: str) -> list[str]:
    """The words of a text, as written: signs and underscores part them, and capitals inside (`LibriPrestati`)."""
    return _WORD.findall(_CAMEL.sub(" ", text))


def folded_words(text: str) -> list[str]:
    """The words of a text, comparable."""
    return [fold(word) for word in split_words(text)]


def content_words(text: str) -> list[str]:
    """The words that carry meaning, as written and each once."""
    words = {fold(word): word for word in reversed(_WORD.findall(text))}
    found = [word for word in words.values() if carries_meaning(word)]
    return list(reversed(found))


def likeness(one: str, other: str) -> float:
    """How many of the meaningful words two titles share, from 0 to 1; endings do not count (`scuola`, `scuole`)."""
    first, second = ({_stem(word) for word in content_words(text)} for text in (one, other))
    union = first | second
    return len(first & second) / len(union) if union else 0.0


def find_phrase(phrase: str, words: Sequence[str]) -> tuple[int, int] | None:
    """Where a phrase of the tables stands in folded words: from, to. A `*` at the end of a word takes any ending."""
    wanted = phrase.split()
    for start in range(len(words) - len(wanted) + 1):
        found = words[start : start + len(wanted)]
        if all(_matches(pattern, word) for pattern, word in zip(wanted, found, strict=True)):
            return start, start + len(wanted)
    return None


def _matches(pattern: str, word: str) -> bool:
    return word.startswith(pattern[:-1]) if pattern.endswith("*") else word == pattern


def carries_meaning(word: str) -> bool:
    """Whether the word tells something about a subject."""
    folded = fold(word)
    return len(folded) > 2 and not folded.isdigit() and folded not in words_of("connector") | words_of("empty")


def _stem(word: str) -> str:
    folded = fold(word)
    return folded[:-1] if len(folded) > 4 else folded
