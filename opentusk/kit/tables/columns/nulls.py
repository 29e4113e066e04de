"""Which texts of a column mean "nothing is known": a list per column, never a global one."""

import re
from collections.abc import Iterable
from functools import cache

from opentusk.kit.tables.columns.values import BLANKS
from opentusk.kit.vocabularies.territory import all_provinces

_MARKS = frozenset(
    (
        "n.d.", "n.d", "nd", "n/d", "n. d.", "n.a.", "n.a", "n/a", "n.r.", "n.p.", "k.a.", "#n/d", "#n/a", "#na",
        "#rif!", "#ref!", "#valore!", "#value!", "#div/0!", "#nome?", "#name?", "#num!", "null", "<null>", "(null)",
        "dato non disponibile", "non disponibile", "non disp.", "non rilevato", "dato mancante", "non pervenuto",
        "dato assente", "not available",
    )
)  # fmt: skip
_SIGNS = frozenset(("-", "--", "---", "–", "—", "..", "...", "…", ".", "*", "**", "***", "//", "/"))
# Words that mean something in prose and nothing in a column of numbers.
_IN_NUMBERS = frozenset(("none", "nan", "?", "nessuno", "nn", "n.n.", "x", "s.d.", "sd", "n.q.", "assente", "vuoto"))
_OF_PROVINCES = re.compile(r"prov|sigla|targa|automobilistic", re.IGNORECASE)
_PUNCTUATION = re.compile(r"[\W_]+")


def null_marks(label: str, texts: Iterable[tuple[str, int]]) -> dict[str, int]:
    """The texts that count as empty, as they are written, with how often. `NA` is none where it is Napoli."""
    found = dict(texts)
    keys = {text: text.strip(BLANKS).lower() for text in found if len(text) < 24}
    signs = {text for text, key in keys.items() if key in _SIGNS}
    if any(key and key not in _SIGNS and _PUNCTUATION.fullmatch(key) for key in keys.values()):
        signs = set()  # a scale such as + / − / =
    marks = {text: found[text] for text, key in keys.items() if key in _MARKS or text in signs}
    nothing = [text for text, key in keys.items() if key == "na"]
    if nothing and not _are_provinces(label, keys.values()):
        marks.update({text: found[text] for text in nothing})
    return marks


def is_mark(text: str) -> bool:
    """Whether a text may stand for nothing."""
    key = text.strip(BLANKS).lower()
    return key in _MARKS or key in _SIGNS or key == "na"


def marks_among_numbers(texts: Iterable[tuple[str, int]]) -> dict[str, int]:
    """The further words that mean nothing in a column of numbers or dates."""
    return {text: count for text, count in texts if text.strip(BLANKS).lower() in _IN_NUMBERS}


def _are_provinces(label: str, keys: Iterable[str]) -> bool:
    """Whether the column is one of siglas: its label says so, or most of its short values are ones."""
    if _OF_PROVINCES.search(label):
        return True
    others = [key for key in keys if key and key != "na"]
    return bool(others) and sum(key in _siglas() for key in others) >= len(others) * 0.5


@cache
def _siglas() -> frozenset[str]:
    return frozenset(province.sigla.lower() for province in all_provinces())
