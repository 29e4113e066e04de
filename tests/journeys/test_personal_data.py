"""Proves that a file with people in it is stopped on its whole way, and that none of their data is repeated anywhere.

The people are invented: dati dimostrativi. The file is really read by the worker; rows, letters, logs and pages are
then searched for each of its values.
"""

import json
import logging

import pytest
from django.apps import apps
from django.core import mail
from django.test import Client

from opentusk.bodies.actions import add_member, ensure_agent
from opentusk.bodies.models import Agent, Membership
from opentusk.catalog.actions import attach_copy, attach_file, create_draft, publish
from opentusk.catalog.errors import OnHold
from opentusk.catalog.models import Dataset, Distribution
from opentusk.catalog.tests.records import distribution, trees
from opentusk.files.actions import receive
from opentusk.files.addresses import latest_path, version_path
from opentusk.files.models import FileVersion
from opentusk.journal.actors import SYSTEM
from opentusk.journal.reactions import deliver_all
from opentusk.journal.tasks import run_next
from opentusk.kit.records import Agent as AgentRecord
from opentusk.people.actors import actor_of
from opentusk.quality.actions import decide_case
from opentusk.quality.models import PrivacyCase
from opentusk.tables.models import Table

PEOPLE = [
    ("Lorusso", "Giuseppe", "LRSGPP70A01A662X", "333 4512367", "beppe.lorusso70@gmail.com", "01/01/1970"),
    ("Abbrescia", "Annamaria", "BBRNMR82D45E506E", "347-8812390", "annamaria.abbrescia@libero.it", "05/04/1982"),
    ("De Palma", "Francesca", "DPLFNC91M60L049H", "+39 320 1198234", "fra.depalma@hotmail.it", "20/08/1991"),
    ("Cassano", "Vitoantonio", "CSSVNT55T12A225X", "0832/334412", "v.cassano@tin.it", "31/02/1955"),
    ("Popescu", "Ionela", "PPSNLI88R50Z129O", "389.4410237", "ionela.popescu@yahoo.it", "non nota 1988"),
]
HEADER = ("Cognome", "Nome", "Codice fiscale", "Cellulare", "E-mail", "Data di nascita", "Punti")
DPO, EDITOR = "dpo@example.org", "ada@example.org"


@pytest.fixture(autouse=True)
def disk(settings, tmp_path):
    settings.FILES_DIR, settings.TABLES_DIR, settings.VAR_DIR = tmp_path / "f", tmp_path / "t", tmp_path / "v"
    settings.VAR_DIR.mkdir()


@pytest.fixture
def lecce(db) -> Agent:
    agent = ensure_agent(AgentRecord(identifier="c_e506", name="Comune di Lecce"), by=SYSTEM)
    add_member(agent, email=DPO, role=Membership.Role.DPO, by=SYSTEM)
    add_member(agent, email=EDITOR, role=Membership.Role.REDATTORE, by=SYSTEM)
    return agent


@pytest.fixture
def dataset(lecce) -> Dataset:
    return create_draft(trees("c_e506:graduatoria", distribution=()), holder=lecce, by=SYSTEM)


@pytest.fixture
def given(dataset, caplog) -> Distribution:
    """The file, read to the end."""
    caplog.set_level(logging.DEBUG)
    stored = receive([content()], name="graduatoria.csv", agent=dataset.rights_holder, by=SYSTEM)
    row = attach_file(dataset, stored, name="graduatoria.csv", by=member(EDITOR), license=distribution("x").license)
    work()
    return row


def content() -> bytes:
    rows = (";".join((*person, str(30 + index))) for index, person in enumerate(PEOPLE))
    return "\n".join([";".join(HEADER), *rows]).encode()


def member(email: str):
    return actor_of(Membership.objects.get(user__email=email).user)


def client_of(email: str) -> Client:
    client = Client()
    client.force_login(Membership.objects.get(user__email=email).user)
    return client


def work() -> None:
    """What the worker does until nothing is left."""
    deliver_all()
    while run_next():
        deliver_all()


def rows_of_the_database() -> str:
    """Every row of every room, as text."""
    found = []
    for model in apps.get_models():
        if model.__module__.startswith("opentusk"):
            found += [json.dumps(row, default=str, ensure_ascii=False) for row in model.objects.values()]
    return "\n".join(found)


def pages_of(client: Client, addresses: list[str]) -> str:
    return "\n".join(client.get(address).content.decode() for address in addresses)


def desk_of(dataset: Dataset) -> list[str]:
    """The pages of those who work on the dataset, all of them readable."""
    case, table = PrivacyCase.objects.get(), Table.objects.get()
    addresses = [
        "/scrivania",
        "/scrivania/privacy",
        f"/scrivania/privacy/{case.pk}",
        f"/scrivania/dataset/{dataset.pk}",
        f"/scrivania/dataset/{dataset.pk}/pubblica",
        f"/scrivania/tabelle/{table.uuid}",
        f"/scrivania/tabelle/{table.uuid}/dizionario",
        f"/scrivania/tabelle/{table.uuid}/eccezioni",
    ]
    client = client_of(EDITOR)
    assert {address: client.get(address).status_code for address in addresses} == dict.fromkeys(addresses, 200)
    return addresses


