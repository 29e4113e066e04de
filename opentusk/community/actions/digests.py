"""The daily letter of what is new, for members who want it: of everything, or of the threads that they follow."""

from django.db import transaction
from django.utils import timezone

from opentusk.comments.models import Comment
from opentusk.community.letters import News, send_digest_to
from opentusk.community.models import DigestChoice, DocumentVersion, Thread, ThreadFollower
from opentusk.community.permissions import can_enter, can_have, can_read, require
from opentusk.journal.actors import Actor
from opentusk.journal.models import reference_of
from opentusk.people.actors import actor_of


@transaction.atomic
def choose_digest(wants: bool, *, by: Actor) -> None:
    """Ask for the letter of everything, or for no letter any more. Raises NotAllowed."""
    require(can_enter(by) or not wants, "choose_digest")
    if wants and by.user_id is not None:
        DigestChoice.objects.update_or_create(user_id=by.user_id, defaults={"only_followed": False})
    else:
        DigestChoice.objects.filter(user=by.user_id).delete()


@transaction.atomic
def follow(thread: Thread, *, by: Actor) -> None:
    """Hear of new answers in the daily letter, which begins for whoever had none. Raises NotAllowed."""
    require(can_read(by, thread), "follow")
    if by.user_id is not None:
        ThreadFollower.objects.get_or_create(thread=thread, user_id=by.user_id)
        DigestChoice.objects.get_or_create(user_id=by.user_id, defaults={"only_followed": True})


@transaction.atomic
def unfollow(thread: Thread, *, by: Actor) -> None:
    """Hear of this thread no more; the letter ends with the last thread, unless it tells of everything."""
    ThreadFollower.objects.filter(thread=thread, user=by.user_id).delete()
    if not ThreadFollower.objects.filter(user=by.user_id).exists():
        DigestChoice.objects.filter(user=by.user_id, only_followed=True).delete()


@transaction.atomic
def write_digest(choice_id: int) -> bool:
    """Send what is new since the last letter, if something is and the person is still one of us; whether it was."""
    choices = DigestChoice.objects.select_for_update(no_key=True, of=("self",)).select_related("user")
    choice = choices.filter(pk=choice_id).first()
    if choice is None or not can_enter(actor_of(choice.user)):
        return False
    now = timezone.now()
    news = _news(choice)
    choice.told_until = now
    choice.save(update_fields=["told_until"])
    if news:
        send_digest_to(choice.user, news)
    return bool(news)


def _news(choice: DigestChoice) -> list[News]:
    if choice.only_followed:
        return _answered(choice)
    by = actor_of(choice.user)
    threads = Thread.objects.visible().filter(moved_at__gt=choice.told_until)
    versions = DocumentVersion.objects.filter(added_at__gt=choice.told_until).select_related("document")
    found = [News(thread.title, f"/comunita/{thread.pk}") for thread in threads.order_by("pk")]
    return found + [
        News(f"{one.document.title} (v{one.number})", f"/comunita/documenti/{one.document_id}")
        for one in versions.order_by("pk")
        if can_have(by, one.document)
    ]


def _answered(choice: DigestChoice) -> list[News]:
    """The followed threads in which somebody else wrote."""
    followed = Thread.objects.visible().filter(followers__user=choice.user, moved_at__gt=choice.told_until)
    threads = {reference_of(thread): thread for thread in followed.order_by("pk")}
    said = Comment.objects.visible().filter(subject__in=threads, created_at__gt=choice.told_until)
    answered = set(said.exclude(author=choice.user).values_list("subject", flat=True))
    return [News(thread.title, f"/comunita/{thread.pk}") for subject, thread in threads.items() if subject in answered]
