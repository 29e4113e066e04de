"""Parts of a file that a reader asks for: RFC 9110, section 14."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

# More pieces, or overlapping ones, are what attacks ask for: a reader gets the whole file then (14.2 allows it).
_MOST_PIECES = 20
# No file has a place of twenty digits, and Python refuses to read one of thousands.
_SPEC = re.compile(r"^([0-9]{0,19})-([0-9]{0,19})$")


@dataclass(frozen=True)
class Piece:
    """From byte `first` to byte `last`, both of them included."""

    first: int
    last: int

    @property
    def length(self) -> int:
        """How many bytes."""
        return self.last - self.first + 1

    def of(self, size: int) -> str:
        """As `Content-Range` says it."""
        return f"bytes {self.first}-{self.last}/{size}"


def asked_pieces(header: str, size: int) -> Sequence[Piece] | None:
    """The pieces of a file of `size` bytes that a `Range` header asks for, in its order.

    None: the header says nothing usable, and the whole file is the answer. Empty: no piece exists in the file (416).
    """
    unit, _equals, specs = header.partition("=")
    if unit.strip().lower() != "bytes":
        return None
    matches = [_SPEC.match(spec.strip()) for spec in specs.split(",") if spec.strip()]
    if not matches or len(matches) > _MOST_PIECES:
        return None
    found: list[Piece] = []
    for match in matches:
        if match is None or not _says_something(match):
            return None
        piece = _piece(match[1], match[2], size)
        if piece:
            found.append(piece)
    return None if _overlap(found) else found


def _says_something(match: re.Match[str]) -> bool:
    first, last = match[1], match[2]
    return bool(first or last) and not (first and last and int(first) > int(last))


def _piece(first: str, last: str, size: int) -> Piece | None:
    if not first:
        wanted = min(int(last), size)
        return Piece(size - wanted, size - 1) if wanted else None
    if int(first) >= size:
        return None
    return Piece(int(first), min(int(last), size - 1) if last else size - 1)


def _overlap(pieces: Sequence[Piece]) -> bool:
    in_order = sorted(pieces, key=lambda piece: piece.first)
    return any(before.last >= after.first for before, after in pairwise(in_order))
