"""The register of the bodies."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _

from opentusk.bodies.models import Agent
from opentusk.catalog.models import Dataset
from opentusk.quality.models import DatasetScore
from opentusk.search.cards import cards_of

_BODIES_PER_PAGE = 30
_DATASETS_PER_PAGE = 20


def bodies(request: HttpRequest) -> HttpResponse:
    """Every body, by name, with its published datasets."""
    name, kind = request.GET.get("q", "").strip(), request.GET.get("tipo", "")
    found = Agent.objects.with_published_count().by_name()
    if name:
        found = found.filter(name__icontains=name)
    if kind in Agent.Kind.values:
        found = found.filter(kind=kind)
    context = {
        "page": Paginator(found, _BODIES_PER_PAGE).get_page(request.GET.get("page")),
        "kinds": Agent.Kind.choices,
        "name": name,
        "kind": kind,
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
        "crumbs": [(_("Enti"), "/enti"), (agent.name, "")],
    }
    return render(request, "pages/body.html", context)
