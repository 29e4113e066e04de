"""What a file is, by its content. The ending of its name only breaks ties between kinds of plain text.

Only the first 64 KB are read, and of an archive its directory: the answer costs the same for a file of 2 GB.
"""

import zlib
from pathlib import Path, PurePosixPath

from opentusk.kit.tables.formats.kinds import FILE_KINDS, FileKind, Kind
from opentusk.kit.tables.formats.signatures import binary_kind
from opentusk.kit.tables.formats.text_kinds import text_kind
from opentusk.kit.tables.formats.zip_directory import ZipMember, read_directory, zip_kind

HEAD = 65_536
_PACKINGS = {".gz", ".zip", ".bz2"}


def media_type_of(path: Path, *, name: str = "") -> FileKind:
    """Media type, usual ending and file-type code of the file. `name` is the one it was uploaded under."""
    return FILE_KINDS[kind_of(path, name=name)]


def media_type_inside(path: Path, *, name: str = "") -> FileKind | None:
    """The kind of what is packed in a gz or zip, when all of it is of one kind; None for any other file."""
    name = name or path.name
    kind = kind_of(path, name=name)
    if kind is Kind.GZIP:
        return FILE_KINDS[kind_of_head(unpacked_head(path), inner_name(name))]
    if kind is not Kind.ZIP:
        return None
    kinds = {_member_kind(path, member) for member in read_directory(path) if not member.is_noise}
    return FILE_KINDS[kinds.pop()] if len(kinds) == 1 else None


def kind_of(path: Path, *, name: str = "") -> Kind:
    """The kind of a file."""
    with path.open("rb") as file:
        head = file.read(HEAD)
    name = name or path.name
    if head.startswith(b"PK"):
        return zip_kind(path, ending_of(name))
    kind = kind_of_head(head, name, is_whole=len(head) < HEAD)
    return _kind_of_tail(path) if kind is Kind.PARQUET else kind


def kind_of_head(head: bytes, name: str, *, is_whole: bool = True) -> Kind:
    """The kind of a file that begins with `head`; `is_whole` when there is nothing more."""
    if not head:
        return Kind.EMPTY
    return binary_kind(head) or text_kind(head, ending_of(name), is_whole=is_whole) or Kind.UNKNOWN


def ending_of(name: str) -> str:
    """The last ending of a file's name, lower case and without dot: `csv`."""
    return PurePosixPath(name.replace("\\", "/")).suffix.lower().removeprefix(".")


def inner_name(name: str) -> str:
    """The name of what is packed: `alberi.csv` of `alberi.csv.gz`."""
    pure = PurePosixPath(name.replace("\\", "/"))
    return pure.stem if pure.suffix.lower() in _PACKINGS else pure.name


def unpacked_head(path: Path) -> bytes:
    """The first bytes of what is in a gz; fewer, or none, if it is damaged."""
    unpacker = zlib.decompressobj(zlib.MAX_WBITS | 16)
    with path.open("rb") as file:
        try:
            return unpacker.decompress(file.read(HEAD), HEAD)
        except zlib.error:
            return b""


def _member_kind(path: Path, member: ZipMember) -> Kind:
    head = member.head(path, HEAD)
    return Kind.ZIP if head.startswith(b"PK") else kind_of_head(head, member.name)


def _kind_of_tail(path: Path) -> Kind:
    """A Parquet file ends as it begins; one that does not was cut while it was copied."""
    with path.open("rb") as file:
        file.seek(-4, 2)
        return Kind.PARQUET if file.read(4) == b"PAR1" else Kind.UNKNOWN
