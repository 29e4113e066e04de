"""Where the table is on the sheet: its header, its first and last row, the notes around it, what is blank.

Nothing is deleted: titles, notes and padding are set apart and kept as `notes`.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from duckdb import DuckDBPyConnection

from opentusk.kit.errors import Unreadable
from opentusk.kit.problems import Severity
from opentusk.kit.tables.columns.nulls import is_mark
from opentusk.kit.tables.names import clean_label
from opentusk.kit.tables.raw import LINE, RawTable
from opentusk.kit.tables.shapes import TableProblem

_LOOKED_AT = 120
_WITHIN = 2_000  # lines from either end, so that the rest of a long file need not be sorted
_HEADER_WITHIN = 60
_HEADER_ROWS = 3
_NUMBER = re.compile(r"^[-+(]?\s*[€$£]?\s*\d[\d.,\s]*\)?\s*[%€$£]?$")
_DATE = re.compile(r"^\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}([ T].*)?$|^\d{1,2}:\d{2}(:\d{2})?$")
_PERIOD = re.compile(r"^(19|20)\d\d([-/](19|20)?\d\d)?$")
_NOTE = re.compile(r"^\W{0,3}(fonte|fonti|note?|n\.?\s?b\.?|legenda|elaborazion|avvertenz|source|\(\*|\*|\(\d\))", re.I)
Cells = tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Layout:
    """The table inside the raw rows. `header_rows` are lines; `first` and `last` bound the data."""

    labels: tuple[str, ...]
    header_rows: tuple[int, ...] = ()
    first: int = 1
    last: int = 0
    notes: tuple[str, ...] = ()
    problems: tuple[TableProblem, ...] = ()


@dataclass(frozen=True, slots=True)
class _Row:
    line: int
    cells: Cells

    @property
    def filled(self) -> int:
        return sum(1 for cell in self.cells if cell)


def find_layout(connection: DuckDBPyConnection, raw: RawTable) -> Layout:
    """Header, data and notes of a raw table. Raises Unreadable when no cell holds anything."""
    columns = ", ".join(f"c{number}" for number in range(raw.width)) or "NULL"
    bounds = connection.execute(f"SELECT min({LINE}), max({LINE}) FROM {raw.view}").fetchone() or (None, None)
    if bounds[0] is None:
        return Layout(labels=tuple(map(clean_label, raw.labels or ("",) * raw.width)))
    if raw.labels is not None:
        return Layout(labels=tuple(map(clean_label, raw.labels)), first=bounds[0], last=bounds[1])
    head, tail = (_ends(connection, raw, bounds, columns, is_tail=is_tail) for is_tail in (False, True))
    if not head:
        raise Unreadable("table.empty")
    place, height = _find_header(head)
    header, body = head[place : place + height], head[place + height :]
    ragged = {exception.row for exception in raw.ragged}
    below = _notes_below([row for row in tail if row.line > (header or head)[-1].line], ragged, raw.width)
    above = head[:place]
    last_line = min((row.line for row in below), default=bounds[1] + 1) - 1
    labels = _joined(header, raw.width)
    return Layout(
        labels=tuple(map(clean_label, labels)),
        header_rows=tuple(row.line for row in header),
        first=body[0].line if body else bounds[1] + 1,
        last=last_line,
        notes=tuple(_sentence(row) for row in (*above, *reversed(below))),
        problems=tuple(_problems(header, above, below, labels)),
    )


def _ends(
    connection: DuckDBPyConnection, raw: RawTable, bounds: Sequence[int], columns: str, *, is_tail: bool
) -> list[_Row]:
    """The first rows in their order, or the last ones with the last first. Only lines are sorted: rows may be wide."""
    near = f">= {bounds[1] - _WITHIN}" if is_tail else f"<= {bounds[0] + _WITHIN}"
    order = "DESC" if is_tail else "ASC"
    size = max(_LOOKED_AT // (1 + raw.width // 200), 2 * _HEADER_ROWS)
    lines = [
        line
        for (line,) in connection.execute(
            f"SELECT {LINE} FROM {raw.view} WHERE {LINE} {near} ORDER BY {LINE} {order} LIMIT {size}"
        ).fetchall()
    ]
    rows = connection.execute(
        f"SELECT {LINE}, {columns} FROM {raw.view} WHERE {LINE} BETWEEN {min(lines)} AND {max(lines)}"
    ).fetchall()
    found = [_Row(row[0], tuple((cell or "").strip() for cell in row[1:])) for row in rows]
    return sorted((row for row in found if row.filled), key=lambda row: row.line, reverse=is_tail)


def _find_header(head: Sequence[_Row]) -> tuple[int, int]:
    """Place and height of the header among the first rows; height 0 when the data begin at once."""
    usual = median(row.filled for row in head[: _HEADER_WITHIN // 2]) if len(head) > 2 else head[-1].filled
    for place, row in enumerate(head[:_HEADER_WITHIN]):
        if row.filled >= max(usual * 0.5, 1) and (row.filled > 1 or usual <= 1):
            if _is_header(row, head[place + 1 :]):
                start, height = _joined_place(head, place)
                return start, height
            if place == 0 or row.filled >= usual:
                return place, 0
    return 0, 0


def _is_header(row: _Row, below: Sequence[_Row]) -> bool:
    """Whether its cells are mostly text, distinct, and unlike those below: years count as text above anything."""
    cells = [cell for cell in row.cells if cell]
    if len({cell.lower() for cell in cells}) < len(cells) * 0.5 and not _stands_over_values(row, below[:10]):
        return False
    texts = sum(not _is_value(cell) for cell in cells)
    periods = sum(bool(_PERIOD.match(cell)) for cell in cells)
    if texts + periods < len(cells) * 0.7:
        return False
    return texts > 0 or not all(_periods_only(other) for other in below[:5]) or not below


def _stands_over_values(row: _Row, below: Sequence[_Row]) -> bool:
    """Whether no cell of the row is a value and nearly every cell below is one: labels, even if they are all alike."""
    cells = [cell for other in below for cell in other.cells if cell]
    return bool(cells) and _is_wording(row) and sum(map(_is_value, cells)) >= len(cells) * 0.8


def _periods_only(row: _Row) -> bool:
    return all(_PERIOD.match(cell) for cell in row.cells if cell)


def _is_value(cell: str) -> bool:
    return bool(_NUMBER.match(cell) or _DATE.match(cell))


def _joined_place(head: Sequence[_Row], place: int) -> tuple[int, int]:
    """The header grows by rows of text that stand above columns of values, up to three rows in all."""
    width = len(head[place].cells)
    body = head[place + _HEADER_ROWS : place + _HEADER_ROWS + 40]
    numeric = [number for number in range(width) if _is_numeric(number, body)]
    height = 1
    while height < _HEADER_ROWS and place + height < len(head) and len(numeric) >= max(width * 0.3, 1):
        row = head[place + height]
        over = [row.cells[number] for number in numeric if row.cells[number]]
        if _is_complete(head[place + height - 1]) or len(over) < len(numeric) * 0.5 or not _is_wording(row):
            break
        height += 1
    # Rows of group names stand directly above: sparse, but more than a title, and not a line such as `Comune:;Bari`.
    while height < _HEADER_ROWS and place > 0 and head[place].line - head[place - 1].line == 1:
        above = head[place - 1]
        values = [cell for cell in above.cells if _is_value(cell) and not _PERIOD.match(cell)]
        if above.filled < 2 or above.cells[0] or values:
            break
        place, height = place - 1, height + 1
    return place, height


def _is_complete(header: _Row) -> bool:
    """Whether each column has a label of its own, so that no second row is needed."""
    return len({cell.lower() for cell in header.cells if cell}) == len(header.cells)


def _is_wording(row: _Row) -> bool:
    """Whether every cell is a word or a period: no number, no date, no mark for nothing."""
    return not any((_is_value(cell) and not _PERIOD.match(cell)) or is_mark(cell) for cell in row.cells if cell)


def _is_numeric(number: int, body: Sequence[_Row]) -> bool:
    cells = [row.cells[number] for row in body if row.cells[number]]
    return len(cells) > 0 and sum(_is_value(cell) for cell in cells) >= len(cells) * 0.8


def _joined(header: Sequence[_Row], width: int) -> list[str]:
    """The label of each column: the groups above it, each spread over the cells it spans, then its own word."""
    if not header:
        return [""] * width
    labels = [""] * width
    for depth, row in enumerate(header):
        is_last = depth == len(header) - 1
        current = ""
        for number in range(width):
            is_new_group = any(upper.cells[number] for upper in header[:depth])
            carried = "" if is_last or is_new_group else current
            current = row.cells[number] or carried
            if current and not labels[number].endswith(current):
                labels[number] = f"{labels[number]} - {current}" if labels[number] else current
    return labels


def _notes_below(tail: Sequence[_Row], ragged: set[int], width: int) -> list[_Row]:
    """The rows after the table, last first: footnotes, sources, legends."""
    found: list[_Row] = []
    pending: list[_Row] = []
    if width < 2:
        return []
    for row in tail:
        is_sparse = row.filled <= max(1, width // 4)
        if not is_sparse:
            break
        pending.append(row)
        text = next(cell for cell in row.cells if cell)
        if row.line in ragged or _NOTE.match(text) or (width > 2 and len(text) > 80):
            found.extend(pending)
            pending = []
    return found


def _sentence(row: _Row) -> str:
    return " ".join(cell for cell in row.cells if cell)


def _problems(
    header: Sequence[_Row], above: Sequence[_Row], below: Sequence[_Row], labels: Sequence[str]
) -> list[TableProblem]:
    minor, major = Severity.MINOR, Severity.MAJOR
    found: list[TableProblem] = []
    if not header:
        found.append(TableProblem(code="table.no_header", severity=major, rule="F5.c", row=1))
    elif above or header[0].line > 1:
        values = {"row": f"{header[-1].line}"}
        found.append(
            TableProblem(code="table.header_below", severity=minor, rule="F5.b", row=header[-1].line, values=values)
        )
    if len(header) > 1:
        values = {"rows": f"{len(header)}"}
        found.append(
            TableProblem(code="table.header_joined", severity=minor, rule="F5.c", row=header[0].line, values=values)
        )
    if below:
        lines = sorted(row.line for row in below)
        found.append(
            TableProblem(code="table.notes_below", severity=minor, rule="F5.b", row=lines[0], count=len(lines))
        )
    if any("\n" in label for label in labels):
        count = sum("\n" in label for label in labels)
        found.append(TableProblem(code="table.header_breaks", severity=minor, rule="F5.c", count=count))
    return found
