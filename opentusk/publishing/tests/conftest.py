"""A body with two editors, files that are really read, and a browser of Django's that is Ada."""

from pathlib import Path

import pytest

from opentusk.bodies.actions import add_member, ensure_agent
from opentusk.bodies.models import Agent, Membership
from opentusk.config.reactions import REACTIONS as ALL_REACTIONS
from opentusk.files.actions import receive
from opentusk.journal.actors import SYSTEM, Actor
from opentusk.journal.reactions import deliver_all
from opentusk.journal.tasks import run_next
from opentusk.kit.records import Agent as AgentRecord
from opentusk.people.actors import actor_of
from opentusk.people.models import User
from opentusk.publishing.actions import begin_with_file
from opentusk.publishing.models import Guide

SAMPLES = Path(__file__).resolve().parents[4] / "shared" / "samples" / "tables"
BUILDINGS = "palermo_edifici_pubblici_cp1252.csv"
TREES = (
    b"codice;specie;altezza;data rilievo\n"
    b"071057;Olea europaea;4,50;31/12/2023\n"
    b"071058;Quercus ilex;12,25;01/02/2020\n"
    b"071059;Pinus pinea;9,00;15/03/2021\n"
)

# The other rooms follow the same entries; they have tests of their own.
REACTIONS = tuple(reaction for reaction in ALL_REACTIONS if reaction.name == "tables")


@pytest.fixture(autouse=True)
def disk(settings, tmp_path):
    settings.VAR_DIR = tmp_path
    settings.FILES_DIR, settings.TABLES_DIR = tmp_path / "files", tmp_path / "tables"
    settings.REACTIONS = f"{__name__}.REACTIONS"


@pytest.fixture
def lecce(db) -> Agent:
    agent = ensure_agent(AgentRecord(identifier="c_e506", name="Comune di Lecce"), by=SYSTEM)
    Agent.objects.filter(pk=agent.pk).update(
        territory="Lecce", istat_code="075035", contact_name="Ufficio open data", contact_email="opendata@example.org"
    )
    return Agent.objects.get(pk=agent.pk)


@pytest.fixture
def bari(db) -> Agent:
    return ensure_agent(AgentRecord(identifier="c_a662", name="Comune di Bari"), by=SYSTEM)


@pytest.fixture
def user(lecce) -> User:
    return add_member(lecce, email="ada@example.org", role=Membership.Role.REDATTORE, by=SYSTEM).user


@pytest.fixture
def ada(user) -> Actor:
    return actor_of(user)


@pytest.fixture
def browser(client, user):
    """Django's client, signed in as Ada."""
    client.force_login(user)
    return client


def work() -> None:
    """What the worker does until nothing is left."""
    deliver_all()
    while run_next():
        deliver_all()


@pytest.fixture
def begin(lecce, ada):
    """Begins with a file and has it read: `begin(b"…", "alberi.csv")`."""

    def make(content: bytes = TREES, name: str = "alberi_monumentali_v2.csv") -> Guide:
        stored = receive([content], name=name, agent=lecce, by=ada)
        guide = begin_with_file(stored, name=name, holder=lecce, by=ada)
        work()
        return Guide.objects.with_dataset().get(pk=guide.pk)

    return make


def sent_form(browser, guide: Guide) -> dict:
    """What a browser sends back when nothing was changed, with a frequency where none was suggested."""
    page = browser.get(f"/pubblica/{guide.dataset_id}/descrizione")
    form = page.context["form"]
    sent = {name: form[name].value() for name in form.fields}
    filled = {name: value for name, value in sent.items() if value not in (None, "", ())}
    return {"accrual_periodicity": frequency("ANNUAL"), "expected": page.context["expected"], **filled}


def frequency(code: str) -> str:
    return f"http://publications.europa.eu/resource/authority/frequency/{code}"
