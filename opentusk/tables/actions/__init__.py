"""Every write of the tables room: reading files, releasing versions, what producers choose, sweeping up."""

from opentusk.tables.actions.choosing import (
    accept_proposals,
    confirm_schema_change,
    describe_columns,
    overrule_reading,
    revoke_proposals,
)
from opentusk.tables.actions.examining import examine
from opentusk.tables.actions.excluding import give_without_columns
from opentusk.tables.actions.rebuilding import rebuild_tables, tidy
from opentusk.tables.actions.releasing import settle

__all__ = [
    "accept_proposals",
    "confirm_schema_change",
    "describe_columns",
    "examine",
    "give_without_columns",
    "overrule_reading",
    "rebuild_tables",
    "revoke_proposals",
    "settle",
    "tidy",
]
