"""The portal's own pages."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from opentusk.bodies.models import Agent
from opentusk.catalog.models import Dataset
from opentusk.kit.vocabularies import THEMES


def home(request: HttpRequest) -> HttpResponse:
    """Search, themes, figures and news of the catalogue."""
    published = Dataset.objects.published()
    context = {
        "dataset_count": published.count(),
        "body_count": Agent.objects.filter(datasets__in=published).distinct().count(),
        "themes": [theme for theme in THEMES.terms if not theme.provisional],
    }
    return render(request, "pages/home.html", context)
