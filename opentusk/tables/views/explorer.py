"""The explorer: one table for everybody, every state at an address of its own."""

from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from opentusk.catalog.models import Dataset, Distribution
from opentusk.kit.queries.rows_grammar import parse_rows
from opentusk.kit.queries.shapes import TableRef
from opentusk.kit.tables.shapes import Column
from opentusk.tables.addresses import page_of
from opentusk.tables.charts import panels_of
from opentusk.tables.display import shown_number
from opentusk.tables.engine import engine
from opentusk.tables.exploring import REFUSALS, Explored, explore, filters_of
from opentusk.tables.models import FileReading, Table
from opentusk.tables.places import Seen, count_named, extent_of, has_places, naming_column, places_of
from opentusk.tables.question import VIEWS, Question, is_tidy, question_of
from opentusk.tables.snippets import FORMATS, snippets_of
from opentusk.tables.words import steps_of, why
from opentusk.ui.speech import is_english

_MOST_PANELS = 120


@require_safe
def table_page(request: HttpRequest, slug: str, uuid: UUID) -> HttpResponse:
    """The rows that the address asks for, or the map, the columns, the calls of the API; or why there is nothing."""
    dataset = get_object_or_404(Dataset.objects.published().with_holder(), slug=slug)
    table = Table.objects.public().with_latest().filter(distribution__dataset=dataset, uuid=uuid).first()
    if table is None:
        return _not_explored(request, dataset, uuid)
    question = question_of(request.GET)
    if not is_tidy(request.GET, question):
        return redirect(f"{page_of(table)}?{question.query}" if question.query else page_of(table))
    context = _context(table, question)
    explored = context.get("explored")
    is_refused = isinstance(explored, Explored) and bool(explored.refusal)
    return render(request, "tables/explorer.html", context, status=400 if is_refused else 200)


@require_safe
def map_points(request: HttpRequest, slug: str, uuid: UUID) -> HttpResponse:
    """What the map draws of a question, in the box `vista=west,south,east,north`."""
    found = Table.objects.public().with_latest().filter(distribution__dataset__slug=slug, uuid=uuid)
    table = get_object_or_404(found)
    seen = Seen.of(request.GET.get("vista", ""), request.GET.get("celle", ""))
    if seen is None or table.latest is None:
        return JsonResponse({"detail": _("Manca il riquadro da mostrare.")}, status=400)
    ref = table.latest.ref()
    asked = [(name, value) for name, value in question_of(request.GET).asked if name not in {"columns", "celle"}]
    try:
        places = places_of(engine(), ref, parse_rows(asked, ref.columns), seen)
    except REFUSALS as refusal:
        return JsonResponse({"detail": refusal.message("en" if is_english() else "it")}, status=400)
    words = ngettext("%(n)s riga nel riquadro", "%(n)s righe nel riquadro", places["total"])
    return JsonResponse({**places, "words": words % {"n": shown_number(places["total"])}})


def _context(table: Table, question: Question) -> dict[str, object]:
    version = table.latest
    assert version is not None
    dataset = table.distribution.dataset
    found, ref = version.found(), version.ref()
    places = has_places(engine(), ref)
    naming = None if places else naming_column(ref)
    if question.view == "mappa" and not (places or naming):
        raise Http404
    title = table.title if table.key else dataset.title
    context: dict[str, object] = {
        "table": table,
        "version": version,
        "dataset": dataset,
        "holder": dataset.rights_holder,
        "title": title or dataset.title,
        "address": page_of(table),
        "site": settings.SITE_URL,
        "question": question,
        "columns": ref.shown,
        "hidden": sum(column.is_personal for column in ref.columns),
        "is_partial": found.is_partial,
        "has_places": places,
        "views": _views(question, is_mapped=places, is_named=naming is not None),
        "export_query": question.export_query,
        "formats": [(name, words) for name, words in FORMATS if places or name != "geojson"],
        "crumbs": [(dataset.title, f"/dataset/{dataset.slug}"), (_("Tabella"), "")],
    }
    if question.view == "colonne":
        panels = panels_of(ref.shown, found.profiles, found.rows)
        return {**context, "panels": panels[:_MOST_PANELS], "panels_left_out": max(0, len(panels) - _MOST_PANELS)}
    if question.view == "api":
        return {**context, "snippets": snippets_of(table, question)}
    explored = explore(engine(), ref, question, found.profiles, rows=found.rows)
    return {**context, **_asked(question, explored), **_map(question, explored, ref, naming)}


def _asked(question: Question, explored: Explored) -> dict[str, object]:
    return {
        "explored": explored,
        "filters": filters_of(explored.columns),
        "searched": question.value("search"),
        "kept": [(name, value) for name, value in question.asked if name not in {"search", "page", "cursor"}],
    }


def _map(question: Question, explored: Explored, ref: TableRef, naming: Column | None) -> dict[str, object]:
    if question.view != "mappa" or explored.query is None:
        return {}
    if naming:
        return {"naming": naming, "named": count_named(engine(), ref, explored.query, naming)}
    extent = extent_of(engine(), ref, explored.query)
    return {"extent": extent, "tiles": settings.MAP_TILES, "tiles_credit": settings.MAP_TILES_CREDIT}


def _views(question: Question, *, is_mapped: bool, is_named: bool) -> list[tuple[str, str, str]]:
    words = {
        "righe": _("Righe"),
        "mappa": _("Mappa") if is_mapped else _("Luoghi"),
        "colonne": _("Colonne"),
        "api": _("API"),
    }
    return [
        (name, words[name], question.seen_as(name).query) for name in VIEWS if name != "mappa" or is_mapped or is_named
    ]


def _not_explored(request: HttpRequest, dataset: Dataset, uuid: UUID) -> HttpResponse:
    """Why the file of this number is no table that can be explored."""
    distribution = get_object_or_404(Distribution.objects.with_series(), dataset=dataset, uuid=uuid)
    latest = distribution.series.latest if distribution.series else None
    reading = FileReading.objects.of_file(distribution).filter(file_version=latest).first()
    if reading is None:
        raise Http404
    context = {
        "dataset": dataset,
        "holder": dataset.rights_holder,
        "distribution": distribution,
        "file_version": latest,
        "reading": reading,
        "why": why(reading.code, reading.detail),
        "steps": steps_of(reading, "", is_public=False),
        "crumbs": [(dataset.title, f"/dataset/{dataset.slug}"), (_("Tabella"), "")],
    }
    return render(request, "tables/not_explored.html", context)
