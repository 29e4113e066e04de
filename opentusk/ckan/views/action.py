"""The door itself: a request becomes a call, what an action gives becomes CKAN's envelope."""

import json
import re
from collections.abc import Mapping
from hashlib import blake2b
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.views.decorators.csrf import csrf_exempt

from opentusk.ckan.errors import BadRequest, Fault, UnreadableKind
from opentusk.ckan.listening import read_call
from opentusk.ckan.protocol import Action, Written, all_actions
from opentusk.ckan.refusing import fault_of, known_refusals

VERSION = 3
_JSON = "application/json;charset=utf-8"
_CALLBACK = re.compile(r"[A-Za-z_$][\w$.]{0,100}", re.ASCII)
_CORS = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Allow-Methods": "POST, PUT, GET, DELETE, OPTIONS",
    "Access-Control-Allow-Headers": "Authorization, Content-Type, X-CKAN-API-Key, If-None-Match",
    "Access-Control-Expose-Headers": "ETag, Retry-After",
    "Access-Control-Max-Age": "86400",
}


@csrf_exempt  # a key proves who calls; whoever is only signed in on the pages can read here, not write
def action(request: HttpRequest, name: str) -> HttpResponse:
    """One action of the API, by GET or POST."""
    if request.method == "OPTIONS":
        return _open(HttpResponse())
    if request.method not in {"GET", "HEAD", "POST"}:
        return _open(_page(405, "Method Not Allowed", {"Allow": "GET, HEAD, OPTIONS, POST"}))
    try:
        return _open(_answer(request, name))
    except BadRequest as fault:
        return _open(_sent(f"Bad request: {fault}", fault.status))
    except UnreadableKind:
        return _open(_page(415, "Unsupported Media Type", {}))


def version(request: HttpRequest) -> HttpResponse:
    """Which version of the API there is."""
    return _open(_sent({"version": VERSION}, 200))


def other_version(request: HttpRequest) -> HttpResponse:
    """The versions of the API that CKAN itself has given up, or never had."""
    raise Http404


def _answer(request: HttpRequest, name: str) -> HttpResponse:
    found = all_actions().get(name)
    if found is None:
        raise BadRequest(f"Action name not known: {name}")
    if found.writes and request.method != "POST":
        raise BadRequest("JSON Error: Invalid request. Please use POST method for your request")
    status, said, headers = _run(request, found)
    help_address = f"{settings.SITE_URL}/api/{VERSION}/action/help_show?name={name}"
    response = _sent_text(_envelope({"help": help_address, **said}), status, callback=_callback(request))
    for header, value in headers.items():
        response.headers[header] = value
    return response if found.writes or request.method == "POST" else _unless_known(request, response)


def _run(request: HttpRequest, found: Action) -> tuple[int, Mapping[str, Any], Mapping[str, str]]:
    """The status, what is said, and the headers of the answer."""
    try:
        call = read_call(request, writes=found.writes)
        said = {"success": True, "result": found.run(call)}
        if call.changed:
            said["changed_entities"] = {"packages": sorted(set(call.changed))}
        return 200, said, {}
    except RecursionError as fault:
        # No client nests so deep; what reads and writes JSON gives up at different depths.
        raise BadRequest("JSON Error: nested too deep") from fault
    except Fault as fault:
        return _refused(fault)
    except known_refusals() as refusal:
        return _refused(fault_of(refusal))


def _refused(fault: Fault) -> tuple[int, Mapping[str, Any], Mapping[str, str]]:
    return fault.status, {"success": False, "error": fault.body()}, fault.headers


def _callback(request: HttpRequest) -> str:
    callback = request.GET.get("callback", "") if request.method != "POST" else ""
    if callback and not _CALLBACK.fullmatch(callback):
        raise BadRequest("JSON Error: callback must be the name of a function")
    return callback


def _sent(document: object, status: int) -> HttpResponse:
    return _sent_text(json.dumps(document, ensure_ascii=False), status)


def _sent_text(text: str, status: int, *, callback: str = "") -> HttpResponse:
    if callback:
        # A script that was asked for must not be taken for something else, nor end early at an old line separator.
        text = f"/**/{callback}({text.replace(chr(0x2028), '').replace(chr(0x2029), '')});"
    content = text.encode("utf-8", "replace")
    return HttpResponse(
        content, status=status, content_type="application/javascript;charset=utf-8" if callback else _JSON
    )


def _envelope(said: Mapping[str, Any]) -> str:
    """What is said, as JSON; a result that is JSON already comes last, as it is."""
    result = said.get("result")
    if not isinstance(result, Written):
        return json.dumps(said, ensure_ascii=False)
    rest = json.dumps({name: value for name, value in said.items() if name != "result"}, ensure_ascii=False)
    return f'{rest[:-1]}, "result": {result}}}'


def _unless_known(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """The answer, or 304 when the reader has it already."""
    etag = f'"{blake2b(response.content, digest_size=12).hexdigest()}"'
    response.headers["ETag"] = etag
    is_known_person = bool(request.headers.get("Authorization") or request.headers.get("X-CKAN-API-Key"))
    shared = "private" if is_known_person or request.COOKIES else "public"
    response.headers["Cache-Control"] = f"{shared}, max-age=0, must-revalidate"
    patch_vary_headers(response, ("Authorization", "X-CKAN-API-Key", "Cookie"))
    if response.status_code != 200:
        return response
    answer = get_conditional_response(request, etag=etag, response=response)
    return answer if isinstance(answer, HttpResponse) else response


def _page(status: int, title: str, headers: Mapping[str, str]) -> HttpResponse:
    return HttpResponse(
        f"<!doctype html><title>{status} {title}</title><h1>{title}</h1>", status=status, headers=headers
    )


def _open(response: HttpResponse) -> HttpResponse:
    """Scripts of every origin may read: what is public is public."""
    for header, value in _CORS.items():
        response.headers[header] = value
    return response
