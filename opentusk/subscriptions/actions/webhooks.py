"""Webhooks: made, matched, sent, tried again, switched off, replayed."""

import json
import random
import time
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from opentusk.notices.models import Event
from opentusk.notices.shapes import event_json
from opentusk.notices.speakers import still_public
from opentusk.outbound.client import Answer, post, require_public
from opentusk.outbound.errors import OutboundFault
from opentusk.outbound.politeness import is_count
from opentusk.outbound.sealing import Unsealable, reseal, seal
from opentusk.subscriptions.errors import BadAddress, TooMany
from opentusk.subscriptions.links import token_of
from opentusk.subscriptions.models import (
    ALL_FAMILIES,
    FAMILY_BITS,
    SECRET_OF_WEBHOOK,
    Subscriber,
    Webhook,
    WebhookMessage,
)
from opentusk.subscriptions.scopes import checked_scope, events_of
from opentusk.subscriptions.signing import new_secret, signed_headers

MOST_WEBHOOKS = 20
ROTATION = timedelta(days=1)
_SECONDS = 15.0
_BATCH = 200
# After each failure in a row (Standard Webhooks, suggested schedule); after the last the webhook is switched off.
RETRIES = tuple(
    timedelta(seconds=seconds) for seconds in (5, 300, 1_800, 7_200, 18_000, 36_000, 50_400, 72_000, 86_400)
)
SECRET_LOST = "secret_lost"  # noqa: S105 - a name, no secret
_GONE = 410
_SLOW_DOWN = frozenset({429, 502, 503, 504})


@transaction.atomic
def make_webhook(
    subscriber: Subscriber, *, url: str, kind: str, key: str, families: int = ALL_FAMILIES, is_full: bool = False
) -> Webhook:
    """A webhook that hears of what comes from now on. Raises BadAddress, UnknownScope, TooMany."""
    (kind, key), title = checked_scope(kind, key)
    if subscriber.webhooks.count() >= MOST_WEBHOOKS:
        raise TooMany(MOST_WEBHOOKS)
    try:
        require_public(url)
    except OutboundFault as fault:
        raise BadAddress(fault.code) from fault
    return Webhook.objects.create(
        subscriber=subscriber, url=url, scope_kind=kind, scope_key=key, title=title[:500], families=families,
        is_full=is_full, sealed_secret=seal(new_secret(), purpose=SECRET_OF_WEBHOOK), last_seq=_last_event(),
    )  # fmt: skip


@transaction.atomic
def rotate_secret(webhook: Webhook) -> str:
    """A new secret, told this once; the old one signs too for a day, so that the receiver can change over without
    losing anything.
    """
    made = new_secret()
    webhook.sealed_old_secret, webhook.old_secret_until = webhook.sealed_secret, timezone.now() + ROTATION
    try:
        webhook.secrets(timezone.now())
    except Unsealable:
        webhook.sealed_old_secret, webhook.old_secret_until = "", None
    webhook.sealed_secret = seal(made, purpose=SECRET_OF_WEBHOOK)
    webhook.save(update_fields=["sealed_secret", "sealed_old_secret", "old_secret_until"])
    return made


@transaction.atomic
def reseal_secrets() -> int:
    """Seal all secrets anew, after the key of the settings was changed; of how many webhooks. Raises Unsealable."""
    webhooks = Webhook.objects.select_for_update(no_key=True)
    for webhook in webhooks:
        webhook.sealed_secret = reseal(webhook.sealed_secret, purpose=SECRET_OF_WEBHOOK)
        webhook.sealed_old_secret = reseal(webhook.sealed_old_secret, purpose=SECRET_OF_WEBHOOK)
        webhook.save(update_fields=["sealed_secret", "sealed_old_secret"])
    return len(webhooks)


@transaction.atomic
def switch_on(webhook: Webhook) -> None:
    """Send again, beginning with what waits."""
    webhook.disabled_at, webhook.disabled_reason, webhook.failures = None, "", 0
    webhook.next_attempt_at = timezone.now()
    webhook.save(update_fields=["disabled_at", "disabled_reason", "failures", "next_attempt_at"])


@transaction.atomic
def delete_webhook(webhook: Webhook) -> None:
    """End it: address, secret and log are gone."""
    webhook.delete()


@transaction.atomic
def replay(webhook: Webhook, *, since: datetime | None = None, seq: int | None = None) -> int:
    """Send again one event, or everything since an instant, with the same ids; how many."""
    found = Event.objects.public()
    found = found.filter(seq=seq) if seq is not None else found.filter(at__gte=since or timezone.now())
    events = _heard(webhook, list(events_of(webhook.scope_kind, webhook.scope_key, found).order_by("seq")))
    for event in events:
        WebhookMessage.objects.update_or_create(
            webhook=webhook, seq=event.seq,
            defaults={"event_id": event.id, "status": WebhookMessage.Status.WAITING},
        )  # fmt: skip
    webhook.next_attempt_at = timezone.now()
    webhook.save(update_fields=["next_attempt_at"])
    return len(events)


def send_test(webhook: Webhook) -> dict[str, Any]:
    """Send a message that says that it is a trial; what came of it. Nothing is kept but the answer."""
    document = {"type": "test", "timestamp": timezone.now().isoformat(), "data": {"webhook": str(webhook.uuid)}}
    return _attempt(webhook, str(uuid4()), document, timezone.now())


def match_webhooks() -> int:
    """Make messages of the events that each webhook has not seen yet; how many."""
    return sum(_match_one(webhook.pk) for webhook in Webhook.objects.active())


