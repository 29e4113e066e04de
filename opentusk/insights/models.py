"""Rows of the insights room."""

from typing import Self

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class SnapshotQuerySet(models.QuerySet["IndicatorSnapshot"]):
    """Reads of the snapshots."""

    def in_order(self) -> Self:
        """The oldest year first, then as the indicators stand on the page."""
        return self.order_by("period", "position", "dimension")


class IndicatorSnapshot(models.Model):
    """The value of an indicator in a year. A year's rows follow the present until it ends, and never change after."""

    code = models.CharField(_("indicatore"), max_length=60)
    dimension = models.CharField(_("dimensione"), max_length=200, blank=True)
    name = models.CharField(_("nome della dimensione"), max_length=500, blank=True)
    period = models.PositiveSmallIntegerField(_("anno"))
    value = models.DecimalField(_("valore"), max_digits=14, decimal_places=2, null=True, blank=True)
    version = models.PositiveSmallIntegerField(_("versione dell'interrogazione"))
    position = models.PositiveSmallIntegerField(_("ordine"), default=0)
    taken_at = models.DateTimeField(_("misurato"), default=timezone.now)

    objects = SnapshotQuerySet.as_manager()

    class Meta:
        verbose_name = _("indicatore di un anno")
        verbose_name_plural = _("indicatori degli anni")
        constraints = [
            models.UniqueConstraint(fields=["code", "dimension", "period"], name="one_value_per_year_and_dimension")
        ]

    def __str__(self) -> str:
        return f"{self.period} {self.code} {self.dimension}"
