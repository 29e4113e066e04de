"""One in-memory DuckDB of this process: connections used again, hot tables kept compressed, time limits that hold.

A fresh connection on Parquet costs 10 ms, a cursor a tenth of one. A table that is asked for again is copied by a
thread of its own into a compressed database in memory (`ATTACH ':memory:' (COMPRESS)`), one per table, so that
dropping it frees everything at once and disturbs no reader. Nothing of this is needed: every answer can come from
the Parquet file.
"""

import glob
import heapq
import threading
from collections import OrderedDict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from time import monotonic

import duckdb

from opentusk.kit.queries.errors import BadQuery, OverBudget, VersionGone
from opentusk.kit.queries.shapes import TableRef
from opentusk.kit.tables.shapes import GEOMETRY, LATITUDE, LONGITUDE, ROW_NUMBER

_PLACES = frozenset((LONGITUDE, LATITUDE, GEOMETRY))
_UNITS = {"KB": 10**3, "MB": 10**6, "GB": 10**9}
_PART = 2 * 122_880  # rows; DuckDB compresses 122,880 together
_HOT_SHARE = 0.5  # of the memory; the rest is for answering
# Rows that an index of row numbers gives sooner than a look at all of them.
FEW_ROWS = 250
MANY_ROWS = 50_000  # in a table, from which on an index is worth its memory
_INDEX_BYTES, _INDEX_SHARE = 10, 0.1  # a row; of the memory for hot tables at most, because an index cannot leave it


class Engine:
    """Answers SQL of ours over table versions; safe to use from many threads.

    `memory` is the ceiling of the whole engine, half of it for hot tables. `spill` is a folder for sorts that do not
    fit; without one they are refused.
    """

    def __init__(self, memory: str = "512MB", threads: int = 2, *, spill: Path | None = None) -> None:
        self._root = duckdb.connect(
            ":memory:", config={"memory_limit": memory, "threads": threads, "temp_directory": str(spill or "")}
        )
        self._root.execute("SET autoinstall_known_extensions = false; SET autoload_known_extensions = false")
        self._root.execute(f"SET index_scan_max_count = {FEW_ROWS}; SET index_scan_percentage = 0")
        self._local = threading.local()
        self._watch = _Watch()
        self._lock = threading.Lock()
        self._columns: OrderedDict[str, frozenset[str]] = OrderedDict()
        self._hot = _HotTables(self._root, bytes_of(memory) * _HOT_SHARE)

    def close(self) -> None:
        """Stop the threads and free the memory."""
        self._hot.close()
        self._watch.close()
        self._root.close()

    def fetch(
        self, ref: TableRef, sql: str, parameters: Sequence[object] = (), *, seconds: float
    ) -> list[tuple[object, ...]]:
        """The rows of a statement in which `{table}` stands for the version. Raises the refusals of `errors`."""
        with self._hot.source(ref) as source, self.limited(seconds) as connection:
            return connection.execute(sql.replace("{table}", source), list(parameters)).fetchall()

    @contextmanager
    def placed(self, ref: TableRef, beside: TableRef | None, sql: str) -> Iterator[str]:
        """The statement with the places of a version and of what is kept beside it, `{table}` and `{beside}`."""
        with self._hot.source(ref) as source:
            if beside is None:
                yield sql.replace("{table}", source)
                return
            with self._hot.source(beside) as other:
                yield sql.replace("{table}", source).replace("{beside}", other)

    @contextmanager
    def reading(self, ref: TableRef, seconds: float) -> Iterator[tuple[duckdb.DuckDBPyConnection, str]]:
        """A limited connection and the source of the version, for statements that write a file."""
        with self._hot.source(ref) as source, self.limited(seconds) as connection:
            yield connection, source

    def columns_of(self, ref: TableRef) -> frozenset[str]:
        """The names that the file really has and may show: with `_lon` and `_lat`, or without."""
        with self._lock:
            known = self._columns.get(ref.key)
        if known is None:
            with self.limited(10) as connection:
                found = connection.execute(f"DESCRIBE SELECT * FROM {parquet_sql(ref.parquet)}").fetchall()  # noqa: S608
            known = frozenset(str(row[0]) for row in found)
            with self._lock:
                self._columns[ref.key] = known
                while len(self._columns) > 1_000:
                    self._columns.popitem(last=False)
        return known if LONGITUDE in ref.internal else known - _PLACES

    def warm(self, ref: TableRef) -> None:
        """Make the table hot now, and wait for it."""
        self._hot.build(ref)

    def is_hot(self, ref: TableRef) -> bool:
        """Whether it is kept in memory."""
        return self._hot.holds(ref.key)

    @contextmanager
    def limited(self, seconds: float) -> Iterator[duckdb.DuckDBPyConnection]:
        """A connection of this thread that is interrupted when the time is over."""
        if seconds <= 0:
            raise OverBudget("time", "0")
        connection = self._connection()
        ticket = self._watch.begin(connection, seconds)
        try:
            yield connection
        except duckdb.Error as fault:
            raise refusal_of(fault, seconds) from fault
        finally:
            self._watch.end(ticket)

    def _connection(self) -> duckdb.DuckDBPyConnection:
        connection: duckdb.DuckDBPyConnection | None = getattr(self._local, "connection", None)
        if connection is None:
            connection = self._local.connection = self._root.cursor()
        return connection


