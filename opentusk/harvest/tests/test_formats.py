"""Proves that what another catalogue offers only as a document is listed with a warning, and a body's own is not."""

import pytest

from opentusk.catalog.actions import create_draft, publish
from opentusk.catalog.errors import NotPublishable
from opentusk.catalog.forecast import forecast
from opentusk.catalog.models import Dataset
from opentusk.catalog.records import to_record
from opentusk.catalog.tests.records import distribution, trees
from opentusk.harvest.models import RunItem
from opentusk.harvest.tests.catalogs import catalog
from opentusk.harvest.tests.conftest import Harvest
from opentusk.journal.actors import SYSTEM

TYPES = "http://publications.europa.eu/resource/authority/file-type/"


@pytest.mark.parametrize("code", ["PDF", "XLS", "DOCX"])
def test_a_harvested_document_is_shown_and_told(harvest: Harvest, code: str) -> None:
    run = harvest(catalog(range(1)).replace(f"{TYPES}CSV".encode(), f"{TYPES}{code}".encode()))

    item = run.items.get()
    dataset = Dataset.objects.published().get()
    assert item.outcome == RunItem.Outcome.CREATED
    [problem] = [one for one in item.problems if one["code"] == "F1.closed_formats"]
    assert (problem["severity"], code in problem["message_it"]) == ("major", True)
    # The corrections of its body do not bring it back under the rule for what it publishes here.
    assert not forecast(to_record(dataset), dataset).blockers


def test_the_same_document_of_a_body_that_publishes_here_is_refused(lecce) -> None:
    document = distribution("alberi", format=f"{TYPES}PDF")
    draft = create_draft(trees(distribution=(document,)), holder=lecce, by=SYSTEM)

    with pytest.raises(NotPublishable) as refused:
        publish(draft, by=SYSTEM)

    assert [problem.code for problem in refused.value.problems if problem.blocks] == ["F1.closed_formats"]
