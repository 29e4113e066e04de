"""The final report of a consultation, and the figures after the datalabs: page, PDF, CSV, the figures themselves."""

import json
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from opentusk.consultation.models import MilestoneReport
from opentusk.consultation.report_pdf import pdf_of
from opentusk.consultation.report_tables import written
from opentusk.consultation.views.reading import crumbs_of, found_for
from opentusk.demand.models import WantedDataset

_TYPES = {"json": "application/json", "csv": "text/csv; charset=utf-8", "pdf": "application/pdf"}


@never_cache
def consultation_report(request: HttpRequest, slug: str) -> HttpResponse:
    """The final report of a consultation."""
    found = found_for(request, slug)
    report = get_object_or_404(MilestoneReport, consultation=found)
    return _page(request, report, crumbs_of(found, _("Rapporto finale")))


@never_cache
def report(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """A report by its own address, which does not change."""
    found = get_object_or_404(MilestoneReport, uuid=uuid)
    return _page(request, found, [(_("Consultazioni"), "/consultazioni"), (str(written(found).title), "")])


def report_pdf(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """The tagged PDF, in the reader's language."""
    found = get_object_or_404(MilestoneReport, uuid=uuid)
    return _file(pdf_of(found, get_language() or "it"), f"rapporto-{found.edition}-{found.kind}", "pdf")


def report_table(request: HttpRequest, uuid: UUID, code: str) -> HttpResponse:
    """One table as CSV."""
    found = get_object_or_404(MilestoneReport, uuid=uuid)
    table = written(found).table(code)
    if table is None:
        raise Http404(code)
    return _file(table.as_csv(), f"{found.edition}-{found.kind}-{code}", "csv")


def report_counts(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """The figures byte for byte as their SHA-256 was taken."""
    found = get_object_or_404(MilestoneReport, uuid=uuid)
    return _file(found.counts, f"{found.edition}-{found.kind}-numeri", "json")


def _page(request: HttpRequest, found: MilestoneReport, crumbs: list[tuple[str, str]]) -> HttpResponse:
    context = {
        "report": found,
        "written": written(found),
        "now": difference_of(found),
        "crumbs": crumbs,
    }
    return render(request, "consultation/report.html", context)


def difference_of(found: MilestoneReport) -> dict[str, Any]:
    """How the basket is now, beside what the report fixed."""
    then = json.loads(found.counts)["basket"]
    now = WantedDataset.objects.in_the_basket().of_edition(found.edition).count()
    return {"then": then, "now": now, "more": f"{now - then:+d}" if now != then else ""}


def _file(content: bytes | str, name: str, ending: str) -> HttpResponse:
    headers = {
        "Content-Disposition": f'attachment; filename="{name}.{ending}"',
        "X-Content-Type-Options": "nosniff",
        "Vary": "Accept-Language, Cookie",
    }
    return HttpResponse(content, content_type=_TYPES[ending], headers=headers)
