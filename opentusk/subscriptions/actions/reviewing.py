"""Three times a year everybody is sent the list of what they follow: people change office, addresses change owner."""

from contextlib import suppress
from datetime import datetime, timedelta
from smtplib import SMTPRecipientsRefused

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import override

from opentusk.subscriptions.links import manage_address, unsubscribe_address
from opentusk.subscriptions.models import Subscriber

EVERY = timedelta(days=122)
_A_DAY = 2_000  # letters; the others are asked tomorrow


def ask_who_still_follows(now: datetime) -> int:
    """Send the list to those who were not asked for four months; how many letters.

    A worker that dies in between may send one of them twice, and leaves nobody out.
    """
    asked = Subscriber.objects.to_be_asked(now - EVERY).order_by("pk")[:_A_DAY]
    if not asked:
        return 0
    with get_connection() as connection:
        for subscriber in asked:
            with override(subscriber.language):
                letter = _letter(subscriber)
            letter.connection = connection
            # Whoever is not there any more is found out, and left alone, by the notices themselves.
            with suppress(SMTPRecipientsRefused):
                letter.send()
            subscriber.asked_at = now
            subscriber.save(update_fields=["asked_at"])
    return len(asked)


def _letter(subscriber: Subscriber) -> EmailMessage:
    unsubscribe = unsubscribe_address(subscriber)
    context = {
        "portal": settings.PORTAL_TITLE,
        "followed": subscriber.subscriptions.chosen().listening().newest_first(),
        "manage": manage_address(subscriber),
        "unsubscribe": unsubscribe,
    }
    return EmailMessage(
        _("Segui ancora queste cose?"),
        render_to_string("subscriptions/still_following.txt", context),
        settings.DEFAULT_FROM_EMAIL,
        [subscriber.email],
        headers={
            "List-Unsubscribe": f"<{unsubscribe}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
            "Auto-Submitted": "auto-generated",
        },
    )
