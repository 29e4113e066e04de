"""A catalogue of a few datasets of two bodies, published through the real actions, with feeds on their own disk."""

import pytest

from opentusk.bodies.models import Agent
from opentusk.bodies.tests.cast import bari, lecce
from opentusk.catalog.actions import create_draft, publish
from opentusk.catalog.models import Dataset
from opentusk.catalog.tests.records import trees
from opentusk.journal.actors import SYSTEM
from opentusk.journal.reactions import deliver_all

__all__ = ["bari", "lecce"]


@pytest.fixture(autouse=True)
def feeds_dir(settings, tmp_path):
    settings.FEEDS_DIR = tmp_path / "feeds"
    settings.SEARCH_DIR = tmp_path / "search"
    settings.FEED_PAGE_SIZE = 3
    return settings.FEEDS_DIR


@pytest.fixture
def catalogue(lecce, bari) -> list[Dataset]:
    """Five datasets of Lecce, then two of Bari, in the feeds: three pages of the whole, two of Lecce."""
    datasets = [publish_one(lecce, f"alberi-{number}") for number in range(5)]
    datasets += [publish_one(bari, f"piste-{number}") for number in range(2)]
    deliver_all()
    return datasets


def publish_one(holder: Agent, name: str, **changes: object) -> Dataset:
    """A published dataset; the feeds do not know it before the journal is delivered."""
    record = trees(f"{holder.ipa_code}:{name}", title={"it": f"Dataset {name}"}, **changes)
    return publish(create_draft(record, holder=holder, by=SYSTEM), by=SYSTEM)
