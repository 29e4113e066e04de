"""Rows of the feeding room: web service sources, watched addresses, and what each call brought."""

from dataclasses import asdict
from datetime import datetime
from typing import Any, Self

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from opentusk.bodies.models import Agent
from opentusk.catalog.models import Dataset, Distribution
from opentusk.journal.actors import Actor, ActorKind
from opentusk.kit.webservices.shapes import Field, Kind, Paging, Service
from opentusk.outbound.sealing import unseal

KEY_OF_SERVICE = "feeding.servicesource.sealed_key"
# Every quarter of an hour is as often as a table of a public body makes sense; more often is for real-time services.
RHYTHMS = (
    (15, _("ogni 15 minuti")),
    (60, _("ogni ora")),
    (360, _("ogni 6 ore")),
    (1_440, _("ogni giorno")),
    (10_080, _("ogni settimana")),
    (43_200, _("ogni mese")),
)


class FeedQuerySet(models.QuerySet[Any]):
    """Reads that both kinds of feed share."""

    def due(self, now: datetime) -> Self:
        """Those whose time has come, the longest waiting first; those of a body that may not publish wait with it."""
        due = self.filter(is_paused=False, next_call_at__lte=now)
        due = due.filter(distribution__dataset__rights_holder__status=Agent.Status.ACTIVE)
        return due.order_by("next_call_at", "pk")

    def of_datasets(self, datasets: models.QuerySet[Dataset]) -> Self:
        """Those that feed one of these datasets."""
        return self.filter(distribution__dataset__in=datasets)

    def with_dataset(self) -> Self:
        """With distribution, dataset and titolare at hand."""
        return self.select_related("distribution__dataset__rights_holder")

    def by_name(self) -> Self:
        """In the order of the titles of their datasets."""
        return self.order_by("distribution__dataset__title", "pk")


class Feed(models.Model):
    """What a service source and a watched address have in common: a clock, and how the last calls went."""

    distribution = models.OneToOneField(
        Distribution, on_delete=models.CASCADE, related_name="+", verbose_name=_("distribuzione")
    )
    is_paused = models.BooleanField(_("in pausa"), default=False)
    failures = models.PositiveIntegerField(_("chiamate non riuscite di seguito"), default=0)
    next_call_at = models.DateTimeField(_("prossima chiamata"), default=timezone.now, db_index=True)
    called_at = models.DateTimeField(_("ultima chiamata"), null=True, blank=True)
    changed_at = models.DateTimeField(_("ultimo cambiamento dei dati"), null=True, blank=True)
    created_at = models.DateTimeField(_("aggiunta"), default=timezone.now)

    objects = FeedQuerySet.as_manager()

    class Meta:
        abstract = True

    @property
    def dataset(self) -> Dataset:
        """The dataset that is fed."""
        return self.distribution.dataset

    def actor(self) -> Actor:
        """The author of the versions that it brings."""
        label = "servizio web dell'ente" if isinstance(self, ServiceSource) else "indirizzo osservato"
        return Actor(ActorKind.SOURCE, f"{self._meta.label_lower}:{self.pk}", label)


