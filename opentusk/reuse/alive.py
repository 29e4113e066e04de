"""Whether works are still there: their addresses are asked by the clock, their authors once a year by letter.

The address in a letter carries a signed value that names the work and the letter: nothing secret is kept, and an
answer to an older letter opens nothing.
"""

from collections.abc import Callable
from datetime import datetime, timedelta

from django.conf import settings
from django.core import signing
from django.core.mail import send_mail
from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from opentusk.journal.actions import record
from opentusk.journal.actors import SYSTEM
from opentusk.outbound.client import Answer
from opentusk.outbound.client import fetch as fetch_address
from opentusk.outbound.errors import Refused, Unreachable
from opentusk.reuse.actions import archive_work
from opentusk.reuse.events import ReuseEvent
from opentusk.reuse.models import Work
from opentusk.reuse.states import WorkState

OK, FAILING, BROKEN = "ok", "failing", "broken"
_SECONDS = 20.0
_HEALTHY, _FAILING = timedelta(days=7), timedelta(days=1)
_YEAR = timedelta(days=365)
_ANSWER_WITHIN = timedelta(days=90)
_SALT = "opentusk.reuse.alive"
# Servers that refuse HEAD, or know it only for files, are asked again as a browser asks.
_NOT_BY_HEAD = frozenset({403, 404, 405, 501})

Fetch = Callable[..., Answer]


def check_links(*, limit: int, now: datetime | None = None, fetch: Fetch = fetch_address) -> int:
    """Ask the addresses whose turn has come; how many."""
    moment = now or timezone.now()
    due = Work.objects.with_link_to_check(moment - _HEALTHY, moment - _FAILING).order_by("link_checked_at", "pk")
    works = list(due[:limit])
    for work in works:
        _note(work, answers=_answers(work.url, fetch), now=moment)
    return len(works)


def ask_authors(*, limit: int, now: datetime | None = None) -> int:
    """Write to the authors whom nobody has asked for a year; how many."""
    moment = now or timezone.now()
    due = Work.objects.not_asked_since(moment - _YEAR).filter(contact__is_active=True, is_demo=False).order_by("pk")
    works = list(due.select_related("contact")[:limit])
    for work in works:
        work.alive_asked_at = moment
        work.save(update_fields=["alive_asked_at"])
        with translation.override(settings.LANGUAGE_CODE):
            _write(work)
    return len(works)


def token_of(work: Work) -> str:
    """What goes into the address of the last letter about a work."""
    return signing.dumps([work.pk, work.alive_asked_at.isoformat() if work.alive_asked_at else ""], salt=_SALT)


def work_of(token: str) -> Work | None:
    """The work of a letter: the last one, not too old, about a work that is still in the gallery or was taken out."""
    try:
        number, asked = signing.loads(token, salt=_SALT, max_age=_ANSWER_WITHIN)
    except signing.BadSignature:
        return None
    work = Work.objects.filter(pk=number).first()
    if work is None or work.alive_asked_at is None or work.alive_asked_at.isoformat() != asked:
        return None
    return work


@transaction.atomic
def say_alive(work: Work) -> None:
    """Its authors say that it is still there."""
    work.alive_said_at = timezone.now()
    work.save(update_fields=["alive_said_at"])
    record(ReuseEvent.SAID_ALIVE, work, by=SYSTEM, facts={"title": work.title})


def say_gone(work: Work) -> None:
    """Its authors say that it is not there any more: out of the gallery; saying it twice changes nothing."""
    if work.state == WorkState.PUBLISHED:
        archive_work(work, by=SYSTEM, reason=_("Chi lo ha fatto dice che non c'è più."))


def _answers(url: str, fetch: Fetch) -> bool:
    try:
        answer = fetch(url, method="HEAD", seconds=_SECONDS)
        if answer.status in _NOT_BY_HEAD:
            answer = fetch(url, first_bytes=1_024, seconds=_SECONDS)
    except (Refused, Unreachable):
        return False
    return answer.status < 400


@transaction.atomic
def _note(work: Work, *, answers: bool, now: datetime) -> None:
    """One failure may be a bad day; after two in a row the page says it."""
    before = work.link_state
    work.link_state = OK if answers else BROKEN if before in {FAILING, BROKEN} else FAILING
    work.link_checked_at = now
    work.save(update_fields=["link_state", "link_checked_at"])
    if work.link_state == BROKEN != before:
        record(ReuseEvent.LINK_BROKEN, work, by=SYSTEM, facts={"title": work.title, "url": work.url})
    if before == BROKEN and answers:
        record(ReuseEvent.LINK_RESTORED, work, by=SYSTEM, facts={"title": work.title, "url": work.url})


def _write(work: Work) -> None:
    address = f"{settings.SITE_URL}/riusi/risposta/{token_of(work)}"
    text = _(
        "Ciao,\n\nnella galleria dei riusi c'è «%(title)s», che hai proposto tu: %(page)s\n\nC'è ancora? Rispondi con"
        " un clic: %(address)s\n\nSe non rispondi non succede nulla: te lo chiediamo una volta l'anno."
    ) % {"title": work.title, "page": f"{settings.SITE_URL}/riusi/{work.slug}", "address": address}
    signature = f"{settings.PORTAL_TITLE}\n{settings.SITE_URL}"
    subject = _("«%(title)s» c'è ancora?") % {"title": work.title}
    reader = work.contact.email if work.contact else ""
    send_mail(subject, f"{text}\n\n{signature}", settings.DEFAULT_FROM_EMAIL, [reader])
