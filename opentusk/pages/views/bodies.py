"""The register of the bodies."""

import csv

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from opentusk.bodies.models import Agent
from opentusk.bodies.permissions import can_manage_members
from opentusk.catalog.models import Dataset
from opentusk.pages.register import rows, table, with_figures
from opentusk.people.actors import actor_of
from opentusk.quality.models import DatasetScore
from opentusk.reuse.models import Work
from opentusk.search.cards import cards_of

_BODIES_PER_PAGE = 30
_DATASETS_PER_PAGE = 20


def bodies(request: HttpRequest) -> HttpResponse:
    """Every body, by name, with its state and figures."""
    name, kind, state = (request.GET.get(key, "").strip() for key in ("q", "tipo", "stato"))
    found = with_figures(Agent.objects.by_name())
    if name:
        found = found.filter(name__icontains=name)
    if kind in Agent.Kind.values:
        found = found.filter(kind=kind)
    context = {
        "page": Paginator(_in_state(found, state), _BODIES_PER_PAGE).get_page(request.GET.get("page")),
        "kinds": Agent.Kind.choices,
        "states": [("joined", _("hanno aderito")), *Agent.Status.choices[1:], ("others", _("non hanno aderito"))],
        "joined_count": Agent.objects.joined().active().count(),
        "name": name,
        "kind": kind,
        "state": state,
        "crumbs": [(_("Enti"), "")],
    }
    return render(request, "pages/bodies.html", context)


def body(request: HttpRequest, slug: str) -> HttpResponse:
    """One body: who it is, its office, its datasets and its feed."""
    agent = get_object_or_404(Agent, slug=slug)
    published = Dataset.objects.published().of(agent).order_by("title", "pk").values_list("pk", flat=True)
    page = Paginator(published, _DATASETS_PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "agent": agent,
        "page": page,
        "cards": cards_of(list(page.object_list), today=timezone.localdate()),
        "mean_score": DatasetScore.objects.mean_of(agent),
        "works_made": Work.objects.published().of_holder(agent).count(),
        "can_manage": can_manage_members(actor_of(request.user), agent),
        "crumbs": [(_("Enti"), "/enti"), (agent.name, "")],
    }
    return render(request, "pages/body.html", context)


@require_safe
def register_csv(request: HttpRequest) -> HttpResponse:
    """The register as a table."""
    answer = HttpResponse(content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="enti.csv"'
    answer["Access-Control-Allow-Origin"] = "*"
    csv.writer(answer).writerows(table())
    return answer


@require_safe
def register_json(request: HttpRequest) -> JsonResponse:
    """The register as JSON, with the day it was written."""
    found = {"aggiornato": timezone.localdate().isoformat(), "enti": list(rows())}
    answer = JsonResponse(found, json_dumps_params={"ensure_ascii": False})
    answer["Access-Control-Allow-Origin"] = "*"
    return answer


def _in_state(found: QuerySet[Agent], state: str) -> QuerySet[Agent]:
    if state == "joined":
        return found.filter(joined_on__isnull=False, status=Agent.Status.ACTIVE)
    if state == "others":
        return found.filter(joined_on__isnull=True)
    return found.filter(status=state) if state in Agent.Status.values else found
