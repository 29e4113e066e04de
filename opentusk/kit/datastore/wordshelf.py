"""The words of tables, made at the first full-text question about each file and kept beside it; they can be lost.

Files never change, so the words of a file are made once; of a store that grows, only those of its new segments.
"""

import os
import threading
from collections.abc import Sequence
from hashlib import blake2b
from pathlib import Path
from time import time
from uuid import uuid4

from opentusk.kit.datastore.cells import literal
from opentusk.kit.datastore.shapes import Source, SourceField
from opentusk.kit.datastore.words import TEXT, row_text_sql
from opentusk.kit.queries.engine import Engine, parquet_sql
from opentusk.kit.queries.shapes import TableRef
from opentusk.kit.tables.shapes import ROW_NUMBER

_SECONDS = 60.0
_TURNS = [threading.Lock() for _number in range(16)]
_FORGOTTEN = 30 * 24 * 3600  # seconds without a question


def words_beside(engine: Engine, source: Source, folder: Path) -> TableRef:
    """The words of a table: the row number and the row's text, in as many files as the table has."""
    named = ",".join(f"{field.name}:{field.kind.sql}" for field in source.fields)
    files = tuple(_file_of(engine, file, source.fields, named, folder) for file in source.ref.files)
    key = blake2b("|".join(str(file) for file in files).encode(), digest_size=16).hexdigest()
    return TableRef(key=f"words {key}", parquet=files[0], columns=(), parts=files)


def forget_words(folder: Path) -> int:
    """Delete the words that nobody has asked for in a month; how many files."""
    files = [file for file in folder.glob("*") if file.is_file()] if folder.exists() else []
    old = [file for file in files if file.stat().st_mtime < time() - _FORGOTTEN]
    for file in old:
        file.unlink(missing_ok=True)
    return len(old)


def _file_of(engine: Engine, file: Path, fields: Sequence[SourceField], named: str, folder: Path) -> Path:
    # Other columns are shown to whom a decision lets see more: they make other words.
    out = folder / f"{blake2b(f'{file}|{named}'.encode(), digest_size=16).hexdigest()}.parquet"
    with _TURNS[hash(out) % len(_TURNS)]:
        if out.exists():
            os.utime(out)
            return out
        folder.mkdir(parents=True, exist_ok=True)
        draft = folder / f"draft-{uuid4().hex}"
        select = f"SELECT {ROW_NUMBER}, {row_text_sql(fields)} AS {TEXT} FROM {parquet_sql(file)}"  # noqa: S608
        try:
            with engine.limited(_SECONDS) as connection:
                connection.execute(
                    f"COPY ({select}) TO {literal(str(draft))} (FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE 50000)"
                )
            draft.rename(out)
        finally:
            draft.unlink(missing_ok=True)
    return out
