"""Beginning: from a file, from the address of one, or from a service. The draft is there at once."""

from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import BinaryIO, cast
from urllib.parse import urlsplit
from uuid import uuid4

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db import transaction

from opentusk.bodies.models import Agent
from opentusk.catalog import actions as catalog
from opentusk.catalog.beginnings import first_record
from opentusk.catalog.models import Dataset, Distribution
from opentusk.catalog.permissions import can_edit, require
from opentusk.catalog.records import iris, to_record
from opentusk.files import actions as files
from opentusk.files.errors import FileRefusal
from opentusk.files.models import StoredFile
from opentusk.journal.actions import enqueue
from opentusk.journal.actions import record as write_entry
from opentusk.journal.actors import Actor
from opentusk.kit import records as kit
from opentusk.kit.harmonise import Defaults, harmonise_dataset
from opentusk.kit.harmonise.licences import licence_document
from opentusk.kit.suggesting.naming import read_name, suggest_local_part
from opentusk.kit.vocabularies import LICENCES
from opentusk.outbound.client import Answer, fetch
from opentusk.outbound.errors import OutboundFault
from opentusk.people.actors import actor_of
from opentusk.people.models import User
from opentusk.publishing.errors import BadAddress
from opentusk.publishing.events import PublishingEvent
from opentusk.publishing.habits import body_of
from opentusk.publishing.models import Guide

_CHECK_SECONDS, _COPY_SECONDS = 15.0, 600.0
_TASK = "opentusk.publishing.tasks.fetch"


@dataclass(frozen=True, kw_only=True)
class Service:
    """A web service that a body offers: what it is called, where it answers, where it is explained, what it gives."""

    title: str
    endpoint: str
    page: str = ""
    format: str = ""


@transaction.atomic
def begin_with_file(stored: StoredFile, *, name: str, holder: Agent, by: Actor) -> Guide:
    """A draft with this file; it is read by the tables room while its description is written."""
    guide = _begin(Guide.Way.FILE, name=name, holder=holder, by=by)
    put_file(guide, stored, name=name, by=by)
    return guide


def begin_with_address(address: str, *, holder: Agent, is_copied: bool, by: Actor) -> Guide:
    """A draft with the file at an address: copied here by the worker, or left where it is. Raises BadAddress."""
    answer = check_address(address)
    name = _name_at(answer)
    way = Guide.Way.COPY if is_copied else Guide.Way.LINK
    with transaction.atomic():
        guide = _begin(way, name=name, holder=holder, by=by, address=address)
        if is_copied:
            enqueue(_TASK, key=f"{_TASK}:{guide.pk}", guide=guide.pk)
        else:
            _link(guide.dataset, address, answer, by)
    return guide


@transaction.atomic
def begin_with_service(service: Service, *, holder: Agent, by: Actor) -> Guide:
    """A draft with a service in place of a file."""
    guide = _begin(Guide.Way.SERVICE, name=service.title, holder=holder, by=by, address=service.endpoint)
    minter = iris()
    node = kit.DataService(
        iri=minter.service(str(uuid4())),
        title={"it": service.title},
        endpoint_url=(service.endpoint,),
        page=(service.page,) if service.page else (),
    )
    part = kit.Distribution(
        iri=minter.distribution(str(uuid4())),
        title={"it": service.title},
        access_url=service.page or service.endpoint,
        format=service.format or None,
        license=_licence(),
        access_service=(node,),
    )
    _add_part(guide.dataset, part, by)
    return guide


@transaction.atomic
def put_file(guide: Guide, stored: StoredFile, *, name: str, by: Actor) -> Distribution:
    """Give the draft its file, or another one in place of the first. Raises `files.errors.SameBytes`."""
    dataset = Dataset.objects.get(pk=guide.dataset_id)
    row = Distribution.objects.with_file().filter(dataset=dataset).first()
    if row:
        catalog.add_file_version(row, stored, name=name, by=by)
    else:
        title = read_name(name, body_of(dataset.rights_holder)).title
        row = catalog.attach_file(
            dataset, stored, name=name, by=by, title={"it": title or name}, license=_licence()
        )  # fmt: skip
    guide.file_name = name[:200]
    guide.fetching, guide.fault = Guide.Fetching.NONE, ""
    guide.save(update_fields=["file_name", "fetching", "fault"])
    guide.dataset.refresh_from_db()
    return row


