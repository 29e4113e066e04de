"""Rows of the journal: entries, cursors of the reactions, setbacks, tasks."""

import uuid
from datetime import datetime
from typing import Self

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class EntryQuerySet(models.QuerySet["Entry"]):
    """Reads of the journal."""

    def about(self, subject: models.Model) -> Self:
        """Entries whose subject is this row."""
        return self.filter(subject=reference_of(subject))

    def after(self, seq: int) -> Self:
        """Entries later than `seq`, in order."""
        return self.filter(seq__gt=seq).order_by("seq")

    def public(self) -> Self:
        """Entries that may leave the house."""
        return self.filter(is_public=True)

    def newest_first(self) -> Self:
        """Latest entries first."""
        return self.order_by("-seq")


class Entry(models.Model):
    """One thing that happened. `changes` maps a field to [before, after]; `facts` holds what readers need."""

    seq = models.BigAutoField(_("numero"), primary_key=True)
    id = models.UUIDField(_("identificativo"), default=uuid.uuid4, unique=True, editable=False)
    event = models.CharField(_("evento"), max_length=64, db_index=True)
    at = models.DateTimeField(_("quando"), default=timezone.now, db_index=True)
    actor = models.CharField(_("autore"), max_length=80)
    actor_label = models.CharField(_("autore, in parole"), max_length=200)
    subject = models.CharField(_("oggetto"), max_length=80, db_index=True)
    changes = models.JSONField(_("modifiche"), default=dict, blank=True)
    facts = models.JSONField(_("fatti"), default=dict, blank=True)
    is_public = models.BooleanField(_("pubblico"), default=False)

    objects = EntryQuerySet.as_manager()

    class Meta:
        verbose_name = _("voce del giornale")
        verbose_name_plural = _("voci del giornale")

    def __str__(self) -> str:
        return f"{self.seq} {self.event} {self.subject}"

    @property
    def subject_id(self) -> int:
        """The number of the row that the entry is about."""
        return int(self.subject.rpartition(":")[2])


def reference_of(row: models.Model) -> str:
    """The journal's name of a row: `catalog.dataset:17`."""
    return f"{row._meta.label_lower}:{row.pk}"


class Cursor(models.Model):
    """How far one reaction has read. Moved only after its work is done: at least once, never lost."""

    reaction = models.CharField(_("reazione"), max_length=80, primary_key=True)
    position = models.BigIntegerField(_("ultima voce letta"), default=0)
    moved_at = models.DateTimeField(_("avanzato"), auto_now=True)

    class Meta:
        verbose_name = _("segnalibro di reazione")
        verbose_name_plural = _("segnalibri delle reazioni")

    def __str__(self) -> str:
        return f"{self.reaction} @ {self.position}"


class Setback(models.Model):
    """A reaction that failed on one entry: tried again later, visible, never in the way of the others."""

    reaction = models.CharField(_("reazione"), max_length=80)
    entry = models.ForeignKey(Entry, on_delete=models.CASCADE, verbose_name=_("voce"), related_name="setbacks")
    attempts = models.PositiveIntegerField(_("tentativi"), default=1)
    next_attempt_at = models.DateTimeField(_("prossimo tentativo"), db_index=True)
    fault = models.TextField(_("errore"))

    class Meta:
        verbose_name = _("reazione non riuscita")
        verbose_name_plural = _("reazioni non riuscite")
        constraints = [models.UniqueConstraint(fields=["reaction", "entry"], name="one_setback_per_entry")]

    def __str__(self) -> str:
        return f"{self.reaction}: {self.entry_id}"


class TaskQuerySet(models.QuerySet["Task"]):
    """Reads of the task list."""

    def due(self, now: datetime) -> Self:
        """Tasks that wait and whose time has come, oldest first."""
        return self.filter(status=Task.Status.WAITING, next_attempt_at__lte=now).order_by("next_attempt_at", "id")


class Task(models.Model):
    """A piece of work for the worker: a dotted function and the ids it is given."""

    class Status(models.TextChoices):
        """Where a task is."""

        WAITING = "waiting", _("in attesa")
        RUNNING = "running", _("in corso")
        DONE = "done", _("fatto")
        FAILED = "failed", _("fallito")

    function = models.CharField(_("funzione"), max_length=200)
    arguments = models.JSONField(_("argomenti"), default=dict)
    key = models.CharField(_("chiave"), max_length=200, blank=True)
    status = models.CharField(_("stato"), max_length=10, choices=Status.choices, default=Status.WAITING)
    attempts = models.PositiveIntegerField(_("tentativi"), default=0)
    next_attempt_at = models.DateTimeField(_("prossimo tentativo"), default=timezone.now)
    started_at = models.DateTimeField(_("iniziato"), null=True, blank=True)
    finished_at = models.DateTimeField(_("finito"), null=True, blank=True)
    fault = models.TextField(_("errore"), blank=True)

    objects = TaskQuerySet.as_manager()

    class Meta:
        verbose_name = _("lavoro")
        verbose_name_plural = _("lavori")
        indexes = [models.Index(fields=["status", "next_attempt_at"], name="task_due")]
        constraints = [
            # The same work asked twice while the first still waits is one piece of work.
            models.UniqueConstraint(
                fields=["key"],
                condition=models.Q(status="waiting") & ~models.Q(key=""),
                name="one_waiting_task_per_key",
            )
        ]

    def __str__(self) -> str:
        return f"{self.function} {self.arguments}"


class Tick(models.Model):
    """When scheduled work last happened."""

    name = models.CharField(_("nome"), max_length=80, primary_key=True)
    last_at = models.DateTimeField(_("ultima volta"))

    class Meta:
        verbose_name = _("scadenza dell'orologio")
        verbose_name_plural = _("scadenze dell'orologio")

    def __str__(self) -> str:
        return self.name
