"""Proves which tables everybody may read."""

import pytest

from opentusk.bodies.models import Agent
from opentusk.catalog.actions import create_draft, publish, withdraw
from opentusk.catalog.tests.records import trees
from opentusk.files.actions import add_version, create_series, receive, release
from opentusk.journal.actors import SYSTEM
from opentusk.tables.models import Table, TableVersion, table_uuid

pytestmark = pytest.mark.django_db


@pytest.fixture
def table(settings, tmp_path) -> Table:
    settings.FILES_DIR = tmp_path / "files"
    lecce = Agent.objects.create(ipa_code="c_e506", slug="lecce", name="Comune di Lecce")
    dataset = create_draft(trees(), holder=lecce, by=SYSTEM)
    distribution = dataset.distributions.get()
    series = create_series(agent=lecce, name="alberi.csv", by=SYSTEM)
    stored = receive([b"codice;specie\n071057;Olea\n"], name="alberi.csv", agent=lecce, by=SYSTEM)
    version = add_version(series, stored, name="alberi.csv", by=SYSTEM)
    table = Table.objects.create(distribution=distribution, uuid=table_uuid(distribution.uuid, "", is_first=True))
    table.latest = TableVersion.objects.create(
        table=table, number=1, file_version=version, rows=1, examination={}, is_public=True
    )
    table.save(update_fields=["latest"])
    return table


def test_a_table_is_public_with_its_file_and_its_dataset(table):
    dataset = table.distribution.dataset
    assert not Table.objects.public().exists()

    release(table.latest.file_version, by=SYSTEM)
    assert not Table.objects.public().exists()

    publish(dataset, by=SYSTEM)
    assert Table.objects.public().get() == table
    assert TableVersion.objects.public().get() == table.latest

    withdraw(dataset, by=SYSTEM, reason="Sostituito")
    assert not Table.objects.public().exists()


def test_the_first_table_of_a_file_has_the_files_own_number(table):
    file = table.distribution.uuid

    assert table.uuid == file
    assert table_uuid(file, "sheet:Foglio2", is_first=False) != file
    assert table_uuid(file, "sheet:Foglio2", is_first=False) == table_uuid(file, "sheet:Foglio2", is_first=False)
