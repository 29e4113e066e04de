"""Copies one thing each, by the actions of the other rooms; what keeps a thing from it is raised as a sentence."""

import re
import tempfile
from collections.abc import Callable, Container, Iterable, Mapping
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import unquote, urlsplit
from uuid import UUID

from django.db import transaction

from opentusk.bodies.actions import add_member, change_agent, open_agent
from opentusk.bodies.errors import AgentKnown, AlreadyMember
from opentusk.bodies.models import Agent
from opentusk.catalog.actions import publish
from opentusk.catalog.errors import CatalogRefusal, NotPublishable, OnHold
from opentusk.catalog.models import Dataset, Distribution
from opentusk.ckan.actions import bring_file, bring_package
from opentusk.ckan.actions.resources import Given
from opentusk.ckan.finding import as_uuid, find_organization
from opentusk.ckan.naming import identifier_for
from opentusk.ckan_directory.actions import keep_extras, make_account
from opentusk.ckan_directory.capacities import ROLES
from opentusk.ckan_directory.people import find_user, is_own_name
from opentusk.files.errors import FileRefusal
from opentusk.journal.actors import SYSTEM
from opentusk.kit.mapping.loose import read_objects, read_one_text, read_string, read_strings
from opentusk.kit.records import Agent as AgentRecord
from opentusk.kit.vocabularies.bodies import find_body_by_name
from opentusk.kit.vocabularies.spelling import spelling_key
from opentusk.migration.errors import CannotCopy, LeftOut, MustWait, SiteFault
from opentusk.migration.remote import Site
from opentusk.people.accounts import open_account
from opentusk.people.errors import AddressTaken
from opentusk.people.models import User
from opentusk.subscriptions.actions import follow
from opentusk.subscriptions.errors import TooMany, UnknownScope
from opentusk.subscriptions.models import ScopeKind
from opentusk.tables.actions import describe_columns
from opentusk.tables.models import Table

Json = Mapping[str, Any]
T = TypeVar("T")
_CODE_NAMES = frozenset({"identifier", "codice_ipa", "ipa_code", "codiceipa", "ipa"})
_SAID = {"description": "description", "site": "site", "email": "contact_email", "telephone": "contact_phone"}
_BLOCK = 1 << 20


def copy_organization(given: Json) -> None:
    """A body under the same name and number. One that is here already by its code keeps what is said of it here."""
    name, title = read_string(given.get("name")), read_one_text(given.get("title"))
    if find_organization(read_string(given.get("id"))):
        return
    record = AgentRecord(identifier=_code_of(given) or name[:40], name=title or name)
    with transaction.atomic():
        try:
            agent = open_agent(record, slug=name, number=as_uuid(read_string(given.get("id"))), by=SYSTEM)
        except AgentKnown as refusal:
            if refusal.field == "ipa_code":
                raise LeftOut(f"Un ente con il codice {refusal.value} c'è già: i dataset vanno a quello.") from refusal
            raise CannotCopy(
                f"Un altro ente usa già l'indirizzo o il numero {refusal.value}: dai a uno dei due un altro indirizzo."
            ) from refusal
        said = {ours: read_string(given.get(theirs)) for theirs, ours in _SAID.items() if given.get(theirs)}
        change_agent(agent, said, by=SYSTEM)
        if extras := read_objects(given.get("extras")):
            keep_extras(agent, [{"key": one.get("key"), "value": one.get("value")} for one in extras], by=SYSTEM)


def copy_user(given: Json) -> None:
    """An account without a password under the same name and number; no letter is sent. One with its address stays."""
    name, email = read_string(given.get("name")), read_string(given.get("email"))
    if read_string(given.get("state")) == "deleted":
        raise LeftOut(f"L'utente «{name}» è chiuso: non serve un account.")
    if find_user(name) and not is_own_name(name):
        return
    if not email:
        raise CannotCopy(f"L'utente «{name}» non ha un indirizzo e-mail leggibile: serve la chiave di un sysadmin.")
    fullname, number = read_string(given.get("fullname")), as_uuid(read_string(given.get("id")))
    try:
        if is_own_name(name):
            open_account(email, name=fullname, by=SYSTEM)
        else:
            make_account(email, name=name, fullname=fullname, number=number, by=SYSTEM)
    except AddressTaken:
        # The person has an account here already: it is theirs, whatever it is called there.
        return


