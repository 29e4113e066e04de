"""Ada writes for Lecce, Bice is its referente, Bruno works for Bari; and a draft of Ada's."""

import pytest

from opentusk.bodies.tests.cast import ada, ada_account, bari, bruno, bruno_account, lecce, member
from opentusk.catalog.actions import create_draft
from opentusk.catalog.models import Dataset, Hold
from opentusk.catalog.tests.records import trees
from opentusk.editorial.questions import QUESTIONS
from opentusk.files import actions as files
from opentusk.journal.actors import SYSTEM, Actor

__all__ = ["ada", "ada_account", "bari", "bruno", "bruno_account", "lecce"]

ANSWERS = {one.code: {"answer": one.usual, "note": ""} for one in QUESTIONS}


@pytest.fixture(autouse=True)
def shelf(settings, tmp_path):
    settings.FILES_DIR = tmp_path / "files"


@pytest.fixture
def bice(lecce) -> Actor:
    return member(lecce, "bice@example.org", "referente")


@pytest.fixture
def draft(lecce, ada) -> Dataset:
    return create_draft(trees(), holder=lecce, by=ada)


@pytest.fixture
def give(lecce):
    return lambda content: files.receive([content], name="alberi.csv", agent=lecce, by=SYSTEM)


def open_kinds() -> list[str]:
    return sorted(Hold.objects.still_open().values_list("kind", flat=True))


def seal_on(browser, address: str) -> str:
    """What the page with the declaration shows, as its form sends it back."""
    return browser.get(address).context["subject"].seal
