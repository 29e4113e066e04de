"""The label of a column as words: lower case, without accents, joined words taken apart."""

import re
import unicodedata

_JOINED = re.compile(r"(?<=[a-zà-ÿ])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-zà-ÿ])")
_NOT_WORD = re.compile(r"[\W_]+")


def label_key(label: str) -> str:
    """`COD_IstatComune` → `cod istat comune`; `Città (nome)` → `citta nome`."""
    apart = _JOINED.sub(" ", label)
    folded = "".join(sign for sign in unicodedata.normalize("NFKD", apart) if not unicodedata.combining(sign))
    return _NOT_WORD.sub(" ", folded.casefold()).strip()
