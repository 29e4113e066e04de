"""In which encoding the attributes of a shapefile are: what its bytes say counts more than what is said of them.

`.cpg` files are often copied from another layer, and most shapefiles of offices have none.
"""

import re
from pathlib import Path

from opentusk.kit.errors import Unreadable
from opentusk.kit.tables.delimited.encodings import CODECS, find_encoding

# The mark in the header of a DBF (language driver), where it means one of the pages we know.
_MARKS = {
    0x01: "cp437",
    0x02: "cp850",
    0x03: "windows-1252",
    0x57: "windows-1252",
    0x58: "windows-1252",
    0x04: "macintosh",
}
_NAMES = {"1252": "windows-1252", "28591": "windows-1252", "88591": "windows-1252", "885915": "iso-8859-15",
          "850": "cp850", "437": "cp437", "65001": "utf-8"}  # fmt: skip
_CHUNK = 1 << 20


def attribute_encoding(shp: Path) -> str:
    """One of `kit.tables.encodings.CODECS`. UTF-8 is believed only where all bytes are valid."""
    dbf = shp.with_suffix(".dbf")
    said = _said(shp.with_suffix(".cpg")) or _marked(dbf)
    if said and said != "utf-8":
        return said
    records = dbf.with_suffix(".records")
    _copy_records(dbf, records)
    try:
        found = find_encoding(records)
    except Unreadable:
        return said or "windows-1252"
    return found.encoding if found.encoding in CODECS and not found.encoding.startswith("utf-16") else "windows-1252"


def _said(cpg: Path) -> str:
    """What a `.cpg` names: `UTF-8`, `1252`, `ANSI 1252`, `ISO 88591`."""
    if not cpg.exists():
        return ""
    text = cpg.read_text("ascii", "ignore").lower()
    if "utf" in text:
        return "utf-8"
    return _NAMES.get("".join(re.findall("[0-9]", text)), "")


def _marked(dbf: Path) -> str:
    with dbf.open("rb") as file:
        header = file.read(32)
    return _MARKS.get(header[29], "") if len(header) > 29 else ""


def _copy_records(dbf: Path, target: Path) -> None:
    """The records without the header, which is binary. Their numbers and dates are plain text too."""
    with dbf.open("rb") as file, target.open("wb") as stream:
        file.seek(int.from_bytes(file.read(32)[8:10], "little"))
        while piece := file.read(_CHUNK):
            stream.write(piece.replace(b"\0", b" "))
