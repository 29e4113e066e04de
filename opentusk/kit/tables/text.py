"""Delimited text (CSV, TSV and their kin) as a table of texts.

The quick way lets DuckDB read the whole file strictly: it either fits the dialect from the first record to the last, or
is refused. What is refused is read record by record, so that every irregular row is kept and named.
"""

import csv
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from uuid import uuid4

import duckdb
from duckdb import DuckDBPyConnection

from opentusk.kit.errors import Unreadable
from opentusk.kit.problems import Severity
from opentusk.kit.tables.delimited.dialects import Agreement, find_dialect
from opentusk.kit.tables.delimited.encodings import CODECS, Decoding, find_encoding
from opentusk.kit.tables.delimited.records import Record, read_records, split_lines
from opentusk.kit.tables.delimited.utf8 import Text, write_utf8
from opentusk.kit.tables.raw import LINE, PARTIAL_ROWS, RawTable
from opentusk.kit.tables.shapes import CellException, Dialect, Options, TableProblem, TableSource
from opentusk.kit.tables.workspace import literal, scratch_folder

MEND_DOUBLE = "encoding.double"
_IN_MEMORY = 8_000_000  # bytes of text above which the table of texts goes to disk
# Of a large file; what is guessed from it is then held against every line.
_LOOKED_AT = 300_000  # bytes
_SHORT_LISTED = 10_000
_PREFIX_LINES = 60


def load_text(connection: DuckDBPyConnection, path: Path, source: TableSource, options: Options) -> RawTable:
    """The table of texts of a CSV or TSV file. Raises Unreadable if it is empty, no text, or beyond the limits."""
    decoding = _decoding(path, options)
    is_large = path.stat().st_size > options.max_bytes
    folder = scratch_folder(connection)
    mend = MEND_DOUBLE in options.accepted
    text = write_utf8(path, decoding, folder, mend=mend, lines=PARTIAL_ROWS + _PREFIX_LINES if is_large else 0)
    sample = text.sample if text.is_whole else text.sample[:_LOOKED_AT]
    lines = list(split_lines([sample.decode("utf-8", "ignore")]))
    if not text.is_whole:
        lines = lines[:-1]
    agreement = find_dialect(lines, delimiter=options.delimiter)
    if agreement.width > options.max_columns:
        raise Unreadable("table.too_many_columns", f"{agreement.width}")
    is_packed = _is_packed(lines, agreement)
    loaded = None if is_packed else _load_regular(connection, text, lines, agreement)
    loaded = loaded or _load_irregular(connection, text, agreement, is_packed=is_packed)
    return RawTable(
        source=source,
        view=loaded.view,
        width=loaded.width,
        dialect=Dialect(
            encoding=decoding.encoding,
            delimiter=agreement.separation.delimiter,
            quote=agreement.separation.quote,
            line_ending=_line_ending(text),
        ),
        ragged=tuple(loaded.ragged),
        problems=(*_problems_of(decoding, text, agreement), *loaded.problems),
        is_partial=text.is_partial,
    )


@dataclass(kw_only=True)
class _Loaded:
    view: str
    width: int
    ragged: list[CellException] = field(default_factory=list)
    problems: list[TableProblem] = field(default_factory=list)


def _decoding(path: Path, options: Options) -> Decoding:
    found = find_encoding(path)
    if options.encoding in CODECS and options.encoding != found.encoding:
        return Decoding(encoding=options.encoding)
    return found


def _line_ending(text: Text) -> str:
    if b"\r\n" in text.sample:
        return "\r\n"
    return "\n" if b"\n" in text.sample else "\r" if b"\r" in text.sample else ""


# The quick way


