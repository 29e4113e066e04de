"""The comments under a thing as a page shows them."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from opentusk.comments.models import Comment
from opentusk.people.models import Consent


@dataclass
class Shown:
    """One comment: its row, who signs it, and the replies below it."""

    comment: Comment
    signature: str
    is_own: bool = False
    replies: list["Shown"] = field(default_factory=list)


def thread_of(subject: str, *, user_id: int | None = None) -> list[Shown]:
    """The comments under a thing, replies below what they answer.

    What was hidden or deleted keeps its place, without its words, as long as replies hang on it; what never became
    visible is nowhere. People are numbered in the order in which they first wrote here.
    """
    rows = list(Comment.objects.on(subject).filter(is_held=False).select_related("author", "as_body"))
    numbers = {key: number for number, key in enumerate(dict.fromkeys(row.person_key for row in rows), start=1)}
    named = _named(rows)
    shown = {
        row.pk: Shown(row, _signature(row, numbers, named), user_id is not None and row.author_id == user_id)
        for row in rows
    }
    for row in rows:
        if row.parent_id in shown and row.is_visible:
            shown[row.parent_id].replies.append(shown[row.pk])
    return [one for one in shown.values() if not one.comment.parent_id and (one.comment.is_visible or one.replies)]


def count_of(subject: str) -> int:
    """How many comments everybody can read there."""
    return Comment.objects.on(subject).visible().count()


def _named(rows: Iterable[Comment]) -> frozenset[int]:
    """The accounts that agreed to sign with their name."""
    authors = {row.author_id for row in rows if row.author_id}
    agreed = Consent.objects.standing().filter(user__in=authors, purpose=Consent.Purpose.PUBLIC_NAME)
    return frozenset(agreed.values_list("user_id", flat=True))


def _signature(row: Comment, numbers: dict[str, int], named: frozenset[int]) -> str:
    if row.as_body is not None:
        return row.as_body.name
    if row.origin:
        return _("Partecipante (importato)")
    if row.author is None:
        return _("Partecipante cancellato")
    if row.author_id in named and row.author.public_name:
        return row.author.public_name
    return _("Partecipante %(number)s") % {"number": numbers[row.person_key]}
