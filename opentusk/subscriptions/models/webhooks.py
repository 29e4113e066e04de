"""Programs that are sent events, and what was sent to each."""

import uuid
from datetime import datetime
from typing import Any, Self

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from opentusk.outbound.sealing import unseal
from opentusk.subscriptions.models.following import ALL_FAMILIES, ScopeKind, Subscriber

# Both secrets have one purpose: the new becomes the old without being opened.
SECRET_OF_WEBHOOK = "subscriptions.webhook.sealed_secret"  # noqa: S105 - a name, no secret


class WebhookQuerySet(models.QuerySet["Webhook"]):
    """Reads of the webhooks."""

    def active(self) -> Self:
        """Those that are sent to: their owner has a confirmed address, and nobody switched them off."""
        return self.filter(disabled_at__isnull=True, subscriber__confirmed_at__isnull=False)


class Webhook(models.Model):
    """An address of a program that is sent every event of a scope, signed (Standard Webhooks).

    `last_seq` is the last event that has a message. Secrets are kept sealed, and shown only
    when they are made. During a rotation the old secret signs too, until its time.
    """

    uuid = models.UUIDField(_("UUID"), default=uuid.uuid4, unique=True, editable=False)
    subscriber = models.ForeignKey(
        Subscriber, on_delete=models.CASCADE, related_name="webhooks", verbose_name=_("iscritto")
    )
    url = models.CharField(_("indirizzo"), max_length=2_000)
    scope_kind = models.CharField(_("che cosa si segue"), max_length=10, choices=ScopeKind.choices)
    scope_key = models.CharField(_("quale"), max_length=1_000, blank=True)
    title = models.CharField(_("titolo"), max_length=500, blank=True)
    families = models.PositiveIntegerField(_("generi di eventi"), default=ALL_FAMILIES)
    is_full = models.BooleanField(_("con tutti i fatti"), default=False)
    sealed_secret = models.TextField(_("segreto, sigillato"))
    sealed_old_secret = models.TextField(_("segreto di prima, sigillato"), blank=True)
    old_secret_until = models.DateTimeField(_("segreto di prima valido fino a"), null=True, blank=True)
    last_seq = models.BigIntegerField(_("ultimo evento"), default=0)
    failures = models.PositiveIntegerField(_("tentativi falliti di seguito"), default=0)
    next_attempt_at = models.DateTimeField(_("prossimo tentativo"), default=timezone.now)
    created_at = models.DateTimeField(_("creata"), default=timezone.now)
    disabled_at = models.DateTimeField(_("spento dal"), null=True, blank=True)
    disabled_reason = models.CharField(_("perché è spento"), max_length=200, blank=True)

    objects = WebhookQuerySet.as_manager()

    class Meta:
        verbose_name = _("webhook")
        verbose_name_plural = _("webhook")

    def __str__(self) -> str:
        return self.url

    def secrets(self, now: datetime) -> list[str]:
        """What signs now: the secret, and the one before it while it is still good. Raises Unsealable."""
        is_good = self.old_secret_until and self.old_secret_until > now
        sealed = [self.sealed_secret, *([self.sealed_old_secret] if is_good else [])]
        return [unseal(one, purpose=SECRET_OF_WEBHOOK) for one in sealed]


class MessageQuerySet(models.QuerySet["WebhookMessage"]):
    """Reads of the messages to webhooks."""

    def waiting(self) -> Self:
        """Those that have not arrived yet, in the order of the events."""
        return self.filter(status=WebhookMessage.Status.WAITING).order_by("seq")

    def newest_first(self) -> Self:
        """The latest event first."""
        return self.order_by("-seq", "-pk")


class WebhookMessage(models.Model):
    """One event for one webhook. `attempts` tells of each one when, which status, how many milliseconds, what fault."""

    class Status(models.TextChoices):
        """Where it is."""

        WAITING = "waiting", _("in attesa")
        SENT = "sent", _("consegnato")
        DEAD = "dead", _("non consegnabile")

    webhook = models.ForeignKey(Webhook, on_delete=models.CASCADE, related_name="messages", verbose_name=_("webhook"))
    seq = models.BigIntegerField(_("numero dell'evento"))
    event_id = models.UUIDField(_("identificativo dell'evento"))
    status = models.CharField(_("stato"), max_length=10, choices=Status.choices, default=Status.WAITING)
    attempts = models.JSONField(_("tentativi"), default=list, blank=True)
    created_at = models.DateTimeField(_("preparato"), default=timezone.now)

    objects = MessageQuerySet.as_manager()

    class Meta:
        verbose_name = _("messaggio a un webhook")
        verbose_name_plural = _("messaggi ai webhook")
        constraints = [models.UniqueConstraint(fields=["webhook", "seq"], name="one_message_per_event")]
        indexes = [models.Index(fields=["webhook", "status", "seq"], name="message_waiting")]

    def __str__(self) -> str:
        return f"{self.webhook_id} {self.seq}"

    def attempts_by_time(self) -> list[dict[str, Any]]:
        """The attempts with their times as times."""
        return [attempt | {"at": datetime.fromisoformat(attempt["at"])} for attempt in self.attempts]