def _load_regular(connection: DuckDBPyConnection, text: Text, lines: list[str], agreement: Agreement) -> _Loaded | None:
    """The whole file read strictly by DuckDB, or None if one record does not fit."""
    if agreement.width < 2 or agreement.separation.escape or (text.has_carriage_returns and not text.lines):
        return None
    above = _records_above(lines, agreement)
    if above is None:
        return None
    skipped = sum(record.text.count("\n") + 1 for record in above)
    view = f"raw_{uuid4().hex[:8]}"
    try:
        rows = _read_strictly(connection, text, agreement, view=view, skipped=skipped)
    except (duckdb.InvalidInputException, duckdb.ConversionException):
        return None
    missing = text.lines + (text.open_line > 0) - _blank_tail(text) - rows - skipped
    if missing:
        # Breaks inside cells, or blank lines: the number of a row is no longer its line.
        broken = _broken_columns(connection, view, agreement.width)
        if sum(broken.values()) != missing:
            connection.execute(f"DROP {_kind(connection, view)} {view}")
            return None
        view = _renumbered(connection, view, text, list(broken))
    _put_above(connection, view, above, agreement.width)
    return _Loaded(view=view, width=agreement.width)


def _blank_tail(text: Text) -> int:
    """How many blank lines end the file."""
    with text.path.open("rb") as stream:
        stream.seek(max(text.path.stat().st_size - 65_536, 0))
        tail = stream.read()
    return max(tail[len(tail.rstrip(b"\r\n")) :].count(b"\n") - 1, 0)


def _broken_columns(connection: DuckDBPyConnection, view: str, width: int) -> dict[str, int]:
    """The columns whose cells have breaks, with how many."""
    names = [f"c{number}" for number in range(width)]
    counts = ", ".join(f"sum({_breaks(name)}) FILTER (contains({name}, chr(10)))" for name in names)
    found = connection.execute(f"SELECT {counts} FROM {view}").fetchone() or ()
    return {name: int(count) for name, count in zip(names, found, strict=True) if count}


def _breaks(name: str) -> str:
    return f"(length({name}) - length(replace({name}, chr(10), '')))"


def _renumbered(connection: DuckDBPyConnection, view: str, text: Text, broken: list[str]) -> str:
    """The same rows by the lines they begin in: each break in a cell moves the rows below it down."""
    breaks = " + ".join(f"coalesce({_breaks(name)}, 0)" for name in broken)
    lines = f"{view}_lines"
    connection.execute(
        f"CREATE TABLE {lines} AS SELECT {LINE} AS place, "
        f"{LINE} + coalesce(sum(breaks) OVER (ORDER BY {LINE} ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), 0) "
        f"AS {LINE} FROM (SELECT {LINE}, {breaks} AS breaks FROM {view})"
    )
    rows = (
        f"SELECT v.* EXCLUDE ({LINE}), CAST(l.{LINE} AS BIGINT) AS {LINE} "
        f"FROM {view} v JOIN {lines} l ON v.{LINE} = l.place ORDER BY l.place"
    )
    name = f"{view}_numbered"
    if text.length < _IN_MEMORY:
        connection.execute(f"CREATE TABLE {name} AS {rows}")
    else:
        stored = literal(str(text.path.with_name(f"{name}.parquet")))
        connection.execute(f"COPY ({rows}) TO {stored} (FORMAT parquet, COMPRESSION uncompressed)")
        connection.execute(f"CREATE VIEW {name} AS FROM read_parquet({stored})")
    return name


def _records_above(lines: list[str], agreement: Agreement) -> list[Record] | None:
    """The records above the first one of full width: titles, `sep=;`. None if there are too many or wider ones."""
    above: list[Record] = []
    for record in read_records(lines, agreement.separation):
        if len(record.cells) == agreement.width and record.is_sound:
            return above
        above.append(record)
        if len(record.cells) > agreement.width or len(above) > _PREFIX_LINES or not record.is_sound:
            return None
    return None


