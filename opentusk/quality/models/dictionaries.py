"""How far the columns of the tables are described: rule F9, our own measure beside the European score."""

from typing import Self

from django.db import models
from django.db.models import Sum
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from opentusk.bodies.models import Agent
from opentusk.catalog.models import Dataset, Distribution


class DictionaryMeasureQuerySet(models.QuerySet["DictionaryMeasure"]):
    """Reads of the measures."""

    def of_dataset(self, dataset: Dataset) -> Self:
        """The files of one dataset."""
        return self.filter(distribution__dataset=dataset)

    def of_published(self, agent: Agent) -> Self:
        """The files of a body that everybody may see."""
        return self.filter(
            distribution__dataset__rights_holder=agent,
            distribution__dataset__status=Dataset.Status.PUBLISHED,
        )

    def counted(self) -> tuple[int, int]:
        """How many columns are described, of how many."""
        sums = self.aggregate(described=Sum("described"), total=Sum("total"))
        return sums["described"] or 0, sums["total"] or 0


class DictionaryMeasure(models.Model):
    """How many columns of the tables of one file have a description (and a unit, where they measure)."""

    distribution = models.OneToOneField(
        Distribution,
        on_delete=models.CASCADE,
        primary_key=True,
        related_name="dictionary_measure",
        verbose_name=_("distribuzione"),
    )
    described = models.PositiveIntegerField(_("colonne descritte"))
    total = models.PositiveIntegerField(_("colonne"))
    at = models.DateTimeField(_("misurato"), default=timezone.now)

    objects = DictionaryMeasureQuerySet.as_manager()

    class Meta:
        verbose_name = _("dizionario dei dati di un file")
        verbose_name_plural = _("dizionari dei dati dei file")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(described__lte=models.F("total")), name="no_more_columns_described_than_there_are"
            )
        ]

    def __str__(self) -> str:
        return f"{self.distribution_id}: {self.described}/{self.total}"
