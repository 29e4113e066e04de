"""Threads and their answers."""

from django.db import transaction
from django.utils import timezone

from opentusk.comments.actions import post
from opentusk.comments.models import Comment
from opentusk.community.actions.digests import follow
from opentusk.community.errors import IllegalMove, Locked, Missing, NamesSomebody, NotAnAnswer
from opentusk.community.events import CommunityEvent
from opentusk.community.models import Thread
from opentusk.community.permissions import body_of, can_enter, can_moderate, can_read, is_author, require
from opentusk.journal.actions import record
from opentusk.journal.actors import Actor
from opentusk.journal.models import reference_of
from opentusk.kit.personal import names_somebody
from opentusk.people.models import User


@transaction.atomic
def start_thread(*, by: Actor, category: Thread.Category, title: str, body: str, is_demo: bool = False) -> Thread:
    """Ask or report something, and hear of its answers. Raises NotAllowed, Missing, NamesSomebody."""
    require(can_enter(by) and by.user_id is not None, "start_thread")
    author = User.objects.get(pk=by.user_id)
    thread = Thread.objects.create(
        category=category,
        title=said(title, "title"),
        body=said(body, "body"),
        author=author,
        person_key=author.person_key,
        as_body=body_of(by),
        is_demo=is_demo,
    )
    record(CommunityEvent.THREAD_STARTED, thread, by=by, facts={"person": author.person_key, "category": category})
    follow(thread, by=by)
    return thread


@transaction.atomic
def answer(thread: Thread, words: str, *, by: Actor, parent: Comment | None = None) -> Comment:
    """Write under a thread. Raises NotAllowed, Locked, and what `comments` refuses."""
    found = _locked_row(thread)
    require(can_read(by, found), "answer")
    if found.is_locked:
        raise Locked
    comment = post(reference_of(found), words, by=by, parent=parent, as_body=body_of(by), is_demo=found.is_demo)
    found.moved_at = timezone.now()
    found.save(update_fields=["moved_at"])
    follow(found, by=by)
    return comment


@transaction.atomic
def mark_useful(thread: Thread, comment: Comment | None, *, by: Actor) -> None:
    """Say which answer helped, or that none did after all. Raises NotAllowed, NotAnAnswer."""
    found = _locked_row(thread)
    require(is_author(by, found) or can_moderate(by), "mark_useful")
    if comment is not None and (comment.subject != reference_of(found) or not comment.is_visible):
        raise NotAnAnswer
    found.useful_answer = comment
    found.save(update_fields=["useful_answer"])
    record(CommunityEvent.ANSWER_MARKED, found, by=by, facts={"comment": comment.pk if comment else None})
    thread.refresh_from_db()


@transaction.atomic
def set_pinned(thread: Thread, is_pinned: bool, *, by: Actor) -> None:
    """Keep a thread on top, or let it go. Raises NotAllowed."""
    _set(thread, "is_pinned", is_pinned, by=by)


@transaction.atomic
def set_locked(thread: Thread, is_locked: bool, *, by: Actor) -> None:
    """Take no more answers, or take them again. Raises NotAllowed."""
    _set(thread, "is_locked", is_locked, by=by)


@transaction.atomic
def move_thread(thread: Thread, state: Thread.State, *, by: Actor, note: str = "") -> None:
    """Hide, show or delete a thread; its author may delete it. Raises IllegalMove, NotAllowed."""
    found = _locked_row(thread)
    is_own = state == Thread.State.DELETED and is_author(by, found)
    require(is_own or can_moderate(by), "move_thread")
    if state not in Thread.MOVES[found.state]:
        raise IllegalMove(found.state, state)
    before, found.state = found.state, state
    if state == Thread.State.DELETED:
        found.body = ""
    found.save(update_fields=["state", "body"])
    record(CommunityEvent.THREAD_MOVED, found, by=by, changes={"state": [before, state]}, facts={"note": note})
    thread.refresh_from_db()


def said(words: str, field: str) -> str:
    """The words, which must be there and name nobody. Raises Missing, NamesSomebody."""
    words = words.strip()
    if not words:
        raise Missing(field)
    if names_somebody(words):
        raise NamesSomebody(field)
    return words


def _set(thread: Thread, field: str, value: bool, *, by: Actor) -> None:
    require(can_moderate(by), field)
    found = _locked_row(thread)
    if getattr(found, field) != value:
        setattr(found, field, value)
        found.save(update_fields=[field])
        record(CommunityEvent.THREAD_CHANGED, found, by=by, changes={field: [not value, value]})
    thread.refresh_from_db()


def _locked_row(thread: Thread) -> Thread:
    return Thread.objects.select_for_update(no_key=True).get(pk=thread.pk)
