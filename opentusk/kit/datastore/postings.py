"""An index of the words of a large table: which rows say a word, so that a rare one costs no look at the others.

A row's words are looked through in some tens of milliseconds for each hundred thousand rows, so small tables need no
index. That of a large one is made once for each version, by a thread of its own, while questions go on without it:
pairs of a word's hash and a row number, sorted, in a Parquet file of which a question reads few pages. It can be lost.
"""

import os
import threading
from collections.abc import Sequence
from hashlib import blake2b
from pathlib import Path
from uuid import uuid4

import duckdb

from opentusk.kit.datastore.cells import literal
from opentusk.kit.datastore.words import TEXT, Both, Term, Words
from opentusk.kit.queries.compiling import Compiler
from opentusk.kit.queries.engine import parquet_sql
from opentusk.kit.queries.shapes import TableRef
from opentusk.kit.tables.shapes import ROW_NUMBER

FEWEST_ROWS = 200_000  # below, looking through the words is quick enough
_MEMORY = "256MB"


def single_words(words: Words) -> tuple[str, ...]:
    """The words of a query that only asks for whole single words, all of them; () for any other."""
    terms = words.parts if isinstance(words, Both) else (words,)
    found = [term.words[0] for term in terms if isinstance(term, Term) and len(term.words) == 1 and not term.is_prefix]
    return tuple(dict.fromkeys(found)) if len(found) == len(terms) else ()


def found_sql(words: Sequence[str], compiler: Compiler) -> str:
    """The rows that say every one of the words, as `n`, and how often they say them, as `times`."""
    each = []
    for number, word in enumerate(words):
        asked = f"FROM {{beside}} WHERE h = hash({compiler.bind(word)}::VARCHAR) GROUP BY ALL"
        each.append(f"(SELECT {ROW_NUMBER} AS n, count(*) AS times {asked}) AS w{number}")
    times = " + ".join(f"w{number}.times" for number in range(len(words)))
    return f"SELECT w0.n, {times} AS times FROM {each[0]}" + "".join(f" JOIN {one} USING (n)" for one in each[1:])  # noqa: S608


class Indexes:
    """The indexes in a folder, made in the background, one at a time."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._lock = threading.Lock()
        self._asked: set[str] = set()

    def of(self, words: TableRef) -> Path | None:
        """The index of these words; None while there is none, which is then being made."""
        out = self.path_of(words)
        if out.exists():
            os.utime(out)
            return out
        with self._lock:
            if out.name in self._asked:
                return None
            self._asked.add(out.name)
        threading.Thread(target=self._build_asked, args=(words,), name="word-index", daemon=True).start()
        return None

    def path_of(self, words: TableRef) -> Path:
        """Where the index is. DuckDB's hash is only stable within one of its versions."""
        name = blake2b(f"{words.key}|{duckdb.__version__}".encode(), digest_size=16).hexdigest()
        return self._folder / f"{name}.index"

    def build(self, words: TableRef) -> Path:
        """Make the index now."""
        out = self.path_of(words)
        draft = self._folder / f"draft-{uuid4().hex}"
        source = parquet_sql(*words.files)
        pieces = f"SELECT unnest(string_split(trim({TEXT}), '  ')) AS word, {ROW_NUMBER} FROM {source}"  # noqa: S608
        pairs = f"SELECT hash(word) AS h, {ROW_NUMBER} FROM ({pieces}) WHERE word <> ''"  # noqa: S608 - files of ours
        how = "FORMAT parquet, COMPRESSION zstd, PARQUET_VERSION v2, ROW_GROUP_SIZE 100000"
        try:
            with duckdb.connect(config={"memory_limit": _MEMORY, "threads": 1}) as connection:
                connection.execute(f"SET temp_directory = {literal(str(self._folder / 'spill'))}")
                connection.execute(f"COPY ({pairs} ORDER BY h, {ROW_NUMBER}) TO {literal(str(draft))} ({how})")
            draft.rename(out)
        finally:
            draft.unlink(missing_ok=True)
        return out

    def _build_asked(self, words: TableRef) -> None:
        """Build at low priority: whoever asks meanwhile is answered without an index."""
        os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), 10)
        try:
            self.build(words)
        except duckdb.Error:
            # Files that went away, or no room: questions go on without it, and the next version asks again.
            return
        finally:
            with self._lock:
                self._asked.discard(self.path_of(words).name)
