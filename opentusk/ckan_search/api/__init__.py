"""The actions of this room, by their CKAN names."""

from collections.abc import Mapping

from opentusk.ckan.protocol import Action
from opentusk.ckan_search.api import completing, packages, resources

ACTIONS: Mapping[str, Action] = {
    "format_autocomplete": Action(completing.format_autocomplete),
    "package_autocomplete": Action(completing.package_autocomplete),
    "package_search": Action(packages.package_search),
    "resource_search": Action(resources.resource_search),
}