def bytes_of(size: str) -> int:
    """The bytes of `512MB`."""
    return int(float(size[:-2]) * _UNITS[size[-2:].upper()])


def parquet_sql(*paths: Path) -> str:
    """A file, or several of the same columns, as a source. The paths are ours; quotes are doubled all the same."""
    files = ", ".join(_path_sql(path) for path in paths)
    return f"read_parquet([{files}])" if len(paths) > 1 else f"read_parquet({files})"


def numbered_sql(path: Path) -> str:
    """A file as a source whose rows say their place in it, from 0, as `file_row_number`."""
    return f"read_parquet({_path_sql(path)}, file_row_number = true)"


def _path_sql(path: Path) -> str:
    return "'{}'".format(glob.escape(str(path)).replace("'", "''"))


def refusal_of(fault: duckdb.Error, seconds: float) -> Exception:
    """What an error of the engine means for whoever asked; bugs of ours stay what they are."""
    match fault:
        case duckdb.InterruptException():
            return OverBudget("time", f"{seconds:g}")
        case duckdb.OutOfMemoryException():
            return OverBudget("memory")
        case duckdb.IOException():
            return VersionGone("")
        case duckdb.OutOfRangeException() | duckdb.ConversionException() | duckdb.InvalidInputException():
            return BadQuery("query.cannot_calculate", values={"detail": str(fault).splitlines()[0][:200]})
    return fault


