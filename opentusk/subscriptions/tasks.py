"""What the journal and the clock ask of the subscriptions room."""

from collections.abc import Sequence

from django.utils import timezone

from opentusk.journal.models import Entry
from opentusk.subscriptions.actions import (
    follow_deeds,
    follow_work,
    forget_unconfirmed,
    match_new,
    prepare_due,
    send_due,
)
from opentusk.subscriptions.actions.reviewing import ask_who_still_follows
from opentusk.subscriptions.actions.sending import forget_old
from opentusk.subscriptions.actions.webhooks import forget_old_messages, match_webhooks, send_to_webhooks


def follow(entries: Sequence[Entry]) -> None:
    """Something happened: whatever events it gave are matched, for who has a role now."""
    if any(entry.event.startswith("bodies.member") for entry in entries):
        follow_work()
    follow_deeds(entries)
    match_new()
    match_webhooks()


def work() -> None:
    """Notices that come with roles, for those given and ended in other ways."""
    follow_work()


def match() -> None:
    """The same by the clock, for events that the reaction met before they were made."""
    match_new()
    match_webhooks()


def send() -> None:
    """Make messages of what is due, and hand them over."""
    prepare_due()
    send_due()
    send_to_webhooks()


def tidy() -> None:
    """Delete what was never confirmed, and the old log."""
    now = timezone.now()
    forget_unconfirmed(now)
    forget_old(now=now)
    forget_old_messages(now)


def review() -> None:
    """Ask who still wants to hear."""
    ask_who_still_follows(timezone.now())
