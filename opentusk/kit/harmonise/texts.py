"""Texts and words: plain, tagged as Italian where the source gave no language, each once."""

import re

from opentusk.kit.harmonise.notes import Notes
from opentusk.kit.problems import Severity
from opentusk.kit.records import Text, Words
from opentusk.kit.values import repair_text

_SEPARATOR = re.compile(r"\s*[;,|]\s*")
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[a-z0-9]{2,8})*")


def harmonise_text(text: Text, notes: Notes, where: str) -> Text:
    """A text by language, without markup and blanks; one without language is Italian."""
    found: dict[str, str] = {}
    for language, value in text.items():
        mended = notes.mend(value, repair_text, where)
        if mended:
            found.setdefault(_language(language), mended)
    if "" in found and "it" not in found:
        found = {"it" if language == "" else language: value for language, value in found.items()}
        notes.note("repair.language_assumed", where, None, "it", Severity.INFO)
    return found


def harmonise_words(words: Words, notes: Notes, where: str) -> Words:
    """Keywords by language, each once whatever its case, lists packed in one word taken apart."""
    found: dict[str, dict[str, str]] = {}
    for language, values in words.items():
        tag = _language(language) or "it"
        for value in values:
            for word in _apart(value, notes, where):
                found.setdefault(tag, {}).setdefault(word.casefold(), word)
    if words.get("") and not words.get("it"):
        notes.note("repair.language_assumed", where, None, "it", Severity.INFO)
    return {language: tuple(values.values()) for language, values in found.items() if values}


def _apart(value: str, notes: Notes, where: str) -> list[str]:
    mended = notes.mend(value, repair_text, where)
    if not mended:
        return []
    parts = [part for part in _SEPARATOR.split(mended) if part]
    if len(parts) > 1 and parts != [mended]:
        notes.note("repair.words_taken_apart", where, mended, " · ".join(parts), Severity.INFO)
    return parts


def _language(tag: str) -> str:
    """`it_IT`, `IT` and `it-IT` are Italian; what is no language tag is no language."""
    plain = tag.lower().replace("_", "-")
    if not _LANGUAGE.fullmatch(plain):
        return ""
    return {"ita": "it", "it-it": "it", "eng": "en", "en-gb": "en", "en-us": "en"}.get(plain, plain)
