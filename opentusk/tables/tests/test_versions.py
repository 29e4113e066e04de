"""Proves when data are new: other values make a version, another dress does not, other columns wait for an editor."""

import pytest

from opentusk.catalog.actions import open_hold
from opentusk.catalog.models import Hold
from opentusk.journal.actors import SYSTEM
from opentusk.journal.models import Entry
from opentusk.tables.actions import confirm_schema_change
from opentusk.tables.addresses import page_of
from opentusk.tables.events import TablesEvent
from opentusk.tables.models import FileReading, Table
from opentusk.tables.tests.conftest import TREES, work

pytestmark = pytest.mark.django_db
MORE = TREES.replace(b"12,25", b"13,00") + b"071059;Pinus halepensis;8,00;05/05/2021\n"


def changed():
    return Entry.objects.filter(event=TablesEvent.DATA_CHANGED)


def test_the_same_values_in_another_dress_are_no_new_version(out, give):
    table = out("codice;specie\n1;Città\n2;Perché\n".encode())

    give("codice,specie\r\n2,Perché\r\n1,Città\r\n".encode("cp1252"), to=table.distribution)

    table.refresh_from_db()
    assert table.versions.get() == table.latest
    assert table.distribution.series.versions.public().count() == 2
    assert not changed().exists()
    assert FileReading.objects.of_file(table.distribution)[0].outcome[""]["is_new"] is False


def test_other_values_are_a_new_version_with_its_differences(out, give, client):
    table = out()

    give(MORE, to=table.distribution)

    table.refresh_from_db()
    assert table.latest.number == 2
    facts = changed().get().facts
    assert (facts["from"], facts["to"]) == (1, 2)
    assert (facts["changes"]["added"], facts["changes"]["removed"], facts["changes"]["changed"]) == (1, 0, 1)
    assert facts["changes"]["per_column"] == {"altezza": 1}
    page = client.get(f"{page_of(table)}/versioni").content.decode()
    assert "1 riga aggiunta" in page
    assert "altezza 1" in page


def test_both_versions_stay_where_they_are(out, give):
    table = out()
    first = table.latest

    give(MORE, to=table.distribution)

    assert first.parquet.exists()
    assert [version.rows for version in table.versions.public().newest_first()] == [3, 2]


def test_a_column_less_waits_for_its_editor(out, give, ada):
    table = out()
    without = b"codice;altezza;piantato\n071057;4,50;31/12/2023\n071058;12,25;01/02/2020\n"

    give(without, to=table.distribution)

    table.refresh_from_db()
    hold = Hold.objects.still_open().get()
    assert (hold.kind, hold.facts["tables"]) == (Hold.Kind.SCHEMA_CHANGE, {"": {"removed": ["specie"]}})
    assert table.latest.number == 1

    confirm_schema_change(table.versions.newest_first()[0].file_version, by=ada)
    work()
    table.refresh_from_db()
    assert table.latest.number == 2
    assert [column.name for column in table.latest.columns()] == ["codice", "altezza", "piantato"]


def test_a_column_more_goes_out_at_once(out, give):
    table = out()

    give(b"codice;specie;altezza;piantato;quartiere\n071057;Olea;4,50;31/12/2023;Rudiae\n", to=table.distribution)

    table.refresh_from_db()
    assert table.latest.number == 2


def test_a_sheet_with_another_name_is_the_same_table(out, give, tmp_path):
    from xlsxwriter import Workbook

    def book(sheet, height):
        with Workbook(tmp_path / "alberi.xlsx") as made:
            page = made.add_worksheet(sheet)
            page.write_row(0, 0, ["codice", "altezza"])
            page.write_row(1, 0, ["A1", height])
            page.write_row(2, 0, ["A2", 3])
        return (tmp_path / "alberi.xlsx").read_bytes()

    table = out(book("Foglio1", 2), "alberi.xlsx")

    give(book("Dati 2026", 5), "alberi.xlsx", to=table.distribution)

    assert Table.objects.count() == 1
    assert table.versions.count() == 2


def test_a_file_that_is_held_gives_back_the_version_before(out, give, client):
    table = out()
    give(MORE, to=table.distribution)
    table.refresh_from_db()

    open_hold(table.distribution.dataset, Hold.Kind.PERSONAL_DATA, by=SYSTEM, version=table.latest.file_version)
    assert "Pinus" not in client.get(page_of(table)).content.decode()
    work()

    table.refresh_from_db()
    assert table.latest.number == 1
    assert "12,25" in client.get(page_of(table)).content.decode()
