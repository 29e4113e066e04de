"""A workbench with a folder of its own, an engine, and fields of every kind."""

import duckdb
import pytest

from opentusk.kit.datastore.kinds import KINDS
from opentusk.kit.datastore.segments import Contents, Workbench, contents_of
from opentusk.kit.datastore.shapes import Source, SourceField
from opentusk.kit.queries.engine import Engine
from opentusk.kit.queries.shapes import TableRef

KEY = SourceField("Codice", KINDS["text"], "c0")
FIELDS = (
    KEY,
    SourceField("codice", KINDS["int4"], "c1"),
    SourceField("prezzo", KINDS["numeric"], "c2"),
    SourceField("giorno", KINDS["date"], "c3"),
    SourceField("vivo", KINDS["bool"], "c4"),
    SourceField("nota, lunga", KINDS["text"], "c5"),
)


@pytest.fixture(scope="session")
def engine():
    made = Engine(memory="200MB")
    yield made
    made.close()


@pytest.fixture(scope="session")
def connection():
    with duckdb.connect() as made:
        yield made


@pytest.fixture
def bench(connection, tmp_path):
    return Workbench(connection, tmp_path)


def empty(bench: Workbench, key: tuple[str, ...] = ("Codice",)) -> Contents:
    return bench.begin(contents_of(FIELDS, key, [], 1))


def source_of(bench: Workbench, contents: Contents) -> Source:
    files = tuple(bench.folder / segment.file for segment in contents.segments)
    ref = TableRef(key="|".join(map(str, files)), parquet=files[0], parts=files, columns=())
    last = contents.segments[-1].last
    return Source(ref=ref, fields=contents.fields, rows=contents.rows, is_dense=last == contents.rows)
