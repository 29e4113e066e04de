"""Every write of the directory, one module for each subject."""

from opentusk.ckan_directory.actions.accounts import make_account, save_account
from opentusk.ckan_directory.actions.members import leave_body, set_capacity, set_members
from opentusk.ckan_directory.actions.organizations import keep_extras
from opentusk.ckan_directory.actions.tagging import rebuild_tags, tag_datasets

__all__ = [
    "keep_extras",
    "leave_body",
    "make_account",
    "rebuild_tags",
    "save_account",
    "set_capacity",
    "set_members",
    "tag_datasets",
]
