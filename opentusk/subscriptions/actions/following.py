"""Beginning to follow, confirming, changing, ending."""

from datetime import datetime, timedelta

from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from opentusk.people.models import User
from opentusk.subscriptions.errors import BadLink, TooMany
from opentusk.subscriptions.links import confirm_address, manage_address
from opentusk.subscriptions.models import (
    ALL_FAMILIES,
    WORK_KINDS,
    InboxNotice,
    Rhythm,
    SavedQuery,
    Subscriber,
    Subscription,
)
from opentusk.subscriptions.scopes import checked_scope, needs_saved_query

MOST_SUBSCRIPTIONS = 200
_CONFIRMATION_KEPT = timedelta(days=7)


@transaction.atomic
def follow(
    kind: str, key: str, *, email: str = "", user: User | None = None, channel: str = "mail",
    rhythm: str = Rhythm.DAILY, families: int = ALL_FAMILIES, is_quiet: bool = False, language: str = "",
) -> Subscription:  # fmt: skip
    """Begin to follow something. Without an account the address must be confirmed first: a letter is sent.

    Following again changes nothing but the rhythm and the families. Raises UnknownScope, TooMany.
    """
    (kind, key), title = checked_scope(kind, key)
    subscriber = subscriber_for(email, user, language=language)
    if subscriber.subscriptions.count() >= MOST_SUBSCRIPTIONS:
        raise TooMany(MOST_SUBSCRIPTIONS)
    proved = user is not None or channel == "inbox"
    subscription, is_new = Subscription.objects.select_for_update(no_key=True).get_or_create(
        subscriber=subscriber, scope_kind=kind, scope_key=key, channel=channel,
        defaults={"title": title[:500], "rhythm": rhythm, "families": families, "is_quiet": is_quiet},
    )  # fmt: skip
    if not is_new and subscription.confirmed_at and proved:
        subscription.rhythm, subscription.families, subscription.is_quiet = rhythm, families, is_quiet
        subscription.is_carried = False
        subscription.save(update_fields=["rhythm", "families", "is_quiet", "is_carried"])
    if proved and subscription.confirmed_at is None:
        _confirm(subscription)
    elif not proved:
        # The same letter for who follows already: nobody learns from it what another address follows.
        transaction.on_commit(lambda: _send_confirmation(subscription))
    return subscription


@transaction.atomic
def confirm(subscriber: Subscriber, uuid: str) -> Subscription:
    """The person owns the address. Raises BadLink."""
    subscription = subscriber.subscriptions.select_for_update(no_key=True).filter(uuid=uuid).first()
    if subscription is None:
        raise BadLink
    # Whoever presses the button of a letter has got the letter.
    write_again(subscription.subscriber)
    if subscription.confirmed_at is None:
        _confirm(subscription)
    elif subscription.is_carried:
        subscription.is_carried = False
        subscription.save(update_fields=["is_carried"])
    return subscription


@transaction.atomic
def change(subscription: Subscription, *, rhythm: str, families: int, is_quiet: bool) -> None:
    """Hear of other things, or at another time."""
    subscription.rhythm, subscription.families, subscription.is_quiet = rhythm, families, is_quiet
    subscription.save(update_fields=["rhythm", "families", "is_quiet"])


@transaction.atomic
def pause(subscription: Subscription) -> None:
    """Hear nothing until it is resumed."""
    subscription.paused_at = timezone.now()
    subscription.save(update_fields=["paused_at"])


@transaction.atomic
def resume(subscription: Subscription) -> None:
    """Hear again, from now on."""
    subscription.paused_at = None
    subscription.save(update_fields=["paused_at"])


@transaction.atomic
def unsubscribe(subscription: Subscription) -> None:
    """End one subscription: what was asked, and whose it was, is gone. What comes with a role is paused."""
    if subscription.is_work:
        pause(subscription)
        return
    subscriber = subscription.subscriber
    # What was merged into it goes too: otherwise it would come back with the next merger.
    merged = subscriber.subscriptions.filter(channel=subscription.channel).carried()
    merged.filter(carried_to=subscription.scope_key).delete()
    subscription.delete()
    _forget_questions()
    _forget_if_alone(subscriber)


