"""The whole table as a file: `/datastore/dump/…`."""

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response
from django.views.decorators.csrf import csrf_exempt

from opentusk.ckan.errors import Fault, NotAuthorizedFault, NotFoundFault, ValidationFault
from opentusk.ckan.listening import read_call
from opentusk.ckan.refusing import fault_of, known_refusals
from opentusk.datastore.dumps import dump_key, take_dump
from opentusk.datastore.sources import Subjected, find_table
from opentusk.kit.datastore.asking import read_ask, read_boolean
from opentusk.kit.datastore.dumping import MEDIA_TYPES
from opentusk.kit.queries.exports.shapes import Export
from opentusk.querying.gates import allow_export, working_for
from opentusk.querying.shelf import Blocks

_NOT_FOUND = "DataStore resource not found"


@csrf_exempt
def dump_table(request: HttpRequest, ref: str) -> HttpResponseBase:
    """A table, or what of it was asked for, as CSV, TSV, JSON or XML: all of its rows."""
    if request.method not in {"GET", "HEAD"}:
        return HttpResponse(status=405, headers={"Allow": "GET, HEAD"})
    response: HttpResponseBase
    try:
        response = _answer(request, ref)
    except (NotFoundFault, NotAuthorizedFault):
        response = _page(404, _NOT_FOUND)
    except Fault as fault:
        response = _refused(fault)
    except known_refusals() as refusal:
        response = _refused(fault_of(refusal))
    response.headers["Access-Control-Allow-Origin"] = "*"
    return response


def _answer(request: HttpRequest, ref: str) -> HttpResponseBase:
    call = read_call(request, writes=False)
    form = call.text("format") or "csv"
    if form not in MEDIA_TYPES:
        raise ValidationFault({"format": [f"Value must be one of {list(MEDIA_TYPES)}"]})
    found = find_table(call, ref)
    limit, offset = call.natural("limit", None), call.natural("offset", 0) or 0
    ask = read_ask(found.source, call.data, limit=limit, offset=offset)
    bom = read_boolean(call.data.get("bom"), default=False)
    key = dump_key(found.source, ask, form, bom=bom)
    unchanged = get_conditional_response(request, etag=f'"{key}"')
    if unchanged is not None and unchanged.status_code == 304:
        return unchanged
    allow_export(request)
    with working_for(request):
        made = take_dump(found.source, ask, form, bom=bom)
    return _send(request, found, made, form, key)


def _send(request: HttpRequest, found: Subjected, made: Export, form: str, key: str) -> HttpResponseBase:
    is_head = request.method == "HEAD"
    response = (
        HttpResponse(content_type=made.media_type)
        if is_head
        else StreamingHttpResponse(Blocks(made.path), content_type=made.media_type)
    )
    headers = {
        "Content-Length": str(made.size),
        "Content-Disposition": f'attachment; filename="{found.number}.{form}"',
        "X-Total-Rows": str(made.rows),
        "ETag": f'"{key}"',
        "Cache-Control": "private, no-cache" if request.headers.get("Authorization") else "public, no-cache",
        "Vary": "Authorization, X-CKAN-API-Key, Cookie",
    }
    for name, value in headers.items():
        response.headers[name] = value
    return response


def _refused(fault: Fault) -> HttpResponse:
    """What is wrong with the question, line by line, as CKAN tells it here."""
    body = {name: value for name, value in fault.body().items() if name != "__type"}
    lines = [
        f"{name}: {' '.join(map(str, value)) if isinstance(value, list) else value}" for name, value in body.items()
    ]
    return _page(400, "\n".join(lines))


def _page(status: int, text: str) -> HttpResponse:
    return HttpResponse(text, status=status, content_type="text/plain; charset=utf-8")
