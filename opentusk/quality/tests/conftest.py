"""Published datasets of Lecce."""

from collections.abc import Callable
from typing import Any

import pytest

from opentusk.bodies.actions import ensure_agent
from opentusk.catalog.actions import create_draft, publish
from opentusk.catalog.models import Dataset
from opentusk.catalog.tests.records import trees
from opentusk.journal.actors import SYSTEM
from opentusk.kit.records import Agent as AgentRecord


@pytest.fixture
def publish_trees(db: None) -> Callable[..., Dataset]:
    """A published dataset of trees; any field of its record may be changed."""

    def make(name: str = "alberi", **changes: Any) -> Dataset:
        lecce = ensure_agent(AgentRecord(identifier="c_e506", name="Comune di Lecce"), by=SYSTEM)
        return publish(create_draft(trees(f"c_e506:{name}", **changes), holder=lecce, by=SYSTEM), by=SYSTEM)

    return make
