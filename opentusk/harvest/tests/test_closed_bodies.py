"""Proves that the catalogue of a suspended or ended body publishes, changes and withdraws nothing."""

import pytest

from opentusk.bodies.models import Agent
from opentusk.catalog.models import Dataset
from opentusk.harvest.actions import confirm_withdrawals
from opentusk.harvest.models import HarvestRun, HarvestSource, RunItem
from opentusk.harvest.tasks import ask_for_due_runs
from opentusk.harvest.tests.catalogs import catalog
from opentusk.harvest.tests.conftest import Harvest
from opentusk.journal.actors import SYSTEM


@pytest.fixture(params=["suspended", "ended"])
def close(request: pytest.FixtureRequest, lecce: Agent):
    return lambda: Agent.objects.filter(pk=lecce.pk).update(status=request.param)


def test_its_new_datasets_are_refused_with_the_reason(harvest: Harvest, close) -> None:
    close()

    run = harvest(catalog(range(3)))

    assert (run.counts["rejected"], run.counts["created"]) == (3, 0)
    assert {problem["code"] for item in run.items.all() for problem in item.problems} >= {"harvest.closed_holder"}
    assert not Dataset.objects.exists()


def test_what_it_published_stays_as_it_was_even_when_its_catalogue_changes_or_empties(harvest: Harvest, close) -> None:
    harvest(catalog(range(10)))
    before = sorted(Dataset.objects.values_list("identifier", "checksum"))
    close()

    harvest(catalog(range(10)).replace(b"Alberi monumentali 1", b"Siepi 1"))
    for _time in range(4):
        harvest(catalog([0, 1, 2, 3, 4, 5, 6, 7, 8]))

    assert sorted(Dataset.objects.published().values_list("identifier", "checksum")) == before


def test_withdrawals_that_waited_for_a_person_leave_its_datasets_alone(harvest: Harvest, close) -> None:
    harvest(catalog(range(10)))
    run = harvest(catalog(range(4)))
    assert run.status == HarvestRun.Status.TO_CONFIRM
    close()

    confirm_withdrawals(run, by=SYSTEM)

    assert Dataset.objects.published().count() == 10
    assert not RunItem.objects.with_outcome(RunItem.Outcome.WITHDRAWN).exists()


def test_the_clock_does_not_read_its_catalogue(source: HarvestSource, close) -> None:
    HarvestSource.objects.update(is_paused=False, frequency_hours=24)
    close()

    ask_for_due_runs()

    assert not HarvestRun.objects.exists()
