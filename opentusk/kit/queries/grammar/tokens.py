"""The words of the query grammar, each with its place."""

import re
from dataclasses import dataclass
from enum import StrEnum

from opentusk.kit.queries.errors import BadQuery

LONGEST = 4_000  # characters of one clause


class Kind(StrEnum):
    """What a token is."""

    NAME = "name"
    NUMBER = "number"
    TEXT = "text"
    DATE = "date"
    PLACE = "place"
    LENGTH = "length"
    SIGN = "sign"
    END = "end"


@dataclass(frozen=True)
class Token:
    """A token: `text` is what it says, without quotes; `position` is 0-based in the clause."""

    kind: Kind
    text: str
    position: int

    def says(self, *words: str) -> bool:
        """Whether it is one of these words or signs, in any case."""
        return self.kind in (Kind.NAME, Kind.SIGN) and self.text.lower() in words


_QUOTED = r"\"(?:[^\"\\]|\\.|\"\")*\"|'(?:[^'\\]|\\.|'')*'"
_PATTERNS = (
    ("space", r"\s+"),
    (Kind.DATE, rf"date(?:{_QUOTED})"),
    (Kind.PLACE, rf"geom(?:{_QUOTED})"),
    (Kind.TEXT, _QUOTED),
    (Kind.LENGTH, r"(?:\d+\.?\d*|\.\d+)(?:km|mi|m|cm)\b"),
    # Two points are the sign of a range, not of a decimal.
    (Kind.NUMBER, r"(?:\d+(?:\.(?!\.)\d*)?|\.(?!\.)\d+)(?:[eE][+-]?\d{1,3})?(?![A-Za-z_0-9])"),
    (Kind.NAME, r"[A-Za-z_][A-Za-z0-9_]*|`[^`]+`"),
    (Kind.SIGN, r"<=|>=|!=|<>|\.\.|[=<>()\[\],+\-*/]"),
)
_TOKEN = re.compile("|".join(f"(?P<{name!s}>{pattern})" for name, pattern in _PATTERNS), re.IGNORECASE)
_ESCAPE = re.compile(r"\\(.)|(['\"])\2", re.DOTALL)


def read_tokens(text: str) -> list[Token]:
    """The tokens of a clause, with an end. Raises BadQuery at the first character that begins none."""
    if len(text) > LONGEST:
        raise BadQuery("query.clause_too_long", position=LONGEST, values={"limit": str(LONGEST)})
    tokens, at = [], 0
    while at < len(text):
        found = _TOKEN.match(text, at)
        if found is None:
            raise BadQuery("query.unreadable", position=at, values={"rest": text[at : at + 20]})
        if found.lastgroup != "space":
            kind = Kind(str(found.lastgroup))
            tokens.append(Token(kind, _said(kind, found.group()), at))
        at = found.end()
    return [*tokens, Token(Kind.END, "", len(text))]


def _said(kind: Kind, text: str) -> str:
    if kind in (Kind.DATE, Kind.PLACE):
        text = text[len(kind.value if kind is Kind.DATE else "geom") :]
    if kind in (Kind.DATE, Kind.PLACE, Kind.TEXT):
        return _ESCAPE.sub(lambda found: found.group(1) or found.group(2), text[1:-1])
    return text.strip("`") if kind is Kind.NAME else text