def copy_member(agent: Agent, email: str, capacity: str) -> None:
    """A person's part in a body, without a letter."""
    if capacity not in ROLES:
        raise LeftOut(f"Il ruolo «{capacity}» non ha un corrispondente: assegnane uno dalla pagina dell'ente.")
    try:
        add_member(agent, email=email, role=ROLES[capacity], by=SYSTEM)
    except AlreadyMember:
        return


def copy_dataset(given: Json, holder: Agent) -> Dataset:
    """A draft with everything the package says, under the same name and numbers."""
    number = as_uuid(read_string(given.get("id")))
    if number and (known := Dataset.objects.filter(uuid=number).first()):
        return known
    package = {**given, "resources": [dict(one) for one in read_objects(given.get("resources"))]}
    return _granted(
        lambda: bring_package(
            package, holder=holder, identifier=identifier_for(holder, package), number=number, by=SYSTEM
        )
    )


def copy_file(site: Site, given: Json) -> None:
    """A file that the CKAN kept, kept here now under the same number. Raises CannotCopy when it does not come."""
    row = _row_of(given)
    if row.series_id is not None:
        return
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "file"
        url = _downloaded(site, given, path)
        name = unquote(urlsplit(url).path).rpartition("/")[2] or "file"
        _granted(lambda: bring_file(row, dict(given), file=Given(_blocks(path), name), by=SYSTEM))


def copy_dictionary(given: Json, fields: Iterable[Json]) -> None:
    """Titles and descriptions of the columns, when the table has been read. Raises MustWait before."""
    row = _row_of(given)
    table = Table.objects.filter(distribution=row).order_by("position").first()
    newest = table.versions.newest_first().first() if table else None
    if table is None or newest is None:
        raise MustWait("La tabella non è ancora stata letta: fai lavorare il worker e ripeti il comando.")
    names = {spelling_key(word): column.name for column in newest.columns() for word in (column.name, column.label)}
    words: dict[str, dict[str, str]] = {}
    lost = []
    for field in fields:
        info = field.get("info")
        said = _words_of(info) if isinstance(info, Mapping) else {}
        column = names.get(spelling_key(read_string(field.get("id"))))
        if said and column:
            words[column] = said
        elif said:
            lost.append(read_string(field.get("id")))
    describe_columns(table, words, by=SYSTEM)
    if lost:
        raise CannotCopy(f"Queste colonne del dizionario non sono nella tabella: {', '.join(lost)}.")


def copy_follower(kind: str, key: str, follower: Json) -> None:
    """Somebody who follows a dataset or a body, told in the inbox of their account."""
    user = _account_of(follower)
    if user is None:
        raise LeftOut(f"Chi segue ({read_string(follower.get('name'))}) non ha un account qui.")
    try:
        follow(kind, key, user=user, channel="inbox")
    except UnknownScope as refusal:
        raise MustWait("Si segue solo ciò che è pubblico: alla prossima ripresa, dopo la pubblicazione.") from refusal
    except TooMany as refusal:
        raise LeftOut(f"{read_string(follower.get('name'))} segue già il massimo di cose.") from refusal


def body_of(organization: Json) -> Agent:
    """The body that an organization has become: by number, name or code. Raises CannotCopy."""
    refs = (read_string(organization.get("id")), read_string(organization.get("name")), _code_of(organization))
    found = next((agent for ref in refs if ref and (agent := find_organization(ref))), None)
    if found is None:
        raise CannotCopy(f"L'organizzazione «{organization.get('name')}» non è stata copiata.")
    return found


