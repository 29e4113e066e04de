"""A catalogue with an index of its own on the disk."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from pytest_django import Settings

from opentusk.bodies.actions import ensure_agent
from opentusk.catalog.actions import create_draft, publish
from opentusk.catalog.models import Dataset
from opentusk.catalog.tests.records import distribution, trees
from opentusk.journal.actors import SYSTEM
from opentusk.kit.records import Agent as AgentRecord
from opentusk.kit.records import Distribution as DistributionRecord

Publish = Callable[..., Dataset]
BODIES = {"c_e506": "Comune di Lecce", "c_a662": "Comune di Bari", "r_puglia": "Regione Puglia"}


def file_of(name: str, **changes: Any) -> DistributionRecord:
    """A file that says nothing a question of the tests asks for."""
    return distribution(name, title={"it": "CSV"}, description={}, **changes)


@pytest.fixture(autouse=True)
def _own_index(settings: Settings, tmp_path: Path) -> None:
    settings.SEARCH_DIR = tmp_path / "search"


@pytest.fixture
def write_draft(db: None) -> Publish:
    """A draft with this title; any other field of the record may be changed."""

    def write(title: str, *, body: str = "c_e506", name: str = "", is_demo: bool = False, **changes: Any) -> Dataset:
        holder = ensure_agent(AgentRecord(identifier=body, name=BODIES[body]), by=SYSTEM)
        local = name or f"n{Dataset.objects.count()}"
        usual = {
            "description": {"it": "Una tabella."},
            "keyword": {"it": ("tabella",)},
            "distribution": (file_of(local),),
        }
        record = trees(
            f"{body}:{local}", title={"it": title}, rights_holder=AgentRecord(identifier=body, name=holder.name),
            **{**usual, **changes},
        )  # fmt: skip
        return create_draft(record, holder=holder, by=SYSTEM, is_demo=is_demo)

    return write


@pytest.fixture
def publish_dataset(write_draft: Publish) -> Publish:
    """The same, published."""
    return lambda title, **changes: publish(write_draft(title, **changes), by=SYSTEM)
