"""The text of a file as valid UTF-8 on disk, where DuckDB can read it, with what had to be mended on the way."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from opentusk.kit.errors import Unreadable
from opentusk.kit.tables.delimited.encodings import LONGEST_LINE, Decoding, iterate_utf8

_SAMPLE = 1_000_000  # bytes
_BOM, _LOST = "\ufeff".encode(), "\ufffd".encode()
_DOUBLE_BOM = "ï»¿".encode()
_DOUBLE_LOST = "ï¿½".encode()  # U+FFFD, which already stood for a letter that was lost, encoded twice
# UTF-8 read as Windows-1252 and written as UTF-8 again: è → Ã¨, ’ → â€™, ° → Â°.
_LATER = "[\u0080-\u00bfŠŽŒšžœŸƒ€‚„…†‡ˆ‰‹‘’“”•–—˜™›]"
_DOUBLE = re.compile(f"[\u00c2-\u00c5]{_LATER}|\u00e2€{_LATER}")
_SIGNS = tuple(sign.encode() for sign in ("\u00c2", "\u00c3", "\u00e2€"))
_ASCII = bytes(range(128))


@dataclass(kw_only=True)
class Text:
    """The text on disk, its first part in memory, and the counts of what was found in it."""

    path: Path
    sample: bytes = b""
    length: int = 0  # bytes
    lines: int = 0
    open_line: int = 0  # bytes after the last end of line
    inner_boms: int = 0
    lost_letters: int = 0
    zero_bytes: int = 0
    doubles: int = 0
    has_carriage_returns: bool = False
    is_partial: bool = False

    @property
    def is_whole(self) -> bool:
        """Whether the sample is all there is."""
        return self.length <= _SAMPLE


def write_utf8(path: Path, decoding: Decoding, folder: Path, *, mend: bool = False, lines: int = 0) -> Text:
    """The text of `path`; written anew only where the bytes are not what DuckDB may read as they are.

    `mend` takes double encoding back; `lines` stops after so many lines (0: all).
    """
    target = folder / f"text-{path.stat().st_ino}.csv"
    target.unlink(missing_ok=True)
    if decoding.encoding == "utf-8" and not decoding.faults and not lines:
        text = Text(path=target)
        for piece in iterate_utf8(path, decoding):
            _note(piece, piece, _beyond_ascii(piece), text)
        if not (text.inner_boms or text.zero_bytes or text.sample.startswith(_DOUBLE_BOM) or (mend and text.doubles)):
            target.symlink_to(path.resolve())  # a name without the signs that DuckDB takes for patterns
            return text
    text = Text(path=target)
    with target.open("wb") as stream:
        is_plain = decoding.is_plain and not lines  # what is cut short must end with a line
        for piece in _cleaned(iterate_utf8(path, decoding), text, mend=mend, is_plain=is_plain):
            stream.write(piece)
            if lines and text.lines > lines:
                text.is_partial = True
                break
    return text


def mend_double_encoding(text: str) -> str:
    """`cittÃ ` is `città`, where the signs can be taken back; everything else stays."""
    return _DOUBLE.sub(_taken_back, text)


def _cleaned(pieces: Iterator[bytes], text: Text, *, mend: bool, is_plain: bool) -> Iterator[bytes]:
    for number, piece in enumerate(pieces if is_plain else _whole_lines(pieces)):
        clean = piece.removeprefix(_DOUBLE_BOM) if number == 0 else piece
        text.inner_boms += len(clean) < len(piece)
        clean = clean.replace(b"\x00", b"")
        rare = b"" if is_plain else _beyond_ascii(clean)
        if _BOM in rare:
            clean = clean.replace(_BOM, b"")
        if mend:
            clean = mend_double_encoding(clean.decode()).encode()
        _note(piece, clean, rare, text)
        yield clean


def _whole_lines(pieces: Iterator[bytes]) -> Iterator[bytes]:
    """Pieces that end where a line does, so that no letter and no pair of signs is cut; a very long line is cut."""
    rest = b""
    for piece in pieces:
        cut = piece.rfind(b"\n") + 1
        if cut == 0:
            rest += piece
            if len(rest) > LONGEST_LINE * 2:
                raise Unreadable("table.line_too_long", f"{LONGEST_LINE // 1_000_000} MB")
            continue
        yield rest + piece[:cut]
        rest = piece[cut:]
    if rest:
        yield rest


def _note(piece: bytes, clean: bytes, rare: bytes, text: Text) -> None:
    """Count what the piece holds; `clean` is what becomes of it, `rare` its letters beyond ASCII."""
    last = piece.rfind(b"\n")
    text.open_line = len(piece) - last - 1 if last >= 0 else text.open_line + len(piece)
    text.has_carriage_returns = text.has_carriage_returns or b"\r" in piece[:100_000]
    if text.open_line > LONGEST_LINE and (text.lines or not text.has_carriage_returns):
        raise Unreadable("table.line_too_long", f"{LONGEST_LINE // 1_000_000} MB")
    text.lines += piece.count(b"\n")
    text.zero_bytes += piece.count(b"\x00")
    text.inner_boms += rare.count(_BOM)
    text.lost_letters += rare.count(_LOST) + rare.count(_DOUBLE_LOST)
    if any(sign in rare for sign in _SIGNS):
        text.doubles += len(_DOUBLE.findall(piece.decode("utf-8", "ignore")))
    text.sample += clean[: max(_SAMPLE - len(text.sample), 0)]
    text.length += len(clean)


def _beyond_ascii(piece: bytes) -> bytes:
    """The letters that are not ASCII: a small part, searched in no time, where no letter is cut in two."""
    return piece.translate(None, _ASCII)


def _taken_back(match: re.Match[str]) -> str:
    try:
        return b"".join(map(_byte, match[0])).decode("utf-8")
    except UnicodeDecodeError:
        return match[0]


def _byte(letter: str) -> bytes:
    return letter.encode("latin-1") if letter <= "\xff" else letter.encode("cp1252")
