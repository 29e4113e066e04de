"""What is told: how far the events were matched, messages, the inbox."""

import uuid
from datetime import datetime
from typing import Self

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from opentusk.catalog.models import Dataset
from opentusk.subscriptions.models.following import Subscriber


class Mark(models.Model):
    """How far the events have been matched, and when the worker last looked. One row."""

    name = models.CharField(_("nome"), max_length=20, primary_key=True)
    seq = models.BigIntegerField(_("ultimo evento"), default=0)
    looked_at = models.DateTimeField(_("ultimo sguardo"), null=True, blank=True)

    class Meta:
        verbose_name = _("segno di lettura")
        verbose_name_plural = _("segni di lettura")

    def __str__(self) -> str:
        return f"{self.name} @ {self.seq}"


class Pause(models.Model):
    """Events that happened while no worker ran for days: each reader hears of them in one sentence."""

    first = models.BigIntegerField(_("primo evento"))
    last = models.BigIntegerField(_("ultimo evento"))
    since = models.DateTimeField(_("dal"))
    until = models.DateTimeField(_("al"))

    class Meta:
        verbose_name = _("pausa degli avvisi")
        verbose_name_plural = _("pause degli avvisi")

    def __str__(self) -> str:
        return f"{self.first}-{self.last}"

    def has(self, seq: int) -> bool:
        """Whether an event happened in it."""
        return self.first <= seq <= self.last


class DeliveryQuerySet(models.QuerySet["Delivery"]):
    """Reads of the deliveries."""

    def due(self, now: datetime) -> Self:
        """Those to hand over now, oldest first."""
        waiting = (Delivery.Status.WAITING, Delivery.Status.RETRYING)
        return self.filter(status__in=waiting, next_attempt_at__lte=now).order_by("next_attempt_at", "created_at")

    def of(self, subscriber: Subscriber) -> Self:
        """What one person was sent, latest first."""
        return self.filter(subscriber=subscriber).order_by("-created_at")

    def of_something(self) -> Self:
        """Those that had something to say."""
        return self.exclude(status=Delivery.Status.EMPTY)

    def dead(self) -> Self:
        """What could not be delivered."""
        return self.filter(status=Delivery.Status.DEAD).order_by("-created_at")


class Delivery(models.Model):
    """One message to one person on one channel. Its `id` is the same at every attempt.

    `parts` holds, for each subscription, the numbers of the first and of the last event it speaks of.
    """

    class Status(models.TextChoices):
        """Where it is."""

        WAITING = "waiting", _("in attesa")
        RETRYING = "retrying", _("da riprovare")
        SENT = "sent", _("consegnato")
        EMPTY = "empty", _("niente più da dire")
        DEAD = "dead", _("non consegnabile")

    id = models.UUIDField(_("identificativo"), primary_key=True, default=uuid.uuid4, editable=False)
    subscriber = models.ForeignKey(
        Subscriber, on_delete=models.CASCADE, related_name="deliveries", verbose_name=_("iscritto")
    )
    channel = models.CharField(_("canale"), max_length=12)
    parts = models.JSONField(_("parti"), default=list)
    status = models.CharField(_("stato"), max_length=10, choices=Status.choices, default=Status.WAITING)
    attempts = models.PositiveIntegerField(_("tentativi"), default=0)
    next_attempt_at = models.DateTimeField(_("prossimo tentativo"), default=timezone.now, db_index=True)
    created_at = models.DateTimeField(_("preparato"), default=timezone.now)
    sent_at = models.DateTimeField(_("inviato"), null=True, blank=True)
    event_count = models.PositiveIntegerField(_("eventi"), default=0)
    code = models.PositiveIntegerField(_("codice"), default=0)
    fault = models.CharField(_("errore"), max_length=500, blank=True)

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        verbose_name = _("consegna")
        verbose_name_plural = _("consegne")
        indexes = [models.Index(fields=["status", "next_attempt_at"], name="delivery_due")]

    def __str__(self) -> str:
        return f"{self.id} {self.status}"


class InboxNoticeQuerySet(models.QuerySet["InboxNotice"]):
    """Reads of the inbox."""

    def of(self, subscriber: Subscriber) -> Self:
        """One person's, latest first."""
        return self.filter(subscriber=subscriber).order_by("-created_at", "-pk")

    def unread(self) -> Self:
        """What has not been looked at."""
        return self.filter(done_at__isnull=True)


class InboxNotice(models.Model):
    """A line in the inbox of an account: what happened to one dataset, worst first; or `words` about something else."""

    subscriber = models.ForeignKey(
        Subscriber, on_delete=models.CASCADE, related_name="inbox", verbose_name=_("iscritto")
    )
    delivery = models.ForeignKey(Delivery, on_delete=models.CASCADE, related_name="+", verbose_name=_("consegna"))
    dataset = models.ForeignKey(
        Dataset, on_delete=models.CASCADE, null=True, related_name="+", verbose_name=_("dataset")
    )
    events = models.JSONField(_("numeri degli eventi"), default=list)
    severity = models.CharField(_("gravità"), max_length=10, default="info")
    words = models.CharField(_("testo di ciò che non è un evento"), max_length=500, blank=True)
    created_at = models.DateTimeField(_("arrivato"), default=timezone.now)
    done_at = models.DateTimeField(_("visto"), null=True, blank=True)

    objects = InboxNoticeQuerySet.as_manager()

    class Meta:
        verbose_name = _("avviso nella posta")
        verbose_name_plural = _("avvisi nella posta")
        constraints = [models.UniqueConstraint(fields=["delivery", "dataset"], name="one_line_per_dataset")]

    def __str__(self) -> str:
        return f"{self.subscriber_id} {self.dataset_id}"
