"""E-mail: plain text and HTML without pictures, and a way out in one press."""

import smtplib
from email.utils import parseaddr
from functools import lru_cache
from hashlib import blake2b
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.template.loader import render_to_string
from django.utils.html import format_html_join
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from opentusk.subscriptions.errors import Undeliverable
from opentusk.subscriptions.links import manage_address, unsubscribe_address
from opentusk.subscriptions.models import Delivery
from opentusk.subscriptions.saying import Digest, Line

# Answers of a mail server that no second attempt changes: the address does not exist, or wants nothing of us.
_PERMANENT = range(550, 555)


class MailChannel:
    """For everybody with a confirmed address."""

    name = "mail"
    label = "E-mail"

    def __init__(self) -> None:
        self._connection: BaseEmailBackend | None = None

    def open(self) -> None:
        """One connection for many letters."""
        self._connection = get_connection()
        self._connection.open()

    def close(self) -> None:
        """Hang up."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def send(self, delivery: Delivery, digest: Digest) -> None:
        """Hand one letter to the mail server. Raises Undeliverable."""
        letter = letter_of(delivery, digest)
        letter.connection = self._connection
        try:
            letter.send()
        except smtplib.SMTPRecipientsRefused as fault:
            code, words = next(iter(fault.recipients.values()))
            raise Undeliverable(str(words)[:500], code=code, is_permanent=code in _PERMANENT) from fault
        except smtplib.SMTPResponseException as fault:
            code = fault.smtp_code
            raise Undeliverable(str(fault.smtp_error)[:500], code=code, is_permanent=code in _PERMANENT) from fault
        except (smtplib.SMTPException, OSError) as fault:
            raise Undeliverable(str(fault)[:500]) from fault


def letter_of(delivery: Delivery, digest: Digest) -> EmailMultiAlternatives:
    """The letter of a delivery; its Message-ID is the delivery's own, so that a retry is the same letter."""
    subscriber = delivery.subscriber
    unsubscribe = unsubscribe_address(subscriber)
    context = {
        "digest": digest,
        "portal": settings.PORTAL_TITLE,
        "site": settings.SITE_URL,
        "manage": manage_address(subscriber),
        "unsubscribe": unsubscribe,
    }
    text, html = _lines(digest)
    letter = EmailMultiAlternatives(
        subject_of(digest),
        render_to_string("subscriptions/letter.txt", {**context, "lines": text}),
        settings.DEFAULT_FROM_EMAIL,
        [subscriber.email],
        headers=_headers(delivery, digest, unsubscribe),
    )
    letter.attach_alternative(render_to_string("subscriptions/letter.html", {**context, "lines": html}), "text/html")
    return letter


def _lines(digest: Digest) -> tuple[str, str]:
    """The lines as text and as HTML."""
    found = [_line(line, get_language()) for line in digest.lines]
    return "".join(text for text, _html in found), format_html_join("", "{}", ((html,) for _text, html in found))


@lru_cache(maxsize=5_000)
def _line(line: Line, _language: str) -> tuple[str, str]:
    """One line as text and as HTML, written once for everybody who is told of it."""
    text, html = (render_to_string(f"subscriptions/letter_line.{kind}", {"line": line}) for kind in ("txt", "html"))
    return text, html


def subject_of(digest: Digest) -> str:
    """What the letter is about, in one line."""
    if len(digest.lines) == 1 and not digest.more:
        line = digest.lines[0]
        return f"{line.title}: {line.lines[0]}".replace("\n", " ")[:200]
    number = len(digest.lines) + digest.more
    if any(line.dataset_id is None for line in digest.lines):
        return ngettext("%(n)s novità", "%(n)s novità", number) % {"n": number}
    return ngettext("Novità di %(n)s dataset", "Novità di %(n)s dataset", number) % {"n": number}


def _headers(delivery: Delivery, digest: Digest, unsubscribe: str) -> dict[str, str]:
    host = urlsplit(settings.SITE_URL).hostname or "localhost"
    mailbox = parseaddr(settings.DEFAULT_FROM_EMAIL)[1]
    headers = {
        "Message-ID": f"<{delivery.id}@{host}>",
        "List-Id": f"{settings.PORTAL_TITLE} <avvisi.{host}>",
        "List-Unsubscribe": f"<{unsubscribe}>, <mailto:{mailbox}?subject={_('annulla')}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        "Auto-Submitted": "auto-generated",
        "X-OpenTusk-Events": " ".join(digest.event_ids[:20]),
    }
    if len(digest.lines) == 1 and not digest.more:
        # Letters about one thing are one conversation in the reader's programme.
        headers["References"] = f"<{_thread(digest.lines[0])}@{host}>"
    return headers


def _thread(line: Line) -> str:
    return f"dataset-{line.dataset_id}" if line.dataset_id else blake2b(line.page.encode(), digest_size=12).hexdigest()