def fetch_file(guide: Guide) -> None:
    """Copy the file from its address, for the person who asked; what goes wrong is kept for the page."""
    by = asker_of(guide.user_id)
    folder = Path(settings.VAR_DIR) / "publishing"
    folder.mkdir(parents=True, exist_ok=True)
    with NamedTemporaryFile(dir=folder) as copy:
        try:
            answer = fetch(
                guide.address, max_bytes=settings.MAX_UPLOAD, seconds=_COPY_SECONDS, into=cast(BinaryIO, copy)
            )
            copy.flush()
            if answer.status != 200:
                return _give_up(guide, "publishing.http_status", by)
            stored = files.receive(Path(copy.name), name=guide.file_name, agent=guide.dataset.rights_holder, by=by)
        except OutboundFault as fault:
            return _give_up(guide, fault.code, by)
        except FileRefusal as refusal:
            return _give_up(guide, f"files.{type(refusal).__name__}", by)
    with transaction.atomic():
        put_file(guide, stored, name=guide.file_name, by=by)
        write_entry(PublishingEvent.FILE_FETCHED, guide.dataset, by=by, facts={"address": guide.address})
    return None


@transaction.atomic
def guide_of(dataset: Dataset, *, by: Actor) -> Guide:
    """The guide of a dataset, also of one that was begun without it."""
    require(can_edit(by, dataset), "edit", dataset)
    guide, _is_new = Guide.objects.get_or_create(
        dataset=dataset, defaults={"user_id": by.user_id, "way": Guide.Way.OTHER, "follows_title": False}
    )
    return guide


def check_address(address: str) -> Answer:
    """What is at an address: HEAD as the European check asks, GET where HEAD is refused. Raises BadAddress."""
    try:
        answer = fetch(address, method="HEAD", seconds=_CHECK_SECONDS)
        if answer.status in {403, 405, 501}:
            answer = fetch(address, seconds=_CHECK_SECONDS, max_bytes=settings.MAX_UPLOAD)
    except OutboundFault as fault:
        raise BadAddress(0, fault.code) from fault
    if not 200 <= answer.status < 300:
        raise BadAddress(answer.status)
    if answer.media_type.partition(";")[0].strip() in {"text/html", "application/xhtml+xml"}:
        raise BadAddress(answer.status, "publishing.web_page")
    return answer


def asker_of(user_id: int | None) -> Actor:
    """The person who asked, as an actor: the worker does it on nobody else's behalf."""
    return actor_of(User.objects.filter(pk=user_id, is_active=True).first() or AnonymousUser())


def _begin(way: Guide.Way, *, name: str, holder: Agent, by: Actor, address: str = "") -> Guide:
    title = read_name(name, body_of(holder)).title
    identifier = _free_identifier(holder, title)
    dataset = catalog.create_draft(
        first_record(holder, identifier=identifier, title=title or name), holder=holder, by=by
    )
    guide = Guide.objects.create(
        dataset=dataset,
        user_id=by.user_id,
        way=way,
        file_name=name[:200] if way != Guide.Way.SERVICE else "",
        address=address,
        fetching=Guide.Fetching.WAITING if way == Guide.Way.COPY else Guide.Fetching.NONE,
    )
    write_entry(PublishingEvent.GUIDE_BEGUN, dataset, by=by, facts={"way": str(way)})
    return guide


def _free_identifier(holder: Agent, title: str) -> str:
    """A name for the draft; saving its description gives it a better one."""
    mine = Dataset.objects.filter(identifier__istartswith=f"{holder.ipa_code}:").values_list("identifier", flat=True)
    taken = frozenset(identifier.partition(":")[2].lower() for identifier in mine)
    part = suggest_local_part(title, taken, holder.territory)
    return f"{holder.ipa_code}:{part.value if part else f'dati-{uuid4().hex[:8]}'}"


def _link(dataset: Dataset, address: str, answer: Answer, by: Actor) -> None:
    part = kit.Distribution(
        iri=iris().distribution(str(uuid4())),
        access_url=address,
        download_url=(address,),
        media_type=answer.media_type.partition(";")[0].strip() or None,
        byte_size=answer.declared,
        license=_licence(),
    )
    _add_part(dataset, part, by)


def _add_part(dataset: Dataset, part: kit.Distribution, by: Actor) -> None:
    record, _repairs = harmonise_dataset(replace(to_record(dataset), distribution=(part,)), Defaults(), iris())
    catalog.change_record(dataset, record, by=by, expected=dataset.checksum)
    dataset.refresh_from_db()


def _licence() -> kit.LicenseDocument | None:
    """What the national rules ask for; the form lets people choose another."""
    term = LICENCES.by_code("CC_BY_4_0")
    return licence_document(term) if term else None


def _name_at(answer: Answer) -> str:
    """The name of the file at an address, after redirects."""
    return urlsplit(answer.url).path.rpartition("/")[2][:200] or "dati"


@transaction.atomic
def _give_up(guide: Guide, code: str, by: Actor) -> None:
    guide.fetching, guide.fault = Guide.Fetching.FAILED, code[:80]
    guide.save(update_fields=["fetching", "fault"])
    write_entry(PublishingEvent.FETCH_FAILED, guide.dataset, by=by, facts={"code": code, "address": guide.address})
