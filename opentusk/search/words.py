"""How Italian text becomes words that can be found: once when indexing, and in the same way when asking.

Accents are folded before stemming, so that «città», «citta» and «citta'» are one word; the apostrophe of an elision
separates («dell'aria»: dell, aria). Stop words stay in the index, where quoted phrases need them, and are left out
of what is asked.
"""

import re
from dataclasses import dataclass
from functools import cache
from unicodedata import normalize

import tantivy

STEMS = "italian_stems"
FORMS = "italian_forms"

# Longer questions are cut: nobody types them, and each word costs a few postings.
MAX_CHARACTERS = 200
MAX_WORDS = 12

_STOP_WORDS = """
a ad agli ai al all alla alle allo anche c che chi ci coi col con cui d da dagli dai dal dall dalla dalle dallo degli
dei del dell della delle dello di e ed essere gli ha hanno i il in l la le lo ma mi ne negli nei nel nell nella nelle
nello non o od per piu quale quali questa queste questi questo s se si sia sono su sugli sui sul sull sulla sulle sullo
tra fra un una uno v vi the of and for
"""
STOP_WORDS = frozenset(_STOP_WORDS.split())

# Singulars and plurals that the Snowball stemmer cuts at different places; found by stemming common nouns of titles.
_TWIN_STEMS = (
    ("edif", "edific"), ("benef", "benefic"), ("quart", "quartier"), ("consigl", "consiglier"), ("delib", "deliber"),
    ("atto", "atti"),
)  # fmt: skip

_QUOTED = re.compile(r"[\"“”«»]([^\"“”«»]*)[\"“”«»]")
_WORD = r"[\p{L}\p{M}\p{N}]+"


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What somebody typed. `phrases` must be found word by word; `started` is a word still being typed, or empty."""

    words: tuple[str, ...] = ()
    phrases: tuple[str, ...] = ()
    started: str = ""

    @property
    def is_empty(self) -> bool:
        """Whether nothing was asked that could be found."""
        return not self.words and not self.phrases


def read_asked(text: str) -> Asked:
    """Take a question apart. Its last word counts as unfinished when nothing follows it."""
    text = composed(text[:MAX_CHARACTERS])
    phrases = tuple(phrase for phrase in _QUOTED.findall(text) if forms_of(phrase))
    loose = _QUOTED.sub(" ", text)
    forms = forms_of(loose)[:MAX_WORDS]
    words = tuple(form for form in forms if form not in STOP_WORDS) or (() if phrases else tuple(forms))
    ends_with_word = bool(forms) and loose[-1:].isalnum() and bool(words) and words[-1] == forms[-1]
    return Asked(words=words, phrases=phrases[:MAX_WORDS], started=words[-1] if ends_with_word else "")


def forms_of(text: str) -> list[str]:
    """The words of a text: lower case, without accents."""
    return list(forms_analyzer().analyze(composed(text)))


def stems_of(text: str) -> list[str]:
    """The stems of a text, stop words included."""
    return list(stems_analyzer().analyze(composed(text)))


def variants_of(word: str) -> tuple[str, ...]:
    """The stems under which a word may be found: its own, and that of its other number (lago, laghi)."""
    stem = next(iter(stems_of(word)), word)
    if stem.endswith(("ch", "gh")):
        return stem, stem[:-1]
    if stem.endswith(("c", "g")):
        return stem, f"{stem}h"
    return next((twins for twins in _TWIN_STEMS if stem in twins), (stem,))


def composed(text: str) -> str:
    """The text with each accent on its letter, as one character: the analysers fold only those."""
    return normalize("NFC", text)


@cache
def forms_analyzer() -> tantivy.TextAnalyzer:
    """Words as they are written, for prefixes and typing errors."""
    return _words().build()


@cache
def stems_analyzer() -> tantivy.TextAnalyzer:
    """Words without their endings."""
    return _words().filter(tantivy.Filter.stemmer("italian")).build()


def _words() -> tantivy.TextAnalyzerBuilder:
    letters = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.regex(_WORD))
    lower = letters.filter(tantivy.Filter.remove_long(60)).filter(tantivy.Filter.lowercase())
    return lower.filter(tantivy.Filter.ascii_fold())
