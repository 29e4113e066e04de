"""A store on the disk: an ordered set of Parquet files that never change, and what a write makes of it.

Rows are in the order of their numbers, in every segment and from one segment to the next. A write makes new files and
gives back the new set; the old set stays whole, so a reader or a crash half way finds either the one or the other.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import count
from pathlib import Path
from typing import Any
from uuid import uuid4

import duckdb

from opentusk.kit.datastore.cells import literal
from opentusk.kit.datastore.errors import BadAsk, bad
from opentusk.kit.datastore.shapes import ID, SourceField
from opentusk.kit.datastore.staging import BATCH, GIVEN, POSITION, RAW, Batch, cast_sql
from opentusk.kit.queries.compiling import Compiler, column_sql, quoted
from opentusk.kit.queries.engine import parquet_sql
from opentusk.kit.queries.tree import Condition
from opentusk.kit.tables.shapes import ROW_NUMBER

_WHOLE = 25_000  # rows from which on a segment is not put together with its neighbour
_MOST_SEGMENTS = 64
_HOW = "FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE 50000"


@dataclass(frozen=True)
class Segment:
    """A file of rows, and their first and last number."""

    file: str
    rows: int
    first: int
    last: int

    def as_json(self) -> list[Any]:
        """The segment as it is kept."""
        return [self.file, self.rows, self.first, self.last]


@dataclass(frozen=True, kw_only=True)
class Contents:
    """All the rows of a store at one moment. `next_id` is the number of the next new row: none is given twice."""

    fields: tuple[SourceField, ...]
    key: tuple[str, ...]  # ids of the fields that tell rows apart
    segments: tuple[Segment, ...]
    next_id: int

    @property
    def rows(self) -> int:
        """How many rows there are."""
        return sum(segment.rows for segment in self.segments)

    @property
    def key_fields(self) -> tuple[SourceField, ...]:
        """The fields of the key."""
        named = {field.id: field for field in self.fields}
        return tuple(named[name] for name in self.key)


class Workbench:
    """A connection and a folder for one write. What it makes is in the folder; what it does not keep, it deletes."""

    def __init__(self, connection: duckdb.DuckDBPyConnection, folder: Path) -> None:
        self.connection, self.folder = connection, folder
        self.made: set[str] = set()

    def begin(self, contents: Contents) -> Contents:
        """A store without rows has one empty file, so that its columns can always be read."""
        return contents if contents.segments else replace(contents, segments=(self._empty(contents),))

    def insert(self, contents: Contents, batch: Batch, *, only: str = "") -> Contents:
        """Append the rows of the batch, or those of them that `only` lets through."""
        if contents.key:
            self._refuse_twins(contents, batch, only)
        start = contents.next_id
        given = {field.id for field in batch.fields}
        cells = [
            quoted(field.name) if field.id in given else f"NULL::{field.kind.sql} AS {quoted(field.name)}"
            for field in contents.fields
        ]
        if not only:
            # The rows stand in their order, and are numbered from 1.
            number, which = f"{start - 1} + {POSITION}", ""
        else:
            number = f"{start - 1} + row_number() OVER (ORDER BY {POSITION})"
            which = f"WHERE {only} ORDER BY {POSITION}"
        select = f"SELECT {', '.join([f'({number})::BIGINT AS {ROW_NUMBER}', *cells])} FROM {BATCH} {which}"  # noqa: S608
        rows, file = self._write(select)
        if not rows:
            return contents
        added = Segment(file, rows, start, start + rows - 1)
        segments = (*(one for one in contents.segments if one.rows), added)
        return self._put_together(replace(contents, segments=segments, next_id=start + rows))

    def change(self, contents: Contents, batch: Batch, *, inserts: bool) -> Contents:
        """Update the rows of the batch by `_id` or by the key; what is not there is added, or refused."""
        batch = self._one_for_each(contents, batch)
        self._match(contents, batch)
        missing = self.connection.execute("SELECT count(*) FROM matched WHERE n IS NULL").fetchone() or (0,)
        if missing[0] and not (inserts and not batch.has_ids):
            raise self._not_found(contents, batch)
        changed = self._rewrite(contents, batch)
        if missing[0]:
            only = f"{POSITION} IN (SELECT {POSITION} FROM matched WHERE n IS NULL)"  # noqa: S608
            changed = self.insert(changed, batch, only=only)
        if contents.key and batch.has_ids:
            self.require_unique(changed)
        return changed

    def delete(self, contents: Contents, where: Sequence[Condition]) -> Contents:
        """The rows without those of the conditions; all of them go when there is none."""
        compiler = Compiler()
        condition = " AND ".join(compiler.condition(one) for one in where) or "TRUE"
        kept = []
        for segment in contents.segments:
            source = f"{self._source(segment)} AS t"
            counted = f"SELECT count(*) FROM {source} WHERE {condition}"  # noqa: S608 - compiled
            found = self.connection.execute(counted, compiler.parameters).fetchone() or (0,)
            if not found[0]:
                kept.append(segment)
            elif found[0] < segment.rows:
                select = f"SELECT * FROM {source} WHERE ({condition}) IS NOT TRUE ORDER BY {ROW_NUMBER}"  # noqa: S608
                kept.append(self._written(select, compiler.parameters))
        segments = tuple(one for one in kept if one.rows)
        return self._put_together(self.begin(replace(contents, segments=segments)))

    def reshape(self, contents: Contents, fields: Sequence[SourceField]) -> Contents:
        """The same rows with these columns: new ones are empty, those that are not named are gone."""
        before = {field.name: field for field in contents.fields}
        cells = [ROW_NUMBER]
        for field in fields:
            name, old = quoted(field.name), before.get(field.name)
            if old is None:
                cells.append(f"NULL::{field.kind.sql} AS {name}")
            else:
                same = old.kind == field.kind
                cells.append(name if same else f"{cast_sql(f'{name}::VARCHAR', field.kind)} AS {name}")
        changed = replace(contents, fields=tuple(fields), segments=())
        segments = []
        for segment in contents.segments:
            select = f"SELECT {', '.join(cells)} FROM {self._source(segment)} ORDER BY {ROW_NUMBER}"  # noqa: S608
            written = self._written(select, [])
            segments.append(replace(written, first=segment.first, last=segment.last))
        return self.begin(replace(changed, segments=tuple(segments)))

    def require_unique(self, contents: Contents) -> None:
        """Refuse rows of which two have the same key. Raises BadAsk."""
        names = ", ".join(quoted(field.name) for field in contents.key_fields)
        there = " AND ".join(f"{quoted(field.name)} IS NOT NULL" for field in contents.key_fields)
        source = parquet_sql(*(self.folder / one.file for one in contents.segments))
        sql = f"SELECT 1 FROM {source} WHERE {there} GROUP BY {names} HAVING count(*) > 1 LIMIT 1"  # noqa: S608
        if self.connection.execute(sql).fetchone():
            raise _twins()

    def texts(self, contents: Contents, name: str) -> None:
        """A view of all the rows as texts, which the look for personal data reads."""
        select = self._texts(contents, contents.segments)
        self.connection.execute(f"CREATE OR REPLACE TEMP VIEW {name} AS {select}")

    def some_texts(self, contents: Contents, name: str, numbers: Sequence[tuple[int, int]]) -> None:
        """A table of the rows with these numbers, from one to another, as texts."""
        parts = []
        for first, last in numbers:
            if among := [one for one in contents.segments if one.rows and one.first <= last and first <= one.last]:
                parts.append(f"{self._texts(contents, among)} WHERE {ROW_NUMBER} BETWEEN {first} AND {last}")
        select = " UNION ALL ".join(parts)
        self.connection.execute(f"CREATE OR REPLACE TEMP TABLE {name} AS {select}")

    def _texts(self, contents: Contents, segments: Sequence[Segment]) -> str:
        source = parquet_sql(*(self.folder / one.file for one in segments))
        cells = ", ".join(f"{quoted(one.name)}::VARCHAR AS {quoted(one.name)}" for one in contents.fields)
        return f"SELECT {cells or '1'} FROM {source}"  # noqa: S608 - names of ours

    def rows_of(self, contents: Contents, where: str, parameters: Sequence[object] = ()) -> list[tuple[object, ...]]:
        """The rows of a compiled condition, with their numbers, in order."""
        names = ", ".join([ROW_NUMBER, *(quoted(field.name) for field in contents.fields)])
        source = parquet_sql(*(self.folder / one.file for one in contents.segments))
        sql = f"SELECT {names} FROM {source} AS t WHERE {where} ORDER BY {ROW_NUMBER}"  # noqa: S608 - compiled
        return self.connection.execute(sql, list(parameters)).fetchall()

    def rows_written(self, before: Contents, after: Contents, *, by_key: bool) -> list[tuple[object, ...]]:
        """The rows that a batch has made or changed, with their numbers, in its order."""
        number = column_sql(ROW_NUMBER)
        if not by_key:
            return self.rows_of(after, f"{number} >= {before.next_id}")
        found = self.connection.execute(f"SELECT n FROM matched ORDER BY {POSITION}").fetchall()  # noqa: S608
        new = count(before.next_id)
        numbers = [next(new) if row[0] is None else row[0] for row in found]
        rows = self.rows_of(after, f"{number} >= {before.next_id} OR {number} IN (SELECT n FROM matched)")  # noqa: S608
        by_number = {row[0]: row for row in rows}
        return [by_number[one] for one in numbers]

    def discard(self, kept: Contents | None) -> None:
        """Delete the files that were made and are not part of what is kept."""
        named = {segment.file for segment in kept.segments} if kept else set()
        for file in self.made - named:
            (self.folder / file).unlink(missing_ok=True)

    def _empty(self, contents: Contents) -> Segment:
        cells = [f"NULL::BIGINT AS {ROW_NUMBER}"]
        cells += [f"NULL::{field.kind.sql} AS {quoted(field.name)}" for field in contents.fields]
        _rows, file = self._write(f"SELECT {', '.join(cells)} WHERE FALSE")
        return Segment(file, 0, contents.next_id, contents.next_id - 1)

    def _write(self, select: str, parameters: Sequence[object] = ()) -> tuple[int, str]:
        file = f"{uuid4().hex}.parquet"
        self.made.add(file)
        sql = f"COPY ({select}) TO {literal(str(self.folder / file))} ({_HOW})"
        found = self.connection.execute(sql, list(parameters)).fetchone()
        return int(found[0]) if found else 0, file

    def _written(self, select: str, parameters: Sequence[object]) -> Segment:
        rows, file = self._write(select, parameters)
        ends = f"SELECT min({ROW_NUMBER}), max({ROW_NUMBER}) FROM {parquet_sql(self.folder / file)}"  # noqa: S608
        first, last = self.connection.execute(ends).fetchone() or (0, 0)
        return Segment(file, rows, first or 0, last or 0)

    def _source(self, segment: Segment) -> str:
        return parquet_sql(self.folder / segment.file)

    def _put_together(self, contents: Contents) -> Contents:
        """Join the last segments while they are small: a row is written again a handful of times at the most."""
        segments = list(contents.segments)
        whole = max(_WHOLE, contents.rows // _MOST_SEGMENTS)
        while len(segments) > 1 and segments[-1].rows < whole and segments[-2].rows < 2 * segments[-1].rows:
            one, other = segments[-2:]
            files = parquet_sql(self.folder / one.file, self.folder / other.file)
            select = f"SELECT * FROM {files} ORDER BY {ROW_NUMBER}"  # noqa: S608 - files of ours
            rows, file = self._write(select)
            segments[-2:] = [Segment(file, rows, one.first, other.last)]
        return replace(contents, segments=tuple(segments))

    def _refuse_twins(self, contents: Contents, batch: Batch, only: str) -> None:
        """Refuse new rows whose key another new row, or one that is there, has."""
        given = {field.id for field in batch.fields}
        if not set(contents.key) <= given:
            return  # A key with an empty cell is like no other.
        names = [quoted(field.name) for field in contents.key_fields]
        there = " AND ".join(f"{name} IS NOT NULL" for name in names)
        new = f"(SELECT {', '.join(names)} FROM {BATCH} WHERE {only or 'TRUE'} AND {there})"  # noqa: S608
        twice = f"SELECT 1 FROM {new} GROUP BY {', '.join(names)} HAVING count(*) > 1 LIMIT 1"  # noqa: S608
        files = parquet_sql(*(self.folder / one.file for one in contents.segments))
        known = f"SELECT 1 FROM {files} SEMI JOIN {new} AS b USING ({', '.join(names)}) LIMIT 1"  # noqa: S608
        if self.connection.execute(twice).fetchone() or self.connection.execute(known).fetchone():
            raise _twins()

    def _one_for_each(self, contents: Contents, batch: Batch) -> Batch:
        """Of records about the same row, the later overrule the earlier, cell by cell, as if they came one by one."""
        key = [ID] if batch.has_ids else [quoted(field.name) for field in self._key_of(contents, batch)]
        names = ", ".join(key)
        sql = f"SELECT count(*), count(DISTINCT ({names})) FROM {BATCH}"  # noqa: S608
        all_rows, different = self.connection.execute(sql).fetchone() or (0, 0)
        if batch.has_ids and self.connection.execute(f"SELECT 1 FROM {BATCH} WHERE {ID} IS NULL").fetchone():  # noqa: S608
            raise bad("key", 'fields "_id" are missing but needed as key')
        if all_rows == different:
            return batch
        cells = [f"min({POSITION}) AS {POSITION}", *key]
        for place, field in enumerate(batch.fields):
            name = quoted(field.name)
            if name not in key:
                given = f" FILTER (WHERE {GIVEN}[{place + 1}] = '1')" if batch.has_gaps else ""
                cells.append(f"last({name} ORDER BY {POSITION}){given} AS {name}")
        if batch.has_gaps:
            any_given = [f"max({GIVEN}[{place + 1}])" for place in range(len(batch.fields))]
            cells.append(f"concat({', '.join(any_given)}) AS {GIVEN}")
        there = " AND ".join(f"{name} IS NOT NULL" for name in key)
        whole = f"SELECT {', '.join(cells)} FROM {BATCH} WHERE {there} GROUP BY {names}"  # noqa: S608
        loose = f"SELECT * FROM {BATCH} WHERE NOT ({there})"  # noqa: S608
        self.connection.execute(f"CREATE OR REPLACE TEMP TABLE merged AS {whole} UNION ALL BY NAME {loose}")
        self.connection.execute(f"CREATE OR REPLACE TEMP VIEW {BATCH} AS FROM merged")
        return batch

    def _key_of(self, contents: Contents, batch: Batch) -> tuple[SourceField, ...]:
        if not contents.key:
            raise bad("table", "unique key must be passed for update/upsert")
        given = {field.id for field in batch.fields}
        missing = [name for name in contents.key if name not in given]
        if not missing and batch.has_gaps:
            missing = [field.id for field in contents.key_fields if self._is_left_out(batch, field)]
        if missing:
            raise bad("key", f'fields "{", ".join(missing)}" are missing but needed as key')
        return contents.key_fields

    def _is_left_out(self, batch: Batch, field: SourceField) -> bool:
        place = batch.fields.index(field) + 1
        return bool(
            self.connection.execute(f"SELECT 1 FROM {RAW} WHERE {GIVEN}[{place}] <> '1' LIMIT 1").fetchone()  # noqa: S608
        )

    def _match(self, contents: Contents, batch: Batch) -> None:
        """`matched`: for each row of the batch the number of the row it is about, or NULL."""
        files = parquet_sql(*(self.folder / one.file for one in contents.segments))
        if batch.has_ids:
            on = f"t.{ROW_NUMBER} = b.{ID}"
        else:
            names = [quoted(field.name) for field in contents.key_fields]
            on = " AND ".join(f"t.{name} = b.{name}" for name in names)
        found = f"SELECT b.{POSITION}, t.{ROW_NUMBER} AS n FROM {BATCH} AS b LEFT JOIN {files} AS t ON {on}"  # noqa: S608
        self.connection.execute(f"CREATE OR REPLACE TEMP TABLE matched AS {found}")

    def _rewrite(self, contents: Contents, batch: Batch) -> Contents:
        """Write the segments anew in which a row changes."""
        numbers = self.connection.execute("SELECT n FROM matched WHERE n IS NOT NULL ORDER BY n").fetchall()
        cells = [f"t.{ROW_NUMBER}"]
        places = {field.name: place for place, field in enumerate(batch.fields)}
        for field in contents.fields:
            name = quoted(field.name)
            if field.name not in places:
                cells.append(f"t.{name}")
                continue
            given = f" AND b.{GIVEN}[{places[field.name] + 1}] = '1'" if batch.has_gaps else ""
            cells.append(f"CASE WHEN m.n IS NOT NULL{given} THEN b.{name} ELSE t.{name} END AS {name}")
        segments, place = [], 0
        for segment in contents.segments:
            start = place
            while place < len(numbers) and numbers[place][0] <= segment.last:
                place += 1
            if place == start:
                segments.append(segment)
                continue
            select = (
                f"SELECT {', '.join(cells)} FROM {self._source(segment)} AS t "  # noqa: S608 - names of ours
                f"LEFT JOIN matched AS m ON m.n = t.{ROW_NUMBER} LEFT JOIN {BATCH} AS b ON b.{POSITION} = m.{POSITION} "
                f"ORDER BY t.{ROW_NUMBER}"
            )
            rows, file = self._write(select)
            segments.append(Segment(file, rows, segment.first, segment.last))
        return replace(contents, segments=tuple(segments))

    def _not_found(self, contents: Contents, batch: Batch) -> BadAsk:
        key = [ID] if batch.has_ids else [field.name for field in contents.key_fields]
        told = [ID] if batch.has_ids else list(contents.key)
        names = ", ".join(quoted(name) for name in key)
        sql = f"SELECT {names} FROM {BATCH} JOIN matched USING ({POSITION}) WHERE n IS NULL ORDER BY {POSITION} LIMIT 1"  # noqa: S608
        row = self.connection.execute(sql).fetchone() or ()
        return bad("key", f'key "{dict(zip(told, map(str, row), strict=False))}" not found')


def contents_of(
    fields: Sequence[SourceField], key: Sequence[str], segments: Sequence[Sequence[Any]], next_id: int
) -> Contents:
    """A store as it was kept."""
    kept = tuple(Segment(str(one[0]), int(one[1]), int(one[2]), int(one[3])) for one in segments)
    return Contents(fields=tuple(fields), key=tuple(key), segments=kept, next_id=next_id)


def _twins() -> BadAsk:
    told = "Cannot insert records or create index because of uniqueness constraint"
    return BadAsk({"constraints": [told], "info": {"orig": "duplicate key value violates unique constraint"}})
