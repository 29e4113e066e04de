"""The directory of a ZIP, read within bounds, and what the archive is by the names in it.

The sizes that an archive states about itself may lie: they are good for choosing what to read, never for how much.
"""

import re
import stat
import zipfile
import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from opentusk.kit.errors import Unreadable
from opentusk.kit.tables.formats.kinds import Kind

MAX_MEMBERS = 1_000
_MAX_DIRECTORY = 4_000_000  # bytes: 1,000 members with the longest sensible names
_END = b"PK\x05\x06"
_NOISE = re.compile(r"(^|/)(__MACOSX/|\.[^./]|Thumbs\.db$|desktop\.ini$)", re.IGNORECASE)
_GTFS = {"routes.txt", "trips.txt", "stop_times.txt"}
_SHAPE_PARTS = {"shp", "shx", "dbf", "prj", "cpg", "sbn", "sbx", "qpj", "qix", "xml", "cst", "qmd", "lyr", "txt", "pdf"}
_OPEN_DOCUMENTS = {
    b"application/vnd.oasis.opendocument.spreadsheet": Kind.ODS,
    b"application/vnd.oasis.opendocument.text": Kind.ODT,
    b"application/vnd.oasis.opendocument.presentation": Kind.ODP,
    b"application/vnd.oasis.opendocument.graphics": Kind.ODG,
    b"application/epub+zip": Kind.EPUB,
}
_OFFICE = (
    ("xl/workbook.bin", Kind.XLSB),
    ("xl/vbaProject.bin", Kind.XLSM),
    ("xl/", Kind.XLSX),
    ("word/", Kind.DOCX),
    ("ppt/", Kind.PPTX),
)


@dataclass(frozen=True, slots=True)
class ZipMember:
    """A file in an archive, as the directory describes it."""

    info: zipfile.ZipInfo

    @property
    def name(self) -> str:
        """Its path inside the archive."""
        return self.info.filename

    @property
    def is_noise(self) -> bool:
        """Whether an operating system put it there: `__MACOSX/`, hidden files, thumbnails."""
        return bool(_NOISE.search(self.name))

    @property
    def is_encrypted(self) -> bool:
        """Whether it needs a password."""
        return bool(self.info.flag_bits & 0x41)

    @property
    def is_link(self) -> bool:
        """Whether it is a symbolic link, or anything else that is no plain file."""
        mode = self.info.external_attr >> 16
        return bool(mode) and stat.S_IFMT(mode) not in (0, stat.S_IFREG)

    @property
    def is_outside(self) -> bool:
        """Whether its path is absolute or climbs out of the folder it would be unpacked in."""
        path = self.name.replace("\\", "/")
        return path.startswith("/") or bool(re.match(r"^[A-Za-z]:", path)) or ".." in PurePosixPath(path).parts

    def head(self, archive: Path, length: int) -> bytes:
        """Its first bytes; none if they cannot be read."""
        try:
            with zipfile.ZipFile(archive) as opened, opened.open(self.info) as file:
                return file.read(length)
        except (zipfile.BadZipFile, RuntimeError, NotImplementedError, OSError, EOFError, ValueError, zlib.error):
            return b""


def read_directory(path: Path) -> tuple[ZipMember, ...]:
    """The files of an archive, folders left out.

    Raises Unreadable when the archive is damaged or has more members than anybody would publish.
    """
    _refuse_huge_directory(path)
    try:
        with zipfile.ZipFile(path) as archive:
            infos = archive.infolist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as fault:
        raise Unreadable("table.archive_damaged", str(fault)) from fault
    if len(infos) > MAX_MEMBERS:
        raise Unreadable("table.archive_too_many", f"{len(infos)}")
    return tuple(ZipMember(info) for info in infos if not info.is_dir())


def zip_kind(path: Path, ending: str) -> Kind:
    """What a file that begins as a ZIP is. A damaged or monstrous archive is a ZIP like any other: opening refuses it.

    `ending` tells a workbook with macros (XLSM) from one without, where the archive does not.
    """
    try:
        members = read_directory(path)
    except Unreadable:
        return Kind.ZIP
    names = [member.name for member in members]
    if members and names[0] == "mimetype":
        return _OPEN_DOCUMENTS.get(members[0].head(path, 100).strip(), Kind.ZIP)
    if "[Content_Types].xml" in names:
        return next((kind for start, kind in _OFFICE if any(name.startswith(start) for name in names)), Kind.ZIP)
    return _data_kind([member.name for member in members if not member.is_noise], ending)


def _data_kind(names: list[str], ending: str) -> Kind:
    base_names = {PurePosixPath(name).name.lower() for name in names}
    if base_names >= _GTFS:
        return Kind.GTFS
    if ending == "kmz" or (len(names) > 0 and "doc.kml" in base_names):
        return Kind.KMZ
    return Kind.SHP if shapefile_stems(names) and _only_shapefiles(names) else Kind.ZIP


def shapefile_stems(names: Iterable[str]) -> list[str]:
    """The shapefiles among these names: each `.shp` that has its `.dbf`, without the ending."""
    listed = list(names)
    known = {name.lower() for name in listed}
    stems = [name[:-4] for name in listed if name.lower().endswith(".shp")]
    return [stem for stem in stems if f"{stem.lower()}.dbf" in known]


def _only_shapefiles(names: list[str]) -> bool:
    return all(PurePosixPath(name).suffix.lower().removeprefix(".") in _SHAPE_PARTS for name in names)


def _refuse_huge_directory(path: Path) -> None:
    """The directory is read whole by `zipfile`: its size is looked at first, in the record that ends the archive."""
    with path.open("rb") as file:
        size = file.seek(0, 2)
        file.seek(max(0, size - 65_557))
        tail = file.read()
    at = tail.rfind(_END)
    if at < 0 or len(tail) < at + 22:
        raise Unreadable("table.archive_damaged", "end of central directory")
    count, length = int.from_bytes(tail[at + 10 : at + 12], "little"), int.from_bytes(tail[at + 12 : at + 16], "little")
    if count > MAX_MEMBERS or length > _MAX_DIRECTORY:
        raise Unreadable("table.archive_too_many", f"{count}")
