"""Every write of the jury room."""

from opentusk.jury.actions.deliberating import award, decide, deliberate, publish_ranking, reveal
from opentusk.jury.actions.judging import (
    accept_juror,
    declare_conflicts,
    find_juror,
    invite_juror,
    recuse,
    remind_juror,
    replace_juror,
    save_sheet,
    waive_conflict,
)

__all__ = [
    "accept_juror", "award", "decide", "declare_conflicts", "deliberate", "find_juror", "invite_juror",
    "publish_ranking", "recuse", "remind_juror", "replace_juror", "reveal", "save_sheet", "waive_conflict",
]  # fmt: skip
