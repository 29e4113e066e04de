"""The kinds of binary files by their first bytes."""

from opentusk.kit.tables.formats.kinds import Kind

_SIGNATURES: tuple[tuple[int, bytes, Kind], ...] = (
    (0, b"\x89PNG\r\n\x1a\n", Kind.PNG),
    (0, b"\xff\xd8\xff", Kind.JPEG),
    (0, b"GIF87a", Kind.GIF),
    (0, b"GIF89a", Kind.GIF),
    (0, b"II*\x00", Kind.TIFF),
    (0, b"MM\x00*", Kind.TIFF),
    (8, b"WEBP", Kind.WEBP),
    (0, b"PAR1", Kind.PARQUET),
    (0, b"\x1f\x8b", Kind.GZIP),
    (0, b"BZh", Kind.BZIP2),
    (0, b"\xfd7zXZ\x00", Kind.XZ),
    (0, b"7z\xbc\xaf\x27\x1c", Kind.SEVEN_ZIP),
    (0, b"Rar!\x1a\x07", Kind.RAR),
    (257, b"ustar", Kind.TAR),
    (4, b"Standard Jet DB", Kind.ACCESS),
    (4, b"Standard ACE DB", Kind.ACCESS),
    (0, b"{\\rtf", Kind.RTF),
    (4, b"ftyp", Kind.MP4),
    (0, b"ID3", Kind.MP3),
    (0, b"\x00\x00\x27\x0a\x00\x00", Kind.BARE_SHP),
)
_SQLITE = b"SQLite format 3\x00"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# What an OLE2 file is follows from the names of its streams, written in UTF-16.
_OLE_STREAMS: tuple[tuple[str, Kind], ...] = (
    ("EncryptedPackage", Kind.LOCKED_OFFICE),
    ("Workbook", Kind.XLS),
    ("Book", Kind.XLS),
    ("WordDocument", Kind.DOC),
    ("PowerPoint Document", Kind.PPT),
)
# A record "beginning of file" of Excel 2 to 4, which wrote its records straight into the file.
_BARE_XLS = (b"\x09\x00\x04\x00", b"\x09\x02\x06\x00", b"\x09\x04\x06\x00")
_DBF_VERSIONS = {0x02, 0x03, 0x30, 0x31, 0x32, 0x43, 0x63, 0x83, 0x8B, 0x8C, 0xCB, 0xF5, 0xFB}


def binary_kind(head: bytes) -> Kind | None:
    """The kind of a binary file; None when its first bytes say nothing (a text has no signature)."""
    if head.lstrip(b"\xef\xbb\xbf\r\n\t ").startswith(b"%PDF-"):
        return Kind.PDF
    if head.startswith(_SQLITE):
        return Kind.GPKG if head[68:72] in (b"GPKG", b"GP10", b"GP11") else Kind.SQLITE
    if head.startswith(_OLE):
        return _ole_kind(head)
    if head.startswith(_BARE_XLS):
        return Kind.XLS
    for offset, signature, kind in _SIGNATURES:
        if head.startswith(signature, offset):
            return kind
    return _weak_kind(head)


def _weak_kind(head: bytes) -> Kind | None:
    """Signatures of one or two bytes, which a text may begin with by chance: the fields behind them must fit too."""
    if head.startswith(b"BM") and head[6:10] == b"\0\0\0\0":
        return Kind.BMP
    if head.startswith(b"MZ") and b"\0" in head[:64]:
        return Kind.EXECUTABLE
    return Kind.DBF if _is_dbf(head) else None


def _is_dbf(head: bytes) -> bool:
    """Version, a real date, and a header whose length is that of its 32-byte fields."""
    if len(head) < 33 or head[0] not in _DBF_VERSIONS:
        return False
    header, record = int.from_bytes(head[8:10], "little"), int.from_bytes(head[10:12], "little")
    return 1 <= head[2] <= 12 and 1 <= head[3] <= 31 and header >= 65 and record > 1 and header % 32 in (0, 1, 8)


def _ole_kind(head: bytes) -> Kind:
    """Names of streams stand in the directory, wherever it is; within 64 KB in every file that Office writes."""
    for name, kind in _OLE_STREAMS:
        if name.encode("utf-16-le") in head:
            return kind
    return Kind.OLE
