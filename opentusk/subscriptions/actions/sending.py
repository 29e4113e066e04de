"""From what waits to messages, and messages to their channels: one per person and channel, at least once."""

import random
import time
from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Self

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import override

from opentusk.subscriptions.channels import Channel, channels
from opentusk.subscriptions.content import Reader
from opentusk.subscriptions.errors import Undeliverable
from opentusk.subscriptions.models import Delivery, ScopeKind, Subscriber, Subscription
from opentusk.subscriptions.rhythms import next_week
from opentusk.subscriptions.saying import Digest

_BATCH = 1_000
# Few enough to be read just before they go, and to be handed over before their claim ends.
_AT_ONCE, CLAIMED = 200, timedelta(minutes=10)
_NOTED_AT_ONCE, _NOTED_AFTER = 50, 2.0
# How long after each failed attempt; then the delivery is dead, and visible.
RETRIES = (
    timedelta(minutes=1), timedelta(minutes=10), timedelta(minutes=30), timedelta(hours=2), timedelta(hours=6),
    timedelta(hours=12), timedelta(hours=24),
)  # fmt: skip
# After so many failures in a row a channel is left alone for this batch: the server is down, not the letters.
_BREAK_AFTER = 5


def prepare_due(*, now: datetime | None = None) -> int:
    """Make one delivery of everything that a person waits for on a channel, if its time has come; how many."""
    at = now or timezone.now()
    total = 0
    while number := _prepare_batch(at):
        total += number
    return total


@transaction.atomic
def _prepare_batch(now: datetime) -> int:
    # By person, so that nobody's notices are cut in two letters where a batch ends.
    first = Subscription.objects.with_something_to_hear(now).values_list("subscriber", flat=True)[:_BATCH]
    waiting = Subscription.objects.with_something_to_hear(now).filter(subscriber__in=set(first))
    due = list(waiting.select_for_update(skip_locked=True, no_key=True))
    if not due:
        return 0
    people: dict[tuple[int, str], list[Subscription]] = defaultdict(list)
    for subscription in due:
        people[(subscription.subscriber_id, subscription.channel)].append(subscription)
    Delivery.objects.bulk_create(
        [
            Delivery(subscriber_id=person, channel=channel, next_attempt_at=now, parts=_parts(subscriptions))
            for (person, channel), subscriptions in people.items()
        ]
    )
    told = Subscription.objects.filter(pk__in=[row.pk for row in due])
    told.update(pending_from=None, pending_to=None, due_at=None)
    told.filter(scope_kind=ScopeKind.WEEK).update(due_at=next_week(now))
    return len(due)


def _parts(subscriptions: Sequence[Subscription]) -> list[dict[str, int | None]]:
    return [{"subscription": row.pk, "from": row.pending_from, "to": row.pending_to} for row in subscriptions]


def send_due(*, now: datetime | None = None, limit: int = 10_000) -> int:
    """Hand over what is due, channel by channel; how many were handed over."""
    at = now or timezone.now()
    sent = 0
    reader = Reader()
    for name, channel in channels().items():
        sent += _send_on(name, channel, reader, at, limit)
    return sent


def _send_on(name: str, channel: Channel, reader: Reader, now: datetime, limit: int) -> int:
    if not Delivery.objects.due(now).filter(channel=name).exists() or not _opened(channel, name, now):
        return 0
    tried = 0
    try:
        with _Round(channel, reader, now) as turn:
            while tried < limit and (batch := _claim(name, now)):
                tried += len(batch)
                if not turn.hand_over(batch):
                    break
        return turn.sent
    finally:
        channel.close()


@transaction.atomic
def _claim(name: str, now: datetime) -> list[Delivery]:
    """Take the next ones, so that no other worker sends them too; if this one dies they are due again in a while."""
    due = Delivery.objects.due(now).filter(channel=name).select_for_update(skip_locked=True, no_key=True)
    claimed = Delivery.objects.filter(pk__in=list(due.values_list("pk", flat=True)[:_AT_ONCE]))
    claimed.update(next_attempt_at=now + CLAIMED)
    return list(claimed.select_related("subscriber").order_by("created_at"))


