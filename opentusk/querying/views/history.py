"""Versions, what differs between them, and what of the source did not fit."""

import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse

from opentusk.kit.queries.encoding import json_rows
from opentusk.kit.queries.shapes import Shape
from opentusk.kit.tables.changes import diff_tables, read_diff
from opentusk.querying.answering import Made, for_programs, json_text, send
from opentusk.querying.comparing import EXCEPTION_COLUMNS, diff_document, exceptions_of
from opentusk.querying.describing import version_json
from opentusk.querying.documents import headers_of, joined, plain_links
from opentusk.querying.limits import exports_dir
from opentusk.querying.questions import pairs_of, whole_number
from opentusk.querying.subjects import find_subject
from opentusk.tables.engine import engine


@for_programs("GET")
def versions(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """The public versions, the newest first."""
    subject = find_subject(uuid)
    found = subject.table.versions.public().newest_first().defer("examination", "steps")
    rows = [
        version_json(subject.table, version) | {"changes": _counts(version.changes)}
        for version in found.select_related("file_version__series")
    ]
    links = plain_links(request, subject)
    text = json_text({"data": rows, "meta": {"latest": subject.version.number}, "links": links})
    return send(request, text, lambda: Made(text, headers_of(subject, links)))


@for_programs("GET")
def exceptions(request: HttpRequest, uuid: UUID, number: int | None = None) -> HttpResponse:
    """The cells and lines of the source that did not fit."""
    subject = find_subject(uuid, number=number)
    pairs = pairs_of(request)
    size = whole_number(pairs, "page_size", default=50, most=1_000)
    page = whole_number(pairs, "page", default=1, most=100_000 // size)
    links = plain_links(request, subject)

    def make() -> Made:
        rows, total = exceptions_of(engine(), subject, offset=(page - 1) * size, limit=size)
        meta = {"total": total, "total_is_exact": True, "page": page, "page_size": size, "truncated": False}
        data = json_rows(EXCEPTION_COLUMNS, rows, Shape.OBJECTS, labels=False)
        text = joined(data, meta=meta | {"version": subject.version.number}, links=links)
        return Made(text, headers_of(subject, links))

    return send(request, subject.fingerprint, make)


@for_programs("GET")
def diff(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """What differs between two versions: counts, and the first rows that differ."""
    pairs = pairs_of(request)
    latest = find_subject(uuid).version.number
    new = find_subject(uuid, number=whole_number(pairs, "to", default=latest, most=10**9))
    old = find_subject(uuid, number=whole_number(pairs, "from", default=max(1, latest - 1), most=10**9))
    limit = whole_number(pairs, "limit", default=100, most=1_000)

    def make() -> Made:
        key = [column.name for column in new.ref.shown if column.is_key]
        with tempfile.TemporaryDirectory(dir=exports_dir()) as folder:
            found = diff_tables(old.ref.parquet, new.ref.parquet, key=key, out=Path(folder) / "diff.parquet")
            return Made(diff_document(engine(), old, new, found, limit=limit), headers_of(new, {}))

    return send(request, f"{old.fingerprint}{new.fingerprint}", make)


def _counts(changes: Mapping[str, Any]) -> dict[str, Any]:
    """What is public of the differences from the version before: the columns of values are not."""
    diff = read_diff(changes)
    if diff is None:
        return {}
    return {
        "added": diff.added,
        "removed": diff.removed,
        "changed": diff.known_changed,
        "columns_added": list(diff.added_columns),
        "columns_removed": list(diff.removed_columns),
        "columns_retyped": list(diff.retyped),
    }
