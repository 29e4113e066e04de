"""The newsletter, and to whom one was sent while it is being sent."""

from typing import Self

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class NewsletterQuerySet(models.QuerySet["Newsletter"]):
    """Reads of the newsletters."""

    def sent(self) -> Self:
        """Those in the archive, the last first."""
        return self.filter(state=Newsletter.State.SENT).order_by("-sent_at", "-pk")


class Newsletter(models.Model):
    """One letter to whoever agreed to have it; `recipients_count` is all that stays of them."""

    class State(models.TextChoices):
        """Where it is."""

        DRAFT = "draft", _("bozza")
        SENDING = "sending", _("in invio")
        SENT = "sent", _("inviata")

    MOVES: dict[str, frozenset[str]] = {
        State.DRAFT: frozenset({State.SENDING}),
        State.SENDING: frozenset({State.SENT}),
        State.SENT: frozenset(),
    }

    subject = models.CharField(_("oggetto"), max_length=200)
    body = models.TextField(_("testo"), max_length=20_000)
    state = models.CharField(_("stato"), max_length=8, choices=State.choices, default=State.DRAFT)
    created_at = models.DateTimeField(_("scritta"), default=timezone.now)
    sent_at = models.DateTimeField(_("inviata"), null=True, blank=True)
    recipients_count = models.PositiveIntegerField(_("destinatari"), default=0)
    is_demo = models.BooleanField(_("dati dimostrativi"), default=False)

    objects = NewsletterQuerySet.as_manager()

    class Meta:
        verbose_name = _("newsletter")
        verbose_name_plural = _("newsletter")

    def __str__(self) -> str:
        return self.subject


class Mailing(models.Model):
    """Somebody has had a newsletter: kept while it is being sent, so that nobody has it twice, and no longer."""

    newsletter = models.ForeignKey(
        Newsletter, on_delete=models.CASCADE, related_name="mailings", verbose_name=_("newsletter")
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+", verbose_name=_("persona")
    )
    was_refused = models.BooleanField(_("l'indirizzo non l'ha voluta"), default=False)

    class Meta:
        verbose_name = _("newsletter in invio")
        verbose_name_plural = _("newsletter in invio")
        constraints = [models.UniqueConstraint(fields=["newsletter", "user"], name="one_newsletter_per_person")]

    def __str__(self) -> str:
        return f"{self.newsletter_id} → {self.user_id}"
