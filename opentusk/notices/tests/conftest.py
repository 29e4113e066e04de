"""A body with an editor, a public dataset of it, and a draft."""

import pytest

from opentusk.bodies.tests.cast import ada_account, lecce
from opentusk.catalog.actions import create_draft, publish
from opentusk.catalog.models import Dataset
from opentusk.catalog.tests.records import trees
from opentusk.journal.actors import SYSTEM
from opentusk.journal.models import Entry
from opentusk.notices.actions import tell
from opentusk.notices.models import EVENTS_PER_ENTRY, Event
from opentusk.people.models import User

__all__ = ["ada_account", "lecce"]


@pytest.fixture(autouse=True)
def disk(settings, tmp_path):
    settings.VAR_DIR = tmp_path
    settings.FILES_DIR = tmp_path / "files"


@pytest.fixture
def ada(ada_account) -> User:
    return ada_account


@pytest.fixture
def published(lecce) -> Dataset:
    return publish(create_draft(trees(), holder=lecce, by=SYSTEM), by=SYSTEM)


def told() -> list[str]:
    """Everything new in the journal, told; the types of all events there are now."""
    last = Event.objects.order_by("-seq").values_list("seq", flat=True).first() or 0
    tell(list(Entry.objects.after(last // EVENTS_PER_ENTRY)))
    return list(Event.objects.order_by("seq").values_list("type", flat=True))
