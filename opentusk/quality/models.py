"""Rows of the quality room."""

from collections.abc import Collection, Iterable
from datetime import datetime
from hashlib import sha256
from typing import Self

from django.db import models
from django.db.models import Avg
from django.utils import timezone
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


def key_of(url: str) -> str:
    """The key of an address: addresses are too long for a unique index on every database."""
    return sha256(url.encode("utf-8", "surrogatepass")).hexdigest()


class UrlCheckQuerySet(models.QuerySet["UrlCheck"]):
    """Reads of the link checks."""

    def of_urls(self, urls: Iterable[str]) -> Self:
        """The checks of these addresses."""
        return self.filter(key__in={key_of(url) for url in urls})

    def due(self, now: datetime) -> Self:
        """Addresses whose turn has come, those that waited longest first."""
        return self.filter(next_check_at__lte=now).order_by("next_check_at", "pk")

    def failing(self) -> Self:
        """Addresses that do not answer."""
        return self.filter(state=UrlCheck.State.FAILING)

    def unused(self) -> Self:
        """Addresses that no dataset offers any more."""
        return self.filter(datasets__isnull=True)


class UrlCheck(models.Model):
    """Whether one address answers HEAD, and since when. `status` is 0 when there was no HTTP answer at all."""

    class State(models.TextChoices):
        """What the last check found."""

        WAITING = "waiting", _("da controllare")
        OK = "ok", _("risponde")
        FAILING = "failing", _("non risponde")
        REFUSED = "refused", _("non controllabile")

    MAX_LENGTH = 2000

    key = models.CharField(_("impronta dell'indirizzo"), max_length=64, unique=True)
    url = models.CharField(_("indirizzo"), max_length=MAX_LENGTH)
    datasets = models.ManyToManyField(Dataset, related_name="url_checks", verbose_name=_("dataset che lo offrono"))
    method = models.CharField(_("metodo"), max_length=8, default="HEAD")
    state = models.CharField(_("stato"), max_length=10, choices=State.choices, default=State.WAITING)
    status = models.PositiveSmallIntegerField(_("codice HTTP"), default=0)
    fault = models.CharField(_("motivo"), max_length=80, blank=True)
    since = models.DateTimeField(_("in questo stato dal"), default=timezone.now)
    last_ok_at = models.DateTimeField(_("ultima risposta 200"), null=True, blank=True)
    checked_at = models.DateTimeField(_("controllato"), null=True, blank=True)
    failures = models.PositiveIntegerField(_("controlli falliti di fila"), default=0)
    next_check_at = models.DateTimeField(_("prossimo controllo"), default=timezone.now, db_index=True)

    objects = UrlCheckQuerySet.as_manager()

    class Meta:
        verbose_name = _("controllo di un indirizzo")
        verbose_name_plural = _("controlli degli indirizzi")

    def __str__(self) -> str:
        return f"{self.state} {self.url}"
