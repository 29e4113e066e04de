"""Every write of the demand room."""

from opentusk.demand.actions.answering import (
    assign,
    decline,
    link,
    reopen,
    reopen_without_data,
    start,
    verify,
)
from opentusk.demand.actions.endorsing import endorse, withdraw_endorsement
from opentusk.demand.actions.examining import (
    accept,
    correct,
    freeze,
    hide,
    merge,
    reconsider,
    refuse,
    show,
    unmerge,
)
from opentusk.demand.actions.importing import take_over
from opentusk.demand.actions.moving import locked
from opentusk.demand.actions.personal import export, forget
from opentusk.demand.actions.reminding import remind_late
from opentusk.demand.actions.suggesting import dismiss_suggestion, suggest_for
from opentusk.demand.actions.wishing import (
    Wish,
    add_reason,
    correct_own,
    invent,
    propose,
)

__all__ = [
    "Wish",
    "accept",
    "add_reason",
    "assign",
    "correct",
    "correct_own",
    "decline",
    "dismiss_suggestion",
    "endorse",
    "export",
    "forget",
    "freeze",
    "hide",
    "invent",
    "link",
    "locked",
    "merge",
    "propose",
    "reconsider",
    "refuse",
    "remind_late",
    "reopen",
    "reopen_without_data",
    "show",
    "start",
    "suggest_for",
    "take_over",
    "unmerge",
    "verify",
    "withdraw_endorsement",
]
