"""Every write of the editorial room."""

from opentusk.editorial.actions.copying import duplicate, next_in_series, series_of, start_series
from opentusk.editorial.actions.declaring import note_columns, sign_declaration
from opentusk.editorial.actions.reserving import set_reserve
from opentusk.editorial.actions.reviewing import approve, ask_review, send_back, set_policy
from opentusk.editorial.actions.scheduling import publish_due, schedule, unschedule

__all__ = [
    "approve",
    "ask_review",
    "duplicate",
    "next_in_series",
    "note_columns",
    "publish_due",
    "schedule",
    "send_back",
    "series_of",
    "set_policy",
    "set_reserve",
    "sign_declaration",
    "start_series",
    "unschedule",
]
