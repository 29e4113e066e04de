"""Letters of the community: the newsletter with its way out, the daily digest, documents to look at again."""

from collections.abc import Sequence
from dataclasses import dataclass
from email.utils import parseaddr
from urllib.parse import urlsplit

from django.conf import settings
from django.core import signing
from django.core.mail import EmailMultiAlternatives, send_mail
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from opentusk.bodies.models import Membership
from opentusk.community.models import Document, Newsletter
from opentusk.people.models import User

_SALT = "opentusk.community.newsletter"


@dataclass(frozen=True)
class News:
    """One line of the digest."""

    title: str
    path: str


def token_of(user: User) -> str:
    """The person's own word: it ends the newsletter, and nothing else."""
    return signing.dumps([user.pk, user.person_key], salt=_SALT)


def person_of(token: str) -> User | None:
    """Whose word it is; nobody's when it is not ours, or the person has left."""
    try:
        number, key = signing.loads(token, salt=_SALT)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    return User.objects.active().filter(pk=number, person_key=key).first()


def send_newsletter_to(newsletter: Newsletter, reader: User, *, is_trial: bool = False) -> None:
    """One letter, with one press to have no more (RFC 8058)."""
    unsubscribe = f"{settings.SITE_URL}/newsletter/annulla/{token_of(reader)}"
    host = urlsplit(settings.SITE_URL).hostname or "localhost"
    mailbox = parseaddr(settings.DEFAULT_FROM_EMAIL)[1]
    with translation.override(reader.language):
        context = {
            "newsletter": newsletter,
            "portal": settings.PORTAL_TITLE,
            "unsubscribe": unsubscribe,
            "archive": f"{settings.SITE_URL}/newsletter/{newsletter.pk}",
        }
        subject = f"[{_('prova')}] {newsletter.subject}" if is_trial else newsletter.subject
        letter = EmailMultiAlternatives(
            subject,
            render_to_string("community/newsletter.txt", context),
            settings.DEFAULT_FROM_EMAIL,
            [reader.email],
            headers={
                "List-Id": f"{settings.PORTAL_TITLE} <newsletter.{host}>",
                "List-Unsubscribe": f"<{unsubscribe}>, <mailto:{mailbox}?subject={_('annulla')}>",
                "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
                "Auto-Submitted": "auto-generated",
            },
        )
        letter.attach_alternative(render_to_string("community/newsletter_letter.html", context), "text/html")
    letter.send()


def send_digest_to(reader: User, news: Sequence[News]) -> None:
    """What is new, one line each."""
    with translation.override(reader.language):
        context = {"news": news, "site": settings.SITE_URL, "portal": settings.PORTAL_TITLE}
        subject = _("Novità della comunità, %(portal)s") % {"portal": settings.PORTAL_TITLE}
        body = render_to_string("community/digest.txt", context)
    send_mail(subject, body, settings.DEFAULT_FROM_EMAIL, [reader.email])


def send_review_letter(document: Document) -> None:
    """To the referenti of the body that keeps it; the address of the body where there is none."""
    referenti = Membership.objects.referenti_of(document.owner).select_related("user")
    addresses = [one.user.email for one in referenti] or [document.owner.contact_email]
    context = {"document": document, "site": settings.SITE_URL, "portal": settings.PORTAL_TITLE}
    body = render_to_string("community/review.txt", context)
    for address in filter(None, addresses):
        send_mail(_("Da rivedere: %(title)s") % {"title": document.title}, body, settings.DEFAULT_FROM_EMAIL, [address])
