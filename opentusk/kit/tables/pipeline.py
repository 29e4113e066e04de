"""One table of a file, examined from end to end: what it is, what is wrong with it, and its typed Parquet."""

import glob
import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from duckdb import DuckDBPyConnection

from opentusk.kit.personal import find_personal, hidden_columns
from opentusk.kit.problems import Severity
from opentusk.kit.tables.body import Body, kind_of_copy, make_body
from opentusk.kit.tables.columns.casting import EXCEPTIONS as EXCEPTIONS_TABLE
from opentusk.kit.tables.columns.casting import Settled, list_exceptions, settle
from opentusk.kit.tables.columns.decisions import decide_all, see_column
from opentusk.kit.tables.columns.values import detect_among_many, read_values
from opentusk.kit.tables.findings import Findings, find_faults
from opentusk.kit.tables.formats.opening import find_table, load_raw
from opentusk.kit.tables.hashing import canonical_hash, schema_hash
from opentusk.kit.tables.layout import Layout, find_layout
from opentusk.kit.tables.mending import Output, Turn, outputs_of, rows_sql, unpivoted
from opentusk.kit.tables.names import name_columns
from opentusk.kit.tables.places import Places, find_places
from opentusk.kit.tables.profile import profile_columns
from opentusk.kit.tables.proposals import Proposer
from opentusk.kit.tables.raw import RawTable
from opentusk.kit.tables.shapes import (
    LATITUDE,
    LONGITUDE,
    Column,
    ColumnProfile,
    ColumnType,
    Dialect,
    Examination,
    Options,
    PersonalFinding,
    TableProblem,
)
from opentusk.kit.tables.workspace import identifier, literal, open_workspace, scratch_folder

TABLE, EXCEPTIONS = "table.parquet", "exceptions.parquet"
_AS_FOUND = Options()
_ROW_GROUP = 50_000
_FACET = 400
_OF_KEYS = re.compile(
    r"^id\b|[_ ]id$|^id[_ ]|^cod|codice|identificativ|chiave|matricola|progressiv|key$|^n\.?$|g?uuid|guid",
    re.IGNORECASE,
)
_WRITE = f"(FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE {_ROW_GROUP})"


def examine_table(
    path: Path,
    *,
    name: str,
    out: Path,
    key: str = "",
    options: Options = _AS_FOUND,
    progress: Callable[[str], None] = lambda step: None,
) -> Examination:
    """Examine the table `key` of a file, and write its Parquet files into `out`, at once and whole or not at all.

    `name` is the file's name for people; `progress` hears of each step when it has ended: decoded, header, read,
    decided, cast, written, profiled, checked. Raises Unreadable when it is no table or beyond the limits, OSError
    when the disk does not take it.
    """
    with open_workspace(out, memory=options.memory, threads=options.threads) as connection:
        raw = load_raw(connection, path, find_table(path, name=name, key=key), options)
        progress("decoded")
        layout = find_layout(connection, raw)
        progress("header")
        body = make_body(connection, raw, layout)
        progress("read")
        return _Table(connection, raw, layout, body, options).examined(out, progress)


