"""Proves what becomes of a file: a table, a report, a new version or none; and that nothing is done twice."""

import pytest

from opentusk.catalog.models import Hold
from opentusk.files.models import FileVersion
from opentusk.tables.actions import examine
from opentusk.tables.models import FileReading, Table, TableVersion

pytestmark = pytest.mark.django_db


def test_a_file_becomes_a_table_and_may_go_out(give):
    file = give()

    table = Table.objects.get(distribution=file)
    version = table.versions.get()
    assert table.uuid == file.uuid
    assert version.parquet.exists()
    assert version.rows == 2
    assert [column.name for column in version.columns()] == ["codice", "specie", "altezza", "piantato"]
    assert not version.is_public
    assert not Hold.objects.still_open().exists()


def test_a_published_dataset_gives_its_table_to_everybody(out):
    table = out()

    assert Table.objects.public().get() == table
    assert table.latest.is_public


def test_what_is_no_table_is_a_result_with_its_reason(give, dataset):
    file = give(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", "relazione.pdf")

    reading = FileReading.objects.of_file(file).get()
    assert reading.state == FileReading.State.UNREADABLE
    assert reading.code.startswith("table.")
    assert not Table.objects.exists()
    assert not Hold.objects.still_open().exists()


def test_a_file_that_was_read_is_not_read_again(give):
    file = give()

    examine(FileVersion.objects.get(series=file.series))

    assert TableVersion.objects.count() == 1
