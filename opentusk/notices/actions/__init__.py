"""Every write of the notices room: events from the journal, what the clock finds out, announcements."""

from opentusk.notices.actions.announcing import announce_change, withdraw_announcement
from opentusk.notices.actions.linking import judge_links
from opentusk.notices.actions.telling import rebuild_events, tell
from opentusk.notices.actions.timing import judge_lateness, tell_of_expiring_tokens, tell_of_waiting_columns

__all__ = [
    "announce_change",
    "judge_lateness",
    "judge_links",
    "rebuild_events",
    "tell",
    "tell_of_expiring_tokens",
    "tell_of_waiting_columns",
    "withdraw_announcement",
]
