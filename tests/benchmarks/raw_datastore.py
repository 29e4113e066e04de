"""The bare engine that CKAN's DataStore stands on, asked the same in the same run: no CKAN can be quicker than it.

The rows in a PostgreSQL table of CKAN's shape (typed columns, `_id`, the words of a row with their index), and for each
question the page as JSON and the count of all rows, as CKAN asks them, without HTTP and without CKAN's own work.
"""

import io
from collections.abc import Iterable, Mapping, Sequence
from csv import writer
from time import perf_counter
from typing import Any, Self
from uuid import uuid4

import psycopg

_SIGNS = {"gt": ">", "gte": ">=", "lt": "<", "lte": "<="}
_TYPES = {"int": "int4"}


class RawTable:
    """A table of its own, which goes when the run is over."""

    def __init__(self, address: str, fields: Sequence[tuple[str, str]]) -> None:
        self._connection = psycopg.connect(address, autocommit=True)
        self._table = f"bench_raw_{uuid4().hex}"
        self._fields = fields
        self._names = ", ".join(f'"{name}"' for name, _kind in fields)
        self.seconds: dict[str, float] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_fault: object) -> None:
        self._connection.execute(f"DROP TABLE IF EXISTS {self._table}")
        self._connection.close()

    def load(self, rows: Iterable[Sequence[Any]]) -> None:
        """Take the rows from CSV, then their words and the index of these; the making of the CSV apart."""
        text = io.StringIO()
        writer(text).writerows(rows)
        columns = ", ".join(f'"{name}" {_TYPES.get(kind, kind)}' for name, kind in self._fields)
        begun = perf_counter()
        self._connection.execute(f"CREATE TABLE {self._table} (_id serial PRIMARY KEY, _full_text tsvector, {columns})")
        with self._connection.transaction():
            self._connection.execute(f"CREATE TEMP TABLE given ({columns}) ON COMMIT DROP")
            with self._connection.cursor().copy("COPY given FROM STDIN (FORMAT csv)") as copy:
                copy.write(text.getvalue())
            self._connection.execute(
                f"INSERT INTO {self._table} ({self._names}, _full_text) "
                f"SELECT {self._names}, to_tsvector('english', concat_ws(' ', {self._names})) FROM given"
            )
        self._connection.execute(f"CREATE INDEX ON {self._table} USING gin (_full_text)")
        self.seconds["upload"] = self.seconds["load"] = perf_counter() - begun
        self._connection.execute(f"ANALYZE {self._table}")

    def ask(self, question: Mapping[str, Any]) -> int:
        """The page and the count of a search; how many rows there are."""
        where, parameters, rank, order = self._where(question)
        shown = f"_id, {self._names}" + (f", {rank} AS rank" if rank else "")
        part = f"LIMIT {question['limit']} OFFSET {question.get('offset', 0)}"
        page = f"SELECT {shown} FROM {self._table} {where} ORDER BY {order} {part}"
        self._connection.execute(f"SELECT json_agg(page)::text FROM ({page}) AS page", parameters).fetchone()
        counted = f"SELECT count(*) FROM {self._table} {where}"
        found = self._connection.execute(counted, parameters).fetchone()
        assert found is not None
        return int(found[0])

    def dump(self) -> None:
        """All rows as CSV."""
        begun = perf_counter()
        sql = f"COPY (SELECT _id, {self._names} FROM {self._table} ORDER BY _id) TO STDOUT (FORMAT csv, HEADER)"
        with self._connection.cursor().copy(sql) as copy:
            assert sum(map(len, copy))
        self.seconds["dump"] = self.seconds["dump again"] = perf_counter() - begun

    def _where(self, question: Mapping[str, Any]) -> tuple[str, dict[str, Any], str, str]:
        conditions, parameters = [], {}
        for name, value in question.get("filters", {}).items():
            compared = value if isinstance(value, dict) else {"eq": value}
            for sign, operand in compared.items():
                parameters[f"{name}_{sign}"] = operand
                conditions.append(f'"{name}" {_SIGNS.get(sign, "=")} %({name}_{sign})s')
        order, rank = question.get("sort", "_id"), ""
        if "q" in question:
            parameters["q"] = question["q"]
            conditions.append("_full_text @@ plainto_tsquery('english', %(q)s)")
            rank, order = "ts_rank(_full_text, plainto_tsquery('english', %(q)s), 32)", "rank DESC"
        return (f"WHERE {' AND '.join(conditions)}" if conditions else "", parameters, rank, order)


def raw_table(address: str, fields: Sequence[tuple[str, str]]) -> RawTable | None:
    """The table; None when no PostgreSQL answers at this address."""
    try:
        return RawTable(address, fields)
    except psycopg.OperationalError:
        return None
