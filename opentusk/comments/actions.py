"""Every write of the comments room. Whether somebody may write under a thing is asked by the thing's room before."""

import re
import secrets
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from opentusk.bodies.models import Agent
from opentusk.comments.errors import (
    Empty,
    IllegalMove,
    NamesSomebody,
    NotAllowed,
    TooDeep,
    TooLate,
    TooLong,
    Unconfirmed,
)
from opentusk.comments.events import CommentsEvent
from opentusk.comments.models import Comment, Flag
from opentusk.comments.permissions import can_moderate, is_author
from opentusk.journal.actions import record
from opentusk.journal.actors import Actor
from opentusk.kit.personal import names_somebody
from opentusk.people.actors import person_behind
from opentusk.people.models import User

MOST = 3_000
# A new account that writes several addresses is looked at first: that is what spam is made of.
_LINKS_OF_A_NEWCOMER = 1
# Of words from elsewhere nobody can ask the author: any address or telephone number is looked at first.
_ANY_ADDRESS = re.compile(r"[\w.+-]+@[\w-]+\.\w|(?<!\d)(?:\+39[ .-]?)?[03]\d{1,3}[ ./-]?\d{5,8}(?!\d)")


@transaction.atomic
def post(
    subject: str,
    body: str,
    *,
    by: Actor,
    parent: Comment | None = None,
    alignment: int = 0,
    as_body: Agent | None = None,
    is_demo: bool = False,
) -> Comment:
    """Write under a thing; a newcomer's words with several addresses wait for a moderator.

    Raises Unconfirmed, Empty, TooLong, NamesSomebody, TooDeep.
    """
    author = _account(by)
    words = _checked(body)
    if parent is not None and (parent.parent_id or parent.subject != subject or not parent.is_visible):
        raise TooDeep(parent.pk)
    is_held = words.count("://") > _LINKS_OF_A_NEWCOMER and not _is_known(author)
    comment = Comment.objects.create(
        subject=subject,
        parent=parent,
        author=author,
        person_key=author.person_key,
        as_body=as_body,
        body=words,
        alignment=alignment,
        state=Comment.State.HIDDEN if is_held else Comment.State.VISIBLE,
        is_held=is_held,
        is_demo=is_demo,
    )
    event = CommentsEvent.HELD if is_held else CommentsEvent.POSTED
    record(event, comment, by=by, facts={"under": subject, "person": author.person_key})
    return comment


@transaction.atomic
def take_over(
    subject: str,
    body: str,
    *,
    by: Actor,
    origin: str,
    created_at: datetime,
    parent: Comment | None = None,
    alignment: int = 0,
) -> Comment:
    """What somebody wrote on another platform, without who; what holds personal data waits for a moderator.

    Raises NotAllowed, Empty, TooLong.
    """
    if not can_moderate(by):
        raise NotAllowed
    words = body.strip()
    if not words:
        raise Empty
    if len(words) > MOST:
        raise TooLong(MOST)
    is_held = names_somebody(words) or bool(_ANY_ADDRESS.search(words))
    comment = Comment.objects.create(
        subject=subject,
        parent=parent,
        person_key=f"import-{secrets.token_hex(6)}",
        body=words,
        alignment=alignment,
        state=Comment.State.HIDDEN if is_held else Comment.State.VISIBLE,
        is_held=is_held,
        origin=origin,
        created_at=created_at,
    )
    event = CommentsEvent.HELD if is_held else CommentsEvent.POSTED
    record(event, comment, by=by, facts={"under": subject, "person": comment.person_key})
    return comment


@transaction.atomic
def edit(comment: Comment, body: str, *, by: Actor) -> None:
    """Change one's own words, for a while, with a mark. Raises NotAllowed, TooLate, Empty, TooLong, NamesSomebody."""
    if not is_author(by, comment):
        raise NotAllowed
    now = timezone.now()
    if not comment.may_be_changed(now):
        raise TooLate
    comment.body, comment.edited_at = _checked(body), now
    comment.save(update_fields=["body", "edited_at"])
    record(CommentsEvent.EDITED, comment, by=by, facts={"under": comment.subject})


@transaction.atomic
def delete(comment: Comment, *, by: Actor) -> None:
    """Take one's own words away; the place stays, so that replies keep their sense. Raises NotAllowed, IllegalMove."""
    if not is_author(by, comment):
        raise NotAllowed
    found = _moved(comment, Comment.State.DELETED)
    found.body = ""
    found.save(update_fields=["state", "body"])
    _copy(found, comment)
    record(CommentsEvent.DELETED, comment, by=by, facts={"under": comment.subject})


@transaction.atomic
def hide(comment: Comment, *, by: Actor, note: str) -> None:
    """Take a comment out of sight, saying why; reports on it are upheld. Raises NotAllowed, IllegalMove."""
    if not can_moderate(by):
        raise NotAllowed
    _hide(comment, by=by, note=note)
    comment.flags.filter(state=Flag.State.OPEN).update(state=Flag.State.UPHELD)


