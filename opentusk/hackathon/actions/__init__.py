"""Every write of the hackathon room."""

from opentusk.hackathon.actions.entering import admit, exclude, missing_of, present, save_entry, submit, withdraw_entry
from opentusk.hackathon.actions.mentoring import add_mentor, end_mentor
from opentusk.hackathon.actions.personal import export, forget
from opentusk.hackathon.actions.preparing import advance, change_hackathon, create_hackathon, set_criteria
from opentusk.hackathon.actions.teaming import hide_name, join_team, leave_team, make_team, show_name, withdraw_team

__all__ = [
    "add_mentor",
    "admit",
    "advance",
    "change_hackathon",
    "create_hackathon",
    "end_mentor",
    "exclude",
    "export",
    "forget",
    "hide_name",
    "join_team",
    "leave_team",
    "make_team",
    "missing_of",
    "present",
    "save_entry",
    "set_criteria",
    "show_name",
    "submit",
    "withdraw_entry",
    "withdraw_team",
]
