"""Proves that people see which rows differ, with what they were, and nothing of personal or withdrawn values."""

import pytest

from opentusk.catalog.actions import open_hold
from opentusk.catalog.models import Hold
from opentusk.journal.actors import SYSTEM
from opentusk.tables.addresses import page_of
from opentusk.tables.models import Table
from opentusk.tables.tests.conftest import TREES, ada, ada_account, dataset, give, lecce, out, work  # noqa: F401 - fixtures
from opentusk.tables.tests.conftest import disk as tables_disk  # noqa: F401 - a fixture

pytestmark = pytest.mark.django_db
MORE = TREES.replace(b"12,25", b"13,00") + b"071059;Pinus halepensis;8,00;05/05/2021\n"
MORE = MORE.replace(b"071057;Olea europaea;4,50;31/12/2023\n", b"")


@pytest.fixture
def table(out, give) -> Table:  # noqa: F811
    found = out()
    give(MORE, to=found.distribution)
    found.refresh_from_db()
    return found


def test_changed_rows_show_what_they_were(client, table):
    versions = client.get(f"{page_of(table)}/versioni").content.decode()
    page = client.get(f"{page_of(table)}/versioni/2").content.decode()

    assert f"{page_of(table)}/versioni/2" in versions
    assert "<del>12,25</del> <ins>13</ins>" in page or "<del>12,25</del> <ins>13,00</ins>" in page
    assert page.count(">aggiunta<") == page.count(">tolta<") == page.count(">cambiata<") == 1
    assert "Pinus halepensis" in page and "Olea europaea" in page
    assert client.get(f"{page_of(table)}/versioni/1").status_code == 404
    assert client.get(f"{page_of(table)}/versioni/9").status_code == 404


def test_a_personal_column_is_not_shown_before_nor_after(client, table):
    for version in table.versions.all():
        for column in version.examination["columns"]:
            column["is_personal"] = column["name"] == "altezza"
        version.save(update_fields=["examination"])
    table.dictionary = {}
    table.title = "Alberi"
    table.save(update_fields=["dictionary", "title"])

    page = client.get(f"{page_of(table)}/versioni/2").content.decode()

    assert "12,25" not in page and "altezza" not in page
    assert "Pinus halepensis" in page


def test_rows_of_a_version_that_is_held_again_are_not_shown(client, table):
    address = f"{page_of(table)}/versioni/2"
    first = table.versions.get(number=1).file_version
    open_hold(table.distribution.dataset, Hold.Kind.PERSONAL_DATA, by=SYSTEM, version=first)
    work()

    assert client.get(address).status_code == 404