class ServiceSource(Feed):
    """A web service of a body that the portal calls, with the mapping of its fields to columns.

    `service` and `mapping` are the values of `kit.webservices.shapes`; the key is sent in a header of that name, kept
    sealed and never shown again.
    """

    distribution = models.OneToOneField(
        Distribution, on_delete=models.CASCADE, related_name="service_source", verbose_name=_("distribuzione")
    )
    service = models.JSONField(_("servizio"))
    mapping = models.JSONField(_("campi e colonne"), default=list)
    key_header = models.CharField(_("intestazione della chiave"), max_length=80, blank=True)
    sealed_key = models.TextField(_("chiave, sigillata"), blank=True)
    minutes = models.PositiveIntegerField(_("ogni quanti minuti"), choices=RHYTHMS, default=1_440)
    content_hash = models.CharField(_("impronta delle righe"), max_length=64, blank=True)

    class Meta:
        verbose_name = _("servizio web")
        verbose_name_plural = _("servizi web")

    def __str__(self) -> str:
        return str(self.service.get("url", ""))

    def spec(self) -> Service:
        """The service as the workshop reads it."""
        kept = dict(self.service)
        return Service(**{**kept, "kind": Kind(kept["kind"]), "paging": Paging(kept["paging"])})

    def fields(self) -> tuple[Field, ...]:
        """The mapping as the workshop reads it."""
        return tuple(Field(**field) for field in self.mapping)

    def secret_headers(self) -> dict[str, str]:
        """What proves to the service that it is us. Raises Unsealable."""
        key = unseal(self.sealed_key, purpose=KEY_OF_SERVICE) if self.key_header else ""
        return {self.key_header: key} if key else {}


class WatchedAddress(Feed):
    """The address of a file that is looked at now and then.

    As *source* (`is_hosted`) each new content becomes a version here and the portal offers the file itself; otherwise
    the distribution goes on pointing elsewhere, and the copy only feeds the table and its API.
    """

    distribution = models.OneToOneField(
        Distribution, on_delete=models.CASCADE, related_name="watched_address", verbose_name=_("distribuzione")
    )
    url = models.CharField(_("indirizzo"), max_length=2000)
    is_hosted = models.BooleanField(_("il portale offre il file"), default=False)
    etag = models.CharField(_("ETag"), max_length=300, blank=True)
    sha256 = models.CharField(_("impronta del file"), max_length=64, blank=True)

    class Meta:
        verbose_name = _("indirizzo osservato")
        verbose_name_plural = _("indirizzi osservati")

    def __str__(self) -> str:
        return self.url


class CallQuerySet(models.QuerySet["Call"]):
    """Reads of the calls."""

    def newest_first(self) -> Self:
        """Latest first."""
        return self.order_by("-pk")


class Call(models.Model):
    """One call of a service or an address, and what came of it."""

    class Outcome(models.TextChoices):
        """How it ended."""

        NEW = "new", _("dati nuovi")
        SAME = "same", _("dati uguali")
        FAILED = "failed", _("non riuscita")

    source = models.ForeignKey(
        ServiceSource, on_delete=models.CASCADE, null=True, related_name="calls", verbose_name=_("servizio web")
    )
    watched = models.ForeignKey(
        WatchedAddress, on_delete=models.CASCADE, null=True, related_name="calls", verbose_name=_("indirizzo osservato")
    )
    outcome = models.CharField(_("esito"), max_length=10, choices=Outcome.choices)
    started_at = models.DateTimeField(_("iniziata"))
    seconds = models.FloatField(_("secondi"), default=0)
    pages = models.PositiveIntegerField(_("pagine"), default=0)
    rows = models.PositiveIntegerField(_("righe"), default=0)
    size = models.PositiveBigIntegerField(_("byte"), default=0)
    message = models.CharField(_("messaggio"), max_length=60, blank=True)
    detail = models.CharField(_("dettaglio"), max_length=500, blank=True)
    new_fields = models.JSONField(_("campi nuovi"), default=list, blank=True)

    objects = CallQuerySet.as_manager()

    class Meta:
        verbose_name = _("chiamata")
        verbose_name_plural = _("chiamate")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(source__isnull=False) ^ models.Q(watched__isnull=False), name="call_of_one_feed"
            )
        ]

    def __str__(self) -> str:
        return f"{self.started_at:%Y-%m-%d %H:%M} {self.outcome}"


def service_json(service: Service) -> dict[str, Any]:
    """A service as its row keeps it."""
    return asdict(service)


def mapping_json(fields: tuple[Field, ...]) -> list[dict[str, Any]]:
    """A mapping as its row keeps it."""
    return [asdict(field) for field in fields]
