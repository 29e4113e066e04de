"""What the operator of the portal says about joining: texts, obligations, documents to fill in."""

from typing import Self

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

_DAYS = [MinValueValidator(1), MaxValueValidator(3650)]


class Agreement(models.Model):
    """The texts of the page about joining, one row. What the law asks is the operator's to write: it starts empty."""

    summary = models.TextField(_("che cos'è l'adesione"), blank=True)
    who = models.TextField(_("chi può aderire"), blank=True)
    sending = models.TextField(_("come si trasmettono gli atti"), blank=True)
    duties = models.TextField(_("gli impegni, in parole"), blank=True)
    duration = models.TextField(_("durata e rinnovo"), blank=True)
    pec = models.EmailField(_("PEC a cui trasmettere gli atti"), blank=True)
    reminder_days = models.PositiveIntegerField(_("giorni prima di un sollecito"), default=15, validators=_DAYS)
    changed_at = models.DateTimeField(_("modificato"), default=timezone.now)

    class Meta:
        verbose_name = _("accordo di adesione")
        verbose_name_plural = _("accordi di adesione")
        constraints = [models.CheckConstraint(condition=models.Q(pk=1), name="one_agreement")]

    def __str__(self) -> str:
        return "accordo di adesione"

    @classmethod
    def current(cls) -> "Agreement":
        """The texts as they are now; those of a new portal are empty."""
        return cls.objects.filter(pk=1).first() or cls(pk=1)


class ObligationQuerySet(models.QuerySet["Obligation"]):
    """Reads of the obligations."""

    def in_force(self) -> Self:
        """Those that whoever joins now takes on, in order."""
        return self.filter(is_active=True).order_by("position", "pk")

    def of_the_body(self) -> Self:
        """Those that the body ticks off."""
        return self.filter(side=Obligation.Side.BODY)


class Obligation(models.Model):
    """One thing that a party of the agreement promises."""

    class Side(models.TextChoices):
        """Who promises it."""

        BODY = "body", _("l'ente che aderisce")
        PORTAL = "portal", _("chi gestisce il portale")

    text = models.CharField(_("impegno"), max_length=1000)
    side = models.CharField(_("di chi è"), max_length=8, choices=Side.choices, default=Side.BODY)
    position = models.PositiveSmallIntegerField(_("posizione"), default=0)
    is_active = models.BooleanField(_("in vigore"), default=True)

    objects = ObligationQuerySet.as_manager()

    class Meta:
        verbose_name = _("impegno dell'accordo")
        verbose_name_plural = _("impegni dell'accordo")

    def __str__(self) -> str:
        return self.text[:80]


class TemplateQuerySet(models.QuerySet["TemplateDocument"]):
    """Reads of the documents to fill in."""

    def offered(self) -> Self:
        """Those that may be downloaded now."""
        return self.filter(is_offered=True).order_by("title", "-pk")


class TemplateDocument(models.Model):
    """A document that bodies download, fill in and sign. A new version is a new row: old ones stay known."""

    title = models.CharField(_("titolo"), max_length=200)
    version = models.CharField(_("versione"), max_length=40)
    filename = models.CharField(_("nome del file"), max_length=200)
    sha256 = models.CharField(_("impronta SHA-256"), max_length=64)
    byte_size = models.PositiveIntegerField(_("dimensione in byte"))
    media_type = models.CharField(_("tipo"), max_length=100)
    is_offered = models.BooleanField(_("offerto"), default=True)
    uploaded_at = models.DateTimeField(_("caricato"), default=timezone.now)

    objects = TemplateQuerySet.as_manager()

    class Meta:
        verbose_name = _("modello da compilare")
        verbose_name_plural = _("modelli da compilare")

    def __str__(self) -> str:
        return f"{self.title} ({self.version})"
