"""The JSON door for files that come in pieces: begin, ask how much is here, send the next piece, cancel.

A browser comes with its session and the CSRF token of the page; a program with its key. Pieces follow one another:
one that does not begin where the last one ended is answered 409 with the right `Upload-Offset`.
"""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja import Field, Header, Router, Schema, Status
from ninja.security import SessionAuth

from opentusk.bodies.models import Agent
from opentusk.bodies.permissions import writable_agents
from opentusk.files import actions
from opentusk.files.errors import ChunkTooLarge, FileRefusal, NotAllowed, NoUpload, WrongOffset
from opentusk.files.models import Upload
from opentusk.files.refusals import status_for, words_for
from opentusk.journal.actors import Actor
from opentusk.people.actors import actor_of
from opentusk.people.models import ApiToken
from opentusk.people.tokens import actor_of_token, find_token
from opentusk.ui.problem_documents import problem_answer

CHUNK = 4 * 1024 * 1024
MAX_CHUNK = 2 * CHUNK


class Sender(SessionAuth):
    """Who sends: a signed-in person, or a program with a key; then a key for one body opens that body alone."""

    def __call__(self, request: HttpRequest) -> tuple[Actor, str] | None:
        """The author of what follows, and the only body it may act for (empty: any)."""
        kind, _space, key = request.headers.get("Authorization", "").partition(" ")
        if kind.lower() == "bearer":
            token: ApiToken | None = find_token(key.strip())
            return (actor_of_token(token), token.ipa_code) if token else None
        user = super().__call__(request)
        return (actor_of(user), "") if user else None


router = Router(tags=["uploads"], auth=Sender())


class Announced(Schema):
    """A file that will come. `agent` is the IPA code of the body; it may be left out by who works for only one."""

    name: str = Field(max_length=500)
    size: int
    agent: str = ""


class Kept(Schema):
    """The whole file, as it is kept."""

    sha256: str
    size: int
    media_type: str


class UploadOut(Schema):
    """How far an upload is; `chunk` is the size of the pieces that go best."""

    uuid: UUID
    name: str
    size: int
    offset: int
    chunk: int = CHUNK
    is_done: bool
    file: Kept | None = None


@router.post("/uploads", response={201: UploadOut}, summary="Announce a file that will come in pieces")
def begin(request: HttpRequest, announced: Announced, response: HttpResponse) -> Status[dict[str, Any]]:
    """Begin an upload; its address is in `Location`."""
    by, only = _sender(request)
    agent = _agent(by, announced.agent or only, only)
    upload = actions.begin_upload(name=announced.name, size=announced.size, agent=agent, by=by)
    response.headers["Location"] = f"/api/v1/uploads/{upload.uuid}"
    return Status(201, _shown(upload))


@router.get("/uploads/{uuid}", response=UploadOut, summary="How far an upload is")
def look(request: HttpRequest, uuid: UUID) -> dict[str, Any]:
    """What is here of a file."""
    return _shown(_found(request, uuid))


@router.api_operation(["HEAD"], "/uploads/{uuid}", summary="How much of a file is here", include_in_schema=False)
def ask(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """`Upload-Offset` and `Upload-Length`."""
    return _measured(HttpResponse(), _found(request, uuid))


@router.patch("/uploads/{uuid}", response=UploadOut, summary="Send the next piece")
def append(request: HttpRequest, uuid: UUID, response: HttpResponse, upload_offset: Header[int]) -> Any:
    """The body is the piece, at most 8 MiB; the last one makes the file whole."""
    upload = _found(request, uuid)
    by, _only = _sender(request)
    chunk = request.read(MAX_CHUNK + 1)
    if len(chunk) > MAX_CHUNK:
        raise ChunkTooLarge(MAX_CHUNK)
    if chunk or not upload.is_done:
        upload = actions.append_chunk(upload, upload_offset, chunk, by=by)
    if upload.offset == upload.size:
        actions.finish_upload(upload, by=by)
    upload = _found(request, uuid)
    _measured(response, upload)
    return _shown(upload)


@router.delete("/uploads/{uuid}", response={204: None}, summary="Cancel an upload")
def cancel(request: HttpRequest, uuid: UUID) -> Status[None]:
    """Forget the file and its pieces."""
    by, _only = _sender(request)
    actions.cancel_upload(_found(request, uuid), by=by)
    return Status(204, None)


def answer_refusal(request: HttpRequest, refusal: FileRefusal) -> HttpResponse:
    """A refusal of the files room as a problem document."""
    assert isinstance(refusal, FileRefusal)
    answer = problem_answer(status_for(refusal), _("Il file non è stato preso"), words_for(refusal))
    if isinstance(refusal, WrongOffset):
        answer.headers["Upload-Offset"] = str(refusal.expected)
    return answer


def _sender(request: HttpRequest) -> tuple[Actor, str]:
    found: tuple[Actor, str] = request.auth  # type: ignore[attr-defined]
    return found


def _agent(by: Actor, code: str, only: str) -> Agent:
    """The body that was named, or the only one that the sender may write for."""
    mine = list(writable_agents(by).filter(ipa_code=code.strip().lower()) if code else writable_agents(by)[:2])
    if len(mine) != 1 or (only and mine[0].ipa_code != only):
        raise NotAllowed("upload", code)
    return mine[0]


def _found(request: HttpRequest, uuid: UUID) -> Upload:
    by, only = _sender(request)
    mine = Upload.objects.of_user(by.user_id).select_related("agent", "stored")
    upload = mine.filter(uuid=uuid).first()
    if upload is None or (only and upload.agent.ipa_code != only):
        raise NoUpload
    return upload


def _measured(answer: HttpResponse, upload: Upload) -> HttpResponse:
    answer.headers["Upload-Offset"], answer.headers["Upload-Length"] = str(upload.offset), str(upload.size)
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _shown(upload: Upload) -> dict[str, Any]:
    stored = upload.stored
    kept = {"sha256": stored.sha256, "size": stored.size, "media_type": stored.media_type} if stored else None
    return {
        "uuid": upload.uuid,
        "name": upload.name,
        "size": upload.size,
        "offset": upload.offset,
        "is_done": upload.is_done,
        "file": kept,
    }
