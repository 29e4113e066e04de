"""Why a file of some kind is no table, in the words of `kit.sentences.table_formats`."""

import re
from pathlib import PurePosixPath

from opentusk.kit.errors import Unreadable
from opentusk.kit.tables.formats.kinds import Kind
from opentusk.kit.tables.formats.text_kinds import decoded_head

_ARCHIVES = {Kind.BZIP2, Kind.XZ, Kind.SEVEN_ZIP, Kind.RAR, Kind.TAR, Kind.KMZ}
_TEXTS = {".csv", ".tsv", ".tab", ".txt"}
_TITLE = re.compile(r"<title[^>]*>\s*(.*?)\s*</title>", re.IGNORECASE | re.DOTALL)


def refusal(kind: Kind, head: bytes, name: str) -> Unreadable:
    """The refusal of a file that holds no table we can read; `head` are its first bytes, `name` what it is called."""
    if kind is Kind.EMPTY:
        return Unreadable("table.empty")
    if kind is Kind.HTML:
        return Unreadable("table.html_page", _title(head))
    if kind is Kind.LOCKED_OFFICE:
        return Unreadable("table.password")
    if kind in _ARCHIVES:
        return Unreadable("table.unsupported_archive", kind.value)
    if kind is Kind.UNKNOWN:
        ending = PurePosixPath(name).suffix.lower()
        return Unreadable("table.not_text") if ending in _TEXTS else Unreadable("table.unknown_format", ending or "?")
    return Unreadable("table.other_content", kind.value)


def _title(head: bytes) -> str:
    found = _TITLE.search(decoded_head(head))
    return " ".join(found[1].split())[:120] if found else "HTML"
