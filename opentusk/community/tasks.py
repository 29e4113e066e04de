"""What the worker and the clock do for the community."""

from django.utils import timezone

from opentusk.community import actions
from opentusk.community.models import DigestChoice
from opentusk.journal.actions import enqueue


def send_newsletter(newsletter_id: int) -> None:
    """One batch; the next is asked for until nobody is left."""
    if actions.send_batch(newsletter_id):
        enqueue("opentusk.community.tasks.send_newsletter", newsletter_id=newsletter_id)


def digest() -> None:
    """Once a day, a letter to each member who wants it."""
    day = timezone.localdate().isoformat()
    for pk in DigestChoice.objects.values_list("pk", flat=True):
        enqueue("opentusk.community.tasks.write_digest", key=f"community:digest:{pk}:{day}", choice_id=pk)


def write_digest(choice_id: int) -> None:
    """One letter."""
    actions.write_digest(choice_id)


def review() -> None:
    """Once a day, documents whose day of review has come."""
    actions.ask_for_reviews(today=timezone.localdate())
