"""Proves, with real connections at once, that a harvest and who corrects what it brings wait for each other."""

import re
from collections.abc import Callable
from dataclasses import replace
from functools import partial

import pytest

from opentusk.bodies.models import Agent
from opentusk.catalog.actions import attach_copy, change_record
from opentusk.catalog.errors import CatalogRefusal
from opentusk.catalog.models import Dataset, Distribution
from opentusk.catalog.records import to_record
from opentusk.catalog.tests.test_at_once import at_once
from opentusk.files.actions import receive
from opentusk.files.models import FileSeries
from opentusk.harvest.tests.catalogs import catalog
from opentusk.harvest.tests.conftest import Harvest
from opentusk.journal.actors import SYSTEM

pytestmark = pytest.mark.django_db(transaction=True)
NUMBERS = range(6)


def keep_copies(lecce: Agent) -> None:
    """A copy of each linked file, which feeds its table."""
    for row in Distribution.objects.all():
        stored = receive([f"a;b\n{row.pk};1\n".encode()], name="alberi.csv", agent=lecce, by=SYSTEM)
        attach_copy(row, stored, name="alberi.csv", by=SYSTEM)


def correct(identifier: str) -> None:
    """Somebody writes an English title, which the harvest must respect."""
    dataset = Dataset.objects.get(identifier=identifier)
    record = to_record(dataset)
    better = replace(record, title={**record.title, "en": "Monumental trees"})
    change_record(dataset, better, by=SYSTEM, expected=dataset.checksum)


def corrections(identifiers: list[str]) -> list[Callable[[], None]]:
    """From the last to the first: the order in which a harvest does not go."""
    return [partial(correct, identifier) for identifier in reversed(identifiers)]


def test_copies_of_files_that_are_offered_no_longer_close_while_people_correct(harvest: Harvest, lecce: Agent) -> None:
    harvest(catalog(NUMBERS))
    keep_copies(lecce)
    moved = re.sub(rb":f(\d)", rb":nuovo\1", catalog(NUMBERS)).replace(b"/files/alberi-", b"/nuovi/alberi-")
    identifiers = list(Dataset.objects.order_by("pk").values_list("identifier", flat=True))

    given = at_once(partial(harvest, moved), *corrections(identifiers), refusals=(CatalogRefusal,))

    assert not FileSeries.objects.exists()
    kept = [one for one, answer in zip(reversed(identifiers), given[1:], strict=True) if answer is None]
    for dataset in Dataset.objects.all():
        record = to_record(dataset)
        assert "/nuovi/" in record.distribution[0].access_url
        assert dataset.identifier not in kept or record.title.get("en") == "Monumental trees"


def test_datasets_that_vanish_are_withdrawn_while_people_correct(harvest: Harvest, settings) -> None:
    settings.HARVEST_RUNS_BEFORE_WITHDRAWAL, settings.HARVEST_VANISHED_LIMIT = 1, 0.9
    harvest(catalog(NUMBERS))
    gone = [f"c_e506:alberi-{number}" for number in NUMBERS][2:]

    at_once(partial(harvest, catalog(range(2))), *corrections(gone), refusals=(CatalogRefusal,))

    assert Dataset.objects.withdrawn().count() == len(gone)
