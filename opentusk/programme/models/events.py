"""Editions and their events."""

import uuid
from datetime import datetime, timedelta
from typing import Self

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from opentusk.programme.states import Audience, EventKind, EventState, JoinPolicy, Mode

# When the personal way into an online room opens, and how long after the end it stays open.
JOIN_BEFORE = timedelta(minutes=15)


class Edition(models.Model):
    """A year, or a campaign, of the programme: it groups everything and gives the milestones."""

    class State(models.TextChoices):
        """Where it is."""

        DRAFT = "draft", _("in preparazione")
        RUNNING = "running", _("in corso")
        ARCHIVED = "archived", _("conclusa")

    slug = models.SlugField(_("indirizzo"), max_length=60, unique=True)
    title = models.CharField(_("titolo"), max_length=200)
    abstract = models.TextField(_("presentazione"), blank=True)
    starts_on = models.DateField(_("comincia"), null=True, blank=True)
    ends_on = models.DateField(_("finisce"), null=True, blank=True)
    state = models.CharField(_("stato"), max_length=10, choices=State.choices, default=State.DRAFT)
    is_demo = models.BooleanField(_("dati dimostrativi"), default=False)

    class Meta:
        verbose_name = _("edizione")
        verbose_name_plural = _("edizioni")

    def __str__(self) -> str:
        return self.title


class PlannedEventQuerySet(models.QuerySet["Event"]):
    """Reads of the events."""

    def public(self) -> Self:
        """Those that everybody may know of: cancelled ones too, so that nobody comes in vain."""
        return self.exclude(state=EventState.DRAFT)

    def to_come(self, now: datetime) -> Self:
        """Those that are not over, the next first."""
        coming = self.filter(state=EventState.PUBLISHED)
        over = models.Q(ends_at__lte=now) | models.Q(ends_at__isnull=True, starts_at__lt=now - timedelta(hours=12))
        return coming.exclude(over).order_by(models.F("starts_at").asc(nulls_last=True), "pk")

    def gone(self, now: datetime) -> Self:
        """Those that took place, the last first; those of unknown day at the end."""
        over = models.Q(state__in=(EventState.HELD, EventState.CLOSED)) | models.Q(
            state=EventState.PUBLISHED, ends_at__lte=now
        )
        return self.filter(over).order_by(models.F("starts_at").desc(nulls_last=True), "pk")

    def of_edition(self, edition: str) -> Self:
        """Those of one edition."""
        return self.filter(edition__slug=edition)


class Event(models.Model):
    """One event of any kind. `starts_at` may be unknown for what is only remembered; `join_url` is a secret.

    Declared figures are published ones without rows behind them, and are never forced to agree with counts.
    """

    uuid = models.UUIDField(_("UUID"), default=uuid.uuid4, unique=True, editable=False)
    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="events", verbose_name=_("edizione"))
    slug = models.SlugField(_("indirizzo"), max_length=120, unique=True)
    kind = models.CharField(_("genere"), max_length=12, choices=EventKind.choices)
    title = models.CharField(_("titolo"), max_length=300)
    abstract = models.TextField(_("presentazione"), blank=True)
    agenda = models.TextField(_("programma"), blank=True)
    starts_at = models.DateTimeField(_("comincia"), null=True, blank=True, db_index=True)
    ends_at = models.DateTimeField(_("finisce"), null=True, blank=True)
    has_times = models.BooleanField(_("gli orari sono noti"), default=True)
    mode = models.CharField(_("dove"), max_length=10, choices=Mode.choices, default=Mode.IN_PERSON)
    venue = models.CharField(_("luogo"), max_length=300, blank=True)
    municipality = models.CharField(_("comune"), max_length=120, blank=True)
    audience = models.CharField(_("per chi"), max_length=12, choices=Audience.choices, default=Audience.PUBLIC)
    join_policy = models.CharField(
        _("come si partecipa"), max_length=14, choices=JoinPolicy.choices, default=JoinPolicy.REGISTRATION
    )
    capacity = models.PositiveIntegerField(_("posti"), null=True, blank=True)
    reg_opens_at = models.DateTimeField(_("iscrizioni dal"), null=True, blank=True)
    reg_closes_at = models.DateTimeField(_("iscrizioni fino al"), null=True, blank=True)
    join_url = models.URLField(_("indirizzo della stanza online"), max_length=1_000, blank=True)
    questions = models.JSONField(_("domande (al massimo cinque)"), default=list, blank=True)
    state = models.CharField(_("stato"), max_length=10, choices=EventState.choices, default=EventState.DRAFT)
    cancel_reason = models.CharField(_("motivo dell'annullamento"), max_length=500, blank=True)
    declared_attendance = models.PositiveIntegerField(_("presenze dichiarate"), null=True, blank=True)
    declared_registrations = models.PositiveIntegerField(_("iscritti dichiarati"), null=True, blank=True)
    declared_source = models.CharField(_("fonte dei numeri dichiarati"), max_length=500, blank=True)
    sequence = models.PositiveIntegerField(_("versione per i calendari"), default=0)
    cloned_from = models.ForeignKey(
        "self", on_delete=models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("copiato da")
    )
    reminded_at = models.DateTimeField(_("promemoria mandato"), null=True, blank=True)
    is_demo = models.BooleanField(_("dati dimostrativi"), default=False)
    created_at = models.DateTimeField(_("creato"), default=timezone.now)

    objects = PlannedEventQuerySet.as_manager()

    class Meta:
        verbose_name = _("evento")
        verbose_name_plural = _("eventi")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_at__isnull=True) | models.Q(starts_at__lte=models.F("ends_at")),
                name="event_starts_first",
            )
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_public(self) -> bool:
        """Whether everybody may know of it."""
        return self.state != EventState.DRAFT

    @property
    def asks_registration(self) -> bool:
        """Whether one registers."""
        return self.join_policy != JoinPolicy.OPEN_LINK

    def takes_registrations(self, now: datetime) -> bool:
        """Whether one can register at this instant: from the opening included to the closing excluded."""
        closes = self.reg_closes_at or self.starts_at
        is_in_time = (self.reg_opens_at is None or self.reg_opens_at <= now) and (closes is None or now < closes)
        return self.state == EventState.PUBLISHED and self.asks_registration and is_in_time

    def lets_in(self, now: datetime) -> bool:
        """Whether the way into the online room is open at this instant."""
        if self.state not in {EventState.PUBLISHED, EventState.HELD} or self.starts_at is None:
            return False
        ends = self.ends_at or self.starts_at + timedelta(hours=3)
        return self.starts_at - JOIN_BEFORE <= now < ends
