"""What differs between two versions of a table: rows added, removed and changed, and in which columns.

With a key, rows are the same when their key is; without one a table is a heap of rows, and only what is in one heap and
not in the other can be told. DuckDB's `hash()` compares rows here because it lives no longer than the comparison.
"""

import glob
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from duckdb import DuckDBPyConnection

from opentusk.kit.tables.shapes import LATITUDE, LONGITUDE, ROW_NUMBER
from opentusk.kit.tables.workspace import identifier, literal, open_workspace

CHANGE = "_change"  # in the Parquet of differences: added, removed, before, after
_DERIVED = frozenset((ROW_NUMBER, LONGITUDE, LATITUDE))
_COLUMNS_AT_ONCE = 100


@dataclass(frozen=True, kw_only=True)
class TableDiff:
    """Counts of rows. `per_column` says in how many of the changed rows each column differs.

    `key` is empty when rows could only be compared whole: then nothing is changed, only added and removed. `retyped`
    are columns whose type differs; their values are compared as text. `rows` is the Parquet of the rows that differ,
    with a column `_change`: `added`, `removed`, or `before` and `after` of a changed row.
    """

    added: int
    removed: int
    changed: int
    rows: Path
    per_column: Mapping[str, int] = field(default_factory=dict)
    key: tuple[str, ...] = ()
    added_columns: tuple[str, ...] = ()
    removed_columns: tuple[str, ...] = ()
    retyped: tuple[str, ...] = ()

    @property
    def known_changed(self) -> int | None:
        """How many rows changed; None without a key, for then no row is known again."""
        return self.changed if self.key else None

    @property
    def is_same(self) -> bool:
        """Whether both versions say the same."""
        return not (self.added or self.removed or self.changed or self.added_columns or self.removed_columns)


def read_diff(kept: Mapping[str, Any]) -> TableDiff | None:
    """A comparison as rooms keep it (`asdict`, of `rows` the name or nothing); None where nothing was compared."""
    if not kept:
        return None
    known = {**kept, "rows": Path(kept.get("rows", ""))}
    for name in ("key", "added_columns", "removed_columns", "retyped"):
        known[name] = tuple(known.get(name, ()))
    return TableDiff(**known)


def diff_tables(old: Path, new: Path, *, key: Sequence[str], out: Path) -> TableDiff:
    """Compare two Parquet tables; the rows that differ are written to `out`.

    A key that is not unique and full in both versions is no key: the tables are then compared without one.
    """
    with open_workspace(out.parent) as connection:
        before, after = _columns(connection, old), _columns(connection, new)
        shared = [name for name in after if name in before]
        retyped = tuple(name for name in shared if before[name] != after[name])
        for table, path in (("old", old), ("new", new)):
            _make(connection, table, path, shared, retyped)
        used = tuple(key) if key and _is_key(connection, shared, key) else ()
        comparison = _Keyed(connection, shared, used) if used else _Heaps(connection, shared)
        added, removed, changed = comparison.counts()
        draft = out.with_name(f".{out.name}.draft")
        connection.execute(f"COPY ({comparison.rows()}) TO {literal(str(draft))} (FORMAT parquet, COMPRESSION zstd)")
        draft.replace(out)
        return TableDiff(
            added=added,
            removed=removed,
            changed=changed,
            rows=out,
            per_column=comparison.per_column() if changed else {},
            key=used,
            added_columns=tuple(name for name in after if name not in before),
            removed_columns=tuple(name for name in before if name not in after),
            retyped=retyped,
        )


def _columns(connection: DuckDBPyConnection, path: Path) -> dict[str, str]:
    found = connection.execute(f"DESCRIBE FROM {_read(path)}").fetchall()
    return {name: kind for name, kind, *_rest in found if name not in _DERIVED}


def _read(path: Path) -> str:
    return f"read_parquet({literal(glob.escape(str(path)))})"


def _make(
    connection: DuckDBPyConnection, table: str, path: Path, shared: Sequence[str], retyped: Sequence[str]
) -> None:
    """A view with the columns that both versions have, and a fingerprint of each row."""
    cells = [f"CAST({identifier(n)} AS VARCHAR) AS {identifier(n)}" if n in retyped else identifier(n) for n in shared]
    whole = ", ".join(identifier(name) for name in shared) or "0"
    connection.execute(
        f"CREATE VIEW {table} AS SELECT *, hash({whole}) AS _hash "
        f"FROM (SELECT {', '.join([*cells, ROW_NUMBER])} FROM {_read(path)})"
    )


