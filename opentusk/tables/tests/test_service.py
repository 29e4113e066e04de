"""Proves that a public table is named in the metadata as a service, as the Regulation asks of high-value data."""

from dataclasses import replace

import pytest

from opentusk.catalog.actions import change_record, judge
from opentusk.catalog.records import to_record
from opentusk.journal.actors import SYSTEM
from opentusk.kit.problems import Severity
from opentusk.kit.quality.value_rules import HVD_REGULATION
from opentusk.tables.addresses import api_of

pytestmark = pytest.mark.django_db
AIR = "http://data.europa.eu/bna/c_63b37dd4"


def high_value(record):
    parts = tuple(replace(part, applicable_legislation=(HVD_REGULATION,)) for part in record.distribution)
    return replace(record, hvd_category=(AIR,), applicable_legislation=(HVD_REGULATION,), distribution=parts)


def test_the_record_of_a_public_file_names_its_api(out, dataset):
    table = out()

    dataset.refresh_from_db()
    service = to_record(dataset).distribution[0].access_service[0]
    assert service.endpoint_url == (api_of(table),)
    assert service.endpoint_description == (f"{api_of(table)}/openapi.json",)
    assert service.license == to_record(dataset).distribution[0].license
    assert [problem for problem in judge(to_record(dataset), dataset) if problem.blocks] == []


def test_a_dataset_that_becomes_of_high_value_has_its_api_and_its_bulk_download(out, dataset):
    out()
    dataset.refresh_from_db()

    change_record(dataset, high_value(to_record(dataset)), by=SYSTEM, expected=dataset.checksum)

    dataset.refresh_from_db()
    record = to_record(dataset)
    service = record.distribution[0].access_service[0]
    assert (service.hvd_category, service.applicable_legislation) == ((AIR,), (HVD_REGULATION,))
    assert record.distribution[0].download_url
    told = [problem for problem in judge(record, dataset) if problem.severity in {Severity.BLOCKS, Severity.MAJOR}]
    assert [problem.code for problem in told if problem.code.startswith("M13")] == []


def test_a_new_version_keeps_one_service(out, give, dataset):
    table = out()

    give(b"codice;specie;altezza;piantato\n071057;Olea;4,50;31/12/2023\n", to=table.distribution)

    dataset.refresh_from_db()
    assert len(to_record(dataset).distribution[0].access_service) == 1
