"""Resource views: kept for the clients that make them."""

from collections.abc import Sequence
from typing import Any

from django.db import transaction

from opentusk.catalog.models import Distribution
from opentusk.ckan.events import CkanEvent
from opentusk.ckan.models import ResourceView, ResourceViewQuerySet
from opentusk.journal.actions import draft, record_many
from opentusk.journal.actors import Actor
from opentusk.journal.models import Entry


@transaction.atomic
def create_view(row: Distribution, *, by: Actor, **columns: Any) -> ResourceView:
    """A view after the others."""
    position = row.resource_views.count()
    view = ResourceView.objects.create(distribution=row, position=position, **columns)
    _note(row, by)
    return view


@transaction.atomic
def update_view(view: ResourceView, *, by: Actor, **columns: Any) -> ResourceView:
    """Change a view."""
    for name, value in columns.items():
        setattr(view, name, value)
    view.save(update_fields=list(columns))
    _note(view.distribution, by)
    return view


@transaction.atomic
def delete_view(view: ResourceView, *, by: Actor) -> None:
    """Take a view away."""
    view.delete()
    _note(view.distribution, by)


@transaction.atomic
def reorder_views(row: Distribution, order: Sequence[ResourceView], *, by: Actor) -> None:
    """The views in this order; those that are not named follow."""
    named = {view.pk for view in order}
    rest = [view for view in row.resource_views.in_order() if view.pk not in named]
    for position, view in enumerate([*order, *rest]):
        view.position = position
        view.save(update_fields=["position"])
    _note(row, by)


@transaction.atomic
def clear_views(views: ResourceViewQuerySet, *, by: Actor) -> None:
    """Take many views away."""
    rows = Distribution.objects.filter(resource_views__in=views).distinct().select_related("dataset")
    drafts = [_entry(row, by) for row in rows]
    views.delete()
    record_many(drafts)


def _note(row: Distribution, by: Actor) -> None:
    record_many([_entry(row, by)])


def _entry(row: Distribution, by: Actor) -> Entry:
    return draft(CkanEvent.VIEWS_CHANGED, row.dataset, by=by, facts={"distribution": row.pk})
