"""Proves that what is read of a stored record by itself is what the whole record says, after a renaming too."""

from dataclasses import replace

import pytest

from opentusk.bodies.models import Agent
from opentusk.catalog.actions import create_draft
from opentusk.catalog.models import Dataset, Distribution
from opentusk.catalog.records import part_of_row, stored_part, to_record, written_now
from opentusk.catalog.tests.records import distribution, trees
from opentusk.journal.actors import SYSTEM
from opentusk.kit.record_json import write_record

pytestmark = pytest.mark.django_db


@pytest.fixture
def dataset():
    """With three files, two creators and another body as publisher; its body was renamed since."""
    lecce = Agent.objects.create(ipa_code="c_e506", slug="comune-di-lecce", name="Comune di Lecce")
    record = trees(distribution=(distribution("alberi"), distribution("querce"), distribution("ulivi")))
    record = replace(record, creator=(record.rights_holder, record.publisher))
    made = create_draft(record, holder=lecce, by=SYSTEM)
    Agent.objects.update(name="Città di Lecce")
    return Dataset.objects.with_holder().get(pk=made.pk)


def test_the_record_as_json_is_the_record_as_it_is_read(dataset):
    assert written_now(dataset) == write_record(to_record(dataset))
    assert written_now(dataset)["creator"][0]["name"] == "Città di Lecce"


def test_a_body_that_publishes_its_own_data_has_one_name(dataset):
    dataset.record["publisher"] = dataset.record["creator"][0]

    assert written_now(dataset) == write_record(to_record(dataset))


def test_one_file_is_what_the_whole_record_says_of_it(dataset):
    record = to_record(dataset)
    rows = list(Distribution.objects.select_related("dataset"))

    assert [stored_part(row) for row in rows] == [part_of_row(record, row) for row in rows]
    assert len({stored_part(row).access_url for row in rows}) == 3


def test_a_file_that_waits_or_is_unknown_is_what_its_row_says(dataset):
    row = Distribution.objects.select_related("dataset").first()
    row.iri = "https://example.org/nessuno"
    assert stored_part(row) == part_of_row(to_record(dataset), row)

    row.waiting = {"iri": row.iri, "access_url": "https://example.org/attesa.csv"}
    assert stored_part(row).access_url == "https://example.org/attesa.csv"
