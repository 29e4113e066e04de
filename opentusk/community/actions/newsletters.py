"""The newsletter: written, tried on oneself, sent in batches to consents that stand when each batch is sent."""

from smtplib import SMTPRecipientsRefused

from django.db import transaction
from django.utils import timezone

from opentusk.community.actions.threads import said
from opentusk.community.errors import BadLink, IllegalMove
from opentusk.community.events import CommunityEvent
from opentusk.community.letters import person_of, send_newsletter_to
from opentusk.community.models import Mailing, Newsletter
from opentusk.community.permissions import can_write_newsletters, require
from opentusk.journal.actions import enqueue, record
from opentusk.journal.actors import SYSTEM, Actor
from opentusk.people.consents import withdraw_consent
from opentusk.people.models import Consent, User, UserQuerySet

A_BATCH = 100
_TASK = "opentusk.community.tasks.send_newsletter"


@transaction.atomic
def save_newsletter(newsletter: Newsletter | None, *, by: Actor, subject: str, body: str) -> Newsletter:
    """Write a draft, or change it. Raises NotAllowed, IllegalMove, Missing, NamesSomebody."""
    require(can_write_newsletters(by), "save_newsletter")
    found = _locked(newsletter) if newsletter else Newsletter()
    if found.state != Newsletter.State.DRAFT:
        raise IllegalMove(found.state, Newsletter.State.DRAFT)
    found.subject, found.body = said(subject, "subject"), said(body, "body")
    found.save()
    record(CommunityEvent.NEWSLETTER_WRITTEN, found, by=by)
    return found


@transaction.atomic
def try_newsletter(newsletter: Newsletter, *, by: Actor) -> None:
    """Send it to oneself alone. Raises NotAllowed."""
    require(can_write_newsletters(by) and by.user_id is not None, "try_newsletter")
    record(CommunityEvent.NEWSLETTER_TRIED, newsletter, by=by)
    send_newsletter_to(newsletter, User.objects.get(pk=by.user_id), is_trial=True)


@transaction.atomic
def begin_sending(newsletter: Newsletter, *, by: Actor) -> None:
    """Let the worker send it. Raises NotAllowed, IllegalMove."""
    require(can_write_newsletters(by), "begin_sending")
    found = _locked(newsletter)
    _move(found, Newsletter.State.SENDING)
    found.save(update_fields=["state"])
    record(CommunityEvent.NEWSLETTER_BEGUN, found, by=by)
    enqueue(_TASK, key=f"newsletter:{found.pk}", newsletter_id=found.pk)
    newsletter.refresh_from_db()


def send_batch(newsletter_id: int, *, most: int = A_BATCH) -> bool:
    """Send to so many who agree now and have not had it; when nobody is left it is sent. Whether it goes on."""
    newsletter = Newsletter.objects.get(pk=newsletter_id)
    if newsletter.state != Newsletter.State.SENDING:
        return False
    readers = list(_who_agree().exclude(pk__in=newsletter.mailings.values("user")).order_by("pk")[:most])
    for reader in readers:
        _send_to(newsletter, reader)
    if not readers:
        _finish(newsletter)
    return bool(readers)


@transaction.atomic
def unsubscribe(token: str) -> None:
    """Take the consent back with the address of a letter, without signing in; twice changes nothing. Raises BadLink."""
    person = person_of(token)
    if person is None:
        raise BadLink
    withdraw_consent(person, Consent.Purpose.NEWSLETTER)


def _who_agree() -> UserQuerySet:
    """The people who agree at this instant, and who proved that the address is theirs."""
    agreed = Consent.objects.standing().filter(purpose=Consent.Purpose.NEWSLETTER).values("user")
    return User.objects.active().filter(pk__in=agreed).exclude(confirmed_at=None, last_login=None)


@transaction.atomic
def _send_to(newsletter: Newsletter, reader: User) -> None:
    """Write down that the person has it, then send: a consent taken back a moment ago is asked again."""
    if not _who_agree().filter(pk=reader.pk).exists():
        return
    mailing, is_new = Mailing.objects.get_or_create(newsletter=newsletter, user=reader)
    if not is_new:
        return
    try:
        send_newsletter_to(newsletter, reader)
    except SMTPRecipientsRefused:
        # One address that is not there any more must not keep the others waiting.
        mailing.was_refused = True
        mailing.save(update_fields=["was_refused"])


@transaction.atomic
def _finish(newsletter: Newsletter) -> None:
    """Keep how many had it, and forget who."""
    found = _locked(newsletter)
    if found.state != Newsletter.State.SENDING:
        return
    _move(found, Newsletter.State.SENT)
    found.sent_at, found.recipients_count = (
        timezone.now(),
        found.recipients_count + found.mailings.filter(was_refused=False).count(),
    )
    found.save(update_fields=["state", "sent_at", "recipients_count"])
    found.mailings.all().delete()
    record(CommunityEvent.NEWSLETTER_SENT, found, by=SYSTEM, facts={"recipients": found.recipients_count})


def _move(found: Newsletter, state: Newsletter.State) -> None:
    if state not in Newsletter.MOVES[found.state]:
        raise IllegalMove(found.state, state)
    found.state = state


def _locked(newsletter: Newsletter) -> Newsletter:
    return Newsletter.objects.select_for_update(no_key=True).get(pk=newsletter.pk)
