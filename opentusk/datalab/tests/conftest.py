"""The same table and people as in the demand room, whose rows the tables are."""

from opentusk.demand.tests.conftest import citizen, enter, facilitator, lecce, referent, staff, table, wish

__all__ = ["citizen", "enter", "facilitator", "lecce", "referent", "staff", "table", "wish"]
