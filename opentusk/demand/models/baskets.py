"""The basket of an edition, and the tables at which it is filled."""

from datetime import datetime
from typing import Self

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from opentusk.kit.spoken_codes import new_spoken_code


class Basket(models.Model):
    """The wanted datasets of one edition, and the promises about them in days."""

    edition = models.SlugField(_("edizione"), max_length=60, unique=True)
    title = models.CharField(_("titolo"), max_length=200, blank=True)
    last_number = models.PositiveIntegerField(_("ultimo numero dato"), default=0)
    triage_days = models.PositiveSmallIntegerField(_("giorni lavorativi per l'esame"), default=5)
    assignment_days = models.PositiveSmallIntegerField(_("giorni per l'assegnazione"), default=20)
    due_days = models.PositiveSmallIntegerField(_("giorni per la pubblicazione"), default=90)
    frozen_at = models.DateTimeField(_("fissato nel rapporto"), null=True, blank=True)

    class Meta:
        verbose_name = _("paniere")
        verbose_name_plural = _("panieri")

    def __str__(self) -> str:
        return self.edition


class Datalab(models.Model):
    """The tables of one event. `event` is its name in the journal, `event_title` what it was called."""

    event = models.CharField(_("evento"), max_length=80, unique=True)
    event_title = models.CharField(_("titolo dell'evento"), max_length=300)
    slug = models.SlugField(_("indirizzo"), max_length=120, unique=True)
    place = models.CharField(_("luogo"), max_length=120, blank=True)
    basket = models.ForeignKey(Basket, on_delete=models.PROTECT, related_name="datalabs", verbose_name=_("paniere"))
    checks_first = models.BooleanField(_("le voci compaiono dopo un controllo"), default=False)
    is_demo = models.BooleanField(_("dati dimostrativi"), default=False)

    class Meta:
        verbose_name = _("datalab")
        verbose_name_plural = _("datalab")

    def __str__(self) -> str:
        return self.event_title


class DatalabTableQuerySet(models.QuerySet["DatalabTable"]):
    """Reads of the tables."""

    def in_order(self) -> Self:
        """Table 1 first."""
        return self.select_related("datalab__basket").order_by("number")

    def open_at(self, now: datetime) -> Self:
        """Those that take wishes at this instant."""
        return self.filter(opens_at__lte=now, closes_at__gt=now)


class DatalabTable(models.Model):
    """A table with its code. It takes wishes from `opens_at`, that instant included, to `closes_at`, excluded."""

    datalab = models.ForeignKey(Datalab, on_delete=models.CASCADE, related_name="tables", verbose_name=_("datalab"))
    number = models.PositiveSmallIntegerField(_("numero"))
    label = models.CharField(_("nome"), max_length=120, blank=True)
    themes = models.JSONField(_("temi"), default=list, blank=True)
    join_code = models.CharField(_("codice"), max_length=6, unique=True, default=new_spoken_code)
    opens_at = models.DateTimeField(_("apre"), default=timezone.now)
    closes_at = models.DateTimeField(_("chiude"))

    objects = DatalabTableQuerySet.as_manager()

    class Meta:
        verbose_name = _("tavolo")
        verbose_name_plural = _("tavoli")
        constraints = [
            models.UniqueConstraint(fields=["datalab", "number"], name="one_table_per_number"),
            models.CheckConstraint(condition=models.Q(opens_at__lte=models.F("closes_at")), name="table_opens_first"),
        ]

    def __str__(self) -> str:
        return f"{self.datalab_id} · {self.number}"

    def is_open(self, now: datetime) -> bool:
        """Whether it takes wishes at this instant."""
        return self.opens_at <= now < self.closes_at
