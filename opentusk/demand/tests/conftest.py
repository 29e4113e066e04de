"""A datalab with a table, the people around it, and a published dataset that may answer."""

from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone

from opentusk.bodies.actions import add_member, ensure_agent
from opentusk.bodies.models import Agent, Membership
from opentusk.catalog.actions import create_draft, publish
from opentusk.catalog.models import Dataset
from opentusk.catalog.tests.records import trees
from opentusk.demand.actions import Wish
from opentusk.demand.actions.wishing import created, written
from opentusk.demand.models import Basket, Datalab, DatalabTable, WantedDataset
from opentusk.demand.states import Origin, Proponent
from opentusk.journal.actors import ANONYMOUS, SYSTEM, Actor
from opentusk.journal.subjects import Card
from opentusk.kit.records import Agent as AgentRecord
from opentusk.people.actors import actor_of
from opentusk.people.models import RoleGrant, User
from opentusk.people.roles import grant_role

EVENT = Card(
    subject="programme.event:1", title="Datalab di Lecce", url="/eventi/datalab-lecce", is_public=True, edition="2023"
)


@transaction.atomic
def made_at(table: DatalabTable, wish: Wish) -> WantedDataset:
    """A wish as tables make them."""
    datalab = table.datalab
    item = created(
        datalab.basket,
        wish,
        by=ANONYMOUS,
        origin=Origin.DATALAB,
        proponent_kind=Proponent.TABLE,
        table=table,
        event=datalab.event,
        event_title=datalab.event_title,
    )
    written(item, by=ANONYMOUS)
    return item


@pytest.fixture
def lecce(db) -> Agent:
    return ensure_agent(AgentRecord(identifier="c_e506", name="Comune di Lecce"), by=SYSTEM)


@pytest.fixture
def bari(db) -> Agent:
    return ensure_agent(AgentRecord(identifier="c_a662", name="Comune di Bari"), by=SYSTEM)


@pytest.fixture
def referent(lecce) -> Actor:
    return actor_of(add_member(lecce, email="ada@example.org", role=Membership.Role.REFERENTE, by=SYSTEM).user)


@pytest.fixture
def stranger(bari) -> Actor:
    return actor_of(add_member(bari, email="bruno@example.org", role=Membership.Role.REFERENTE, by=SYSTEM).user)


@pytest.fixture
def staff(db) -> Actor:
    return actor_of(User.objects.create_user("carla@example.org", desk_role="editor"))


@pytest.fixture
def moderator(db) -> Actor:
    user = User.objects.create_user("mara@example.org")
    grant_role(user, RoleGrant.Role.MODERATOR, by=SYSTEM)
    return actor_of(user)


@pytest.fixture
def facilitator(db) -> Actor:
    user = User.objects.create_user("fede@example.org")
    grant_role(user, RoleGrant.Role.FACILITATOR, by=SYSTEM, scope=EVENT.subject)
    return actor_of(user)


@pytest.fixture
def enter(client):
    """The browser of whoever is named."""

    def as_(actor):
        client.force_login(User.objects.get(pk=actor.user_id))
        return client

    return as_


@pytest.fixture
def citizen(db) -> Actor:
    return actor_of(User.objects.create_user("dora@example.org", world="citizens"))


@pytest.fixture
def table(db) -> DatalabTable:
    now = timezone.now()
    times = {"opens_at": now - timedelta(hours=1), "closes_at": now + timedelta(hours=3)}
    datalab = Datalab.objects.create(
        event=EVENT.subject,
        event_title=EVENT.title,
        slug="datalab-di-lecce",
        basket=Basket.objects.create(edition=EVENT.edition),
    )
    first, _second = (
        DatalabTable.objects.create(datalab=datalab, number=number, themes=themes, **times)
        for number, themes in enumerate((["ENVI"], ["TRAN", "REGI"]), start=1)
    )
    return first


@pytest.fixture
def basket(table) -> Basket:
    return table.datalab.basket


@pytest.fixture
def wish(table):
    """Makes wishes: `wish("Alberi", state="in_basket")`."""

    def make(title: str = "Alberi monumentali", *, state: str = "proposed", **columns) -> WantedDataset:
        item = made_at(table, Wish(title=title, theme="ENVI"))
        WantedDataset.objects.filter(pk=item.pk).update(state=state, **columns)
        item.refresh_from_db()
        return item

    return make


@pytest.fixture
def published(lecce) -> Dataset:
    dataset = create_draft(trees(), holder=lecce, by=SYSTEM)
    publish(dataset, by=SYSTEM)
    return dataset
