"""Public tables without files to read: `publish_table(rows)` puts the rows where the reading of a file puts them."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any
from uuid import uuid4

import duckdb
import pytest
from django.utils import timezone

from opentusk.bodies.models import Agent
from opentusk.catalog.actions import create_draft, publish
from opentusk.catalog.tests.records import trees
from opentusk.files.actions import add_version, create_series, receive, release
from opentusk.journal.actors import SYSTEM
from opentusk.kit.queries.tests.tables import COLUMNS, ROWS, SECRET, write_table
from opentusk.kit.tables.json_shapes import as_json
from opentusk.kit.tables.shapes import Column, ColumnProfile, Dialect, Examination, TableSource
from opentusk.querying import answering, callers, gates
from opentusk.tables.models import Table, TableVersion, table_uuid


@pytest.fixture(autouse=True)
def disk(settings, tmp_path):
    settings.FILES_DIR, settings.TABLES_DIR = tmp_path / "files", tmp_path / "tables"
    settings.EXPORTS_DIR, settings.CALLERS_DIR = tmp_path / "exports", tmp_path / "callers"
    callers.callers.__init__()
    settings.QUERY_RATE = settings.QUERY_EXPORTS = 0
    answering._KEPT.__init__(10_000_000)
    gates._REQUESTS.__init__()
    gates._EXPORTS.__init__()


@pytest.fixture
def lecce(db) -> Agent:
    return Agent.objects.create(ipa_code="c_e506", slug="lecce", name="Comune di Lecce")


def examination_of(folder: Path, parquet: str, rows: int, columns: Sequence[Column]) -> Examination:
    return Examination(
        source=TableSource(key="", label="alberi", format="csv"),
        dialect=Dialect(encoding="utf-8", delimiter=";"),
        rows=rows,
        columns=tuple(columns),
        profiles=tuple(
            ColumnProfile(name=column.name, distinct=2, top=(("Lecce", 2),), examples=("Lecce",)) for column in columns
        ),
        problems=(),
        proposals=(),
        personal=(),
        exceptions=3,
        parquet=folder / parquet,
        exceptions_parquet=folder / "exceptions.parquet",
        content_hash="0" * 64,
        schema_hash="1" * 64,
    )


def add_table_version(
    table: Table, rows: Sequence[dict[str, Any]], *, number: int, columns: Sequence[Column] = (*COLUMNS, SECRET)
) -> TableVersion:
    """The next public version, as a released file would make it."""
    from django.conf import settings

    series = table.distribution.series
    stored = receive([f"versione {number}\n".encode()], name="alberi.csv", agent=series.agent, by=SYSTEM)
    file_version = add_version(series, stored, name="alberi.csv", by=SYSTEM)
    release(file_version, by=SYSTEM)
    # As in real life, no folder is ever used twice: the engine knows versions by it.
    name = f"{table.uuid}/{uuid4().hex}"
    folder = Path(settings.TABLES_DIR) / name
    folder.mkdir(parents=True)
    ref = write_table(folder, rows, key="table")
    wrong = "(2, 'anno', 'duemila'), (3, 'codice_fiscale', 'RSSMRA'), (4, '', 'RSSMRA;x')"
    table_of = 'v("row", "column", "text")'
    with duckdb.connect() as connection:
        connection.execute(f"COPY (FROM (VALUES {wrong}) {table_of}) TO '{folder}/exceptions.parquet'")
    version = TableVersion.objects.create(
        table=table, number=number, file_version=file_version, rows=len(rows), is_public=True, folder=name,
        released_at=timezone.now(), examination=as_json(examination_of(folder, ref.parquet.name, len(rows), columns)),
    )  # fmt: skip
    table.latest = version
    table.save(update_fields=["latest"])
    return version


@pytest.fixture
def draft_table(lecce) -> Callable[..., Table]:
    """A table of a dataset that is a draft."""

    def make(rows: Sequence[dict[str, Any]] = ROWS, name: str = "alberi", **options: Any) -> Table:
        dataset = create_draft(trees(f"c_e506:{name}"), holder=lecce, by=SYSTEM)
        distribution = dataset.distributions.get()
        distribution.series = create_series(agent=lecce, name=f"{name}.csv", by=SYSTEM)
        distribution.save(update_fields=["series"])
        uuid = table_uuid(distribution.uuid, "", is_first=True)
        table = Table.objects.create(distribution=distribution, uuid=uuid, title="Alberi di Lecce")
        add_table_version(table, rows, number=1, **options)
        return table

    return make


@pytest.fixture
def publish_table(draft_table) -> Callable[..., Table]:
    def make(*arguments: Any, **options: Any) -> Table:
        table = draft_table(*arguments, **options)
        publish(table.distribution.dataset, by=SYSTEM)
        return table

    return make


@pytest.fixture
def table(publish_table) -> Table:
    return publish_table()


@pytest.fixture
def ask(client) -> Callable[..., Any]:
    """Asks an address under a table; the status is checked, JSON is read."""

    def call(table: Table, end: str = "", *, status: int = 200, **headers: str) -> Any:
        response = client.get(f"/api/v1/tables/{table.uuid}{end}", headers=headers)
        assert response.status_code == status, response.content[:500]
        return response.json() if status not in (304,) else response

    return call