def _read_strictly(connection: DuckDBPyConnection, text: Text, agreement: Agreement, *, view: str, skipped: int) -> int:
    columns = ", ".join(f"'c{number}': 'VARCHAR'" for number in range(agreement.width))
    quote = literal(agreement.separation.quote)
    rows = (
        f"read_csv({literal(str(text.path))}, delim={literal(agreement.separation.delimiter)}, quote={quote}, "
        f"escape={quote}, header=false, auto_detect=false, strict_mode=true, skip={skipped}, "
        f"columns={{{columns}}})"
    )
    if text.length < _IN_MEMORY:
        connection.execute(f"CREATE TABLE {view} AS SELECT *, row_number() OVER () + {skipped} AS {LINE} FROM {rows}")
    else:
        stored = literal(str(text.path.with_name(f"{view}.parquet")))
        connection.execute(f"COPY (SELECT * FROM {rows}) TO {stored} (FORMAT parquet, COMPRESSION uncompressed)")
        connection.execute(
            f"CREATE VIEW {view} AS SELECT * EXCLUDE (file_row_number), file_row_number + {skipped + 1} AS {LINE} "
            f"FROM read_parquet({stored}, file_row_number=true)"
        )
    return _count(connection, view)


def _put_above(connection: DuckDBPyConnection, view: str, above: list[Record], width: int) -> None:
    """The records above the table, in the same view, so that titles and notes are found there."""
    rows = [(*_padded(record.cells, width), record.line) for record in above if any(record.cells)]
    if not rows:
        return
    marks = ", ".join("?" for _cell in range(width + 1))
    connection.execute(f"CREATE TABLE {view}_above AS SELECT * FROM {view} LIMIT 0")
    connection.executemany(f"INSERT INTO {view}_above VALUES ({marks})", rows)
    connection.execute(f"ALTER {_kind(connection, view)} {view} RENAME TO {view}_below")
    connection.execute(f"CREATE VIEW {view} AS FROM {view}_above UNION ALL FROM {view}_below")


def _kind(connection: DuckDBPyConnection, view: str) -> str:
    found = connection.execute("SELECT count(*) FROM duckdb_views() WHERE view_name = ?", [view]).fetchone()
    return "VIEW" if found and found[0] else "TABLE"


def _count(connection: DuckDBPyConnection, view: str) -> int:
    row = connection.execute(f"SELECT count(*) FROM {view}").fetchone()
    return int(row[0]) if row else 0


# The careful way


def _load_irregular(connection: DuckDBPyConnection, text: Text, agreement: Agreement, *, is_packed: bool) -> _Loaded:
    """Every record, padded to the usual width; those that are longer or shorter are listed with their whole line."""
    view = f"raw_{uuid4().hex[:8]}"
    width = max(agreement.width, 1)
    loaded = _Loaded(view=view, width=width)
    rows = _Rows(agreement, loaded, is_packed=is_packed)
    target = text.path.with_name(f"{view}.csv")
    with target.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream, lineterminator="\n").writerows(rows.read(text))
    longest = max(rows.longest * 5, 2_000_000)  # in bytes, quotes doubled
    columns = ", ".join(f"'c{number}': 'VARCHAR'" for number in range(width))
    connection.execute(
        f"CREATE TABLE {view} AS SELECT * FROM read_csv({literal(str(target))}, delim=',', quote='\"', escape='\"', "
        f"header=false, auto_detect=false, strict_mode=true, max_line_size={longest}, buffer_size={2 * longest}, "
        f"columns={{'{LINE}': 'BIGINT', {columns}}})"
    )
    loaded.problems.extend(rows.problems())
    return loaded


