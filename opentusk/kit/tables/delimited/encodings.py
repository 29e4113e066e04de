"""Which encoding a text file is in, decided over all its bytes, and the same text as UTF-8.

Order: BOM; UTF-16 by its zero bytes; strict UTF-8; then the single-byte pages of Italian offices, scored on every byte
above 127: Windows-1252, ISO-8859-15, DOS 850 and 437, Mac Roman. Never windows-1250, which reads `à` as `ŕ`.
"""

import codecs
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from opentusk.kit.errors import Unreadable

CHUNK = 1 << 20
LONGEST_LINE = 8_000_000
# Our name for people (IANA's where it has one) -> the name of Python's codec.
CODECS = {
    "utf-8": "utf-8",
    "utf-16le": "utf-16-le",
    "utf-16be": "utf-16-be",
    "windows-1252": "cp1252",
    "iso-8859-15": "iso8859-15",
    "cp850": "cp850",
    "cp437": "cp437",
    "macintosh": "mac_roman",
}
_PAGES = ("windows-1252", "iso-8859-15", "cp850", "cp437", "macintosh")
_BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16le"), (codecs.BOM_UTF16_BE, "utf-16be"))
_ASCII = bytes(range(128))
_LEADING = frozenset((0xC2, 0xC3, 0xC4, 0xC5, 0xE2, 0xEF))
# A byte above 127 with what stands around it: `citt\xe0;`, `N\xf8 17`.
_IN_CONTEXT = re.compile(rb"[\x20-\x7e]?[\x80-\xff]+[\x20-\x7e]?")
_CONTEXTS = 20_000
_LETTERS = {**dict.fromkeys("àèéìòù", 4.0), **dict.fromkeys("ÀÈÉÌÒÙ", 2.0), **dict.fromkeys("’“”€°«»–…ºª²³", 2.0)}
_FOREIGN = dict.fromkeys("äëïöüßâêîôûáíóúçñãõåæøœšžćčđÄÖÜÇÑÁÓÍÚÊÂÎÔÅÆØŠŽŒ§£·´¡¿©®½¼¾±×µ‘•\u00a0", 0.5)
_UNDEFINED, _STRANGE = -8.0, -3.0


@dataclass(frozen=True, kw_only=True)
class Decoding:
    """How the bytes become text. `bom` is how many bytes to leave out; `faults` how many places are not valid.

    `is_plain`: each byte is a letter, and none of them can be half of a letter that was encoded twice.
    """

    encoding: str
    bom: int = 0
    faults: int = 0
    is_plain: bool = False


def find_encoding(path: Path) -> Decoding:
    """The encoding of the whole file. Raises Unreadable for an empty file and for bytes that are no text."""
    head = _head(path)
    for bom, encoding in _BOMS:
        if head.startswith(bom):
            faults = _faults(path, path.stat().st_size) if encoding == "utf-8" and not _is_utf8(path) else 0
            return Decoding(encoding=encoding, bom=len(bom), faults=faults)
    if encoding := _wide(head):
        return Decoding(encoding=encoding)
    if sum(head.count(bytes([byte])) for byte in (0, 1, 2, 3, 4, 5, 6, 14, 15, 16)) > len(head) / 50:
        raise Unreadable("table.not_text")
    return _by_bytes(path)


def iterate_text(path: Path, decoding: Decoding) -> Iterator[str]:
    """The text in pieces of whole letters."""
    decoder = codecs.getincrementaldecoder("utf-8")("replace")
    yield from map(decoder.decode, iterate_utf8(path, decoding))
    yield decoder.decode(b"", final=True)


def iterate_utf8(path: Path, decoding: Decoding) -> Iterator[bytes]:
    """The text in pieces of valid UTF-8; what is not valid is read as Windows-1252, so that nothing is lost.

    A piece may end inside a letter only where the file is UTF-8 already.
    """
    is_ready = decoding.encoding == "utf-8" and not decoding.faults
    errors = "opentusk-windows" if decoding.encoding == "utf-8" else "replace"
    decoder = codecs.getincrementaldecoder(CODECS[decoding.encoding])(errors)
    with path.open("rb") as stream:
        stream.seek(decoding.bom)
        while chunk := stream.read(CHUNK):
            yield chunk if is_ready else decoder.decode(chunk).encode("utf-8", "replace")
    if not is_ready:
        yield decoder.decode(b"", final=True).encode("utf-8", "replace")


