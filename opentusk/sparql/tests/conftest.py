"""A catalogue of a few datasets, published through the real actions, with feeds and store on a disk of their own."""

import pytest

from opentusk.feeds.tests.conftest import bari, catalogue, lecce
from opentusk.sparql import answering
from opentusk.sparql.actions import catch_up

__all__ = ["bari", "catalogue", "lecce"]


@pytest.fixture(autouse=True)
def places(settings, tmp_path):
    settings.FEEDS_DIR = tmp_path / "feeds"
    settings.SEARCH_DIR = tmp_path / "search"
    settings.SPARQL_DIR = tmp_path / "sparql"
    settings.FEED_PAGE_SIZE = 3
    # Every test asks from the same address, one right after the other.
    settings.QUERY_RATE = 0


@pytest.fixture
def store(catalogue):
    """The store of that catalogue, and the datasets in it."""
    catch_up()
    return catalogue


@pytest.fixture(scope="session", autouse=True)
def processes():
    yield
    answering.pool().close()


@pytest.fixture
def quick(settings):
    """Processes with little time, for queries that want more."""
    settings.SPARQL_SECONDS, settings.SPARQL_QUEUE, settings.TRUSTED_PROXIES = 1, 1, 1
    answering.pool().close()
    answering.pool.cache_clear()
    yield
    answering.pool().close()
    answering.pool.cache_clear()
