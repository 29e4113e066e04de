"""Every write of the CKAN door: actions of the other rooms, and the rows of this one that go with them."""

from opentusk.ckan.actions.declaring import revoke_standing_declaration, sign_standing_declaration
from opentusk.ckan.actions.packages import (
    bring_package,
    change_package,
    create_package,
    delete_package,
    opened,
    purge_package,
    reorder_resources,
    restore_package,
)
from opentusk.ckan.actions.resources import add_resource, bring_file, change_resource, remove_resource
from opentusk.ckan.actions.settling import publish_waiting
from opentusk.ckan.actions.views import clear_views, create_view, delete_view, reorder_views, update_view

__all__ = [
    "add_resource",
    "bring_file",
    "bring_package",
    "change_package",
    "change_resource",
    "clear_views",
    "create_package",
    "create_view",
    "delete_package",
    "delete_view",
    "opened",
    "publish_waiting",
    "purge_package",
    "remove_resource",
    "reorder_resources",
    "reorder_views",
    "restore_package",
    "revoke_standing_declaration",
    "sign_standing_declaration",
    "update_view",
]
