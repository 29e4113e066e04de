"""A consultation that is open, on a basket with wishes."""

from datetime import timedelta

import pytest
from django.utils import timezone

from opentusk.consultation import actions
from opentusk.consultation.models import Consultation
from opentusk.datalab.actions import make_tables, wish_at_table
from opentusk.demand import actions as demand
from opentusk.demand.actions import Wish
from opentusk.demand.models import DatalabTable, WantedDataset
from opentusk.journal.actors import SYSTEM, Actor
from opentusk.journal.subjects import Card
from opentusk.people.actors import actor_of
from opentusk.people.models import User

EVENT = Card(
    subject="programme.event:1", title="Datalab di Lecce", url="/eventi/datalab-lecce", is_public=True, edition="2023"
)


def person(name: str, **fields) -> Actor:
    return actor_of(User.objects.create_user(f"{name}@example.org", **fields))


@pytest.fixture
def staff(db) -> Actor:
    return person("carla", desk_role="editor")


@pytest.fixture
def dora(db) -> Actor:
    return person("dora", world="citizens")


@pytest.fixture
def table(db) -> DatalabTable:
    now = timezone.now()
    times = {"opens_at": now - timedelta(hours=1), "closes_at": now + timedelta(hours=3)}
    return make_tables(EVENT, [["ENVI"]], by=SYSTEM, **times).tables.get()


@pytest.fixture
def wish(table):
    """Makes wishes in the basket."""

    def make(title: str = "Alberi monumentali", theme: str = "ENVI") -> WantedDataset:
        item, _is_new = wish_at_table(table, Wish(title=title, theme=theme), client_key="")
        demand.accept(item, by=SYSTEM)
        return item

    return make


@pytest.fixture
def consultation(table) -> Consultation:
    now = timezone.now()
    made = actions.create_consultation(
        by=SYSTEM,
        slug="consultazione-2023",
        edition="2023",
        title="Consultazione 2023",
        opens_at=now - timedelta(days=1),
        closes_at=now + timedelta(days=1),
    )
    actions.schedule(made, by=SYSTEM)
    return made