class _Rows:
    """Records on their way to rows, with what is wrong with them."""

    def __init__(self, agreement: Agreement, loaded: _Loaded, *, is_packed: bool) -> None:
        self._agreement, self._loaded, self._is_packed = agreement, loaded, is_packed
        self._unsound: list[int] = []
        self._packed: list[int] = []
        self._short = self._blank = self._trailing_blank = 0
        self.longest = 0

    def read(self, text: Text) -> Iterator[list[object]]:
        """Rows of line number and cells; blank lines are left out, their numbers show that they were there."""
        width = self._loaded.width
        with text.path.open(encoding="utf-8-sig", errors="replace", newline="") as stream:
            lines = split_lines(iter(lambda: stream.read(1 << 20), ""))
            for record in read_records(lines, self._agreement.separation):
                if record.line == 1 and self._agreement.has_sep_line:
                    continue
                cells = self._unpacked(record) if self._is_packed else record.cells
                if not any(cells):
                    self._trailing_blank += 1
                    continue
                self._note(record, cells)
                yield [record.line, *_padded(cells, width)]

    def problems(self) -> Iterator[TableProblem]:
        """Unbalanced quotes, rows that stood in one cell, blank rows between others."""
        if self._blank:
            yield TableProblem(code="table.blank_rows", severity=Severity.MINOR, rule="F5.f", count=self._blank)
        for code, rule, found in (("wrong_quotes", "F5.d", self._unsound), ("row_in_one_cell", "F5.c", self._packed)):
            if found:
                yield TableProblem(
                    code=f"table.{code}", severity=Severity.MAJOR, rule=rule, row=found[0], count=len(found)
                )

    def _unpacked(self, record: Record) -> list[str]:
        inner = _inside(record.cells, self._agreement)
        cells = inner or record.cells
        if inner:
            self._packed.append(record.line)
        if cells and self._agreement.separation.delimiter != ";":
            cells = [*cells[:-1], cells[-1].removesuffix(";")]
        return cells

    def _note(self, record: Record, cells: list[str]) -> None:
        self.longest = max(self.longest, len(record.text))
        self._blank, self._trailing_blank = self._blank + self._trailing_blank, 0
        if not record.is_sound:
            self._unsound.append(record.line)
        width = self._loaded.width
        if len(cells) < width:
            self._short += 1
        if any(cells[width:]) or (len(cells) < width and self._short <= _SHORT_LISTED):
            self._loaded.ragged.append(CellException(row=record.line, column="", text=record.text))


def _is_packed(lines: list[str], agreement: Agreement) -> bool:
    """Whether most rows stand whole inside their first cell, quoted once too often."""
    records = list(islice((record for record in read_records(lines, agreement.separation) if record.cells), 1, 1_000))
    return sum(_inside(record.cells, agreement) is not None for record in records) > len(records) * 0.3


def _inside(cells: list[str], agreement: Agreement) -> list[str] | None:
    if not cells or agreement.width < 3 or any(cells[1:]) or agreement.separation.delimiter not in cells[0]:
        return None
    inner = agreement.separation.parse(cells[0], strict=False)
    return inner if len(inner) >= agreement.width * 0.6 else None


def _padded(cells: list[str], width: int) -> list[str | None]:
    return [*(cell or None for cell in cells[:width]), *[None] * (width - len(cells))]


# What is said


def _problems_of(decoding: Decoding, text: Text, agreement: Agreement) -> Iterator[TableProblem]:
    minor, major, told = Severity.MINOR, Severity.MAJOR, Severity.INFO
    if decoding.encoding != "utf-8":
        yield TableProblem(
            code="table.encoding", severity=major, rule="F4", fix="encoding.transcode",
            values={"encoding": decoding.encoding},
        )  # fmt: skip
    elif decoding.bom:
        yield TableProblem(code="table.bom", severity=told, rule="F5.h")
    counted = (
        ("table.invalid_bytes", major, "F4", decoding.faults, ""),
        ("table.bom_inside", minor, "F5.h", text.inner_boms, ""),
        ("table.double_encoding", major, "F5.h", text.doubles, MEND_DOUBLE),
        ("table.lost_letters", major, "F5.h", text.lost_letters, ""),
        ("table.zero_bytes", minor, "F4", text.zero_bytes, ""),
    )
    for code, severity, rule, count, fix in counted:
        if count:
            yield TableProblem(code=code, severity=severity, rule=rule, count=count, fix=fix)
    if agreement.separation.delimiter != "," and agreement.width > 1:
        sign = agreement.separation.delimiter
        name = {"\t": "tab"}.get(sign, sign)
        yield TableProblem(code="table.separator", severity=told, rule="F5.e", values={"delimiter": name})
