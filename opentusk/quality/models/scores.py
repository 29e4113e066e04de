"""Scores of the datasets."""

from collections.abc import Collection
from typing import Self

from django.db import models
from django.db.models import Avg
from django.utils.translation import gettext_lazy as _

from opentusk.bodies.models import Agent
from opentusk.catalog.models import Dataset


class DatasetScoreQuerySet(models.QuerySet["DatasetScore"]):
    """Reads of the scores."""

    def of_published(self) -> Self:
        """Scores of datasets that everybody may see."""
        return self.filter(dataset__status=Dataset.Status.PUBLISHED)

    def mean_of(self, agent: Agent) -> float | None:
        """The mean total of a body's published datasets; None before the first is scored."""
        mean: float | None = (
            self.of_published().filter(dataset__rights_holder=agent).aggregate(mean=Avg("total"))["mean"]
        )
        return mean

    def of_datasets(self, ids: Collection[int]) -> dict[int, "DatasetScore"]:
        """Total and band of several datasets, by their number; the measures stay in the database."""
        return {score.dataset_id: score for score in self.filter(dataset__in=ids).only("dataset_id", "total", "band")}


class DatasetScore(models.Model):
    """The score of one dataset by one model, with the raw answers, so that another model can be computed from them.

    `measures` is {"dataset": {indicator: bool}, "distributions": [{…}], "best": n}; `missing` lists what would gain
    points: indicator, points, where, hint (code), detail.
    """

    class Band(models.TextChoices):
        """What the European portal calls a total."""

        EXCELLENT = "excellent", _("eccellente")
        GOOD = "good", _("buono")
        SUFFICIENT = "sufficient", _("sufficiente")
        BAD = "bad", _("scarso")

    dataset = models.OneToOneField(
        Dataset, on_delete=models.CASCADE, related_name="score", verbose_name=_("dataset"), primary_key=True
    )
    model_version = models.CharField(_("modello"), max_length=20)
    profile = models.CharField(_("profilo"), max_length=20)
    total = models.PositiveSmallIntegerField(_("totale"), db_index=True)
    band = models.CharField(_("fascia"), max_length=10, choices=Band.choices)
    findability = models.PositiveSmallIntegerField(_("trovabilità"))
    accessibility = models.PositiveSmallIntegerField(_("accessibilità"))
    interoperability = models.PositiveSmallIntegerField(_("interoperabilità"))
    reusability = models.PositiveSmallIntegerField(_("riusabilità"))
    contextuality = models.PositiveSmallIntegerField(_("contestualità"))
    measures = models.JSONField(_("misure"))
    missing = models.JSONField(_("punti mancanti"))
    at = models.DateTimeField(_("calcolato"))

    objects = DatasetScoreQuerySet.as_manager()

    class Meta:
        verbose_name = _("punteggio di qualità")
        verbose_name_plural = _("punteggi di qualità")

    def __str__(self) -> str:
        return f"{self.dataset_id}: {self.total}"
