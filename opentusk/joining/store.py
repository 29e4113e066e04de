"""The private files of the room, kept once by checksum under `BODIES_DIR`, outside everything that is served.

What a file is, its content says: its name and the browser's word count for nothing. Acts are PDF, plain or inside a
digital signature (CAdES, `.p7m`); the documents to fill in may be of a word processor too.
"""

import base64
import binascii
import hashlib
import os
import re
import tempfile
import zipfile
from collections.abc import Callable, Collection
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from django.conf import settings

from opentusk.joining.errors import FileRefused

PDF = "application/pdf"
P7M = "application/pkcs7-mime"
ODT = "application/vnd.oasis.opendocument.text"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
ACTS = (PDF, P7M)
FORMS = (PDF, ODT, DOCX)
ENDINGS = {PDF: ".pdf", P7M: ".p7m", ODT: ".odt", DOCX: ".docx"}

_CHUNK = 1 << 16
# The object identifier of CMS SignedData (RFC 5652), as DER writes it.
_SIGNED_DATA = bytes.fromhex("06092a864886f70d010702")
_PEM_LINE = re.compile(rb"-----[A-Z0-9 ]+-----")


@dataclass(frozen=True)
class Upload:
    """A file as it arrives: what its owner calls it, and its bytes."""

    name: str
    stream: BinaryIO


@dataclass(frozen=True)
class Kept:
    """A file that is kept."""

    filename: str
    sha256: str
    byte_size: int
    media_type: str


def keep(upload: Upload, *, allowed: Collection[str] = ACTS) -> Kept:
    """Keep a file of an allowed type. Raises FileRefused; then nothing is kept."""
    root = settings.BODIES_DIR
    root.mkdir(parents=True, exist_ok=True, mode=0o700)
    with tempfile.NamedTemporaryFile(dir=root, prefix="arriving-", delete=False) as arriving:
        path = Path(arriving.name)
        try:
            sha256, size = _copy(upload.stream, arriving.write)
            arriving.flush()
            os.fsync(arriving.fileno())
            media_type = _allowed_type(path, allowed)
        except BaseException:
            path.unlink()
            raise
    target = path_of(sha256)
    target.parent.mkdir(exist_ok=True, mode=0o700)
    path.replace(target)
    return Kept(_tidy_name(upload.name, media_type), sha256, size, media_type)


def path_of(sha256: str) -> Path:
    """Where the file with this checksum is."""
    root: Path = settings.BODIES_DIR
    return root / sha256[:2] / sha256


def remove_unused(used: Collection[str], *, before: float) -> int:
    """Delete files older than `before` (seconds of the epoch) that no row names any more; how many."""
    gone = 0
    for path in settings.BODIES_DIR.glob("**/*"):
        if path.is_file() and path.name not in used and path.stat().st_mtime < before:
            path.unlink()
            gone += 1
    return gone


def _copy(source: BinaryIO, write: Callable[[bytes], object]) -> tuple[str, int]:
    digest, size, limit = hashlib.sha256(), 0, settings.JOINING_MAX_BYTES
    while chunk := source.read(_CHUNK):
        size += len(chunk)
        if size > limit:
            raise FileRefused("too_large", {"megabytes": limit // 1_048_576})
        digest.update(chunk)
        write(chunk)
    if not size:
        raise FileRefused("empty")
    return digest.hexdigest(), size


def _allowed_type(path: Path, allowed: Collection[str]) -> str:
    found = media_type_of(path)
    if found not in allowed:
        raise FileRefused("wrong_type", {"types": ", ".join(ENDINGS[kind].lstrip(".").upper() for kind in allowed)})
    return found


def media_type_of(path: Path) -> str:
    """What the content is; "" for what is none of the types we know, or is cut short."""
    with path.open("rb") as file:
        head = file.read(2048)
        file.seek(-min(2048, path.stat().st_size), os.SEEK_END)
        tail = file.read()
    if head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"%PDF-"):
        # A whole PDF ends with this mark; readers forgive some bytes after it.
        return PDF if b"%%EOF" in tail else ""
    if head.startswith(b"PK\x03\x04"):
        return _office_type(path)
    return P7M if _is_signed(head) else ""


def _is_signed(head: bytes) -> bool:
    return _begins_signed_data(head) or _begins_signed_data(_decoded(head))


def _begins_signed_data(head: bytes) -> bool:
    """Whether a SEQUENCE of DER or BER begins with the identifier of signed data, after a length of 1 to 5 bytes."""
    return head[:1] == b"\x30" and _SIGNED_DATA in head[2 : 6 + len(_SIGNED_DATA)]


def _decoded(head: bytes) -> bytes:
    """The first bytes of a base64 text, with or without the lines of PEM."""
    text = b"".join(_PEM_LINE.sub(b"", head).split())[:64]
    try:
        return base64.b64decode(text, validate=True)
    except binascii.Error:
        return b""


def _office_type(path: Path) -> str:
    try:
        with zipfile.ZipFile(path) as archive:
            names = set(archive.namelist())
            if "word/document.xml" in names:
                return DOCX
            return ODT if "mimetype" in names and _first_bytes(archive) == ODT.encode() else ""
    except zipfile.BadZipFile:
        return ""


def _first_bytes(archive: zipfile.ZipFile) -> bytes:
    with archive.open("mimetype") as entry:
        return entry.read(len(ODT))


def _tidy_name(name: str, media_type: str) -> str:
    """The last part of the name, of printable characters only, with the ending that its content deserves."""
    bare = "".join(char for char in re.split(r"[\\/]", name)[-1] if char.isprintable() and char not in '"<>|:*?')
    ending = ENDINGS[media_type]
    stem = bare[: -len(ending)] if bare.lower().endswith(ending) else bare
    return f"{stem.strip(' .')[:150] or 'documento'}{ending}"