class _Round:
    """One turn of a channel. What was taken is noted some at a time: a note for each costs more than the letters.

    A worker that dies before it notes sends those few again, with the same ids.
    """

    def __init__(self, channel: Channel, reader: Reader, now: datetime) -> None:
        self.sent = 0
        self._channel, self._reader, self._now = channel, reader, now
        self._failures = 0
        self._done: list[Delivery] = []
        self._noted_at = time.monotonic()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_fault: object) -> None:
        self._note()

    def hand_over(self, batch: Sequence[Delivery]) -> bool:
        """Hand all of these over; False when the channel does not work: the rest then waits a little."""
        subscriptions = _subscriptions_of(batch)
        for place, delivery in enumerate(batch, start=1):
            with override(delivery.subscriber.language):
                self._attempt(delivery, self._reader.digest(delivery, subscriptions))
            if len(self._done) >= _NOTED_AT_ONCE or time.monotonic() - self._noted_at > _NOTED_AFTER:
                self._note()
            if self._failures >= _BREAK_AFTER:
                rest = [delivery.pk for delivery in batch[place:]]
                Delivery.objects.filter(pk__in=rest).update(next_attempt_at=self._now + RETRIES[0])
                return False
        return True

    def _attempt(self, delivery: Delivery, digest: Digest) -> None:
        if digest.is_empty or _cannot_hear(delivery.subscriber, delivery.channel):
            delivery.status = Delivery.Status.EMPTY
        else:
            started = time.monotonic()
            try:
                self._channel.send(delivery, digest)
            except Undeliverable as fault:
                # An address that does not exist says nothing of the server.
                self._failures += not fault.is_permanent
                _note_failure(delivery, fault, self._now)
                return
            delivery.status, delivery.event_count = Delivery.Status.SENT, digest.event_count
            delivery.code = int((time.monotonic() - started) * 1_000)
            self._failures = 0
            self.sent += 1
        delivery.sent_at, delivery.fault = self._now, ""
        delivery.attempts += 1
        self._done.append(delivery)

    @transaction.atomic
    def _note(self) -> None:
        for delivery in self._done:
            delivery.save(update_fields=["status", "sent_at", "fault", "attempts", "event_count", "code"])
        self._done = []
        self._noted_at = time.monotonic()


def _opened(channel: Channel, name: str, now: datetime) -> bool:
    """Whether the channel can be used; if not, everything waits a little, and says why."""
    try:
        channel.open()
    except (OSError, Undeliverable) as fault:
        Delivery.objects.due(now).filter(channel=name).update(
            next_attempt_at=now + RETRIES[0], fault=str(fault)[:500], status=Delivery.Status.RETRYING
        )
        return False
    return True


def _subscriptions_of(batch: Iterable[Delivery]) -> dict[int, Subscription]:
    numbers = {part["subscription"] for delivery in batch for part in delivery.parts}
    return Subscription.objects.listening().in_bulk(list(numbers))


def _cannot_hear(subscriber: Subscriber, channel: str) -> bool:
    return channel == "mail" and subscriber.bounced_at is not None


@transaction.atomic
def _note_failure(delivery: Delivery, fault: Undeliverable, now: datetime) -> None:
    delivery.attempts += 1
    delivery.fault, delivery.code = fault.fault[:500], fault.code
    is_over = fault.is_permanent or delivery.attempts > len(RETRIES)
    delivery.status = Delivery.Status.DEAD if is_over else Delivery.Status.RETRYING
    if not is_over:
        wait = max(RETRIES[delivery.attempts - 1], timedelta(seconds=fault.wait))
        # Spread out, so that a thousand letters of one bad minute do not all come back in another one.
        delivery.next_attempt_at = now + wait * random.uniform(1, 1.25)  # noqa: S311 - nothing secret
    delivery.save(update_fields=["attempts", "fault", "code", "status", "next_attempt_at"])
    if fault.is_permanent and delivery.channel == "mail":
        delivery.subscriber.bounced_at = now
        delivery.subscriber.save(update_fields=["bounced_at"])


def forget_old(*, now: datetime, days: int | None = None) -> None:
    """Delete what was delivered long ago: the log of a subscription is kept for a month."""
    limit = now - timedelta(days=settings.NOTICE_LOG_DAYS if days is None else days)
    done = (Delivery.Status.SENT, Delivery.Status.EMPTY, Delivery.Status.DEAD)
    Delivery.objects.filter(status__in=done, created_at__lt=limit).exclude(channel="inbox").delete()