@transaction.atomic
def _match_one(number: int) -> int:
    webhook = Webhook.objects.select_for_update(no_key=True).get(pk=number)
    last = _last_event()
    fresh = Event.objects.public().filter(seq__gt=webhook.last_seq, seq__lte=last)
    events = _heard(webhook, list(events_of(webhook.scope_kind, webhook.scope_key, fresh).order_by("seq")))
    WebhookMessage.objects.bulk_create(
        [WebhookMessage(webhook=webhook, seq=event.seq, event_id=event.id) for event in events], ignore_conflicts=True
    )
    webhook.last_seq = last
    webhook.save(update_fields=["last_seq"])
    return len(events)


def send_to_webhooks(*, now: datetime | None = None) -> int:
    """Send what waits, webhook by webhook, in the order of the events; one that fails delays only itself."""
    at = now or timezone.now()
    return sum(_send_to(webhook, at) for webhook in Webhook.objects.active().filter(next_attempt_at__lte=at))


def _send_to(webhook: Webhook, now: datetime) -> int:
    sent = 0
    for message in webhook.messages.waiting()[:_BATCH]:
        event = next(iter(still_public(Event.objects.public().filter(seq=message.seq))), None)
        if event is None:
            # No longer public: it is not told any more, on any channel.
            message.status = WebhookMessage.Status.DEAD
            message.save(update_fields=["status"])
            continue
        told = _attempt(webhook, str(message.event_id), _document(webhook, event), now)
        _note(webhook, message, told, now)
        if not told["ok"]:
            break
        sent += 1
    return sent


def _document(webhook: Webhook, event: Event) -> dict[str, Any]:
    """The body: ids and addresses, or with everything that the event says."""
    whole = event_json(event)
    thin = {name: whole[name] for name in ("seq", "id", "family", "severity")}
    about = {name: event.payload[name] for name in ("dataset", "subject", "holder") if name in event.payload}
    return {"type": event.type, "timestamp": event.at.isoformat(), "data": whole if webhook.is_full else thin | about}


def _attempt(webhook: Webhook, message_id: str, document: dict[str, Any], now: datetime) -> dict[str, Any]:
    body = json.dumps(document, ensure_ascii=False).encode()
    started = time.monotonic()
    told: dict[str, Any] = {"at": now.isoformat(), "status": 0, "fault": "", "ok": False, "wait": 0}
    try:
        headers = signed_headers(message_id, int(now.timestamp()), body, webhook.secrets(now))
        answer = post(webhook.url, body, headers=headers, seconds=_SECONDS)
    except Unsealable:
        told["fault"] = SECRET_LOST
    except OutboundFault as fault:
        told["fault"] = fault.code
    else:
        told |= _said(answer)
    told["ms"] = int((time.monotonic() - started) * 1_000)
    return told


def _said(answer: Answer) -> dict[str, Any]:
    """Only 2xx is a success: a redirect is a failure and is never followed."""
    wait = int(answer.retry_after) if is_count(answer.retry_after) and answer.status in _SLOW_DOWN else 0
    return {"status": answer.status, "ok": 200 <= answer.status < 300, "wait": min(wait, 86_400)}


@transaction.atomic
def _note(webhook: Webhook, message: WebhookMessage, told: dict[str, Any], now: datetime) -> None:
    message.attempts = [*message.attempts, told]
    if told["ok"]:
        message.status = WebhookMessage.Status.SENT
        webhook.failures = 0
    else:
        webhook.failures += 1
        _slow_down(webhook, told, now)
    message.save(update_fields=["attempts", "status"])
    webhook.save(update_fields=["failures", "next_attempt_at", "disabled_at", "disabled_reason"])


def _slow_down(webhook: Webhook, told: dict[str, Any], now: datetime) -> None:
    if told["fault"] == SECRET_LOST:
        _switch_off(webhook, _("Il suo segreto non si può più leggere: cambialo, poi riaccendilo."), now)
    elif told["status"] == _GONE:
        _switch_off(webhook, _("L'indirizzo risponde che non esiste più (410)."), now)
    elif webhook.failures > len(RETRIES):
        _switch_off(webhook, _("Non ha risposto per tre giorni di seguito."), now)
    else:
        wait = max(RETRIES[webhook.failures - 1], timedelta(seconds=told["wait"]))
        webhook.next_attempt_at = now + wait * random.uniform(1, 1.2)  # noqa: S311 - nothing secret


def _switch_off(webhook: Webhook, reason: str, now: datetime) -> None:
    webhook.disabled_at, webhook.disabled_reason = now, reason
    context = {"webhook": webhook, "console": f"{settings.SITE_URL}/avvisi/{token_of(webhook.subscriber)}/webhook"}
    with override(webhook.subscriber.language):
        subject, letter = _("Un tuo webhook è stato spento"), render_to_string("subscriptions/webhook_off.txt", context)
    address = webhook.subscriber.email
    transaction.on_commit(lambda: send_mail(subject, letter, settings.DEFAULT_FROM_EMAIL, [address]))


def _heard(webhook: Webhook, events: list[Event]) -> list[Event]:
    return [event for event in events if webhook.families & FAMILY_BITS[event.family]]


def _last_event() -> int:
    return Event.objects.order_by("-seq").values_list("seq", flat=True).first() or 0


def forget_old_messages(now: datetime) -> None:
    """The log of a webhook is kept for a month."""
    limit = now - timedelta(days=settings.NOTICE_LOG_DAYS)
    WebhookMessage.objects.filter(created_at__lt=limit).exclude(status=WebhookMessage.Status.WAITING).delete()
