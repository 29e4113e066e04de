"""What every page of the guide needs: the dataset that the person may write, its guide, its steps."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _

from opentusk.catalog.models import Dataset
from opentusk.catalog.permissions import editable_datasets
from opentusk.journal.actors import Actor
from opentusk.people.actors import actor_of
from opentusk.publishing.models import Guide
from opentusk.publishing.progress import next_step, steps_of


def actor(request: HttpRequest) -> Actor:
    """Who asks."""
    return actor_of(request.user)


def dataset_of(request: HttpRequest, pk: int) -> Dataset:
    """The dataset, if the person may write it."""
    return get_object_or_404(editable_datasets(actor(request)).with_holder(), pk=pk)


def guide_shown(dataset: Dataset) -> Guide:
    """The guide of a dataset; one begun elsewhere gets a row only when something is saved."""
    found = Guide.objects.filter(dataset=dataset).first() or Guide(dataset=dataset, way=Guide.Way.OTHER)
    found.dataset = dataset
    return found


def show(
    request: HttpRequest, template: str, guide: Guide, step: str, *, more: Mapping[str, Any], status: int = 200
) -> HttpResponse:
    """A page of the guide, with its steps on top."""
    steps = steps_of(guide)
    title = guide.dataset.title or guide.dataset.identifier
    context = {
        "guide": guide,
        "dataset": guide.dataset,
        "steps": steps,
        "step": next(found for found in steps if found.name == step),
        "number": [found.name for found in steps].index(step) + 1,
        "next_step": next_step(steps),
        "crumbs": [(_("Scrivania"), "/scrivania"), (title, "")],
        **more,
    }
    return render(request, f"publishing/{template}.html", context, status=status)
