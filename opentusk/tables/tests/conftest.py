"""A body, its editor, and files that are really read: `give(b"…")` uploads one and has it read."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from opentusk.bodies.tests.cast import ada, ada_account, lecce
from opentusk.catalog.actions import add_file_version, attach_file, create_draft, publish
from opentusk.catalog.models import Dataset, Distribution
from opentusk.catalog.tests.records import trees
from opentusk.config.reactions import REACTIONS as ALL_REACTIONS
from opentusk.files.actions import receive
from opentusk.journal.actors import SYSTEM
from opentusk.journal.reactions import deliver_all
from opentusk.journal.tasks import run_next
from opentusk.kit import records as kit
from opentusk.tables.models import Table

__all__ = ["ada", "ada_account", "lecce"]

SAMPLES = Path(__file__).resolve().parents[4] / "shared" / "samples" / "tables"
TREES = b"codice;specie;altezza;piantato\n071057;Olea europaea;4,50;31/12/2023\n071058;Quercus ilex;12,25;01/02/2020\n"
LICENCE = kit.LicenseDocument(iri="https://creativecommons.org/licenses/by/4.0/")


# The other rooms follow the same entries; they have tests of their own.
REACTIONS = tuple(reaction for reaction in ALL_REACTIONS if reaction.name == "tables")


@pytest.fixture(autouse=True)
def disk(settings, tmp_path):
    settings.FILES_DIR, settings.TABLES_DIR = tmp_path / "files", tmp_path / "tables"
    settings.REACTIONS = f"{__name__}.REACTIONS"


@pytest.fixture
def dataset(lecce) -> Dataset:
    """A draft without any file."""
    return create_draft(replace(trees(), distribution=()), holder=lecce, by=SYSTEM)


def work() -> None:
    """What the worker does until nothing is left."""
    deliver_all()
    while run_next():
        deliver_all()


@pytest.fixture
def give(dataset, lecce, ada) -> Callable[..., Distribution]:
    """Attaches a file to the dataset, or gives the next version of one, and has it read."""

    def make(
        content: bytes = TREES, name: str = "alberi.csv", to: Distribution | None = None, *, is_read: bool = True
    ) -> Distribution:
        stored = receive([content], name=name, agent=lecce, by=ada)
        if to is None:
            to = attach_file(
                dataset, stored, name=name, by=ada, license=LICENCE, title={"it": "Alberi"}, description={"it": "CSV."}
            )
        else:
            add_file_version(to, stored, name=name, by=ada)
        if is_read:
            work()
        return to

    return make


@pytest.fixture
def out(give, dataset) -> Callable[..., Table]:
    """The same, published: its first table."""

    def make(content: bytes = TREES, name: str = "alberi.csv") -> Table:
        file = give(content, name)
        dataset.refresh_from_db()
        publish(dataset, by=SYSTEM)
        work()
        return Table.objects.of_file(file)[0]

    return make
