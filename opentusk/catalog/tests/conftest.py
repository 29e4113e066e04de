"""Bodies and people of the catalogue's tests: Ada writes for Lecce, Bruno for Bari, Carla is at the desk."""

import pytest

from opentusk.bodies.tests.cast import ada, ada_account, bari, bruno, bruno_account, lecce
from opentusk.files import actions as files
from opentusk.files.models import StoredFile
from opentusk.journal.actors import SYSTEM, Actor
from opentusk.people.actors import actor_of
from opentusk.people.models import User

__all__ = ["ada", "ada_account", "bari", "bruno", "bruno_account", "lecce"]


@pytest.fixture(autouse=True)
def shelf(settings, tmp_path):
    settings.FILES_DIR = tmp_path / "files"


@pytest.fixture
def give(lecce):
    """Gives the portal a file: `give(b"…")`."""

    def make(content: bytes = b"codice;specie\n071057;Quercus ilex\n") -> StoredFile:
        return files.receive([content], name="alberi.csv", agent=lecce, by=SYSTEM)

    return make


@pytest.fixture
def carla(db) -> Actor:
    return actor_of(User.objects.create_user("carla@example.org", desk_role="editor"))