@transaction.atomic
def keep_hidden(comment: Comment, *, by: Actor, note: str) -> None:
    """Confirm that a comment stays out of sight: its reports are upheld, nobody is asked again. Raises NotAllowed."""
    if not can_moderate(by):
        raise NotAllowed
    comment.is_held, comment.hiding_note = False, note
    comment.save(update_fields=["is_held", "hiding_note"])
    comment.flags.filter(state=Flag.State.OPEN).update(state=Flag.State.UPHELD)
    record(CommentsEvent.HIDDEN, comment, by=by, facts={"under": comment.subject, "note": note})


@transaction.atomic
def restore(comment: Comment, *, by: Actor) -> None:
    """Show a hidden comment again, or at last; reports on it are dismissed. Raises NotAllowed, IllegalMove."""
    if not can_moderate(by):
        raise NotAllowed
    found = _moved(comment, Comment.State.VISIBLE)
    found.hiding_note, found.is_held = "", False
    found.save(update_fields=["state", "hiding_note", "is_held"])
    found.flags.filter(state=Flag.State.OPEN).update(state=Flag.State.DISMISSED)
    _copy(found, comment)
    record(CommentsEvent.RESTORED, comment, by=by, facts={"under": comment.subject})


@transaction.atomic
def flag(comment: Comment, reason: Flag.Reason, *, by: Actor) -> Flag:
    """Report a comment, once each; personal data are hidden first and judged after. Raises Unconfirmed."""
    person = _account(by)
    found, is_new = Flag.objects.get_or_create(
        comment=comment, person_key=person.person_key, defaults={"reason": reason}
    )
    if is_new:
        now = Comment.objects.select_for_update(no_key=True).get(pk=comment.pk)
        record(CommentsEvent.FLAGGED, comment, by=by, facts={"reason": str(reason), "under": comment.subject})
        if reason == Flag.Reason.PERSONAL_DATA and now.is_visible:
            _hide(comment, by=by, note="")
    return found


@transaction.atomic
def dismiss_flags(comment: Comment, *, by: Actor) -> None:
    """Leave a reported comment where it is. Raises NotAllowed."""
    if not can_moderate(by):
        raise NotAllowed
    if comment.flags.filter(state=Flag.State.OPEN).update(state=Flag.State.DISMISSED):
        record(CommentsEvent.FLAG_DISMISSED, comment, by=by, facts={"under": comment.subject})


def move_all(subject: str, *, to: str) -> int:
    """Take the comments of a thing over to another one, when the two are merged; inside the caller's transaction."""
    return Comment.objects.on(subject).update(subject=to)


def _hide(comment: Comment, *, by: Actor, note: str) -> None:
    found = _moved(comment, Comment.State.HIDDEN)
    found.hiding_note = note
    found.save(update_fields=["state", "hiding_note"])
    _copy(found, comment)
    record(CommentsEvent.HIDDEN, comment, by=by, facts={"under": comment.subject, "note": note})


def _moved(comment: Comment, state: Comment.State) -> Comment:
    """The comment as it is now, locked, in its new state but not yet saved. Raises IllegalMove."""
    found = Comment.objects.select_for_update(no_key=True).get(pk=comment.pk)
    if not found.can_become(state):
        raise IllegalMove(found.state, state)
    found.state = state
    return found


def _copy(found: Comment, comment: Comment) -> None:
    """Let the caller's row say what was saved."""
    for name in ("state", "body", "hiding_note", "is_held"):
        setattr(comment, name, getattr(found, name))


def _account(by: Actor) -> User:
    user = person_behind(by)
    if user is None:
        raise Unconfirmed
    return user


def _is_known(author: User) -> bool:
    """Whether somebody has seen words of this account before: its comments, or its work for a body or the desk."""
    has_work = author.is_editor or author.memberships.valid().exists()
    return has_work or Comment.objects.visible().filter(author=author).exists()


def _checked(body: str) -> str:
    words = body.strip()
    if not words:
        raise Empty
    if len(words) > MOST:
        raise TooLong(MOST)
    if names_somebody(words):
        raise NamesSomebody
    return words


def export(user: User) -> dict[str, list[dict[str, object]]]:
    """Everything a person wrote or reported, for the person."""
    written = Comment.objects.filter(author=user).order_by("pk")
    reported = Flag.objects.filter(person_key=user.person_key).order_by("pk")
    return {
        "commenti": [
            {"su": one.subject, "testo": one.body, "stato": one.state, "scritto": one.created_at.isoformat()}
            for one in written
        ],
        "segnalazioni": [
            {"commento": one.comment_id, "motivo": one.reason, "quando": one.created_at.isoformat()} for one in reported
        ],
    }


def forget(user: User, tombstone: str) -> None:
    """Leave the words without the person: counts stay, the signature becomes that of a deleted participant."""
    Comment.objects.filter(author=user).update(author=None, person_key=tombstone)
    Flag.objects.filter(person_key=user.person_key).update(person_key=tombstone)
