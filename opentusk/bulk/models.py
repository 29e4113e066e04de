"""Rows of the bulk room."""

import uuid
from typing import Self

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from opentusk.bodies.models import Agent
from opentusk.catalog.models import Dataset


class BatchQuerySet(models.QuerySet["Batch"]):
    """Reads of the bulk runs."""

    def with_agent(self) -> Self:
        """With the body at hand."""
        return self.select_related("agent")

    def newest_first(self) -> Self:
        """The last one first."""
        return self.order_by("-created_at")

    def never_run(self) -> Self:
        """Trials: what they say was never done."""
        states = (Batch.State.CHECKING, Batch.State.CHECKED, Batch.State.UNREADABLE)
        return self.filter(state__in=states, started_at__isnull=True)

    def of_agents(self, agents: models.QuerySet[Agent]) -> Self:
        """Those of these bodies."""
        return self.filter(agent__in=agents)


class Batch(models.Model):
    """A spreadsheet of descriptions with its files: tried first, run when a person says so, taken up where it stops."""

    class State(models.TextChoices):
        """How far it is."""

        CHECKING = "checking", _("in controllo")
        CHECKED = "checked", _("controllato, da avviare")
        RUNNING = "running", _("in corso")
        DONE = "done", _("finito")
        PUBLISHING = "publishing", _("in pubblicazione")
        UNREADABLE = "unreadable", _("non leggibile")

    uuid = models.UUIDField(_("UUID"), default=uuid.uuid4, unique=True, editable=False)
    agent = models.ForeignKey(Agent, on_delete=models.CASCADE, related_name="batches", verbose_name=_("ente"))
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("chiesto da"),
    )
    sheet_name = models.CharField(_("nome del foglio"), max_length=200)
    state = models.CharField(_("stato"), max_length=10, choices=State.choices, default=State.CHECKING)
    problems = models.JSONField(_("problemi del foglio intero"), default=list, blank=True)
    created_at = models.DateTimeField(_("chiesto"), default=timezone.now)
    started_at = models.DateTimeField(_("avviato"), null=True, blank=True)
    finished_at = models.DateTimeField(_("finito"), null=True, blank=True)
    signer = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("firmato da"),
    )
    signed = models.JSONField(_("risposte firmate e righe a cui valgono"), default=dict, blank=True)

    objects = BatchQuerySet.as_manager()

    class Meta:
        verbose_name = _("caricamento in blocco")
        verbose_name_plural = _("caricamenti in blocco")

    def __str__(self) -> str:
        return str(self.uuid)


class BatchRowQuerySet(models.QuerySet["BatchRow"]):
    """Reads of the rows of bulk runs."""

    def to_mend_first(self) -> Self:
        """What somebody must look at, then the others, each as in the spreadsheet."""
        is_bad = models.Q(outcome=BatchRow.Outcome.WRONG) | ~models.Q(problems=[])
        rank = models.Case(models.When(is_bad, then=0), default=1)
        return self.order_by(rank, "number").select_related("dataset")

    def in_order(self) -> Self:
        """As in the spreadsheet."""
        return self.order_by("number")

    def to_do(self) -> Self:
        """Rows that a run still has to take."""
        return self.filter(state=BatchRow.State.READY).order_by("number")

    def drafts(self) -> Self:
        """Rows whose dataset is there and not public yet."""
        drafts = self.filter(dataset__status=Dataset.Status.DRAFT, dataset__published_at__isnull=True)
        return drafts.select_related("dataset").order_by("number")


class BatchRow(models.Model):
    """One row of the spreadsheet: what it says, what it will do, what it did.

    `values` maps the columns of the template to the cells; `problems` are {column, code, values, severity}.
    """

    class Outcome(models.TextChoices):
        """What running the row does."""

        CREATE = "create", _("nuovo dataset")
        UPDATE = "update", _("dataset da aggiornare")
        SAME = "same", _("già così: niente da fare")
        WRONG = "wrong", _("da correggere")

    class State(models.TextChoices):
        """How far it is."""

        READY = "ready", _("da fare")
        DONE = "done", _("fatto")
        FAILED = "failed", _("non riuscito")
        LEFT = "left", _("saltato")

    batch = models.ForeignKey(Batch, on_delete=models.CASCADE, related_name="rows", verbose_name=_("caricamento"))
    number = models.PositiveIntegerField(_("riga"))
    key = models.CharField(_("chiave"), max_length=80, blank=True)
    values = models.JSONField(_("celle"), default=dict)
    outcome = models.CharField(_("che cosa farà"), max_length=10, choices=Outcome.choices, default=Outcome.WRONG)
    state = models.CharField(_("stato"), max_length=10, choices=State.choices, default=State.READY)
    problems = models.JSONField(_("problemi"), default=list, blank=True)
    dataset = models.ForeignKey(
        Dataset, on_delete=models.SET_NULL, null=True, blank=True, related_name="batch_rows", verbose_name=_("dataset")
    )

    objects = BatchRowQuerySet.as_manager()

    class Meta:
        verbose_name = _("riga di un caricamento in blocco")
        verbose_name_plural = _("righe dei caricamenti in blocco")
        constraints = [models.UniqueConstraint(fields=["batch", "number"], name="one_row_per_number")]

    def __str__(self) -> str:
        return f"{self.batch_id}/{self.number}"
