"""Proves that the basket is a dataset of the portal: once a month, without invented wishes and without people."""

import csv
import io
from datetime import date

import pytest

from opentusk.catalog.models import Dataset
from opentusk.catalog.records import to_record
from opentusk.demand.archiving import archive_basket, archive_lines
from opentusk.demand.models import WantedDataset

pytestmark = pytest.mark.django_db


def test_the_basket_of_a_month_is_archived_once_and_screened(wish, settings, tmp_path):
    settings.VAR_DIR, settings.FILES_DIR = tmp_path, tmp_path / "files"
    wish("=Alberi")
    wish("Inventata", is_demo=True)
    wish("Nascosta", is_hidden=True)
    WantedDataset.objects.filter(pk=wish("Multe").pk).update(use_case="scrivere a mario.rossi@gmail.com")

    rows = list(csv.DictReader(io.StringIO(b"".join(archive_lines()).decode())))
    done = [archive_basket(today=date(2026, 11, day)) for day in (2, 3)] + [archive_basket(today=date(2026, 12, 1))]

    assert [row["dato"] for row in rows] == ["'=Alberi", "Multe"]
    assert "mario.rossi" not in str(rows) and "testo tolto" in rows[1]["a_cosa_serve"]
    assert done == ["paniere-2026-11.csv", "", "paniere-2026-12.csv"]
    dataset = Dataset.objects.get()
    licences = {distribution.license.iri for distribution in to_record(dataset).distribution}
    assert dataset.distributions.count() == 2 and len(licences) == 1 and "/by/4.0/" in licences.pop()


def test_without_wishes_there_is_no_dataset(db):
    assert archive_basket(today=date(2026, 11, 2)) == ""
    assert not Dataset.objects.exists()