def table_page(dataset: Dataset) -> str:
    return f"/dataset/{dataset.slug}/tabella/{Table.objects.get().uuid}"


def assert_nobody_in(said: str) -> None:
    values = [value for person in PEOPLE for value in (*person, f"{person[0]} {person[1]}") if len(value) > 4]
    assert [value for value in values if value.lower() in said.lower()] == []


def test_nothing_of_the_people_is_public_or_repeated_while_the_file_waits(given, dataset, caplog):
    with pytest.raises(OnHold):
        publish(dataset, by=SYSTEM)

    version = FileVersion.objects.with_file().get()
    table = Table.objects.get()
    nobody = Client()
    assert {nobody.get(path).status_code for path in (latest_path(version.series), version_path(version))} == {404}
    assert nobody.get(table_page(dataset)).status_code == 404
    assert nobody.get(f"/api/v1/tables/{table.uuid}/rows").status_code == 404
    assert_nobody_in(rows_of_the_database())
    assert_nobody_in("\n".join(f"{letter.subject}\n{letter.body}" for letter in mail.outbox))
    assert_nobody_in(caplog.text)
    assert_nobody_in(pages_of(client_of(EDITOR), desk_of(dataset)))
    assert_nobody_in(
        pages_of(client_of(DPO), ["/scrivania/privacy", f"/scrivania/privacy/{PrivacyCase.objects.get().pk}"])
    )


def test_the_officer_is_written_to_and_reads_what_is_suspected(given):
    assert [letter.to for letter in mail.outbox if "dati personali" in letter.subject] == [[DPO]]
    kinds = {finding.kind for finding in PrivacyCase.objects.get().found}
    assert {"codice_fiscale", "nome", "telefono", "email", "data_nascita"} <= kinds


def test_a_refused_file_stays_closed_for_everybody_else(given, dataset, caplog):
    decide_case(PrivacyCase.objects.get(), decision="refuse", reason="Contiene persone", by=member(DPO))
    work()

    version = FileVersion.objects.with_file().get()
    assert (version.state, Client().get(version_path(version)).status_code) == ("refused", 404)
    assert_nobody_in(rows_of_the_database())
    assert_nobody_in(caplog.text)


def test_the_copy_of_a_linked_file_waits_while_its_dataset_stays_public(lecce):
    linked = publish(create_draft(trees("c_e506:elenco"), holder=lecce, by=SYSTEM), by=SYSTEM)
    stored = receive([content()], name="elenco.csv", agent=lecce, by=SYSTEM)
    copy = attach_copy(Distribution.objects.get(dataset=linked), stored, name="elenco.csv", by=SYSTEM)
    work()

    case = PrivacyCase.objects.get(version=copy)
    assert (case.state, FileVersion.objects.get(pk=copy.pk).state) == ("open", "pending")
    assert Client().get("/dataset/c_e506-elenco").status_code == 200
    assert Client().get(table_page(linked)).status_code == 404
    assert "originale resta dove" in client_of(DPO).get(f"/scrivania/privacy/{case.pk}").content.decode()


def test_without_its_columns_the_file_is_public_and_the_original_never_is(given, dataset):
    columns = ["cognome", "nome", "codice_fiscale", "cellulare", "e_mail", "data_di_nascita"]
    decide_case(
        PrivacyCase.objects.get(),
        decision="exclude",
        reason="Non servono",
        excluded_columns=columns,
        by=member(DPO),
    )
    work()
    publish(dataset, by=SYSTEM)
    work()

    original, copy = FileVersion.objects.with_file().order_by("number")
    nobody = Client()
    public = b"".join(nobody.get(latest_path(copy.series)).streaming_content).decode()
    rows = nobody.get(table_page(dataset)).content.decode()
    page = nobody.get("/dataset/c_e506-graduatoria").content.decode()
    assert (original.state, copy.state) == ("refused", "public")
    assert public.split() == ["Punti", "30", "31", "32", "33", "34"]
    assert "Punti" in rows
    assert nobody.get(version_path(original)).status_code == 404
    assert "togliere le colonne e pubblicare il resto" in page
    assert_nobody_in(public + rows + page + rows_of_the_database())


def test_what_a_rule_obliges_to_publish_is_shown_with_the_rule(given, dataset):
    evidence = {"norm": "D.Lgs. 33/2013, art. 19"}
    decide_case(
        PrivacyCase.objects.get(), decision="publish", basis="law", reason="Albo", evidence=evidence, by=member(DPO)
    )
    work()
    publish(dataset, by=SYSTEM)
    work()

    nobody = Client()
    assert "Lorusso" in nobody.get(table_page(dataset)).content.decode()
    assert "Norma che obbliga a pubblicare: D.Lgs. 33/2013, art. 19" in nobody.get(
        "/dataset/c_e506-graduatoria"
    ).content.decode().replace("&#x27;", "'")
