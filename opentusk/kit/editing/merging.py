"""Puts what was typed over what was stored, without losing what the form does not show."""

from collections.abc import Iterable, Sequence

from opentusk.kit import records as kit

Pairs = Iterable[tuple[str, str]]


def merge_text(stored: kit.Text, *, it: str, en: str | None = None) -> kit.Text:
    """The text with its Italian (and, if given, its English) replaced; untagged words have become Italian."""
    typed = {"it": it} if en is None else {"it": it, "en": en}
    kept = {language: words for language, words in stored.items() if language and language not in typed}
    return {**{language: words for language, words in typed.items() if words}, **kept}


def merge_words(stored: kit.Words, *, it: tuple[str, ...], en: tuple[str, ...]) -> kit.Words:
    """The words with those of the two languages replaced."""
    kept = {language: words for language, words in stored.items() if language not in {"", "it", "en"}}
    return {**{language: words for language, words in (("it", it), ("en", en)) if words}, **kept}


def merge_agents(stored: Sequence[kit.Agent], pairs: Pairs) -> tuple[kit.Agent, ...]:
    """The bodies that were typed; those that did not change keep their address."""
    known = {(agent.name, agent.identifier): agent for agent in stored}
    return tuple(known.get(pair) or kit.Agent(name=pair[0], identifier=pair[1].lower()) for pair in pairs)


def merge_codes(stored: Sequence[kit.Identifier], pairs: Pairs) -> tuple[kit.Identifier, ...]:
    """The other identifiers that were typed."""
    known = {(code.notation, code.agency): code for code in stored}
    return tuple(known.get(pair) or kit.Identifier(notation=pair[0], agency=pair[1]) for pair in pairs)


def merge_standards(stored: Sequence[kit.Standard], pairs: Pairs) -> tuple[kit.Standard, ...]:
    """The standards that were typed; a new one is known by its title."""
    known = {standard_pair(standard): standard for standard in stored}
    return tuple(known.get(pair) or _new_standard(*pair) for pair in pairs)


def standard_pair(standard: kit.Standard) -> tuple[str, str]:
    """Title and address of a standard, as one line of the form."""
    title = standard.title.get("it") or next(iter(standard.title.values()), "") or standard.identifier
    return title, next(iter(standard.reference_documentation), "")


def _new_standard(title: str, address: str) -> kit.Standard:
    return kit.Standard(identifier=title, title={"it": title}, reference_documentation=(address,) if address else ())
