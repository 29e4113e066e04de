"""The rows that differ between a version of a table and the one before it, for people."""

from dataclasses import replace
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from opentusk.kit.queries.errors import QueryRefusal, VersionGone
from opentusk.kit.queries.shapes import Heading
from opentusk.kit.tables.changes import read_diff
from opentusk.querying.comparing import Difference, differences_of, differing_rows
from opentusk.querying.errors import NoSuchTable
from opentusk.querying.subjects import Subject, find_subject
from opentusk.tables.addresses import page_of
from opentusk.tables.engine import engine

_SHOWN = 50
_KEPT = "changes.parquet"


@require_safe
def differences(request: HttpRequest, slug: str, uuid: UUID, number: int) -> HttpResponse:
    """The first rows that differ, changed ones with what they were; they were kept when the version was read."""
    new, old = _both(uuid, number)
    if new.table.distribution.dataset.slug != slug:
        raise Http404
    diff, kept = read_diff(new.version.changes), new.ref.parquet.with_name(_KEPT)
    columns: tuple[Heading, ...] = ()
    found: list[Difference] = []
    is_busy = False
    if diff and kept.exists():
        try:
            columns, rows = differing_rows(engine(), old, new, replace(diff, rows=kept), limit=2 * _SHOWN)
            found = differences_of(rows)[:_SHOWN]
        except QueryRefusal:
            is_busy = True
    dataset, address = new.table.distribution.dataset, page_of(new.table)
    context = {
        "dataset": dataset,
        "old": old.version,
        "new": new.version,
        "address": address,
        "api": f"/api/v1/tables/{uuid}/diff?from={old.version.number}&to={new.version.number}&limit=1000",
        "columns": [column.label for column in columns[2:]],
        "differences": found,
        "total": diff.added + diff.removed + diff.changed if diff else 0,
        "is_busy": is_busy,
        "crumbs": [
            (dataset.title, f"/dataset/{dataset.slug}"),
            (_("Tabella"), address),
            (_("Versioni"), f"{address}/versioni"),
            (_("Righe diverse"), ""),
        ],
    }
    return render(request, "querying/differences.html", context)


def _both(uuid: UUID, number: int) -> tuple[Subject, Subject]:
    """The version and the public one before it: rows of one that is not public any more are not shown."""
    try:
        new = find_subject(uuid, number=number)
        before = new.table.versions.public().filter(number__lt=number).newest_first().first()
        if before is None:
            raise Http404
        return new, find_subject(uuid, number=before.number)
    except (NoSuchTable, VersionGone) as fault:
        raise Http404 from fault
