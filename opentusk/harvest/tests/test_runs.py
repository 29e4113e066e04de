"""What a run stores, and what it leaves alone."""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event, Thread

import pytest
from django.db import connection

from opentusk.bodies.models import Agent
from opentusk.catalog.models import Dataset
from opentusk.harvest import actions
from opentusk.harvest.actions import begin_run, run_source
from opentusk.harvest.errors import AlreadyRunning
from opentusk.harvest.events import HarvestEvent
from opentusk.harvest.locks import only_reader
from opentusk.harvest.models import HarvestRun, HarvestSource, RunItem
from opentusk.harvest.tests.catalogs import catalog, dataset, page
from opentusk.harvest.tests.conftest import Harvest
from opentusk.journal.actors import SYSTEM
from opentusk.journal.models import Entry
from opentusk.outbound.tests.local_server import Page, Site

Status = HarvestRun.Status


def rows_elsewhere() -> dict[str, int]:
    """How many rows every table has, but for the reports of the runs themselves."""
    tables = [name for name in connection.introspection.table_names() if name != HarvestRun._meta.db_table]
    with connection.cursor() as cursor:
        counted = {table: cursor.execute(f'SELECT count(*) FROM "{table}"').fetchone() for table in tables}
    return {table: row[0] for table, row in counted.items()}


def test_a_first_run_publishes_what_the_source_has(harvest: Harvest) -> None:
    run = harvest(catalog(range(5)))

    assert (run.status, run.is_complete, run.counts["created"]) == (Status.DONE, True, 5)
    assert Dataset.objects.published().count() == 5
    assert Dataset.objects.get(identifier="c_e506:alberi-3").origin_facts["catalog"] == "Dati di Lecce"


def test_a_second_run_of_an_unchanged_source_writes_nothing(harvest: Harvest) -> None:
    harvest(catalog(range(5)))
    before, stamps = rows_elsewhere(), list(Dataset.objects.values_list("metadata_modified_at", "checksum"))

    run = harvest(catalog(range(5)))

    assert run.counts["unchanged"] == 5
    assert rows_elsewhere() == before
    assert list(Dataset.objects.values_list("metadata_modified_at", "checksum")) == stamps


def test_only_the_dataset_that_changed_is_written(harvest: Harvest) -> None:
    harvest(catalog(range(5)))
    last = Entry.objects.newest_first()[0].seq

    run = harvest(catalog(range(4), extra=dataset(4, title="Alberi del parco")))

    assert (run.counts["updated"], run.counts["unchanged"]) == (1, 4)
    assert Dataset.objects.get(identifier="c_e506:alberi-4").title == "Alberi del parco"
    assert list(Entry.objects.after(last).values_list("event", flat=True)) == [
        "catalog.dataset_changed",
        HarvestEvent.RUN_FINISHED,
    ]


def test_an_item_that_lacks_a_mandatory_fact_is_rejected_with_it_named(harvest: Harvest) -> None:
    run = harvest(catalog(range(3)).replace(b'dct:title "Alberi monumentali 1"@it ;', b""))

    item = run.items.get(outcome=RunItem.Outcome.REJECTED)
    assert run.counts["created"] == 2
    assert any(problem["severity"] == "blocks" for problem in item.problems)
    assert Dataset.objects.count() == 2


def test_a_repaired_item_tells_the_value_before_and_after(harvest: Harvest) -> None:
    run = harvest(catalog([1]).replace(b'"2024-01-01"^^xsd:date', b'"31/12/2023"'))

    item = run.items.get()
    assert (item.outcome, item.is_repaired, run.counts["repaired"]) == (RunItem.Outcome.CREATED, True, 1)
    assert any(problem["before"] and problem["after"] for problem in item.problems)


def test_an_item_that_breaks_our_code_does_not_stop_the_others(
    harvest: Harvest, monkeypatch: pytest.MonkeyPatch
) -> None:
    from opentusk.harvest import taking

    real = taking.harmonise_dataset

    def breaks_on_two(record, defaults, iris):  # type: ignore[no-untyped-def]
        if record.identifier.endswith("-2"):
            raise ZeroDivisionError
        return real(record, defaults, iris)

    monkeypatch.setattr(taking, "harmonise_dataset", breaks_on_two)

    run = harvest(catalog(range(5)))

    assert (run.status, run.counts["created"], run.counts["rejected"]) == (Status.DONE, 4, 1)
    assert run.items.get(outcome=RunItem.Outcome.REJECTED).problems[0]["code"] == "harvest.item_broke"


