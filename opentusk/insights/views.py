"""Pages of the insights room: what one can do, and the path of one wish."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from opentusk.demand.models import WantedDataset
from opentusk.insights.custody import steps_of
from opentusk.insights.exporting import csv_of, csv_of_snapshots, rows_of
from opentusk.insights.hub import what_is_on
from opentusk.insights.indicators import measure
from opentusk.insights.models import IndicatorSnapshot
from opentusk.insights.worlds import crossed


@require_safe
def take_part(request: HttpRequest) -> HttpResponse:
    """What one can do now, and what came of it."""
    return render(request, "insights/take_part.html", what_is_on() | {"crumbs": [(_("Partecipa"), "")]})


@require_safe
def custody(request: HttpRequest, edition: str, number: int) -> HttpResponse:
    """One wish, from the card to whoever reused the dataset."""
    wishes = WantedDataset.objects.shown().select_related("basket", "table", "assigned_body", "merged_into__basket")
    item = get_object_or_404(wishes, basket__edition=edition, number=number)
    steps = steps_of(item)
    context = {
        "item": item,
        "steps": steps,
        "done": sum(step.is_done for step in steps),
        "page": f"/paniere/{edition}/{number}",
        "crumbs": [(_("Partecipa"), "/partecipa"), (_("Il percorso di una richiesta"), "")],
    }
    return render(request, "insights/custody.html", context)


@require_safe
def indicators(request: HttpRequest) -> HttpResponse:
    """Every indicator as it is now, and the statistics by world; invented rows only when asked, and said."""
    with_demo = _with_demo(request)
    years = IndicatorSnapshot.objects.order_by("period").values_list("period", flat=True).distinct()
    context = {
        "measured": measure(with_demo=with_demo),
        "crossed": crossed(with_demo=with_demo),
        "with_demo": with_demo,
        "query": "?dimostrativi=1" if with_demo else "",
        "years": list(years),
        "crumbs": [(_("Partecipa"), "/partecipa"), (_("Indicatori"), "")],
    }
    return render(request, "insights/indicators.html", context)


@require_safe
def indicators_csv(request: HttpRequest) -> HttpResponse:
    """The values of now, for spreadsheets."""
    return _csv(csv_of(measure(with_demo=_with_demo(request))), "indicatori.csv")


@require_safe
def indicators_json(request: HttpRequest) -> JsonResponse:
    """The values of now, for programs."""
    with_demo = _with_demo(request)
    found = {"dimostrativi": with_demo, "indicatori": rows_of(measure(with_demo=with_demo))}
    return JsonResponse(found, headers={"Access-Control-Allow-Origin": "*"})


@require_safe
def years_csv(request: HttpRequest) -> HttpResponse:
    """The values of the years, this one as far as it has come."""
    return _csv(csv_of_snapshots(IndicatorSnapshot.objects.in_order()), "indicatori-per-anno.csv")


def _with_demo(request: HttpRequest) -> bool:
    return request.GET.get("dimostrativi") == "1"


def _csv(text: str, name: str) -> HttpResponse:
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Access-Control-Allow-Origin": "*"}
    return HttpResponse(text, content_type="text/csv; charset=utf-8", headers=headers)
