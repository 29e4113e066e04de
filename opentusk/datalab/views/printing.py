"""Paper: the sheets of the tables with their QR codes, and cards to fill in by hand."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache

from opentusk.datalab.sheets import cards_pdf, codes_of, sheets_pdf
from opentusk.datalab.views.leading import led_datalab, led_table


@never_cache
@login_required
def sheets(request: HttpRequest, slug: str) -> HttpResponse:
    """One page for each table, to print from the browser."""
    datalab = led_datalab(request, slug)
    tables = [(table, codes_of(table)) for table in datalab.tables.in_order()]
    return render(request, "datalab/sheets.html", {"datalab": datalab, "tables": tables})


@never_cache
@login_required
def sheets_file(request: HttpRequest, slug: str) -> HttpResponse:
    """The same pages as an accessible PDF."""
    datalab = led_datalab(request, slug)
    return _pdf(sheets_pdf(datalab), f"fogli-{datalab.slug}.pdf")


@never_cache
@login_required
def cards_file(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Four cards of a table on a page."""
    table = led_table(request, slug, number)
    return _pdf(cards_pdf(table), f"schede-{slug}-{table.number}.pdf")


def _pdf(content: bytes, name: str) -> HttpResponse:
    answer = HttpResponse(content, content_type="application/pdf")
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
