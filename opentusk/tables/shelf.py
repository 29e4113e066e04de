"""What the dataset's page shows of each file: its first rows, why it has none, and its former versions."""

from dataclasses import dataclass

from opentusk.catalog.models import Dataset, Distribution
from opentusk.files.addresses import version_path
from opentusk.files.models import FileVersion
from opentusk.tables.addresses import api_of, page_of
from opentusk.tables.engine import engine
from opentusk.tables.exploring import Explored, explore
from opentusk.tables.models import FileReading, Table, TableVersion
from opentusk.tables.places import has_places
from opentusk.tables.question import Question

_MOST_TABLES = 3
_FIRST_ROWS = "5"
_FIRST_COLUMNS = 8
_MOST_VERSIONS = 12


@dataclass(frozen=True)
class TableOnShelf:
    """A public table; its first rows when it is among the first tables of the dataset.

    `copy` is the address of its rows in UTF-8, where its file is written in something else.
    """

    table: Table
    title: str
    address: str
    rows: int
    columns: int
    has_map: bool
    explored: Explored | None
    copy: str = ""

    @property
    def heading(self) -> str:
        """The name of its heading in the page."""
        return f"tabella-{self.table.pk}"


@dataclass(frozen=True)
class FileOnShelf:
    """A file kept here. `why_not` leads to why it has no table; `versions` are (version, address), newest first."""

    tables: tuple[TableOnShelf, ...]
    why_not: str
    versions: tuple[tuple[FileVersion, str], ...]


def files_on_shelf(dataset: Dataset) -> dict[str, FileOnShelf]:
    """The files of a dataset that are kept here, by the IRI of their distribution."""
    files = list(Distribution.objects.with_series().filter(dataset=dataset))
    if not files:
        return {}
    tables = list(Table.objects.public().of_dataset(dataset).with_latest())
    readings = {reading.file_version_id: reading for reading in FileReading.objects.of_dataset(dataset)}
    shown = {table.pk for table in tables[:_MOST_TABLES]}
    return {
        file.iri: _file(
            file, dataset.slug, [table for table in tables if table.distribution_id == file.pk], readings, shown
        )
        for file in files
    }


def _file(
    file: Distribution, slug: str, tables: list[Table], readings: dict[int, FileReading], shown: set[int]
) -> FileOnShelf:
    assert file.series is not None
    reading = readings.get(file.series.latest_id or 0)
    is_over = reading is not None and reading.state == FileReading.State.UNREADABLE
    versions = file.series.versions.public().newest_first().select_related("stored", "series")
    return FileOnShelf(
        tables=tuple(_table(table, with_rows=table.pk in shown) for table in tables),
        why_not=f"/dataset/{slug}/tabella/{file.uuid}" if is_over and not tables else "",
        versions=tuple((version, version_path(version)) for version in versions[:_MOST_VERSIONS]),
    )


def _table(table: Table, *, with_rows: bool) -> TableOnShelf:
    assert table.latest is not None
    ref = table.latest.ref()
    names = ",".join(column.name for column in ref.shown[:_FIRST_COLUMNS])
    question = Question((("page_size", _FIRST_ROWS), ("count", "none"), *((("columns", names),) if names else ())))
    return TableOnShelf(
        table=table,
        title=table.title if table.key else "",
        address=page_of(table),
        rows=table.latest.rows,
        columns=len(ref.shown),
        has_map=has_places(engine(), ref),
        explored=explore(engine(), ref, question, (), rows=table.latest.rows) if with_rows and names else None,
        copy=f"{api_of(table)}/export.csv" if _is_in_old_letters(table.latest) else "",
    )


def _is_in_old_letters(version: TableVersion) -> bool:
    encoding = version.examination["dialect"]["encoding"]
    return bool(encoding) and not encoding.startswith("utf-8")