def dataset_scope(dataset: Dataset) -> tuple[str, str]:
    """What a follower of a dataset follows here."""
    return str(ScopeKind.DATASET), dataset.identifier


def agent_scope(agent: Agent) -> tuple[str, str]:
    """What a follower of an organization follows here."""
    return str(ScopeKind.HOLDER), agent.ipa_code


def publish_copy(dataset: Dataset, *, missing: Container[str]) -> None:
    """Make public what was public there. Raises MustWait while a file is examined, CannotCopy for what is missing.

    `missing` are the numbers of files that could not be copied: with them the dataset would point to the old portal.
    """
    if dataset.status != Dataset.Status.DRAFT:
        return
    lost = [row for row in dataset.distributions.all() if str(row.uuid) in missing]
    if lost:
        raise MustWait(
            "Manca un suo file, che resterebbe sul vecchio portale: ripeti il comando, o aggiungi "
            "--publish-without-files per pubblicarlo con l'indirizzo di là."
        )
    try:
        publish(dataset, by=SYSTEM)
    except OnHold as refusal:
        raise MustWait(f"Prima di essere pubblico aspetta: {', '.join(dataset.waiting_for()) or refusal}.") from refusal
    except NotPublishable as refusal:
        sentences = "; ".join(dict.fromkeys(problem.message_it for problem in refusal.problems))
        raise CannotCopy(f"È una bozza: per essere pubblico serve altro. {sentences}") from refusal


def _downloaded(site: Site, given: Json, path: Path) -> str:
    """The address that gave the file: CKAN's own, else the one that its DCAT extension tells."""
    addresses = [url for name in ("url", "download_url", "access_url") for url in read_strings(given.get(name))]
    faults = []
    for url in dict.fromkeys(addresses):
        try:
            with path.open("wb") as into:
                site.download(url, into)
        except SiteFault as fault:
            faults.append(str(fault))
        else:
            return url
    raise CannotCopy(f"Il file non si scarica. {'; '.join(faults)}")


def _code_of(given: Json) -> str:
    """The IPA code that an organization gives somewhere, or that of the only body with its title."""
    extras = {read_string(one.get("key")).lower(): one.get("value") for one in read_objects(given.get("extras"))}
    said = [given.get(name) or extras.get(name) for name in sorted(_CODE_NAMES)]
    code = next((text for text in map(read_string, said) if text), "").strip().lower()
    listed = None if code else find_body_by_name(read_one_text(given.get("title")))
    return listed.code if listed else code if re.fullmatch(r"[\w.-]{2,40}", code, re.ASCII) else ""


def _account_of(given: Json) -> User | None:
    email = read_string(given.get("email")).lower()
    by_address = User.objects.filter(email=email).first() if email else None
    name = read_string(given.get("name"))
    return by_address or (find_user(name) if not is_own_name(name) else None)


def _row_of(given: Json) -> Distribution:
    number = as_uuid(read_string(given.get("id")))
    row = Distribution.objects.select_related("dataset").filter(uuid=number or UUID(int=0)).first()
    if row is None:
        raise CannotCopy("La risorsa non è stata copiata con il suo dataset.")
    return row


def _words_of(info: Json) -> dict[str, str]:
    said = {"title": info.get("label"), "description": info.get("notes"), "unit": info.get("unit")}
    return {name: text for name, value in said.items() if (text := read_string(value))}


def _granted(ask: Callable[[], T]) -> T:
    """What an action gives, its refusal told as a sentence."""
    try:
        return ask()
    except NotPublishable as refusal:
        raise CannotCopy("; ".join(problem.message_it for problem in refusal.problems)) from refusal
    except (CatalogRefusal, FileRefusal) as refusal:
        raise CannotCopy(f"{type(refusal).__name__}: {refusal}") from refusal


def _blocks(path: Path) -> Iterable[bytes]:
    with path.open("rb") as opened:
        while block := opened.read(_BLOCK):
            yield block
