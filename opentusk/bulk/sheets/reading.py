"""The rows of a spreadsheet, refused in the words of this room."""

from pathlib import Path

from opentusk.bulk.errors import NoTemplate
from opentusk.kit.errors import Unreadable
from opentusk.kit.sheets.rows import SheetRow, read_rows


def read_sheet(path: Path, name: str) -> list[SheetRow]:
    """The rows below the header of the template. Raises NoTemplate."""
    try:
        return read_rows(path, name)
    except Unreadable as fault:
        if fault.reason.startswith("batch."):
            raise NoTemplate(fault.reason, fault.detail) from fault
        raise NoTemplate("batch.unreadable", str(fault)) from fault
