"""How much data are reused: counted over the published works that are not invented for a demonstration."""

from typing import Any

from django.db.models import Count, Q

from opentusk.bodies.models import Agent
from opentusk.catalog.models import Dataset
from opentusk.reuse.models import Work
from opentusk.reuse.states import WorkState

_COUNTED = {"works__work__state": WorkState.PUBLISHED, "works__work__is_demo": False}


def datasets_by_works() -> list[Any]:
    """The public datasets that something was made with, the most reused first; each with `works_made`."""
    counted = Count("works__work", filter=Q(**_COUNTED), distinct=True)
    found = Dataset.objects.published().with_holder().annotate(works_made=counted).filter(works_made__gt=0)
    return list(found.order_by("-works_made", "title"))


def bodies_by_works() -> list[Any]:
    """The bodies whose data something was made with, each with `works_made` and `datasets_reused`."""
    works = {f"datasets__{name}": value for name, value in _COUNTED.items()}
    counted = Count("datasets__works__work", filter=Q(**works), distinct=True)
    reused = Count("datasets", filter=Q(**works), distinct=True)
    found = Agent.objects.annotate(works_made=counted, datasets_reused=reused).filter(works_made__gt=0)
    return list(found.order_by("-works_made", "name"))


def works_with(dataset: Dataset) -> list[Work]:
    """The works of the gallery that are made with a dataset, for its page."""
    return list(Work.objects.published().with_dataset(dataset).newest_first())
