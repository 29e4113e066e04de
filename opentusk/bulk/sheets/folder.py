"""The files that came with a spreadsheet, in a folder of their own: unpacked within limits, found by name."""

import lzma
import shutil
import unicodedata
import zipfile
import zlib
from collections.abc import Container, Iterable
from datetime import datetime
from pathlib import Path, PurePosixPath
from uuid import UUID

from django.conf import settings

from opentusk.bulk.errors import NoTemplate

_MOST_MEMBERS = 2_000
_BLOCK = 1 << 20


def folder_of(batch: UUID) -> Path:
    """Where the spreadsheet and the files of a run are kept until it is over."""
    return _place() / str(batch)


def put_aside(batch: UUID, sheet: Path, files: Iterable[tuple[str, Path]]) -> None:
    """Keep what was given; the names are only the last parts of what the browser said."""
    folder = folder_of(batch)
    (folder / "files").mkdir(parents=True, exist_ok=True)
    shutil.copyfile(sheet, folder / "sheet")
    for number, (name, path) in enumerate(files):
        if name.lower().endswith(".zip") and zipfile.is_zipfile(path):
            _put_archive(path, name, folder / "files", number)
        else:
            _put_file(path, name, folder / "files" / f"{number}")


def find_file(batch: UUID, name: str) -> Path | None:
    """The file with this name, whatever its folder and its capitals; None when there is none."""
    wanted = _plain(name)
    files = sorted(path for path in (folder_of(batch) / "files").rglob("*") if path.is_file())
    exact = (path for path in files if _plain(path.name) == _plain(PurePosixPath(wanted).name))
    return next(exact, None)


def names_given(batch: UUID) -> list[str]:
    """The names of the files, for the words about a missing one."""
    return sorted(path.name for path in (folder_of(batch) / "files").rglob("*") if path.is_file())


def forget(batch: UUID) -> None:
    """Throw the files of a run away."""
    shutil.rmtree(folder_of(batch), ignore_errors=True)


def forget_others(known: Container[str], *, older_than: datetime) -> None:
    """Throw away old files of runs that are not known: their row went, or was never written."""
    for path in _place().glob("*"):
        if path.name not in known and path.stat().st_mtime < older_than.timestamp():
            shutil.rmtree(path, ignore_errors=True)


def _place() -> Path:
    return Path(settings.VAR_DIR) / "batches"


def _put_archive(path: Path, name: str, folder: Path, number: int) -> None:
    """An archive, unpacked; a zipped Shapefile stays whole. Raises NoTemplate."""
    try:
        if _is_shapefile(path):
            _put_file(path, name, folder / f"{number}")
        else:
            _unpack(path, folder)
    except zipfile.BadZipFile as fault:
        raise NoTemplate("batch.broken_archive", name[:100]) from fault


def _put_file(path: Path, name: str, place: Path) -> None:
    place.mkdir(exist_ok=True)
    shutil.copyfile(path, place / (PurePosixPath(name.replace("\\", "/")).name or "file"))


def _unpack(archive: Path, folder: Path) -> None:
    """Write the members of an archive, counting what really comes out. Raises NoTemplate."""
    with zipfile.ZipFile(archive) as opened:
        members = [member for member in opened.infolist() if not member.is_dir() and not _is_rubbish(member.filename)]
        if len(members) > _MOST_MEMBERS:
            raise NoTemplate("batch.too_many_files", str(_MOST_MEMBERS))
        left = settings.MAX_UPLOAD
        for number, member in enumerate(members):
            if member.flag_bits & 0x1:
                raise NoTemplate("batch.locked_archive")
            place = folder / f"z{number}"
            place.mkdir(exist_ok=True)
            left -= _write(opened, member, place / (PurePosixPath(member.filename).name or "file"), left)


def _write(opened: zipfile.ZipFile, member: zipfile.ZipInfo, target: Path, most: int) -> int:
    written = 0
    try:
        with opened.open(member) as source, target.open("wb") as out:
            while block := source.read(_BLOCK):
                written += len(block)
                if written > most:
                    raise NoTemplate("batch.archive_too_large")
                out.write(block)
    except (zipfile.BadZipFile, zlib.error, lzma.LZMAError, EOFError, NotImplementedError, OSError) as fault:
        raise NoTemplate("batch.broken_archive", member.filename[:100]) from fault
    return written


def _is_shapefile(archive: Path) -> bool:
    """A zipped Shapefile is one file of data, not a folder of files."""
    with zipfile.ZipFile(archive) as opened:
        return any(name.lower().endswith(".shp") for name in opened.namelist())


def _is_rubbish(name: str) -> bool:
    parts = PurePosixPath(name).parts
    return not parts or "__MACOSX" in parts or parts[-1].startswith(".") or parts[-1] == "Thumbs.db"


def _plain(name: str) -> str:
    return unicodedata.normalize("NFC", name.replace("\\", "/")).casefold().strip()