class _Table:
    """One table on its way through the steps, in the order of their names."""

    def __init__(
        self, connection: DuckDBPyConnection, raw: RawTable, layout: Layout, body: Body, options: Options
    ) -> None:
        self._connection, self._raw, self._layout, self._body, self._options = connection, raw, layout, body, options

    def examined(self, out: Path, progress: Callable[[str], None]) -> Examination:
        """Everything that can be said about the table, its files in `out`."""
        connection, body, options = self._connection, self._body, self._options
        draft = scratch_folder(connection)
        settled = self._decided()
        progress("decided")
        findings = find_faults(connection, body, settled.decisions)
        places = find_places(
            connection, self._raw, body, settled.decisions, territory=options.territory, accepted=options.accepted
        )
        outputs = outputs_of(settled, options.known, options.accepted)
        personal, outputs = self._personal(outputs)
        hidden = frozenset(one.decision.position for one in outputs if one.decision and one.column.is_personal)
        problems = list_exceptions(connection, body, settled, _names(outputs), hidden)
        progress("cast")
        turn = unpivoted(outputs, findings, options.accepted)
        columns = self._written(outputs, places, findings, turn, draft)
        progress("written")
        columns, profiles = self._profiled(columns, settled, outputs)
        progress("profiled")
        told = _told(settled, hidden)
        all_problems = (*self._problems(), *findings.problems, *places.problems, *told, *problems, *self._partial())
        raw, layout = self._raw, self._layout
        proposer = Proposer(connection, body, accepted=options.accepted, hidden=hidden)
        examination = Examination(
            source=raw.source,
            dialect=_dialect(raw, layout),
            rows=body.rows,
            columns=columns,
            profiles=profiles,
            problems=all_problems,
            proposals=proposer.all(settled.decisions, findings, places, raw.problems),
            personal=personal,
            exceptions=_count(connection, EXCEPTIONS_TABLE),
            parquet=out / TABLE,
            exceptions_parquet=out / EXCEPTIONS,
            content_hash=canonical_hash(
                connection, "typed", columns, exceptions=EXCEPTIONS_TABLE, has_geometry=raw.has_geometry
            ),
            schema_hash=schema_hash(columns),
            bbox=self._box(places),
            is_partial=raw.is_partial,
            notes=layout.notes,
        )
        for name in (TABLE, EXCEPTIONS):
            (draft / name).replace(out / name)
        progress("checked")
        return examination

    def _problems(self) -> tuple[TableProblem, ...]:
        """What was noticed before any column was looked at."""
        return (*self._raw.problems, *self._layout.problems, *self._body.problems)

    def _decided(self) -> Settled:
        """The types of all columns. What a person said about a type is done as said."""
        connection, body, options = self._connection, self._body, self._options
        texts = [ColumnType.TEXT] * len(body.positions)
        drafts = name_columns(body.labels, texts, options.known)
        forced = {
            position: options.types[name]
            for position, name in zip(body.positions, drafts, strict=True)
            if name in options.types
        }
        values = read_values(connection, body.view, body.positions, drafts, body.labels, body.rows)
        seen = [
            see_column(
                one,
                forced=forced.get(one.position),
                native=self._raw.native.get(one.position),
                detect_large=lambda many: detect_among_many(connection, body.view, many, body.rows),
            )
            for one in values
        ]
        return settle(connection, body, decide_all(seen, accepted=options.accepted, rows=body.rows), set(forced))

    def _personal(self, outputs: list[Output]) -> tuple[tuple[PersonalFinding, ...], list[Output]]:
        """What looks like data about people, and the columns marked so: their values go nowhere but into the table."""
        known = [output for output in outputs if output.decision]
        if not known:
            return (), outputs
        texts = ", ".join(
            f"{output.decision.present} AS {identifier(output.column.name)}" for output in known if output.decision
        )
        kind = kind_of_copy(self._body.rows, len(known))
        self._connection.execute(f"CREATE {kind} named AS SELECT {texts} FROM {self._body.view}")
        columns = [output.column for output in known]
        findings = find_personal(self._connection, "named", columns, title=self._raw.source.label)
        self._connection.execute(f"DROP {kind} named")
        hidden = hidden_columns(findings)
        return findings, [_marked(output) if output.column.name in hidden else output for output in outputs]

    def _written(
        self, outputs: list[Output], places: Places, findings: Findings, turn: Turn | None, folder: Path
    ) -> tuple[Column, ...]:
        order = _order(outputs) if self._body.rows > _ROW_GROUP and turn is None else []
        rows = rows_sql(self._body, outputs, places, findings, accepted=self._options.accepted, order=order)
        sql = turn.sql(rows, places) if turn else rows
        if kind_of_copy(self._body.rows, len(outputs)) == "TABLE":
            self._connection.execute(f"CREATE TABLE typed AS {sql}")
            _write(self._connection, "FROM typed", folder / TABLE)
        else:
            _write(self._connection, sql, folder / TABLE)
            self._connection.execute(f"CREATE VIEW typed AS FROM {_read(folder / TABLE)}")
        _write(self._connection, f"FROM {EXCEPTIONS_TABLE}", folder / EXCEPTIONS)
        return turn.columns if turn else tuple(output.column for output in outputs)

    def _profiled(
        self, columns: tuple[Column, ...], settled: Settled, outputs: list[Output]
    ) -> tuple[tuple[Column, ...], tuple[ColumnProfile, ...]]:
        names = _names(outputs)
        failures = {names[position]: count for position, count in settled.failures.items()}
        rows = _count(self._connection, "typed")
        patterns = {output.column.name: output.decision.patterns for output in outputs if output.decision}
        profiles = profile_columns(
            self._connection, "typed", columns, rows=rows, exceptions=failures, patterns=patterns
        )
        key = _key(columns, profiles, rows)
        return tuple(replace(column, is_key=column.name == key) for column in columns), profiles

    def _partial(self) -> tuple[TableProblem, ...]:
        if not self._raw.is_partial:
            return ()
        return (TableProblem(code="table.partial", severity=Severity.MAJOR, count=self._body.rows),)

    def _box(self, places: Places) -> tuple[float, float, float, float] | None:
        if not places.has_any:
            return None
        found = self._connection.execute(
            f"SELECT min({LONGITUDE}), min({LATITUDE}), max({LONGITUDE}), max({LATITUDE}) FROM typed"
        ).fetchone()
        return found if found and None not in found else None


