"""Fills the sentence of a code, in Italian or in English."""

from collections.abc import Mapping

from opentusk.kit.sentences import SENTENCES
from opentusk.kit.sentences.tables import KINDS_OF_VALUE


class _Blank(dict[str, str]):
    """A missing value leaves a visible gap rather than an exception in front of a clerk."""

    def __missing__(self, key: str) -> str:
        return "…"


def sentence(code: str, language: str, values: Mapping[str, str]) -> str:
    """The sentence of `code` with its values. An unknown code gives itself back: a test forbids that it happens."""
    found = SENTENCES.get(code)
    if found is None:
        return code
    template = found.en if language == "en" else found.it
    return template.format_map(_Blank(values))


def table_sentence(code: str, language: str, values: Mapping[str, str]) -> str:
    """The sentence of `code` about a table; `{types}` says in words what the type among the values is."""
    words = KINDS_OF_VALUE.get(values.get("type", ""))
    types = {"types": words[language == "en"]} if words else {}
    return sentence(code, language, {**values, **types})