def _is_key(connection: DuckDBPyConnection, shared: Sequence[str], key: Sequence[str]) -> bool:
    if not set(key) <= set(shared):
        return False
    names = ", ".join(identifier(name) for name in key)
    empty = " OR ".join(f"{identifier(name)} IS NULL" for name in key)
    for table in ("old", "new"):
        row = connection.execute(
            f"SELECT count(*), count(DISTINCT ({names})), count(*) FILTER ({empty}) FROM {table}"
        ).fetchone()
        if row is None or row[0] != row[1] or row[2]:
            return False
    return True


class _Keyed:
    """Rows that have a name: the same row may have changed.

    The versions are matched once, by numbers of rows; then each is read once more, for the rows that differ alone.
    """

    def __init__(self, connection: DuckDBPyConnection, shared: Sequence[str], key: Sequence[str]) -> None:
        self._connection, self._shared = connection, shared
        using = ", ".join(identifier(name) for name in key)
        connection.execute(
            f"CREATE TABLE differing AS SELECT o.{ROW_NUMBER} AS old_row, n.{ROW_NUMBER} AS new_row "
            f"FROM old o FULL JOIN new n USING ({using}) WHERE o._hash IS DISTINCT FROM n._hash"
        )
        for table in ("old", "new"):
            connection.execute(
                f"CREATE TABLE {table}_rows AS SELECT * FROM {table} JOIN differing ON {ROW_NUMBER} = {table}_row"
            )

    def counts(self) -> tuple[int, int, int]:
        """Added, removed, changed."""
        row = self._connection.execute(
            "SELECT count(*) FILTER (old_row IS NULL), count(*) FILTER (new_row IS NULL), "
            "count(*) FILTER (old_row IS NOT NULL AND new_row IS NOT NULL) FROM differing"
        ).fetchone()
        return row or (0, 0, 0)

    def per_column(self) -> dict[str, int]:
        """How many of the changed rows differ in each column."""
        found: dict[str, int] = {}
        for start in range(0, len(self._shared), _COLUMNS_AT_ONCE):
            part = self._shared[start : start + _COLUMNS_AT_ONCE]
            tests = ", ".join(
                f"count(*) FILTER (o.{identifier(name)} IS DISTINCT FROM n.{identifier(name)})" for name in part
            )
            row = self._connection.execute(
                f"SELECT {tests} FROM old_rows o JOIN new_rows n ON o.new_row = n.new_row"
            ).fetchone()
            found.update({name: count for name, count in zip(part, row or (), strict=True) if count})
        return found

    def rows(self) -> str:
        """Every row that differs, as SQL."""
        cells = ", ".join([*map(identifier, self._shared), ROW_NUMBER])
        return (
            f"SELECT if(old_row IS NULL, 'added', 'after') AS {CHANGE}, {cells} FROM new_rows UNION ALL "
            f"SELECT if(new_row IS NULL, 'removed', 'before'), {cells} FROM old_rows"
        )


class _Heaps:
    """Rows without a name: equal rows cancel each other out, each as often as it occurs."""

    def __init__(self, connection: DuckDBPyConnection, shared: Sequence[str]) -> None:
        self._connection, self._shared = connection, shared
        connection.execute(
            "CREATE TABLE surplus AS SELECT _hash, sum(n) AS n FROM "
            "(SELECT _hash, 1 AS n FROM new UNION ALL SELECT _hash, -1 FROM old) GROUP BY _hash HAVING sum(n) <> 0"
        )

    def counts(self) -> tuple[int, int, int]:
        """Added and removed; nothing is known to have changed."""
        row = self._connection.execute(
            "SELECT coalesce(sum(n) FILTER (n > 0), 0), coalesce(-sum(n) FILTER (n < 0), 0) FROM surplus"
        ).fetchone()
        return (int(row[0]), int(row[1]), 0) if row else (0, 0, 0)

    def per_column(self) -> dict[str, int]:
        """Nothing: no row is known to be another's successor."""
        return {}

    def rows(self) -> str:
        """Of each surplus row as many as there are too many, as SQL."""
        cells = ", ".join([*map(identifier, self._shared), ROW_NUMBER])
        parts = (
            f"SELECT '{change}' AS {CHANGE}, {cells} FROM (SELECT t.*, s.n, row_number() OVER "
            f"(PARTITION BY t._hash ORDER BY {ROW_NUMBER} DESC) AS place FROM {table} t JOIN surplus s USING (_hash) "
            f"WHERE s.n {sign} 0) WHERE place <= abs(n)"
            for change, table, sign in (("added", "new", ">"), ("removed", "old", "<"))
        )
        return " UNION ALL ".join(parts)