def _told(settled: Settled, hidden: frozenset[int]) -> list[TableProblem]:
    """What was noticed of each column; of a person's data no example is told."""
    return [
        replace(problem, values={**problem.values, "example": "…"}) if one.position in hidden else problem
        for one in settled.decisions
        for problem in one.problems
    ]


def _marked(output: Output) -> Output:
    return replace(output, column=replace(output.column, is_personal=True, codes=(), null_marks={}))


def _names(outputs: Sequence[Output]) -> dict[int, str]:
    return {output.decision.position: output.column.name for output in outputs if output.decision}


def _order(outputs: Sequence[Output]) -> list[str]:
    """The best facet, then the first date: what most questions filter by lies together."""
    lists = [
        (output.decision.distinct, output.column.name)
        for output in outputs
        if output.decision and output.column.type is ColumnType.TEXT and 2 <= output.decision.distinct <= _FACET
    ]
    dates = [o.column.name for o in outputs if o.column.type in (ColumnType.DATE, ColumnType.DATETIME)]
    return ([min(lists)[1]] if lists else []) + dates[:1]


def _key(columns: Sequence[Column], profiles: Sequence[ColumnProfile], rows: int) -> str:
    """The column that identifies a row, "" if none does: unique, never empty, and called so; or the first, of text."""
    unique = [
        column
        for column, profile in zip(columns, profiles, strict=True)
        if column.type in (ColumnType.TEXT, ColumnType.INTEGER)
        and profile.distinct == rows > 1
        and not profile.exceptions
    ]
    named = [column for column in unique if _OF_KEYS.search(column.label)]
    first = [column for column in unique[:1] if column.type is ColumnType.TEXT and column == columns[0]]
    return next((column.name for column in (*named, *first)), "")


def _count(connection: DuckDBPyConnection, table: str) -> int:
    row = connection.execute(f"SELECT count(*) FROM {table}").fetchone()
    return int(row[0]) if row else 0


def _read(parquet: Path) -> str:
    return f"read_parquet({literal(glob.escape(str(parquet)))})"


def _dialect(raw: RawTable, layout: Layout) -> Dialect:
    header = layout.header_rows
    return Dialect(
        encoding=raw.dialect.encoding,
        delimiter=raw.dialect.delimiter,
        quote=raw.dialect.quote,
        line_ending=raw.dialect.line_ending,
        header_row=header[-1] if header else 0,
        header_rows=len(header),
        skip_rows=header[0] - 1 if header else 0,
    )


def _write(connection: DuckDBPyConnection, rows: str, target: Path) -> None:
    connection.execute(f"COPY ({rows}) TO {literal(str(target))} {_WRITE}")
