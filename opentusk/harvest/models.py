"""Rows of the harvest: sources, runs, and what became of each item."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any, Self
from urllib.parse import urlsplit

from django.db import models
from django.db.models.functions import MD5
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from opentusk.bodies.models import Agent
from opentusk.catalog.models import Dataset
from opentusk.harvest.errors import RunMessage
from opentusk.journal.actors import Actor, ActorKind
from opentusk.kit.mapping.ckan_sources import LONGEST_ADDRESS
from opentusk.kit.messages import sentence
from opentusk.kit.sentences import SENTENCES
from opentusk.outbound.errors import Reason


class SourceQuerySet(models.QuerySet["HarvestSource"]):
    """Reads of the sources."""

    def active(self) -> Self:
        """Sources that are read by the clock; the catalogue of a body that may not publish waits with it."""
        closed = models.Q(role=HarvestSource.Role.BODY) & ~models.Q(agent__status=Agent.Status.ACTIVE)
        return self.filter(is_paused=False, frequency_hours__isnull=False).exclude(closed)

    def by_name(self) -> Self:
        """In the order of their names."""
        return self.order_by("name", "pk")

    def with_agent(self) -> Self:
        """With the titolare at hand."""
        return self.select_related("agent")

    def about(self, words: str) -> Self:
        """Those with these words in their name, address or titolare."""
        found = self
        for word in words.split():
            said = models.Q(name__icontains=word) | models.Q(url__icontains=word)
            found = found.filter(said | models.Q(agent__name__icontains=word))
        return found

    def in_state(self, state: str) -> Self:
        """Those that are `active`, `paused`, in `trouble` (their last runs failed) or were `never` read."""
        match state:
            case "active" | "paused":
                return self.filter(is_paused=state == "paused")
            case "trouble":
                return self.filter(failures__gt=0)
            case "never":
                return self.exclude(pk__in=HarvestRun.objects.real().values("source"))
        return self


class HarvestSource(models.Model):
    """Somebody's catalogue. `url` is a web address, or a path when the portal's own operator harvests a file."""

    class Role(models.TextChoices):
        """Whom the source speaks for."""

        BODY = "body", _("catalogo dell'ente")
        AGGREGATOR = "aggregator", _("catalogo di più enti")

    name = models.CharField(_("nome"), max_length=200)
    kind = models.CharField(_("tipo"), max_length=40)
    # A query in an address makes it long: one of the national list has 2,454 characters.
    url = models.CharField(_("indirizzo"), max_length=LONGEST_ADDRESS)
    agent = models.ForeignKey(
        Agent,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="harvest_sources",
        verbose_name=_("titolare predefinito"),
    )
    role = models.CharField(_("ruolo"), max_length=12, choices=Role.choices, default=Role.BODY)
    # Only the desk lets a source name other bodies; a body's own people cannot write for somebody else through it.
    may_name_others = models.BooleanField(_("può pubblicare per altri enti"), default=False)
    frequency_hours = models.PositiveIntegerField(_("ogni quante ore"), null=True, blank=True)
    filters = models.JSONField(_("filtri"), default=dict, blank=True)
    defaults = models.JSONField(_("valori predefiniti"), default=dict, blank=True)
    listed = models.JSONField(_("com'era nell'elenco importato"), default=dict, blank=True)
    is_paused = models.BooleanField(_("in pausa"), default=True)
    failures = models.PositiveIntegerField(_("raccolte non riuscite di seguito"), default=0)
    validators = models.JSONField(_("impronte dell'ultima copia"), default=dict, blank=True)
    created_at = models.DateTimeField(_("aggiunta"), default=timezone.now)

    objects = SourceQuerySet.as_manager()

    class Meta:
        verbose_name = _("sorgente")
        verbose_name_plural = _("sorgenti")
        constraints = [
            # Of the address its hash: an index of PostgreSQL takes no text that long.
            models.UniqueConstraint("kind", MD5("url"), name="one_source_per_address"),
            models.CheckConstraint(
                condition=models.Q(role="aggregator") | models.Q(agent__isnull=False), name="body_source_has_agent"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def origin(self) -> str:
        """What its datasets keep as their origin, and the journal as their author."""
        return f"harvest.source:{self.pk}"

    @property
    def is_remote(self) -> bool:
        """Whether it is read through the network."""
        return self.url.startswith(("http://", "https://"))

    @property
    def host(self) -> str:
        """The server's name for people; empty for a file."""
        return (urlsplit(self.url).hostname or "") if self.is_remote else ""

    def actor(self) -> Actor:
        """The author of what its runs write."""
        return Actor(ActorKind.SOURCE, self.origin, f"raccolta da {self.host or self.name}"[:200])

    def last_run(self) -> "HarvestRun | None":
        """The latest run that was not a preview."""
        return self.runs.real().newest_first().first()

    def is_due(self, now: datetime) -> bool:
        """Whether the clock asks for a run."""
        if self.is_paused or self.frequency_hours is None:
            return False
        last = self.last_run()
        return last is None or now - last.asked_at >= timedelta(hours=self.frequency_hours)