class _Watch:
    """Interrupts what runs too long: one thread for all, asleep until the next limit."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._limits: list[tuple[float, int, duckdb.DuckDBPyConnection]] = []
        self._running: set[int] = set()
        self._numbers = count()
        self._is_open = True
        threading.Thread(target=self._run, name="query-limits", daemon=True).start()

    def begin(self, connection: duckdb.DuckDBPyConnection, seconds: float) -> int:
        with self._changed:
            number = next(self._numbers)
            self._running.add(number)
            heapq.heappush(self._limits, (monotonic() + seconds, number, connection))
            if self._limits[0][1] == number:
                self._changed.notify()
            return number

    def end(self, number: int) -> None:
        with self._changed:
            self._running.discard(number)

    def close(self) -> None:
        with self._changed:
            self._is_open = False
            self._changed.notify()

    def _run(self) -> None:
        with self._changed:
            while self._is_open:
                self._interrupt_late()
                self._changed.wait(self._limits[0][0] - monotonic() if self._limits else None)

    def _interrupt_late(self) -> None:
        while self._limits and self._limits[0][0] <= monotonic():
            _limit, number, connection = heapq.heappop(self._limits)
            if number in self._running:
                connection.interrupt()
                # Interrupting just before the statement begins does nothing: look again shortly.
                heapq.heappush(self._limits, (monotonic() + 0.05, number, connection))


class _HotTables:
    """The tables in memory, the longest unused going first. One thread builds; nobody waits for it."""

    def __init__(self, root: duckdb.DuckDBPyConnection, ceiling: float) -> None:
        self._root = root
        self._ceiling = ceiling
        self._lock = threading.Lock()
        self._tables: OrderedDict[str, _HotTable] = OrderedDict()
        self._asked: OrderedDict[str, int] = OrderedDict()
        self._wanted: OrderedDict[str, TableRef] = OrderedDict()
        self._building = threading.Lock()
        self._numbers = count(1)
        self._builder: threading.Thread | None = None
        self._is_open = True

    @contextmanager
    def source(self, ref: TableRef) -> Iterator[str]:
        """The SQL of where to read the version from; it stays there as long as it is being read."""
        with self._lock:
            table = self._tables.get(ref.key)
            if table is None:
                self._ask(ref)
            else:
                self._tables.move_to_end(ref.key)
                table.readers += 1
        try:
            yield table.source if table else parquet_sql(*ref.files)
        finally:
            if table is not None:
                with self._lock:
                    table.readers -= 1

    def holds(self, key: str) -> bool:
        with self._lock:
            return key in self._tables

    def close(self) -> None:
        with self._lock:
            self._is_open = False
            self._wanted.clear()
        with self._building:
            pass

    def build(self, ref: TableRef) -> None:
        """Copy one version into memory. What does not fit, or has gone, stays where it is."""
        with self._building:
            if self.holds(ref.key) or not self._is_open or not self._fits(ref):
                return
            connection = self._root.cursor()
            if table := self._copy(connection, ref):
                with self._lock:
                    self._tables[ref.key] = table
                self._make_room(connection)
            connection.close()

    def _copy(self, connection: duckdb.DuckDBPyConnection, ref: TableRef) -> "_HotTable | None":
        name = f"hot{next(self._numbers)}"
        before = _bytes_in_memory(connection)
        connection.execute(f"ATTACH ':memory:' AS {name} (COMPRESS)")
        try:
            _fill(connection, name, ref.files)
            _index(connection, name, most=self._ceiling * _INDEX_SHARE / _INDEX_BYTES)
        except duckdb.Error:
            connection.execute(f"DETACH {name}")
            return None
        return _HotTable(f"{name}.t", name, max(0, _bytes_in_memory(connection) - before))

    def _ask(self, ref: TableRef) -> None:
        """Want a version on its second question, once; the lock is held."""
        self._asked[ref.key] = self._asked.get(ref.key, 0) + 1
        while len(self._asked) > 1_000:
            self._asked.popitem(last=False)
        if self._asked[ref.key] != 2 or not self._is_open:
            return
        self._wanted[ref.key] = ref
        if self._builder is None:
            self._builder = threading.Thread(target=self._build_wanted, name="hot-tables", daemon=True)
            self._builder.start()

    def _build_wanted(self) -> None:
        while True:
            with self._lock:
                if not self._wanted:
                    self._builder = None
                    return
                _key, ref = self._wanted.popitem(last=False)
            self.build(ref)

    def _fits(self, ref: TableRef) -> bool:
        # In memory a table is about as large as its file; twice that must fit while it is being built.
        return all(file.exists() for file in ref.files) and (
            sum(file.stat().st_size for file in ref.files) * 2 <= self._ceiling
        )

    def _make_room(self, connection: duckdb.DuckDBPyConnection) -> None:
        with self._lock:
            idle = [key for key, table in self._tables.items() if not table.readers][:-1]
            while idle and sum(table.size for table in self._tables.values()) > self._ceiling:
                key = idle.pop(0)
                table = self._tables.pop(key)
                self._asked.pop(key, None)
                connection.execute(f"DETACH {table.database}")


class _HotTable:
    """A table in memory: where it is, how large, and how many are reading it."""

    def __init__(self, source: str, database: str, size: int) -> None:
        self.source, self.database, self.size, self.readers = source, database, size, 0


def _fill(connection: duckdb.DuckDBPyConnection, database: str, files: Sequence[Path]) -> None:
    """Copy the files a part at a time: until a part is compressed, it takes ten times its place."""
    connection.execute(f"CREATE TABLE {database}.t AS FROM {parquet_sql(*files)} LIMIT 0")
    for file in files:
        source = numbered_sql(file)
        found = connection.execute(f"SELECT count(*) FROM {parquet_sql(file)}").fetchone()  # noqa: S608
        for start in range(0, found[0] if found else 0, _PART):
            part = f"file_row_number >= {start} AND file_row_number < {start + _PART}"
            select = f"SELECT * EXCLUDE (file_row_number) FROM {source} WHERE {part}"  # noqa: S608 - numbers of ours
            connection.execute(f"INSERT INTO {database}.t {select}")
            connection.execute(f"CHECKPOINT {database}")


def _index(connection: duckdb.DuckDBPyConnection, database: str, *, most: float) -> None:
    """Let a few rows of a large table be read by their numbers: what is compressed together is else read whole."""
    names = connection.execute(f"DESCRIBE {database}.t").fetchall()
    counted = connection.execute(f"SELECT count(*) FROM {database}.t").fetchone()  # noqa: S608 - a name of ours
    is_numbered = any(name == ROW_NUMBER for name, *_others in names)
    if is_numbered and counted and MANY_ROWS <= counted[0] <= most:
        connection.execute(f"CREATE INDEX by_number ON {database}.t ({ROW_NUMBER})")


def _bytes_in_memory(connection: duckdb.DuckDBPyConnection) -> int:
    query = "SELECT sum(memory_usage_bytes) FROM duckdb_memory() WHERE tag IN ('IN_MEMORY_TABLE', 'ART_INDEX')"
    found = connection.execute(query).fetchone()
    return int(found[0] or 0) if found else 0
