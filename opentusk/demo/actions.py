"""Puts the demonstration in the portal, and takes it away."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

from django.conf import settings
from django.db import transaction

from opentusk.bodies.actions import ensure_agent
from opentusk.bodies.models import Agent, Membership
from opentusk.catalog.actions import create_draft, publish, withdraw
from opentusk.catalog.models import Dataset
from opentusk.catalog.records import iris
from opentusk.demo.accounts import ACCOUNTS, PASSWORD
from opentusk.demo.bodies import BODIES, DemoBody
from opentusk.demo.describing import describe, distribution_uuid
from opentusk.demo.files import make_rows, write_csv, write_geojson, write_json
from opentusk.demo.joining import load_requests, referente_addresses, remove_requests
from opentusk.demo.participation import load_community, load_programme, remove_community, remove_programme
from opentusk.demo.tables import load_people, load_tables, series_of_demo
from opentusk.demo.topics import TOPICS, TOWNS, Topic
from opentusk.files.models import FileSeries
from opentusk.journal.actors import SYSTEM
from opentusk.kit.harmonise import Defaults, harmonise_dataset
from opentusk.kit.records import Agent as AgentRecord
from opentusk.people.models import RoleGrant, User
from opentusk.people.roles import grant_role

FILES_DIR = settings.VAR_DIR / "demo"
_SAID_OF_BODIES = ("kind", "istat_code", "territory", "contact_name", "contact_email")


def load_demo(*, today: date, progress: Callable[[int, int], None]) -> int:
    """Make bodies, accounts, files and datasets that are not there yet; how many datasets were made."""
    agents = {body.ipa_code: _body(body, today) for body in BODIES}
    if settings.IS_LOCAL:
        # Their password is printed in the source: on a public address they would be an open door.
        _accounts(agents)
    load_requests(today=today)
    pairs = list(_pairs())
    made = 0
    for number, (topic, body) in enumerate(pairs, start=1):
        made += _dataset(topic, body, agents[body.ipa_code], number=number, today=today)
        progress(number, len(pairs))
    load_tables(FILES_DIR)
    made += load_people(agents["c_e506"])
    load_programme()
    load_community()
    return made


@transaction.atomic
def remove_demo() -> int:
    """Take every demonstration dataset, account and body without other data away; how many datasets went."""
    remove_programme()
    remove_community()
    datasets = Dataset.objects.filter(is_demo=True)
    count = datasets.count()
    for dataset in datasets.published():
        withdraw(dataset, by=SYSTEM, reason="Dati dimostrativi rimossi")
    series = series_of_demo()
    datasets.delete()
    FileSeries.objects.filter(pk__in=series).delete()
    remove_requests()
    addresses = [*referente_addresses(), *(account.email for account in ACCOUNTS)]
    User.objects.filter(email__in=addresses).delete()
    Agent.objects.filter(is_demo=True, datasets__isnull=True).delete()
    for path in FILES_DIR.glob("*"):
        path.unlink()
    return count


def _pairs() -> Iterator[tuple[Topic, DemoBody]]:
    by_code = {body.ipa_code: body for body in BODIES}
    towns = [body for body in BODIES if body.kind == Agent.Kind.MUNICIPALITY]
    for topic in TOPICS:
        holders = towns if topic.holders == TOWNS else [by_code[code] for code in topic.holders.split()]
        yield from ((topic, body) for body in holders)


def _body(body: DemoBody, today: date) -> Agent:
    agent = ensure_agent(AgentRecord(identifier=body.ipa_code, name=body.name), by=SYSTEM, is_demo=True)
    if agent.is_demo and not agent.contact_email:
        agent.kind, agent.istat_code, agent.territory = body.kind, body.istat, body.territory
        agent.contact_name = "Ufficio open data"
        agent.contact_email = f"opendata.{body.ipa_code}@example.org"
        # The day on which the demonstration took them in: no date of real bodies is known or invented.
        agent.joined_on = agent.status_since = today
        agent.save(update_fields=[*_SAID_OF_BODIES, "joined_on", "status_since"])
    return agent


def _accounts(agents: dict[str, Agent]) -> None:
    for account in ACCOUNTS:
        if User.objects.filter(email=account.email).exists():
            continue
        user = User.objects.create_user(
            account.email, PASSWORD, name=account.name, desk_role=account.desk_role, is_demo=True
        )
        if account.ipa_code:
            agent = agents[account.ipa_code]
            Membership.objects.create(user=user, agent=agent, role=account.role)
        if account.task:
            grant_role(user, RoleGrant.Role(account.task), by=SYSTEM)


def _dataset(topic: Topic, body: DemoBody, agent: Agent, *, number: int, today: date) -> int:
    identifier = f"{body.ipa_code}:{topic.key}"
    files = _files(topic, body, number)
    if Dataset.objects.filter(identifier=identifier).exists():
        return 0
    minter = iris()
    described = describe(topic, body, number=number, files=files, today=today, site=settings.SITE_URL)
    numbered = replace(
        described,
        rights_holder=AgentRecord(identifier=body.ipa_code, name=body.name),
        distribution=tuple(
            replace(part, iri=minter.distribution(distribution_uuid(part.access_url)))
            for part in described.distribution
        ),
    )
    record, _repairs = harmonise_dataset(numbered, Defaults(), minter)
    dataset = create_draft(record, holder=agent, by=SYSTEM, is_demo=True)
    if number % 60:
        publish(dataset, by=SYSTEM)
    if number % 97 == 0:
        withdraw(dataset, by=SYSTEM, reason="Sostituito da una rilevazione più recente (esempio dimostrativo).")
    return 1


def _files(topic: Topic, body: DemoBody, number: int) -> list[tuple[str, str, int]]:
    """Write the files of a dataset and give their addresses, formats and sizes."""
    stem = f"{body.ipa_code}-{topic.key}"
    rows = make_rows(topic, seed=stem)
    written = [("csv", "CSV", write_csv(rows))]
    if number % 3 == 0:
        written.append(("json", "JSON", write_json(rows)))
    if "lat" in rows[0] and number % 2 == 0:
        written.append(("geojson", "GEOJSON", write_geojson(rows)))
    FILES_DIR.mkdir(parents=True, exist_ok=True)
    for ending, _code, content in written:
        _write(FILES_DIR / f"{stem}.{ending}", content)
    return [
        (f"{settings.SITE_URL}/dimostrazione/{stem}.{ending}", code, len(content)) for ending, code, content in written
    ]


def _write(path: Path, content: bytes) -> None:
    if not path.exists():
        path.write_bytes(content)
