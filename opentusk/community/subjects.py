"""Threads as other rooms speak of them: reserved, whoever asks."""

from opentusk.community.models import Thread
from opentusk.community.permissions import can_read
from opentusk.journal.actors import Actor
from opentusk.journal.models import reference_of
from opentusk.journal.subjects import Card


def thread_card(pk: int) -> Card | None:
    """The card of one thread."""
    thread = Thread.objects.filter(pk=pk).first()
    if thread is None:
        return None
    return Card(subject=reference_of(thread), title=thread.title, url=f"/comunita/{thread.pk}", is_public=False)


def may_read_thread(pk: int, by: Actor) -> bool:
    """Whether the actor reads this thread."""
    thread = Thread.objects.filter(pk=pk).first()
    return thread is not None and can_read(by, thread)
