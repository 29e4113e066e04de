"""Texts without case and accents.

DuckDB's `strip_accents` takes half a second over a million Italian sentences; a regular expression in which every
letter stands for all its forms takes a fifteenth of that. So the text that is looked for is folded, never the table.
"""

import re
import unicodedata
from functools import cache

_MARKS = r"\p{Mn}*"


def fold(text: str) -> str:
    """The text in lower case without combining marks: `Forlì` and `FORLI'` differ only in the apostrophe."""
    return "".join(map(_fold_character, text))


def pattern_of(text: str) -> str:
    """A regular expression (RE2) that finds every text which folds to the same."""
    return "".join(_any_form(character) + _MARKS for character in fold(text))


def like_pattern(pattern: str) -> str:
    """The regular expression of a LIKE pattern: `%` any run, `_` any one character."""
    pieces = [_like_piece(character) for character in pattern]
    return f"(?s)^{''.join(pieces)}$"


def words_of(text: str) -> tuple[str, ...]:
    """The words of a search; what stands in double quotes is one."""
    found = (quoted or plain for quoted, plain in re.findall(r'"([^"]+)"|([^\s"]+)', text))
    return tuple(word for word in found if fold(word))


def _like_piece(character: str) -> str:
    if character == "%":
        return ".*"
    if character == "_":
        return rf".{_MARKS}"
    return pattern_of(character)


@cache
def _fold_character(character: str) -> str:
    if unicodedata.category(character) == "Mn":
        return ""
    bare = [part for part in unicodedata.normalize("NFD", character) if unicodedata.category(part) != "Mn"]
    # A Hangul syllable comes apart into letters of its own: it stands for itself.
    lower = bare[0].lower() if len(bare) == 1 else character
    return lower if len(lower) == 1 else character


@cache
def _forms() -> dict[str, str]:
    """Every character that is another's form, by that other."""
    forms: dict[str, list[str]] = {}
    for number in range(0x10000):
        character = chr(number)
        if not 0xD800 <= number <= 0xDFFF and (folded := _fold_character(character)):
            forms.setdefault(folded, []).append(character)
    return {folded: "".join(found) for folded, found in forms.items()}


@cache
def _any_form(character: str) -> str:
    forms = {character, *_forms().get(character, "")}
    if len(forms) == 1:
        return _escaped(character)
    return f"[{''.join(_escaped(form) for form in sorted(forms))}]"


def _escaped(character: str) -> str:
    return character if character.isalnum() else rf"\x{{{ord(character):X}}}"
