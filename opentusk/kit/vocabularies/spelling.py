"""When two spellings are the same word: the key under which a vocabulary files and looks up a text.

Nothing here measures likeness: two texts have the same key or they are different, so a lookup never guesses.
"""

import re
import unicodedata
from functools import lru_cache

# The prefix of an address says nothing about which concept it names: catalogues write http for https, with and
# without www. The media types' own prefix goes too, so that an IANA address is the same word as `text/csv`.
_PREFIX = re.compile(r"^\s*<?https?:/+(www\.)?(iana\.org/assignments/media-types/)?", re.IGNORECASE)
# Creative Commons addresses end with the page a person happened to copy.
_COPIED_PAGE = re.compile(r"/(deed|legalcode)(\.[a-z_-]{2,7})?/?\s*$", re.IGNORECASE)
# `text/csv; charset=utf-8` is the media type text/csv.
_ENCODING = re.compile(r"\s*;\s*(charset|header)\s*=.*$", re.IGNORECASE)
_NOT_ALPHANUMERIC = re.compile(r"[\W_]+")


@lru_cache(maxsize=16_384)
def spelling_key(text: str) -> str:
    """`text` without case, accents, blanks and punctuation; of an address, without scheme, `www` and copied page."""
    address = _PREFIX.sub("", text)
    if address != text:
        text = _COPIED_PAGE.sub("", address)
    folded = unicodedata.normalize("NFKD", _ENCODING.sub("", text).casefold())
    return _NOT_ALPHANUMERIC.sub("", folded)
