"""Every write of the subscriptions room: following, matching, sending."""

from opentusk.subscriptions.actions.deeds import follow_deeds
from opentusk.subscriptions.actions.following import (
    change,
    confirm,
    follow,
    forget_unconfirmed,
    mark_done,
    pause,
    resume,
    speak,
    unsubscribe,
    unsubscribe_all,
    write_again,
)
from opentusk.subscriptions.actions.matching import match_new
from opentusk.subscriptions.actions.sending import prepare_due, send_due
from opentusk.subscriptions.actions.working import follow_work

__all__ = [
    "change",
    "confirm",
    "follow",
    "follow_deeds",
    "follow_work",
    "forget_unconfirmed",
    "mark_done",
    "match_new",
    "pause",
    "prepare_due",
    "resume",
    "send_due",
    "speak",
    "unsubscribe",
    "unsubscribe_all",
    "write_again",
]
