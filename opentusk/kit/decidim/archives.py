"""A file given out by Decidim: the ZIP of open data, one CSV, or one JSON. A ZIP that is unsafe is refused whole."""

import io
import json
import stat
import zipfile
from pathlib import Path, PurePosixPath
from typing import IO, Any

from opentusk.kit.decidim.graphql import read_answer
from opentusk.kit.decidim.shapes import DecidimFault, Export
from opentusk.kit.decidim.tables import read_table

_MOST_PACKED = 200_000_000
_MOST_ENTRIES = 200
_MOST_UNPACKED = 1_000_000_000
_UNSUSPECTED = 1_000_000
_RATIO = 250


def read_files(paths: list[Path]) -> Export:
    """Everything in these files. Raises DecidimFault."""
    export = Export()
    for path in paths:
        _read(path, export)
    if export.is_empty and not export.left_out:
        raise DecidimFault("nothing_found")
    return export


def _read(path: Path, export: Export) -> None:
    if path.stat().st_size > _MOST_PACKED:
        raise DecidimFault("too_large", path.name)
    with path.open("rb") as file:
        start = file.read(4)
    if start == b"PK\x03\x04":
        _read_zip(path, export)
    elif start.lstrip()[:1] in {b"{", b"["}:
        _read_json(path.read_bytes(), path.name, export)
    else:
        with path.open(encoding="utf-8-sig", newline="") as text:
            _read_text(text, path.name, export)


def _read_zip(path: Path, export: Export) -> None:
    try:
        with zipfile.ZipFile(path) as archive:
            infos = [info for info in archive.infolist() if not info.is_dir()]
            _refuse_unsafe(infos)
            # Proposals first: what hangs on them is understood by them.
            for info in sorted(infos, key=lambda one: ("proposals" not in one.filename, one.filename)):
                if not info.filename.endswith(".csv"):
                    continue
                if info.filename.endswith("users.csv"):
                    export.leave_out("users")
                    continue
                with archive.open(info) as packed:
                    bounded = io.BufferedReader(_Bounded(packed, info.file_size))
                    text = io.TextIOWrapper(bounded, encoding="utf-8-sig", newline="")
                    _read_text(text, info.filename, export)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError) as fault:
        raise DecidimFault("broken_zip", str(fault)) from fault


def _refuse_unsafe(infos: list[zipfile.ZipInfo]) -> None:
    """Nothing is read of an archive in which anything is wrong."""
    if len(infos) > _MOST_ENTRIES:
        raise DecidimFault("too_many_entries", str(len(infos)))
    if sum(info.file_size for info in infos) > _MOST_UNPACKED:
        raise DecidimFault("zip_bomb")
    for info in infos:
        name, mode = info.filename, info.external_attr >> 16
        if PurePosixPath(name.replace("\\", "/")).name != name or ":" in name:
            raise DecidimFault("unsafe_name", name)
        if mode and stat.S_IFMT(mode) not in (0, stat.S_IFREG):
            raise DecidimFault("link_in_zip", name)
        if info.file_size > _UNSUSPECTED and info.file_size > info.compress_size * _RATIO:
            raise DecidimFault("zip_bomb", name)


class _Bounded(io.RawIOBase):
    """No more bytes than the archive said: what unpacks to more is a bomb."""

    def __init__(self, packed: IO[bytes], most: int) -> None:
        super().__init__()
        self._packed, self._left = packed, most

    def readable(self) -> bool:
        """Always."""
        return True

    def readinto(self, buffer: Any) -> int:
        """The next bytes. Raises DecidimFault beyond the size that was said."""
        piece = self._packed.read(len(buffer))
        self._left -= len(piece)
        if self._left < 0:
            raise DecidimFault("zip_bomb")
        buffer[: len(piece)] = piece
        return len(piece)


def _read_text(text: IO[str], name: str, export: Export) -> None:
    try:
        read_table(text, export, name=name)
    except UnicodeDecodeError as fault:
        raise DecidimFault("not_utf8", name) from fault


def _read_json(content: bytes, name: str, export: Export) -> None:
    try:
        document = json.loads(content)
    except (ValueError, RecursionError) as fault:
        raise DecidimFault("broken_json", name) from fault
    read_answer(document, export)
