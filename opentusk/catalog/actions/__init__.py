"""Every write of the catalogue by people; what sources bring is stored by `storing.py`, with the same publication."""

from opentusk.catalog.actions.beginning import create_draft
from opentusk.catalog.actions.describing import judge, save_record
from opentusk.catalog.actions.editing import change_record, note_change
from opentusk.catalog.actions.filing import (
    add_file_version,
    attach_copy,
    attach_file,
    describe_waiting,
    refuse_file,
    remove_file,
)
from opentusk.catalog.actions.holding import lift_hold, open_hold
from opentusk.catalog.actions.naming import rename_draft
from opentusk.catalog.actions.publishing import delete_draft, publish, restore, withdraw
from opentusk.catalog.actions.serving import offer_service

__all__ = [
    "add_file_version",
    "attach_copy",
    "attach_file",
    "change_record",
    "create_draft",
    "delete_draft",
    "describe_waiting",
    "judge",
    "lift_hold",
    "note_change",
    "offer_service",
    "open_hold",
    "publish",
    "refuse_file",
    "remove_file",
    "rename_draft",
    "restore",
    "save_record",
    "withdraw",
]
