"""A request read as a call: who makes it, and its parameters in any of the forms that clients send.

POST: JSON, a form, a form with files, JSON sent as a form (`curl -d '{…}'`), or nothing but a query string. GET: the
query string, in which nothing is decoded.
"""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, QueryDict
from django.http.multipartparser import MultiPartParserError

from opentusk.ckan.errors import BadRequest, BodyTooLarge, UnreadableKind
from opentusk.ckan.protocol import Call
from opentusk.files.upload_handler import AnyUploadedFile
from opentusk.journal.actors import ANONYMOUS
from opentusk.kit.mapping.loose import read_finite_json
from opentusk.kit.values.finite import NotFiniteError
from opentusk.people.actors import actor_of
from opentusk.people.models import User
from opentusk.people.tokens import actor_of_token, token_in

# A program that writes more at once should send a file; a question, or somebody without a key, never needs so much.
_MAX_WRITTEN = 256 * 1024 * 1024
_MAX_ASKED = 1024 * 1024
_FORM = "application/x-www-form-urlencoded"
_MULTIPART = "multipart/form-data"
_NO_NUMBER = "numbers that JSON does not have (NaN, Infinity)"


def read_call(request: HttpRequest, *, writes: bool) -> Call:
    """The call of a request. Raises BadRequest, UnreadableKind."""
    is_get = request.method != "POST"
    is_jsonp = is_get and "callback" in request.GET
    token = None if is_jsonp else token_in(request.headers)
    # The entrance of files asks who sends them before it takes the first byte.
    request.auth = token  # type: ignore[attr-defined]
    if is_get:
        data: Mapping[str, Any] = _parameters(request.GET)
    else:
        data = _body(request, most=_MAX_WRITTEN if token and writes else _MAX_ASKED)
        if not data and not request.FILES and not writes:
            data = _parameters(request.GET)
    user = token.user if token else None if is_jsonp or writes else _reader(request)
    actor = actor_of_token(token) if token else actor_of(user) if user else ANONYMOUS
    files = {} if is_get else _files(request)
    return Call(actor, user, token, data, files, is_get, request)


def _parameters(query: QueryDict) -> dict[str, Any]:
    found = {name: values[0] if len(values) == 1 else values for name, values in query.lists()}
    if any("\x00" in text for name, values in query.lists() for text in (name, *values)):
        raise _bad("a text holds the character NUL")
    return found


def _body(request: HttpRequest, *, most: int) -> Mapping[str, Any]:
    kind = (request.content_type or "").lower()
    if kind == _MULTIPART:
        return _form(request)
    text = _text(request, most)
    if not text.strip():
        return {}
    if kind == "application/json":
        return _object(text)
    if kind != _FORM:
        raise UnreadableKind(kind)
    if text.lstrip().startswith("{"):
        return _object(text.strip().removesuffix("=").removesuffix("=1"))
    try:
        return _unpacked(_parameters(QueryDict(text, encoding="utf-8")))
    except TooManyFieldsSent as fault:
        raise _bad("too many fields") from fault


def _form(request: HttpRequest) -> Mapping[str, Any]:
    try:
        return _parameters(request.POST)
    except (MultiPartParserError, TooManyFieldsSent, TooManyFilesSent, RequestDataTooBig) as fault:
        raise _bad(str(fault)) from fault


def _files(request: HttpRequest) -> Mapping[str, AnyUploadedFile]:
    return {name: file for name, file in request.FILES.items() if isinstance(file, UploadedFile)}


def _text(request: HttpRequest, most: int) -> str:
    # Not `request.body`, whose limit is meant for forms of people: a program sends thousands of rows in one call.
    content = request.read(most + 1)
    if len(content) > most:
        way_out = "send a file" if most == _MAX_WRITTEN else "only an action that writes, with a valid key, takes more"
        raise BodyTooLarge(f"JSON Error: the body is larger than {most // 1024**2} MB: {way_out}")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        raise _bad("Error decoding JSON data: the body is not UTF-8") from fault


def _unpacked(form: dict[str, Any]) -> Mapping[str, Any]:
    """A form whose only key is JSON is that JSON."""
    key, value = next(iter(form.items())) if len(form) == 1 else ("", None)
    return _object(key) if key.lstrip().startswith("{") and value in ("", "1") else form


def _object(text: str) -> Mapping[str, Any]:
    try:
        found = read_finite_json(text)
    except NotFiniteError as fault:
        raise _bad(_NO_NUMBER) from fault
    except ValueError as fault:
        raise _bad(
            f"Error decoding JSON data. Error: {fault} JSON data extracted from the request: {text[:200]!r}"
        ) from fault
    if not isinstance(found, dict):
        raise _bad(f"Request data JSON decoded to {str(found)[:200]} but it needs to be a dictionary.")
    if "\\u0000" in text:
        raise _bad("a text holds the character NUL")
    return found


def _bad(text: str) -> BadRequest:
    return BadRequest(f"JSON Error: {text}")


def _reader(request: HttpRequest) -> User | None:
    """Whoever is signed in on the pages; good for reading only, because nothing proves that they meant to call."""
    return request.user if isinstance(request.user, User) else None
