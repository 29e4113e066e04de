"""Threads and answers as members see them: with name and body, which nobody else ever does."""

from django.utils.translation import gettext as _

from opentusk.comments.models import Comment
from opentusk.comments.threads import Shown, thread_of
from opentusk.community.models import Thread
from opentusk.journal.models import reference_of


def answers_of(thread: Thread, *, user_id: int | None) -> list[Shown]:
    """The answers of a thread, signed for members."""
    found = thread_of(reference_of(thread), user_id=user_id)
    for shown in found:
        _sign(shown)
    return found


def signature_of(row: Thread | Comment) -> str:
    """Name and body of who wrote, as far as they are known."""
    if row.author is None:
        return _("Partecipante cancellato")
    name = row.author.name or row.author.public_name or _("una persona")
    return f"{name}, {row.as_body.name}" if row.as_body else name


def _sign(shown: Shown) -> None:
    shown.signature = signature_of(shown.comment)
    for reply in shown.replies:
        _sign(reply)