@transaction.atomic
def unsubscribe_all(subscriber: Subscriber) -> None:
    """End everything: subscriptions, log, address."""
    if subscriber.user_id is None:
        subscriber.delete()
    else:
        subscriber.subscriptions.exclude(scope_kind__in=WORK_KINDS).delete()
        subscriber.subscriptions.filter(paused_at__isnull=True).update(paused_at=timezone.now())
        subscriber.deliveries.all().delete()
    _forget_questions()


@transaction.atomic
def mark_done(notices: list[InboxNotice]) -> None:
    """The person has looked at these."""
    for notice in notices:
        notice.done_at = notice.done_at or timezone.now()
        notice.save(update_fields=["done_at"])


def forget_unconfirmed(now: datetime) -> int:
    """Delete what was never confirmed, with the addresses that nobody owned; how many."""
    old = Subscription.objects.unconfirmed_since(now - _CONFIRMATION_KEPT)
    gone, _kinds = old.delete()
    Subscriber.objects.filter(
        subscriptions__isnull=True, user__isnull=True, created_at__lt=now - _CONFIRMATION_KEPT
    ).delete()
    return gone


@transaction.atomic
def speak(subscriber: Subscriber, language: str) -> None:
    """Write to this person in another language."""
    subscriber.language = language
    subscriber.save(update_fields=["language"])


@transaction.atomic
def write_again(subscriber: Subscriber) -> None:
    """Send letters again to an address that refused them: its owner says that it takes them now."""
    if subscriber.bounced_at is not None:
        subscriber.bounced_at = None
        subscriber.save(update_fields=["bounced_at"])


def subscriber_for(email: str, user: User | None, *, language: str = "") -> Subscriber:
    """The row of an account, or of an address; `language` is that of a new one."""
    address = (user.email if user else email).strip().lower()
    spoken = language or (user.language if user else settings.LANGUAGE_CODE)
    subscriber, _is_new = Subscriber.objects.get_or_create(email=address, defaults={"language": spoken})
    if user and subscriber.user_id is None:
        subscriber.user = user
        subscriber.confirmed_at = subscriber.confirmed_at or timezone.now()
        subscriber.save(update_fields=["user", "confirmed_at"])
    return subscriber


def _confirm(subscription: Subscription) -> None:
    now = timezone.now()
    subscription.confirmed_at = now
    subscription.save(update_fields=["confirmed_at"])
    subscriber = subscription.subscriber
    follows_on = subscriber.subscriptions.filter(is_carried=True, scope_key=subscription.carried_to)
    follows_on.filter(channel=subscription.channel, confirmed_at__isnull=True).update(confirmed_at=now)
    if subscriber.confirmed_at is None:
        subscriber.confirmed_at = now
        subscriber.save(update_fields=["confirmed_at"])
    if needs_saved_query(subscription.scope_kind):
        SavedQuery.objects.get_or_create(kind=subscription.scope_kind, key=subscription.scope_key)


def _send_confirmation(subscription: Subscription) -> None:
    context = {
        "subscription": subscription,
        "portal": settings.PORTAL_TITLE,
        "confirm": confirm_address(subscription),
        "manage": manage_address(subscription.subscriber),
    }
    with override(subscription.subscriber.language):
        send_mail(
            _("Conferma l'avviso: %(title)s") % {"title": subscription.title},
            render_to_string("subscriptions/confirm.txt", context),
            settings.DEFAULT_FROM_EMAIL,
            [subscription.subscriber.email],
        )


def _forget_if_alone(subscriber: Subscriber) -> None:
    if subscriber.user_id is None and not subscriber.subscriptions.exists():
        subscriber.delete()


def _forget_questions() -> None:
    """Saved queries that nobody follows any more."""
    for query in SavedQuery.objects.all():
        if not Subscription.objects.filter(scope_kind=query.kind, scope_key=query.key).exists():
            query.delete()
