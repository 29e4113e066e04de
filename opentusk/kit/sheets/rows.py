"""The rows of a spreadsheet of descriptions, in any format that tables are read from."""

from dataclasses import dataclass
from pathlib import Path

from opentusk.kit.errors import Unreadable
from opentusk.kit.sheets.columns import COLUMNS, EXAMPLE_KEY, HEADERS, column_named
from opentusk.kit.tables.formats.opening import list_tables, load_raw
from opentusk.kit.tables.raw import LINE
from opentusk.kit.tables.shapes import Options
from opentusk.kit.tables.workspace import open_workspace

MOST_ROWS = 5_000
_HEADER_WITHIN = 30


@dataclass(frozen=True)
class SheetRow:
    """One row: its number as the spreadsheet shows it, and its cells by the name of the column."""

    number: int
    cells: dict[str, str]


def read_rows(path: Path, name: str) -> list[SheetRow]:
    """The rows below the header of the template; blank rows and the example are left out.

    Raises Unreadable, with a code of the batches for what is a table and not this one.
    """
    lines = _lines(path, name)
    for place, (_number, texts) in enumerate(lines[:_HEADER_WITHIN]):
        names = [column_named(text.rstrip("* ")) for text in texts]
        if "key" in names and "title" in names:
            return _rows(names, lines[place + 1 :])
    raise Unreadable("batch.no_header", ", ".join(HEADERS[column.name] for column in COLUMNS if column.is_required))


def _lines(path: Path, name: str) -> list[tuple[int, list[str]]]:
    """The first table of the file, all cells as texts."""
    with open_workspace(path.parent) as connection:
        source = next(iter(list_tables(path, name=name)))
        raw = load_raw(connection, path, source, Options(max_columns=200))
        cells = ", ".join(f"c{number}" for number in range(raw.width))
        query = f"SELECT {LINE}, {cells} FROM {raw.view} ORDER BY {LINE} LIMIT {MOST_ROWS + _HEADER_WITHIN}"  # noqa: S608
        rows = connection.execute(query).fetchall()
    head = [(0, list(raw.labels))] if raw.labels else []
    return head + [
        (int(number), [str(cell).strip() if cell is not None else "" for cell in line]) for number, *line in rows
    ]


def _rows(names: list[str | None], lines: list[tuple[int, list[str]]]) -> list[SheetRow]:
    if len(lines) > MOST_ROWS:
        raise Unreadable("batch.too_many_rows", str(MOST_ROWS))
    rows = []
    for number, texts in lines:
        cells = {name: text for name, text in zip(names, texts, strict=False) if name and text}
        if cells and cells.get("key") != EXAMPLE_KEY:
            rows.append(SheetRow(number, cells))
    if not rows:
        raise Unreadable("batch.no_rows")
    return rows
