"""Files of a dataset, given by a program: a new one, or the next version of one."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest
from ninja import File, Form, Router, Schema, Status
from ninja.files import UploadedFile

from opentusk.catalog import actions
from opentusk.catalog.models import Dataset, Distribution
from opentusk.feeding.api.auth import Caller, caller_of
from opentusk.feeding.api.describing import licence_of, text_of
from opentusk.feeding.api.shapes import StateOut, UploadIn
from opentusk.feeding.api.state import state_of
from opentusk.feeding.errors import UnknownFile
from opentusk.files.actions import receive
from opentusk.files.models import StoredFile, Upload

router = Router()
_CC_BY = "https://creativecommons.org/licenses/by/4.0/"


class FileWords(Schema):
    """What goes with a file in a form."""

    title: str = ""
    licence: str = ""
    note: str = ""


@router.post("/datasets/{identifier}/files", response={201: StateOut}, summary="Aggiungi un file")
def add_file(
    request: HttpRequest, identifier: str, said: Form[FileWords], file: File[UploadedFile]
) -> Status[StateOut]:
    """A new file of the dataset, as `multipart/form-data`. It is examined before anybody else can read it."""
    caller = caller_of(request)
    dataset = caller.dataset_to_change(identifier)
    stored = _received(file, dataset, caller)
    return _attached(dataset, stored, _name_of(file), _words(said.title, said.licence), caller)


@router.post(
    "/datasets/{identifier}/files/from-upload",
    response={201: StateOut},
    summary="Aggiungi un file già caricato a pezzi",
)
def add_uploaded_file(request: HttpRequest, identifier: str, said: UploadIn) -> Status[StateOut]:
    """The same for a file that was sent in pieces to `/api/v1/uploads`: for large ones and for bad networks."""
    caller = caller_of(request)
    dataset = caller.dataset_to_change(identifier)
    upload = _upload(said.upload, caller)
    return _attached(dataset, _stored(upload), upload.name, _words(said.title, said.licence), caller)


@router.post(
    "/datasets/{identifier}/files/{file_id}/versions", response={201: StateOut}, summary="Carica una nuova versione"
)
def add_version(
    request: HttpRequest, identifier: str, file_id: UUID, said: Form[FileWords], file: File[UploadedFile]
) -> Status[StateOut]:
    """The next version of a file. The same bytes again are refused (409): nothing has changed."""
    caller = caller_of(request)
    dataset = caller.dataset_to_change(identifier)
    distribution = _distribution(dataset, file_id)
    stored = _received(file, dataset, caller)
    name = _name_of(file)
    actions.add_file_version(distribution, stored, name=name, by=caller.actor, note=said.note)
    return Status(201, _state(dataset))


@router.post(
    "/datasets/{identifier}/files/{file_id}/versions/from-upload",
    response={201: StateOut},
    summary="Nuova versione da un file caricato a pezzi",
)
def add_uploaded_version(request: HttpRequest, identifier: str, file_id: UUID, said: UploadIn) -> Status[StateOut]:
    """The same for a file that was sent in pieces."""
    caller = caller_of(request)
    dataset = caller.dataset_to_change(identifier)
    distribution = _distribution(dataset, file_id)
    upload = _upload(said.upload, caller)
    actions.add_file_version(distribution, _stored(upload), name=upload.name, by=caller.actor, note=said.note)
    return Status(201, _state(dataset))


def _received(file: UploadedFile, dataset: Dataset, caller: Caller) -> StoredFile:
    return receive(file.chunks(), name=_name_of(file), agent=dataset.rights_holder, by=caller.actor)


def _attached(
    dataset: Dataset, stored: StoredFile, name: str, words: dict[str, Any], caller: Caller
) -> Status[StateOut]:
    actions.attach_file(dataset, stored, name=name, by=caller.actor, **words)
    return Status(201, _state(dataset))


def _words(title: Any, licence: str) -> dict[str, Any]:
    """Title and licence of a new file; CC BY 4.0 is the rule (AGID, requisito 20)."""
    return {"title": text_of(title), "license": licence_of(licence or _CC_BY)}


def _name_of(file: UploadedFile) -> str:
    return file.name or "file"


def _state(dataset: Dataset) -> StateOut:
    return state_of(Dataset.objects.with_holder().get(pk=dataset.pk))


def _distribution(dataset: Dataset, file_id: UUID) -> Distribution:
    found = dataset.distributions.with_file().filter(uuid=file_id).first()
    if found is None:
        raise UnknownFile(str(file_id))
    return found


def _upload(number: str, caller: Caller) -> Upload:
    """A finished upload of the caller's own."""
    try:
        uuid = UUID(number)
    except ValueError as fault:
        raise UnknownFile(number) from fault
    found = Upload.objects.of_user(caller.actor.user_id).filter(uuid=uuid, stored__isnull=False).first()
    if found is None:
        raise UnknownFile(number)
    return found


def _stored(upload: Upload) -> StoredFile:
    if upload.stored is None:
        raise UnknownFile(str(upload.uuid))
    return upload.stored
