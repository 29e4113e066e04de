"""The history of a table: its versions, each with a permanent address and what changed in it."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from opentusk.tables.addresses import page_of
from opentusk.tables.history import versions_of
from opentusk.tables.models import Table


@require_safe
def versions_page(request: HttpRequest, slug: str, uuid: UUID) -> HttpResponse:
    """Every public version of a table, the newest first."""
    found = Table.objects.public().with_latest().filter(distribution__dataset__slug=slug, uuid=uuid)
    table = get_object_or_404(found)
    dataset = table.distribution.dataset
    context = {
        "table": table,
        "dataset": dataset,
        "address": page_of(table),
        "versions": versions_of(table),
        "crumbs": [
            (dataset.title, f"/dataset/{dataset.slug}"),
            (_("Tabella"), page_of(table)),
            (_("Versioni"), ""),
        ],
    }
    return render(request, "tables/versions.html", context)
