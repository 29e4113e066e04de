"""Lecce and Bari with their people and programs, as CKAN's clients meet them."""

import json
from dataclasses import dataclass

import pytest

from opentusk.bodies.actions import add_member, ensure_agent
from opentusk.bodies.models import Agent, Membership
from opentusk.catalog.actions import create_draft, publish
from opentusk.catalog.models import Dataset
from opentusk.catalog.tests.records import trees
from opentusk.journal.actors import SYSTEM
from opentusk.kit.records import Agent as AgentRecord
from opentusk.people.models import ApiToken, User
from opentusk.people.tokens import make_token


@pytest.fixture(autouse=True)
def disk(settings, tmp_path):
    settings.VAR_DIR = tmp_path
    settings.FILES_DIR = tmp_path / "files"


@pytest.fixture
def lecce(db) -> Agent:
    return ensure_agent(AgentRecord(identifier="c_e506", name="Comune di Lecce"), by=SYSTEM)


@pytest.fixture
def bari(db) -> Agent:
    return ensure_agent(AgentRecord(identifier="c_a662", name="Comune di Bari"), by=SYSTEM)


@dataclass
class Ckan:
    """A client of the Action API with a key, or without."""

    client: object
    key: str = ""

    def headers(self):
        return {"Authorization": self.key} if self.key else {}

    def get(self, name, /, **parameters):
        return self.client.get(f"/api/3/action/{name}", parameters, headers=self.headers())

    def post(self, name, /, **data):
        return self.client.post(f"/api/3/action/{name}", json.dumps(data), "application/json", headers=self.headers())

    def send(self, name, /, **fields):
        return self.client.post(f"/api/3/action/{name}", fields, headers=self.headers())

    def ok(self, name, /, **data):
        answer = self.post(name, **data)
        assert answer.status_code == 200, answer.content
        return answer.json()["result"]

    def error(self, name, /, **data):
        answer = self.post(name, **data)
        assert answer.json()["success"] is False
        return answer.status_code, answer.json()["error"]


def key_of(user: User, **limits) -> str:
    return make_token(user, name="prova", **{"scope": ApiToken.Scope.PUBLISH, **limits})[1]


@pytest.fixture
def nobody(client, db) -> Ckan:
    return Ckan(client)


@pytest.fixture
def ada_account(lecce) -> User:
    return add_member(lecce, email="ada@example.org", role=Membership.Role.REDATTORE, by=SYSTEM).user


@pytest.fixture
def ada(client, ada_account) -> Ckan:
    """Writes for Lecce."""
    return Ckan(client, key_of(ada_account))


@pytest.fixture
def bruno(client, bari) -> Ckan:
    """Writes for Bari."""
    return Ckan(client, key_of(add_member(bari, email="bruno@example.org", role="redattore", by=SYSTEM).user))


@pytest.fixture
def carla(client, db) -> Ckan:
    """Works at the regional desk."""
    return Ckan(client, key_of(User.objects.create_user("carla@example.org", desk_role="editor")))


@pytest.fixture
def diego(client, db) -> Ckan:
    """Runs the portal: CKAN's sysadmin."""
    return Ckan(client, key_of(User.objects.create_user("diego@example.org", desk_role="admin")))


@pytest.fixture
def public(lecce) -> Dataset:
    return publish(create_draft(trees(), holder=lecce, by=SYSTEM), by=SYSTEM)


@pytest.fixture
def draft(lecce) -> Dataset:
    return create_draft(trees("c_e506:bozza"), holder=lecce, by=SYSTEM)
