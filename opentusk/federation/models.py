"""Rows of the federation room."""

from datetime import datetime
from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from opentusk.bodies.models import Agent


class VisitQuerySet(models.QuerySet["Visit"]):
    """Reads of the visits."""

    def newest_first(self) -> Self:
        """The latest first."""
        return self.order_by("-ended_at", "-pk")

    def to_body(self, agent: Agent) -> Self:
        """Those that read the catalogue of one body alone."""
        return self.filter(scope__in=(agent.slug, agent.ipa_code))

    def still_open(self, since: datetime) -> Self:
        """Those that may still go on."""
        return self.filter(ended_at__gte=since).order_by("ended_at")

    def begun_since(self, moment: datetime) -> Self:
        """Those that began at a moment or later."""
        return self.filter(started_at__gte=moment)

    def ended_before(self, moment: datetime) -> Self:
        """Those that are long over."""
        return self.filter(ended_at__lt=moment)


class Visit(models.Model):
    """A reader went through one of our addresses for programs, without a long pause.

    A reader is what it calls itself; no address of a machine is kept, so two that call themselves alike and come
    together are one. `statuses` maps a status to how often it was answered, `pages` holds the numbers that were read.
    """

    class Door(models.TextChoices):
        """Which of our addresses."""

        FEED = "feed", _("catalogo RDF")
        CHANGES = "changes", _("flusso dei cambiamenti")
        DATA_JSON = "data_json", _("data.json")
        CKAN = "ckan", _("API CKAN")
        SEARCH = "search", _("API di ricerca")

    reader = models.CharField(_("come si presenta"), max_length=200)
    door = models.CharField(_("che cosa legge"), max_length=10, choices=Door.choices)
    asked = models.CharField(_("indirizzo, senza pagina"), max_length=300)
    scope = models.CharField(_("ente"), max_length=120, blank=True)
    started_at = models.DateTimeField(_("inizio"))
    ended_at = models.DateTimeField(_("fine"), db_index=True)
    requests = models.PositiveIntegerField(_("richieste"), default=0)
    pages = models.JSONField(_("pagine lette"), default=list)
    statuses = models.JSONField(_("risposte per stato"), default=dict)

    objects = VisitQuerySet.as_manager()

    class Meta:
        verbose_name = _("visita")
        verbose_name_plural = _("visite")

    def __str__(self) -> str:
        return f"{self.reader} {self.asked}"

    @property
    def last_page(self) -> int:
        """The highest page that was read, 0 when it read none."""
        return max(self.pages, default=0)

    @property
    def failures(self) -> int:
        """How many answers were no good ones."""
        return sum(count for status, count in self.statuses.items() if int(status) >= 400)


class NationalReadingQuerySet(models.QuerySet["NationalReading"]):
    """Reads of the readings."""

    def tried(self) -> Self:
        """Those that came to an end, whether it answered or not."""
        return self.exclude(read_at=None, fault="")


class NationalReading(models.Model):
    """What the national catalogue shows of a body: the last good reading, and what went wrong since.

    `findings` are the differences: kind, identifier, title, why (code), values, address.
    """

    agent = models.OneToOneField(
        Agent, on_delete=models.CASCADE, related_name="national_reading", verbose_name=_("ente"), primary_key=True
    )
    asked_at = models.DateTimeField(_("chiesto"), null=True)
    read_at = models.DateTimeField(_("letto"), null=True)
    fault = models.CharField(_("motivo dell'ultimo errore"), max_length=300, blank=True)
    ours = models.PositiveIntegerField(_("dataset nel nostro feed"), default=0)
    shown = models.PositiveIntegerField(_("dataset che mostra"), default=0)
    newest = models.CharField(_("ultima modifica che mostra"), max_length=40, blank=True)
    findings = models.JSONField(_("differenze"), default=list)

    objects = NationalReadingQuerySet.as_manager()

    class Meta:
        verbose_name = _("lettura del catalogo nazionale")
        verbose_name_plural = _("letture del catalogo nazionale")

    def __str__(self) -> str:
        return f"{self.agent_id}: {self.shown}/{self.ours}"

    def count_of(self, kind: str) -> int:
        """How many differences of one kind."""
        return sum(finding["kind"] == kind for finding in self.findings)
