"""Any question as a file: whole, with its length, its digest and the number of its rows announced."""

import base64
from dataclasses import replace
from pathlib import Path
from uuid import UUID

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response, patch_vary_headers

from opentusk.files.serving import disposition
from opentusk.kit.queries.errors import BadQuery
from opentusk.kit.queries.exporting import export
from opentusk.kit.queries.exports.shapes import FORMATS, Export, ExportOptions
from opentusk.kit.values.slugs import slugify
from opentusk.querying.answering import etag_of, for_programs
from opentusk.querying.describing import title_of
from opentusk.querying.documents import headers_of, plain_links
from opentusk.querying.gates import allow_export, asking_sql, working_for
from opentusk.querying.limits import LIMITS
from opentusk.querying.questions import Pairs, pairs_of, read_either, value_of, without
from opentusk.querying.shelf import Blocks, take_export
from opentusk.querying.sql import export_sql, read_asked
from opentusk.querying.subjects import Subject, find_subject
from opentusk.tables.engine import engine

_OPTIONS = ("sep", "bom", "decimal")
_SEPARATORS = {",": ",", ";": ";", "tab": "\t", "\t": "\t", "|": "|"}


@for_programs("GET", "POST")
def export_file(request: HttpRequest, uuid: UUID, format: str, number: int | None = None) -> HttpResponseBase:
    """The answer to a question of either grammar, or to `sql`, as a file of this format."""
    if format not in FORMATS:
        raise BadQuery("query.unknown_format", column=format, did_you_mean=tuple(FORMATS))
    subject = find_subject(uuid, number=number)
    pairs = pairs_of(request)
    options = _options(pairs)
    asked = read_asked(request) if request.method == "POST" or value_of(pairs, "sql") else None
    key = etag_of(request, subject.fingerprint, repr(asked))
    unchanged = get_conditional_response(request, f'"{key}"')
    if unchanged is not None and unchanged.status_code == 304:
        unchanged.headers["ETag"] = f'"{key}"'
        return unchanged
    allow_export(request)
    if asked is not None:
        with asking_sql(request):
            made = take_export(key, lambda out: export_sql(subject, asked, format, out, options))
    else:
        with working_for(request):
            made = take_export(key, lambda out: _export(subject, pairs, format, out, options))
    return _send(request, subject, made, format, key)


def _export(subject: Subject, pairs: Pairs, format: str, out: Path, options: ExportOptions) -> Export:
    asked = read_either(without(pairs, *_OPTIONS), subject.ref)
    words = tuple((column.name, column.description) for column in subject.ref.shown if column.description)
    chosen = replace(options, labels=asked.labels, descriptions=words)
    return export(engine(), subject.ref, asked, format, out, chosen, LIMITS)


def _options(pairs: Pairs) -> ExportOptions:
    """How a CSV is written. Raises BadQuery."""
    separator = _one_of(pairs, "sep", tuple(_SEPARATORS), ",")
    bom = _one_of(pairs, "bom", ("true", "false"), "false")
    return ExportOptions(
        separator=_SEPARATORS[separator], bom=bom == "true", decimal=_one_of(pairs, "decimal", (".", ","), ".")
    )


def _one_of(pairs: Pairs, name: str, allowed: tuple[str, ...], default: str) -> str:
    value = value_of(pairs, name, default)
    if value not in allowed:
        raise BadQuery("query.one_of", name, values={"value": value[:60], "allowed": " ".join(allowed)})
    return value


def _send(request: HttpRequest, subject: Subject, made: Export, format: str, key: str) -> HttpResponseBase:
    response: HttpResponseBase
    if request.method == "HEAD":
        response = HttpResponse(content_type=made.media_type)
    else:
        response = StreamingHttpResponse(Blocks(made.path), content_type=made.media_type)
    digest = base64.b64encode(bytes.fromhex(made.sha256)).decode()
    name = f"{slugify(title_of(subject.table)) or 'tabella'}-v{subject.version.number}.{FORMATS[format].extension}"
    headers = {
        **headers_of(subject, plain_links(request, subject)),
        "Content-Length": str(made.size),
        "Content-Digest": f"sha-256=:{digest}:",
        "Content-Disposition": disposition(name),
        "X-Total-Rows": str(made.rows),
        "ETag": f'"{key}"',
        "Cache-Control": "public, no-cache",
    }
    for header, value in headers.items():
        response.headers[header] = value
    patch_vary_headers(response, ["Accept-Language"])
    return response
