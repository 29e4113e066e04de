"""Bodies and people of the files' tests: Ada works for Lecce, Bruno for Bari; and a shelf of their own."""

import pytest

from opentusk.bodies.tests.cast import ada, ada_account, bari, bruno, bruno_account, lecce
from opentusk.files import actions
from opentusk.files.models import FileSeries, FileVersion

__all__ = ["ada", "ada_account", "bari", "bruno", "bruno_account", "lecce"]

TREES = "codice;specie\n071057;Quercus ilex\n".encode("cp1252")


@pytest.fixture(autouse=True)
def shelf(settings, tmp_path):
    settings.FILES_DIR = tmp_path / "files"
    return settings.FILES_DIR


@pytest.fixture
def series(lecce, ada) -> FileSeries:
    return actions.create_series(agent=lecce, name="alberi.csv", by=ada)


@pytest.fixture
def add(series, lecce, ada):
    """Adds a version: `add(b"…")`."""

    def make(content: bytes = TREES, name: str = "alberi.csv") -> FileVersion:
        stored = actions.receive([content], name=name, agent=lecce, by=ada)
        return actions.add_version(series, stored, name=name, by=ada)

    return make


@pytest.fixture
def public(add, ada):
    """Adds a version that everybody may read."""
    return lambda content=TREES, name="alberi.csv": actions.release(add(content, name), by=ada)
