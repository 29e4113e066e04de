"""What this room keeps of a person."""

from typing import Any

from opentusk.community.models import DigestChoice, Mailing, Thread, ThreadFollower
from opentusk.people.models import User


def export(user: User) -> dict[str, list[dict[str, Any]]]:
    """The threads of a person and the choice of the daily letter; answers are comments."""
    return {
        "discussioni della comunità": [
            {"titolo": one.title, "testo": one.body, "stato": one.state, "aperta": one.created_at.isoformat()}
            for one in Thread.objects.filter(author=user).order_by("pk")
        ],
        "riepilogo quotidiano della comunità": [
            {"fino al": one.told_until.isoformat()} for one in DigestChoice.objects.filter(user=user)
        ],
        "discussioni seguite della comunità": [
            {"titolo": one.thread.title}
            for one in ThreadFollower.objects.filter(user=user).select_related("thread").order_by("pk")
        ],
        "newsletter in invio": [
            {"oggetto": one.newsletter.subject}
            for one in Mailing.objects.filter(user=user).select_related("newsletter")
        ],
    }


def forget(user: User, tombstone: str) -> None:
    """Leave the words without the person; letters end. How many have had a newsletter stays what it was."""
    Thread.objects.filter(author=user).update(author=None, person_key=tombstone)
    DigestChoice.objects.filter(user=user).delete()
    ThreadFollower.objects.filter(user=user).delete()
    for mailing in Mailing.objects.filter(user=user).select_related("newsletter"):
        mailing.newsletter.recipients_count += 1
        mailing.newsletter.save(update_fields=["recipients_count"])
        mailing.delete()
