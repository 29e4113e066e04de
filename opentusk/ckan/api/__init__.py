"""The actions of this room, by their CKAN names."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from opentusk.ckan.api import packages, resources, revising, site, views
from opentusk.ckan.protocol import Action, Call

_READS: tuple[Callable[[Call], Any], ...] = (
    packages.current_package_list_with_resources,
    packages.package_list,
    packages.package_show,
    resources.resource_show,
    site.help_show,
    site.site_read,
    site.status_show,
    views.resource_view_list,
    views.resource_view_show,
)
_WRITES: tuple[Callable[[Call], Any], ...] = (
    packages.dataset_purge,
    packages.package_create,
    packages.package_delete,
    packages.package_patch,
    packages.package_update,
    resources.resource_create,
    resources.resource_delete,
    resources.resource_patch,
    resources.resource_update,
    revising.package_revise,
    views.package_create_default_resource_views,
    views.resource_create_default_resource_views,
    views.resource_view_clear,
    views.resource_view_create,
    views.resource_view_delete,
    views.resource_view_reorder,
    views.resource_view_update,
)


def _table(functions: Iterable[Callable[[Call], Any]], *, writes: bool) -> dict[str, Action]:
    return {function.__name__: Action(function, writes=writes) for function in functions}


ACTIONS: Mapping[str, Action] = _table(_READS, writes=False) | _table(_WRITES, writes=True)
