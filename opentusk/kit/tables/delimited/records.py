"""The records of a delimited text, one after the other, also where quotes are unbalanced or badly doubled.

`csv` alone would swallow the rest of the file after a quote that is never closed. Here a record that stays open for
too long is read again as its first line alone, and said so.
"""

import csv
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

_OPEN_LINES = 1_000
_OPEN_CHARACTERS = 1_000_000
csv.field_size_limit(32_000_000)


@dataclass(frozen=True, slots=True)
class Record:
    """One record: its first line in the file (1-based), its cells, and whether its quotes were in order."""

    line: int
    cells: list[str]
    text: str
    is_sound: bool = True


@dataclass(frozen=True, kw_only=True)
class Separation:
    """How cells are told apart. `escape` is a backslash where quotes inside cells are written `\\"`."""

    delimiter: str
    quote: str = '"'
    escape: str = ""

    def parse(self, text: str, *, strict: bool) -> list[str]:
        """The cells of one whole record. Only a strict reading raises `csv.Error`."""
        reader = csv.reader(
            [text],
            delimiter=self.delimiter,
            quotechar=self.quote or None,
            quoting=csv.QUOTE_MINIMAL if self.quote else csv.QUOTE_NONE,
            escapechar=self.escape or None,
            doublequote=not self.escape,
            strict=strict,
        )
        try:
            return next(reader, [])
        except csv.Error:
            if strict:
                raise
            return text.split(self.delimiter)


def split_lines(pieces: Iterable[str]) -> Iterator[str]:
    """Whole lines, without their ends; `\\r\\n`, `\\n` and `\\r` count alike."""
    rest = ""
    for piece in pieces:
        text = rest + piece
        if text.endswith("\r"):
            rest = text
            continue
        lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
        rest = lines.pop()
        yield from lines
    yield from rest.replace("\r\n", "\n").replace("\r", "\n").removesuffix("\n").split("\n") if rest else ()


def read_records(lines: Iterable[str], separation: Separation, *, first_line: int = 1) -> Iterator[Record]:
    """Every record; a blank line is a record without cells."""
    source = _Lines(lines)
    number = first_line
    while (line := source.take()) is not None:
        if not line:
            yield Record(number, [], "")
        elif not separation.quote or (separation.quote not in line and not separation.escape):
            yield Record(number, line.split(separation.delimiter), line)
        else:
            record = _complete(number, line, source, separation)
            number += record.text.count("\n")
            yield record
        number += 1


class _Lines:
    """Lines that can be given back."""

    def __init__(self, lines: Iterable[str]) -> None:
        self._lines = iter(lines)
        self._returned: deque[str] = deque()

    def take(self) -> str | None:
        return self._returned.popleft() if self._returned else next(self._lines, None)

    def give_back(self, lines: list[str]) -> None:
        self._returned.extendleft(reversed(lines))


def _complete(number: int, line: str, source: _Lines, separation: Separation) -> Record:
    """The record that begins with this line, over as many lines as its quotes say; or, if they are bad, the line."""
    taken, length = [line], len(line)
    while len(taken) <= _OPEN_LINES and length <= _OPEN_CHARACTERS:
        try:
            if len(taken) == 1 or separation.quote in taken[-1]:
                text = "\n".join(taken)
                return Record(number, separation.parse(text, strict=True), text)
        except csv.Error as fault:
            if "unexpected end of data" not in str(fault):
                break
        following = source.take()
        if following is None:
            break
        taken.append(following)
        length += len(following)
    source.give_back(taken[1:])
    return Record(number, separation.parse(line, strict=False), line, is_sound=False)
