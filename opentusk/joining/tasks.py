"""What the worker does for those who join: letters, reminders by the clock, forgetting what nobody confirmed."""

from django.conf import settings
from django.utils import timezone, translation

from opentusk.joining import actions, letters
from opentusk.joining.models import Accreditation


def send_letter(letter: str, about: str, pk: int) -> None:
    """Write the letter of this name about a request, and send it; a request that is gone needs no letter."""
    found = Accreditation.objects.filter(pk=pk).first()
    if found is None:
        return
    with translation.override(settings.LANGUAGE_CODE):
        letters.about_accreditation(letter, found).send()


def remind() -> None:
    """Write to whoever lets a request to join wait."""
    actions.remind(now=timezone.now())


def forget() -> None:
    """Delete requests that nobody confirmed, and private files that no row names."""
    actions.forget_unconfirmed()
    actions.forget_unused_files()
