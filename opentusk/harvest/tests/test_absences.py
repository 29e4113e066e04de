"""Nothing is withdrawn by mistake: not after a bad answer, not at once, not in bulk."""

import pytest

from opentusk.catalog.models import Dataset
from opentusk.harvest.actions import confirm_withdrawals
from opentusk.harvest.errors import NothingToConfirm
from opentusk.harvest.models import HarvestRun, HarvestSource, RunItem
from opentusk.harvest.tests.catalogs import catalog, page
from opentusk.harvest.tests.conftest import Harvest
from opentusk.journal.actors import SYSTEM
from opentusk.outbound.tests.local_server import Page, Site

Status = HarvestRun.Status
WHOLE = catalog(range(10))

BAD_ANSWERS = {
    "an error": Page(b"oops", 500),
    "a page that is gone": Page(b"", 404),
    "an HTML page": Page(
        b"<!doctype html><html><body>Manutenzione</body></html>", headers={"Content-Type": "text/turtle"}
    ),
    "nothing at all": Page(b""),
    "a catalogue without datasets": Page(catalog([])),
    "a file cut in the middle": Page(WHOLE[: len(WHOLE) // 2]),
    "a body shorter than announced": Page(WHOLE, cut=900),
    "something else": Page(b'{"hello": "world"}'),
}


@pytest.mark.parametrize("answer", BAD_ANSWERS.values(), ids=BAD_ANSWERS.keys())
def test_a_bad_answer_removes_nothing(answer: Page, harvest: Harvest) -> None:
    harvest(WHOLE)

    for _time in range(3):
        run = harvest(answer)

    assert (run.status, run.is_complete) == (Status.FAILED, False)
    assert run.message_text
    assert Dataset.objects.published().count() == 10


def test_sixty_per_cent_fewer_datasets_wait_for_a_person(harvest: Harvest) -> None:
    harvest(WHOLE)

    runs = [harvest(catalog(range(4))) for _time in range(3)]

    assert {run.status for run in runs} == {Status.TO_CONFIRM}
    assert Dataset.objects.published().count() == 10


def test_what_a_person_confirms_is_withdrawn(harvest: Harvest) -> None:
    harvest(WHOLE)
    run = harvest(catalog(range(4)))

    confirm_withdrawals(run, by=SYSTEM)

    run.refresh_from_db()
    assert (run.status, run.counts["withdrawn"], run.counts["missing"]) == (Status.DONE, 6, 0)
    assert Dataset.objects.published().count() == 4
    with pytest.raises(NothingToConfirm):
        confirm_withdrawals(run, by=SYSTEM)


def test_a_dataset_is_withdrawn_when_two_complete_runs_missed_it(harvest: Harvest) -> None:
    harvest(WHOLE)

    first = harvest(catalog(range(9)))
    assert Dataset.objects.published().count() == 10
    second = harvest(catalog(range(9)))

    assert (first.counts["missing"], second.counts["withdrawn"]) == (1, 1)
    assert Dataset.objects.withdrawn().get().identifier == "c_e506:alberi-9"


def test_a_failed_run_between_two_does_not_count(harvest: Harvest) -> None:
    harvest(WHOLE)
    harvest(catalog(range(9)))

    harvest(Page(b"", 500))
    assert Dataset.objects.published().count() == 10
    harvest(catalog(range(9)))

    assert Dataset.objects.published().count() == 9


def test_a_dataset_that_comes_back_is_not_withdrawn_by_its_next_absence(harvest: Harvest) -> None:
    harvest(WHOLE)
    harvest(catalog(range(9)))
    harvest(WHOLE)

    run = harvest(catalog(range(9)))

    assert run.counts["missing"] == 1
    assert Dataset.objects.published().count() == 10


def test_a_withdrawn_dataset_that_comes_back_is_public_again(harvest: Harvest) -> None:
    harvest(WHOLE)
    harvest(catalog(range(9)))
    harvest(catalog(range(9)))

    harvest(WHOLE)

    assert Dataset.objects.published().count() == 10


def test_a_static_file_that_answers_304_still_withdraws_in_the_end(harvest: Harvest) -> None:
    harvest(Page(WHOLE, headers={"ETag": '"1"'}))

    for _time in range(2):
        harvest(Page(catalog(range(9)), headers={"ETag": '"2"'}))

    assert Dataset.objects.published().count() == 9


def test_a_source_that_gives_fewer_than_it_counts_removes_nothing(harvest: Harvest, site: Site) -> None:
    harvest(WHOLE)
    here = site.url("/catalog.ttl")

    for _time in range(3):
        run = harvest(page(range(9), address=here, following="", total=10))

    assert (run.status, run.is_complete, run.message) == (Status.DONE, False, "harvest.partial")
    assert Dataset.objects.published().count() == 10


def test_a_second_page_that_fails_fails_the_run(harvest: Harvest, site: Site) -> None:
    harvest(WHOLE)
    here = site.url("/catalog.ttl")
    site.pages["/catalog.ttl?page=2"] = Page(b"", 500)

    run = harvest(page(range(9), address=here, following=f"{here}?page=2", total=10))

    assert run.status == Status.FAILED
    assert Dataset.objects.published().count() == 10


def test_a_page_that_repeats_the_first_removes_nothing(harvest: Harvest, site: Site) -> None:
    harvest(WHOLE)
    here = site.url("/catalog.ttl")
    again = page(range(9), address=here, following=f"{here}?page=2", total=9)
    site.pages["/catalog.ttl?page=2"] = Page(again)

    for _time in range(3):
        run = harvest(again)

    assert (run.message, run.is_complete) == ("harvest.repeated_page", False)
    assert Dataset.objects.published().count() == 10


def test_an_item_that_is_rejected_now_is_not_missing(harvest: Harvest, source: HarvestSource) -> None:
    harvest(WHOLE)

    for _time in range(3):
        run = harvest(WHOLE.replace(b'dct:title "Alberi monumentali 1"@it ;', b""))

    assert run.counts["rejected"] == 1
    assert not RunItem.objects.with_outcome(RunItem.Outcome.MISSING).exists()
    assert Dataset.objects.published().count() == 10
