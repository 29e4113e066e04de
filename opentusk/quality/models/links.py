"""Whether the addresses of the datasets answer."""

from collections.abc import Iterable
from datetime import datetime
from hashlib import sha256
from typing import Self

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from opentusk.catalog.models import Dataset


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

    def of_datasets(self, datasets: models.QuerySet[Dataset]) -> Self:
        """Addresses that these datasets offer."""
        return self.filter(datasets__in=datasets).distinct()

    def longest_first(self) -> Self:
        """Those that have been as they are for longest first."""
        return self.order_by("since", "pk")

    def unused(self) -> Self:
        """Addresses that no dataset offers any more."""
        return self.filter(datasets__isnull=True)


class UrlCheck(models.Model):
    """Whether one address answers HEAD, and since when: that is what the European portal asks and what is scored.

    `status` is 0 when there was no HTTP answer at all. An address that fails is asked by GET too: `get_status` tells
    people whether they can reach it all the same. `media_type`, `byte_size` and `found` (a code of the European list
    of file types, by content) say what is there, "" or None where nobody knows.
    """

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
    get_status = models.PositiveSmallIntegerField(_("codice HTTP a GET"), default=0)
    media_type = models.CharField(_("tipo dichiarato dal server"), max_length=200, blank=True)
    byte_size = models.BigIntegerField(_("dimensione in byte"), null=True, blank=True)
    found = models.CharField(_("tipo trovato"), max_length=20, blank=True)
    looked_at = models.DateTimeField(_("contenuto guardato"), null=True, blank=True)
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

    @property
    def answers_only_get(self) -> bool:
        """Whether people reach it although the European check does not."""
        return self.state == self.State.FAILING and 200 <= self.get_status < 300

    @property
    def answers_people(self) -> bool:
        """Whether a browser gets something."""
        return self.state == self.State.OK or self.answers_only_get


class UrlResult(models.Model):
    """One check of an address; the last ones are kept."""

    KEPT = 20

    url_check = models.ForeignKey(
        UrlCheck, on_delete=models.CASCADE, related_name="results", verbose_name=_("indirizzo")
    )
    at = models.DateTimeField(_("quando"), default=timezone.now)
    state = models.CharField(_("stato"), max_length=10, choices=UrlCheck.State.choices)
    status = models.PositiveSmallIntegerField(_("codice HTTP"), default=0)
    get_status = models.PositiveSmallIntegerField(_("codice HTTP a GET"), default=0)
    fault = models.CharField(_("motivo"), max_length=80, blank=True)

    class Meta:
        verbose_name = _("esito di un controllo")
        verbose_name_plural = _("esiti dei controlli")
        indexes = [models.Index(fields=["url_check", "-at"], name="url_result_newest")]

    def __str__(self) -> str:
        return f"{self.url_check_id} {self.at:%Y-%m-%d %H:%M} {self.state}"
