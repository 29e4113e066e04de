"""A source on a server of this machine, with its run at hand."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pytest_django import Settings

from opentusk.bodies.actions import ensure_agent
from opentusk.bodies.models import Agent
from opentusk.harvest.actions import SourceSettings, add_source, begin_run, run_source
from opentusk.harvest.models import HarvestRun, HarvestSource
from opentusk.journal.actors import SYSTEM
from opentusk.kit.records import Agent as AgentRecord
from opentusk.outbound.tests.local_server import Page, Site, serving


@pytest.fixture
def site(settings: Settings, tmp_path: Path) -> Iterator[Site]:
    """A server that this test may reach although it is on a private address."""
    settings.VAR_DIR = tmp_path
    with serving() as running:
        settings.OUTBOUND_ALLOWED_PRIVATE = [running.place]
        yield running


@pytest.fixture
def lecce(db: None) -> Agent:
    """The body whose catalogue is harvested."""
    return ensure_agent(AgentRecord(identifier="c_e506", name="Comune di Lecce"), by=SYSTEM)


@pytest.fixture
def source(site: Site, lecce: Agent) -> HarvestSource:
    """A source that gives whatever the test puts at `/catalog.ttl`."""
    chosen = SourceSettings(name="Lecce", kind="dcat_rdf", url=site.url("/catalog.ttl"), agent=lecce)
    return add_source(chosen, by=SYSTEM)


Harvest = Callable[[bytes | Page], HarvestRun]


@pytest.fixture
def harvest(site: Site, source: HarvestSource) -> Harvest:
    """Serve this and run the source."""

    def run(answer: bytes | Page) -> HarvestRun:
        site.pages["/catalog.ttl"] = answer if isinstance(answer, Page) else Page(answer)
        return run_source(begin_run(HarvestSource.objects.get(pk=source.pk)))

    return run
