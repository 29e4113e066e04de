"""Taking one file out of a gz or ZIP: to a name of our own, never further than the limits, never by the archive's word.

A bomb is refused by what it says of itself, and while it is unpacked by what it really holds: neither takes memory.
"""

import errno
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path

from opentusk.kit.errors import Unreadable
from opentusk.kit.tables.formats.zip_directory import ZipMember, read_directory

MOST = 8_000_000_000  # bytes unpacked; a table of 2 GB is read whole, above only its first million rows are
_UNSUSPECTED = 50_000_000  # bytes below which no ratio is a bomb
_RATIO = 250  # the most repetitive real tables reach 100
_CHUNK = 1 << 20
_SUPPORTED = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}


def sound_members(path: Path) -> tuple[ZipMember, ...]:
    """The files of an archive that nothing speaks against, without those that operating systems add.

    Raises Unreadable for archives that are damaged, encrypted, bombs, or hold links or paths outside their folder.
    """
    members = read_directory(path)
    for member in members:
        _refuse_unsafe(member)
    refuse_bomb(members)
    return tuple(member for member in members if not member.is_noise)


def unpack_member(path: Path, member: ZipMember, target: Path) -> Path:
    """One file of an archive, written to `target`."""
    size = 0
    with target.open("wb") as unpacked:
        for piece in _read_member(path, member):
            size += len(piece)
            if _is_bomb(size, member.info.compress_size):
                raise Unreadable("table.archive_bomb", member.name)
            unpacked.write(piece)
    return target


def _read_member(path: Path, member: ZipMember) -> Iterator[bytes]:
    """The pieces of a file of an archive. Raises Unreadable where its bytes, or what is said of them, are wrong."""
    try:
        with zipfile.ZipFile(path) as archive, archive.open(member.info) as packed:
            while piece := packed.read(_CHUNK):
                yield piece
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError) as fault:
        raise Unreadable("table.archive_damaged", member.name) from fault
    except OSError as fault:
        if fault.errno != errno.EINVAL:  # a place outside the file is the archive's fault, all else the disk's
            raise
        raise Unreadable("table.archive_damaged", member.name) from fault


def unpack_gz(path: Path, target: Path) -> Path:
    """What is in a gz, written to `target`; several parts one after the other, as `gzip` does."""
    packed_size = path.stat().st_size
    size = 0
    with path.open("rb") as packed, target.open("wb") as unpacked:
        for piece in _unzipped(iter(lambda: packed.read(_CHUNK), b"")):
            size += len(piece)
            if _is_bomb(size, packed_size):
                raise Unreadable("table.archive_bomb", path.name)
            unpacked.write(piece)
    return target


def _unzipped(pieces: Iterable[bytes]) -> Iterable[bytes]:
    """The bytes in a gz, a bounded piece at a time. Raises Unreadable if it is damaged or cut."""
    unpacker = zlib.decompressobj(zlib.MAX_WBITS | 16)
    is_fresh = True
    try:
        for piece in pieces:
            left = piece
            while left:
                if unpacker.eof:
                    if not left.startswith(b"\x1f"):
                        return  # padding behind the last part
                    unpacker = zlib.decompressobj(zlib.MAX_WBITS | 16)
                is_fresh = False
                yield unpacker.decompress(left, _CHUNK)
                left = unpacker.unconsumed_tail or unpacker.unused_data
    except zlib.error as fault:
        raise Unreadable("table.archive_damaged", str(fault)) from fault
    if is_fresh or not unpacker.eof:
        raise Unreadable("table.archive_damaged", "gz")


def _refuse_unsafe(member: ZipMember) -> None:
    if member.is_encrypted:
        raise Unreadable("table.archive_encrypted", member.name)
    if member.is_outside:
        raise Unreadable("table.archive_unsafe_name", member.name)
    if member.is_link:
        raise Unreadable("table.archive_link", member.name)
    if member.info.compress_type not in _SUPPORTED:
        raise Unreadable("table.archive_method", member.name)


def refuse_bomb(members: Iterable[ZipMember]) -> None:
    """Refuse an archive whose own directory says that it unpacks beyond measure."""
    total = 0
    for member in members:
        total += member.info.file_size
        if _is_bomb(member.info.file_size, member.info.compress_size) or total > MOST:
            raise Unreadable("table.archive_bomb", member.name)


def _is_bomb(unpacked: int, packed: int) -> bool:
    return unpacked > MOST or (unpacked > _UNSUSPECTED and unpacked > packed * _RATIO)
