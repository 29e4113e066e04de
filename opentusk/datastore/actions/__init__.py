"""Every write of the datastore room."""

from opentusk.datastore.actions.giving import give_due, give_version
from opentusk.datastore.actions.making import Wanted, check_new_store, create_store, drop_store
from opentusk.datastore.actions.preparing import prepare
from opentusk.datastore.actions.rows import delete_rows, write_rows
from opentusk.datastore.actions.settling import ask_to_give, follow_decision, follow_release, follow_suspicion
from opentusk.datastore.actions.tidying import tidy

__all__ = [
    "Wanted",
    "ask_to_give",
    "check_new_store",
    "create_store",
    "delete_rows",
    "drop_store",
    "follow_decision",
    "follow_release",
    "follow_suspicion",
    "give_due",
    "give_version",
    "prepare",
    "tidy",
    "write_rows",
]
