"""Every write of the community room."""

from opentusk.community.actions.digests import choose_digest, follow, unfollow, write_digest
from opentusk.community.actions.documents import add_document, add_version, ask_for_reviews, set_review
from opentusk.community.actions.newsletters import (
    begin_sending,
    save_newsletter,
    send_batch,
    try_newsletter,
    unsubscribe,
)
from opentusk.community.actions.personal import export, forget
from opentusk.community.actions.threads import answer, mark_useful, move_thread, set_locked, set_pinned, start_thread

__all__ = [
    "add_document",
    "add_version",
    "answer",
    "ask_for_reviews",
    "begin_sending",
    "choose_digest",
    "export",
    "follow",
    "forget",
    "mark_useful",
    "move_thread",
    "save_newsletter",
    "send_batch",
    "set_locked",
    "set_pinned",
    "set_review",
    "start_thread",
    "try_newsletter",
    "unfollow",
    "unsubscribe",
    "write_digest",
]
