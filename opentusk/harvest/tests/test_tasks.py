"""What the clock does with sources and with their old reports."""

from datetime import timedelta

from django.utils import timezone

from opentusk.catalog.models import Dataset
from opentusk.harvest.actions import KEPT_RUNS, begin_run
from opentusk.harvest.models import HarvestRun, HarvestSource
from opentusk.harvest.tasks import ask_for_due_runs, tidy_runs, walk
from opentusk.harvest.tests.catalogs import catalog
from opentusk.harvest.tests.conftest import Harvest
from opentusk.journal.models import Task
from opentusk.journal.tasks import run_next
from opentusk.outbound.tests.local_server import Page, Site


def every_day(source: HarvestSource) -> None:
    HarvestSource.objects.filter(pk=source.pk).update(is_paused=False, frequency_hours=24)


def test_a_source_whose_time_has_come_is_read_by_the_worker(source: HarvestSource, site: Site) -> None:
    site.pages["/catalog.ttl"] = Page(catalog(range(3)))
    every_day(source)

    ask_for_due_runs()
    assert run_next()

    assert Dataset.objects.published().count() == 3


def test_a_source_read_an_hour_ago_waits(harvest: Harvest, source: HarvestSource) -> None:
    every_day(source)
    harvest(catalog([1]))

    ask_for_due_runs()
    assert not Task.objects.exists()

    HarvestRun.objects.update(asked_at=timezone.now() - timedelta(hours=25))
    ask_for_due_runs()
    assert Task.objects.count() == 1


def test_a_paused_source_is_left_alone(source: HarvestSource) -> None:
    HarvestSource.objects.update(frequency_hours=24)

    ask_for_due_runs()

    assert not HarvestRun.objects.exists()


def test_a_run_that_an_interruption_left_behind_is_taken_up(source: HarvestSource, site: Site) -> None:
    site.pages["/catalog.ttl"] = Page(catalog(range(3)))
    run = begin_run(source)
    HarvestRun.objects.update(status=HarvestRun.Status.RUNNING, attempts=1)

    ask_for_due_runs()
    ask_for_due_runs()
    assert Task.objects.count() == 1
    run_next()

    run.refresh_from_db()
    assert run.status == HarvestRun.Status.DONE


def test_a_run_that_is_gone_is_no_work(source: HarvestSource) -> None:
    walk(run_id=0)

    assert not HarvestRun.objects.exists()


def test_old_reports_go_but_those_that_wrote_a_dataset_stay(harvest: Harvest, source: HarvestSource) -> None:
    first = harvest(catalog(range(3)))
    HarvestRun.objects.bulk_create(
        [HarvestRun(source=source, status=HarvestRun.Status.DONE) for _one in range(KEPT_RUNS + 5)]
    )

    tidy_runs()

    assert HarvestRun.objects.filter(pk=first.pk).exists()
    assert HarvestRun.objects.count() == KEPT_RUNS + 1