def test_of_a_repeated_identifier_the_newest_description_is_kept(harvest: Harvest) -> None:
    older = dataset(7, title="Vecchio", modified="2020-01-01").replace(":d7", ":older").replace(":f7", ":g7")
    newer = dataset(7, title="Nuovo", modified="2024-05-05")

    run = harvest(catalog([1], extra=newer + older))

    assert Dataset.objects.get(identifier="c_e506:alberi-7").title == "Nuovo"
    item = run.items.get(identifier="c_e506:alberi-7")
    assert "harvest.repeated_identifier" in {problem["code"] for problem in item.problems}


def test_pages_are_followed_to_the_last(harvest: Harvest, site: Site) -> None:
    here = site.url("/catalog.ttl")
    site.pages["/catalog.ttl?page=2"] = Page(page(range(3, 5), address=f"{here}?page=2", following="", total=5))

    run = harvest(page(range(3), address=here, following=f"{here}?page=2", total=5))

    assert (run.counts["created"], run.is_complete) == (5, True)


def test_a_preview_reports_everything_and_stores_nothing_else(source: HarvestSource, site: Site) -> None:
    site.pages["/catalog.ttl"] = Page(catalog(range(3)).replace(b'"c_e506"', b'"c_f205"'))
    before = rows_elsewhere()

    run = run_source(begin_run(source, is_dry_run=True))

    assert (run.counts["created"], run.items.count()) == (3, 3)
    assert rows_elsewhere() == before | {"harvest_runitem": before["harvest_runitem"] + 3}


def test_a_source_of_one_body_may_not_publish_for_another(harvest: Harvest, source: HarvestSource) -> None:
    HarvestSource.objects.filter(pk=source.pk).update(may_name_others=False)

    run = harvest(catalog([1]).replace(b'"c_e506"', b'"c_f205"').replace(b"Comune di Lecce", b"Comune di Milano"))

    assert run.counts["rejected"] == 1
    assert run.items.get().problems[-1]["code"] == "harvest.foreign_holder"


def test_bodies_that_have_a_source_of_their_own_can_be_left_out(harvest: Harvest, source: HarvestSource) -> None:
    HarvestSource.objects.filter(pk=source.pk).update(filters={"except_holders": ["c_e506"]})

    run = harvest(catalog(range(3)))

    assert not run.items.exists()
    assert not Dataset.objects.exists()


def test_a_source_that_says_it_did_not_change_is_not_read(harvest: Harvest) -> None:
    answer = Page(catalog(range(3)), headers={"ETag": '"1"'})
    harvest(answer)

    run = harvest(answer)

    assert (run.status, run.message, run.counts["unchanged"]) == (Status.DONE, "harvest.not_modified", 3)


def test_a_source_whose_settings_changed_is_read_again_in_full(
    harvest: Harvest, source: HarvestSource, lecce: Agent
) -> None:
    answer = Page(catalog(range(3)), headers={"ETag": '"1"'})
    harvest(answer)
    chosen = actions.SourceSettings(
        name="Lecce", kind="dcat_rdf", url=source.url, agent=lecce, filters={"except_holders": ["c_f205"]}
    )
    actions.change_source(HarvestSource.objects.get(pk=source.pk), chosen, by=SYSTEM)

    assert harvest(answer).message == ""


@contextmanager
def read_elsewhere(source: HarvestSource) -> Iterator[None]:
    """Another process, in short: a thread with a database connection of its own that holds the source."""
    holds, may_end = Event(), Event()

    def hold() -> None:
        with only_reader(source):
            holds.set()
            may_end.wait(timeout=10)
        connection.close()

    thread = Thread(target=hold)
    thread.start()
    assert holds.wait(timeout=10)
    try:
        yield
    finally:
        may_end.set()
        thread.join()


def test_a_source_that_is_being_read_is_not_read_twice(source: HarvestSource, site: Site) -> None:
    run = begin_run(source)

    with pytest.raises(AlreadyRunning):
        begin_run(source)
    with read_elsewhere(source), pytest.raises(AlreadyRunning):
        run_source(run)


def test_the_second_failure_in_a_row_raises_an_alert(harvest: Harvest) -> None:
    harvest(Page(b"", 500))
    assert not Entry.objects.filter(event=HarvestEvent.SOURCE_IN_TROUBLE).exists()

    harvest(Page(b"", 500))
    harvest(Page(b"", 500))

    assert Entry.objects.filter(event=HarvestEvent.SOURCE_IN_TROUBLE).count() == 1


def test_a_run_that_died_too_often_is_given_up(source: HarvestSource) -> None:
    run = begin_run(source)
    HarvestRun.objects.filter(pk=run.pk).update(status=Status.RUNNING, attempts=actions.MAX_ATTEMPTS)

    assert run_source(run).message == "harvest.gave_up"