class RunQuerySet(models.QuerySet["HarvestRun"]):
    """Reads of the runs."""

    def active(self) -> Self:
        """Runs that wait or are under way."""
        return self.filter(status__in=(HarvestRun.Status.QUEUED, HarvestRun.Status.RUNNING))

    def real(self) -> Self:
        """Runs that store what they find."""
        return self.filter(is_dry_run=False)

    def complete(self) -> Self:
        """Real runs that saw everything the source has."""
        return self.real().filter(is_complete=True)

    def that_wrote_nothing(self) -> Self:
        """Previews, and runs that left the catalogue as it was."""
        wrote = RunItem.objects.filter(run=models.OuterRef("pk"), outcome__in=RunItem.WRITTEN)
        return self.filter(models.Q(is_dry_run=True) | ~models.Exists(wrote))

    def latest_of(self, sources: Iterable[HarvestSource]) -> "dict[int, HarvestRun]":
        """The latest real run of each of these sources, by the number of the source, in one query."""
        numbers = self.real().filter(source__in=list(sources)).values("source").annotate(last=models.Max("pk"))
        return {run.source_id: run for run in self.filter(pk__in=numbers.values("last"))}

    def newest_first(self) -> Self:
        """Latest first."""
        return self.order_by("-pk")


class HarvestRun(models.Model):
    """One reading of a source. `counts` maps an outcome to a number and grows while the run is under way."""

    class Status(models.TextChoices):
        """Where the run is."""

        QUEUED = "queued", _("in attesa")
        RUNNING = "running", _("in corso")
        DONE = "done", _("terminata")
        FAILED = "failed", _("non riuscita")
        TO_CONFIRM = "to_confirm", _("da confermare")

    source = models.ForeignKey(HarvestSource, on_delete=models.CASCADE, related_name="runs", verbose_name=_("sorgente"))
    status = models.CharField(_("stato"), max_length=12, choices=Status.choices, default=Status.QUEUED)
    is_dry_run = models.BooleanField(_("anteprima"), default=False)
    is_complete = models.BooleanField(_("completa"), default=False)
    attempts = models.PositiveIntegerField(_("avvii"), default=0)
    asked_at = models.DateTimeField(_("chiesta"), default=timezone.now)
    started_at = models.DateTimeField(_("iniziata"), null=True, blank=True)
    finished_at = models.DateTimeField(_("finita"), null=True, blank=True)
    expected = models.PositiveIntegerField(_("dataset attesi"), null=True, blank=True)
    counts = models.JSONField(_("conteggi"), default=dict, blank=True)
    message = models.CharField(_("messaggio"), max_length=60, blank=True)
    detail = models.CharField(_("dettaglio"), max_length=500, blank=True)
    problems = models.JSONField(_("problemi dei documenti"), default=list, blank=True)

    objects = RunQuerySet.as_manager()

    class Meta:
        verbose_name = _("raccolta")
        verbose_name_plural = _("raccolte")
        constraints = [
            models.UniqueConstraint(
                fields=["source"],
                condition=models.Q(status__in=("queued", "running")),
                name="one_active_run_per_source",
            )
        ]
        indexes = [models.Index(fields=["source", "-id"], name="run_of_source")]

    def __str__(self) -> str:
        return f"{self.source_id} #{self.pk}"

    @property
    def is_active(self) -> bool:
        """Whether it waits or is under way."""
        return self.status in {self.Status.QUEUED, self.Status.RUNNING}

    @property
    def handled(self) -> int:
        """How many items of the source have an outcome."""
        return sum(self.counts.get(name, 0) for name in ("created", "updated", "unchanged", "rejected"))

    @property
    def percent(self) -> int:
        """How far it is, for a progress bar."""
        return min(100, 100 * self.handled // self.expected) if self.expected else 0

    @property
    def message_text(self) -> str:
        """The sentence of the message in the reader's language."""
        return words_of(self.message, self.detail)


class ItemQuerySet(models.QuerySet["RunItem"]):
    """Reads of the items of runs."""

    def with_outcome(self, outcome: str) -> Self:
        """Items of one outcome; `repaired` are those with a value that was mended."""
        return self.filter(is_repaired=True) if outcome == "repaired" else self.filter(outcome=outcome)

    def in_order(self) -> Self:
        """As they came."""
        return self.order_by("pk")

    def with_rows(self) -> Self:
        """With dataset and titolare at hand."""
        return self.select_related("dataset", "holder")


class RunItem(models.Model):
    """What became of one item of a source. An unchanged item has no row: it writes nothing at all."""

    class Outcome(models.TextChoices):
        """How it ended."""

        CREATED = "created", _("creato")
        UPDATED = "updated", _("aggiornato")
        REJECTED = "rejected", _("rifiutato")
        MISSING = "missing", _("non più presente")
        WITHDRAWN = "withdrawn", _("ritirato")

    WRITTEN = (Outcome.CREATED, Outcome.UPDATED, Outcome.WITHDRAWN)

    run = models.ForeignKey(HarvestRun, on_delete=models.CASCADE, related_name="items", verbose_name=_("raccolta"))
    origin_id = models.CharField(_("chiave all'origine"), max_length=500)
    title = models.CharField(_("titolo"), max_length=500, blank=True)
    identifier = models.CharField(_("identificativo"), max_length=500, blank=True)
    holder = models.ForeignKey(
        Agent, on_delete=models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("titolare")
    )
    dataset = models.ForeignKey(
        Dataset,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="harvest_items",
        verbose_name=_("dataset del catalogo"),
    )
    outcome = models.CharField(_("esito"), max_length=10, choices=Outcome.choices)
    is_repaired = models.BooleanField(_("riparato"), default=False)
    problems = models.JSONField(_("problemi"), default=list, blank=True)

    objects = ItemQuerySet.as_manager()

    class Meta:
        verbose_name = _("esito di una voce")
        verbose_name_plural = _("esiti delle voci")
        constraints = [models.UniqueConstraint(fields=["run", "origin_id"], name="one_outcome_per_item")]
        indexes = [models.Index(fields=["run", "outcome"], name="item_by_outcome")]

    def __str__(self) -> str:
        return f"{self.origin_id}: {self.outcome}"


def words_of(code: str, detail: str) -> str:
    """The sentence of a message in the reader's language, whichever room or workshop its code is of."""
    for choices in (RunMessage, Reason):
        if code in choices.values:
            return str(choices(code).label)
    language = (get_language() or "it")[:2]
    return sentence(code, language, {"detail": detail}) if code in SENTENCES else code


def counts_of(run: HarvestRun) -> dict[str, Any]:
    """The outcomes of a run's rows, counted; unchanged items have none and are counted by the run itself."""
    found = run.items.values_list("outcome").annotate(number=models.Count("pk"))
    counts = dict.fromkeys(("created", "updated", "unchanged", "rejected", "missing", "withdrawn"), 0) | dict(found)
    return counts | {"repaired": run.items.filter(is_repaired=True).count()}
