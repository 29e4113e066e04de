"""What a datalab collects, while it does (the wall) and the same evening (its page, and CSV)."""

from django.http import HttpRequest, HttpResponse, JsonResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from opentusk.datalab.counting import collected_at, counted, without_small_cells
from opentusk.demand.counting import counts_of
from opentusk.demand.exporting import csv_answer
from opentusk.demand.forms.wishing import theme_choices
from opentusk.demand.models import Datalab
from opentusk.people.models import World

_LATEST = 8


@never_cache
@require_safe
def wall(request: HttpRequest, slug: str) -> HttpResponse:
    """For the projector."""
    datalab = _datalab(slug)
    context = {"datalab": datalab, "now": _state_of(datalab), "home": request.build_absolute_uri("/datalab")}
    return render(request, "datalab/wall.html", context)


@never_cache
@require_safe
def wall_json(request: HttpRequest, slug: str) -> JsonResponse:
    """What the wall asks again every five seconds."""
    return JsonResponse(_state_of(_datalab(slug)))


@require_safe
def datalab(request: HttpRequest, slug: str) -> HttpResponse:
    """Che cosa è uscito da Lecce: counts by theme, table and world, and every wish."""
    found = _datalab(slug)
    wishes = collected_at(found).in_order().select_related("table")
    items = list(wishes)
    worlds, few = without_small_cells(counted(item.proponent_world for item in items))
    tables = {table: sum(item.table_id == table.pk for item in items) for table in found.tables.order_by("number")}
    labels = dict(World.choices)
    context = {
        "datalab": found,
        "items": items,
        "total": len(items),
        "themes": _themes(counts_of(collected_at(found)).by_theme),
        "tables": list(tables.items()),
        "worlds": [(labels.get(name, _("non detto")), number) for name, number in worlds.items()],
        "few": few,
        "crumbs": [(_("Datalab"), reverse("tables")), (found.event_title, "")],
    }
    return render(request, "datalab/datalab.html", context)


@require_safe
def datalab_csv(request: HttpRequest, slug: str) -> StreamingHttpResponse:
    """The same wishes as a file."""
    found = _datalab(slug)
    return csv_answer(collected_at(found), name=f"{found.slug}.csv")


def _datalab(slug: str) -> Datalab:
    return get_object_or_404(Datalab.objects.select_related("basket"), slug=slug)


def _state_of(datalab: Datalab) -> dict[str, object]:
    wishes = collected_at(datalab)
    counts = counts_of(wishes)
    latest = wishes.order_by("-number").values_list("number", "title", "primary_theme")[:_LATEST]
    return {
        "total": counts.total,
        "themes": [{"code": code, "label": label, "n": n} for code, label, n in _themes(counts.by_theme)],
        "latest": [{"number": number, "title": title, "theme": theme} for number, title, theme in latest],
    }


def _themes(by_theme: object) -> list[tuple[str, str, int]]:
    """Every theme with its number, those without wishes too; then the wishes without a theme, when there are any."""
    counts = dict(by_theme)  # type: ignore[call-overload]
    rows = [(code, label, counts.get(code, 0)) for code, label in theme_choices()]
    rows.sort(key=lambda row: -row[2])
    return [*rows, ("", _("senza tema"), counts[""])] if counts.get("") else rows