def _head(path: Path) -> bytes:
    with path.open("rb") as stream:
        head = stream.read(CHUNK)
    if not head.strip(b"\x00\xef\xbb\xbf\xff\xfe \t\r\n"):
        raise Unreadable("table.empty")
    return head


def _wide(head: bytes) -> str:
    """UTF-16 without BOM: nearly every second byte of Western text is zero."""
    if len(head) < 8 or head.count(0) < len(head) * 0.3:
        return ""
    even, odd = head[::2].count(0), head[1::2].count(0)
    return "utf-16be" if even > odd * 20 else "utf-16le" if odd > even * 20 else ""


def _by_bytes(path: Path) -> Decoding:
    """UTF-8 if (nearly) all of it is, else the page whose reading is the most Italian."""
    if _is_utf8(path):
        return Decoding(encoding="utf-8")
    histogram: Counter[int] = Counter()
    contexts: Counter[bytes] = Counter()
    with path.open("rb") as stream:
        while chunk := stream.read(CHUNK):
            rare = chunk.translate(None, _ASCII)
            histogram.update({byte: rare.count(byte) for byte in set(rare)})
            if contexts.total() < _CONTEXTS:
                contexts.update(_IN_CONTEXT.findall(chunk[: CHUNK // 4]))
    faults = _faults(path, histogram.total() // 20)
    if faults * 20 < histogram.total():
        return Decoding(encoding="utf-8", faults=faults)
    page = max(_PAGES, key=lambda page: _score(page, histogram, contexts))
    return Decoding(encoding=page, is_plain=not histogram.keys() & _LEADING)


def _is_utf8(path: Path) -> bool:
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        with path.open("rb") as stream:
            while chunk := stream.read(CHUNK):
                decoder.decode(chunk)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _faults(path: Path, enough: int) -> int:
    """How many places are not valid UTF-8, counted until there are `enough`; a U+FFFD in the file itself is valid."""
    strict, lenient = (codecs.getincrementaldecoder("utf-8")(errors) for errors in ("ignore", "replace"))
    faults = 0
    with path.open("rb") as stream:
        while (chunk := stream.read(CHUNK)) and faults <= enough:
            faults += lenient.decode(chunk).count("\ufffd") - strict.decode(chunk).count("\ufffd")
    return faults + lenient.decode(b"", final=True).count("\ufffd")


def _score(page: str, histogram: Counter[int], contexts: Counter[bytes]) -> float:
    codec = CODECS[page]
    letters = sum(count * _worth(bytes([byte]).decode(codec, "replace")) for byte, count in histogram.items())
    share = histogram.total() / max(contexts.total(), 1)
    words = sum(count * _in_place(context.decode(codec, "replace")) for context, count in contexts.items())
    return letters + words * share


def _worth(letter: str) -> float:
    if letter == "\ufffd" or "\x80" <= letter <= "\x9f":
        return _UNDEFINED
    return _LETTERS.get(letter, _FOREIGN.get(letter, _STRANGE))


def _in_place(context: str) -> float:
    """Whether accents stand where Italian puts them: at the end of a word, `°` after a figure or an N."""
    worth = 0.0
    for before, letter, after in zip(" " + context, context, context[1:] + " ", strict=False):
        if letter in "àèéìòù":
            worth += 2.0 if before.islower() or not before.isalpha() else -1.0
            worth += 1.0 if not after.isalpha() else 0.0
        elif letter in "ÀÈÉÌÒÙ" and before.islower():
            worth -= 4.0
        elif letter == "°":
            worth += 2.0 if before.isdigit() or before in "NnIXV.C" else 0.0
        elif letter.isalpha() and ord(letter) > 127 and not (before.isalpha() and after.isalpha()):
            worth -= 1.0
    return worth


def _as_windows(fault: UnicodeError) -> tuple[str, int]:
    assert isinstance(fault, UnicodeDecodeError)
    return fault.object[fault.start : fault.end].decode("cp1252", "replace"), fault.end


codecs.register_error("opentusk-windows", _as_windows)
