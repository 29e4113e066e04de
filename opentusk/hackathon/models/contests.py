"""A hackathon, its teams, and what they hand in."""

from datetime import datetime
from decimal import Decimal
from typing import Self

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from opentusk.hackathon.states import IN_THE_GAME, EntryState, HackathonState, TeamState
from opentusk.kit.spoken_codes import new_spoken_code
from opentusk.reuse.models import Work


class Hackathon(models.Model):
    """A hackathon: sizes, categories, criteria and times are settings of each, never of the portal.

    `event` is the name of its day in the programme; `tables_declared` a published figure without rows behind it.
    """

    class Combination(models.TextChoices):
        """How the jurors' marks are put together."""

        MEAN = "mean", _("media pesata")
        ZSCORE = "zscore", _("punteggi standardizzati per giurato")

    slug = models.SlugField(_("indirizzo"), max_length=120, unique=True)
    title = models.CharField(_("titolo"), max_length=300)
    event = models.CharField(_("evento"), max_length=80, blank=True)
    edition = models.SlugField(_("edizione"), max_length=60, blank=True)
    rules = models.TextField(_("regolamento"), blank=True)
    categories = models.JSONField(_("categorie"), default=list, blank=True)
    team_min = models.PositiveSmallIntegerField(_("componenti, almeno"), default=1)
    team_max = models.PositiveSmallIntegerField(_("componenti, al massimo"), default=6)
    submit_opens_at = models.DateTimeField(_("consegne dal"), null=True, blank=True)
    submit_closes_at = models.DateTimeField(_("consegne fino al"), null=True, blank=True)
    judging_opens_at = models.DateTimeField(_("valutazione dal"), null=True, blank=True)
    judging_closes_at = models.DateTimeField(_("valutazione fino al"), null=True, blank=True)
    main_dataset_required = models.BooleanField(_("serve un dataset principale del portale"), default=True)
    min_sheets = models.PositiveSmallIntegerField(_("schede per progetto, almeno"), default=3)
    combination = models.CharField(
        _("combinazione"), max_length=8, choices=Combination.choices, default=Combination.MEAN
    )
    tables_declared = models.PositiveSmallIntegerField(_("tavoli dichiarati"), null=True, blank=True)
    participants_declared = models.PositiveIntegerField(_("partecipanti dichiarati"), null=True, blank=True)
    registrations_declared = models.PositiveIntegerField(_("iscritti dichiarati"), null=True, blank=True)
    declared_source = models.CharField(_("fonte dei numeri dichiarati"), max_length=500, blank=True)
    minutes = models.TextField(_("verbale"), blank=True)
    revealed = models.PositiveSmallIntegerField(_("posti svelati nella premiazione"), default=0)
    state = models.CharField(_("stato"), max_length=20, choices=HackathonState.choices, default=HackathonState.DRAFT)
    is_demo = models.BooleanField(_("dati dimostrativi"), default=False)
    created_at = models.DateTimeField(_("creato"), default=timezone.now)

    class Meta:
        verbose_name = _("hackathon")
        verbose_name_plural = _("hackathon")
        constraints = [
            models.CheckConstraint(condition=models.Q(team_min__lte=models.F("team_max")), name="team_sizes_in_order")
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_public(self) -> bool:
        """Whether everybody may know of it."""
        return self.state != HackathonState.DRAFT

    def takes_entries(self, now: datetime) -> bool:
        """Whether teams can hand in at this instant: from the opening included to the closing excluded."""
        is_on = self.state in {HackathonState.REGISTRATIONS, HackathonState.RUNNING}
        is_in_time = self.submit_opens_at is None or self.submit_opens_at <= now
        return is_on and is_in_time and (self.submit_closes_at is None or now < self.submit_closes_at)

    def takes_marks(self, now: datetime) -> bool:
        """Whether jurors can write at this instant."""
        is_in_time = self.judging_opens_at is None or self.judging_opens_at <= now
        is_not_over = self.judging_closes_at is None or now < self.judging_closes_at
        return self.state == HackathonState.JUDGING and is_in_time and is_not_over


class Criterion(models.Model):
    """What is judged; the weights of a hackathon sum to 100 and are frozen with the first sheet."""

    hackathon = models.ForeignKey(
        Hackathon, on_delete=models.CASCADE, related_name="criteria", verbose_name=_("hackathon")
    )
    code = models.SlugField(_("codice"), max_length=40)
    label = models.CharField(_("nome"), max_length=120)
    help = models.CharField(_("che cosa si guarda"), max_length=500, blank=True)
    weight = models.DecimalField(_("peso"), max_digits=5, decimal_places=2)
    max_score = models.DecimalField(_("voto più alto"), max_digits=5, decimal_places=2, default=Decimal(10))
    step = models.DecimalField(_("passo"), max_digits=4, decimal_places=2, default=Decimal(1))
    position = models.PositiveSmallIntegerField(_("ordine"), default=0)

    class Meta:
        verbose_name = _("criterio")
        verbose_name_plural = _("criteri")
        ordering = ["position", "pk"]
        constraints = [models.UniqueConstraint(fields=["hackathon", "code"], name="one_criterion_per_code")]

    def __str__(self) -> str:
        return f"{self.code} {self.weight}"


class Team(models.Model):
    """People who work together; others join with its code."""

    hackathon = models.ForeignKey(
        Hackathon, on_delete=models.CASCADE, related_name="teams", verbose_name=_("hackathon")
    )
    name = models.CharField(_("nome"), max_length=120)
    table_number = models.PositiveSmallIntegerField(_("tavolo"), null=True, blank=True)
    join_code = models.CharField(_("codice"), max_length=6, unique=True, default=new_spoken_code)
    state = models.CharField(_("stato"), max_length=10, choices=TeamState.choices, default=TeamState.FORMING)
    created_at = models.DateTimeField(_("nata"), default=timezone.now)
    is_demo = models.BooleanField(_("dati dimostrativi"), default=False)

    class Meta:
        verbose_name = _("squadra")
        verbose_name_plural = _("squadre")
        constraints = [models.UniqueConstraint(fields=["hackathon", "name"], name="one_team_per_name")]

    def __str__(self) -> str:
        return self.name


class TeamMember(models.Model):
    """One person in one team; `hackathon` is the team's, so that the database keeps people in one team."""

    team = models.ForeignKey(Team, on_delete=models.CASCADE, related_name="members", verbose_name=_("squadra"))
    hackathon = models.ForeignKey(Hackathon, on_delete=models.CASCADE, related_name="+", verbose_name=_("hackathon"))
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="teams",
        verbose_name=_("persona"),
    )
    is_lead = models.BooleanField(_("capogruppo"), default=False)
    adult_declared = models.BooleanField(_("ha dichiarato di essere maggiorenne"), default=False)
    school = models.CharField(_("scuola o università, come categoria"), max_length=120, blank=True)
    shows_name = models.BooleanField(_("vuole comparire con il nome"), default=False)
    joined_at = models.DateTimeField(_("entrato"), default=timezone.now)

    class Meta:
        verbose_name = _("componente della squadra")
        verbose_name_plural = _("componenti delle squadre")
        constraints = [
            models.UniqueConstraint(fields=["hackathon", "user"], name="one_team_per_person"),
            models.CheckConstraint(condition=models.Q(adult_declared=True), name="members_are_adults"),
        ]

    def __str__(self) -> str:
        return f"{self.team_id}: {self.user_id}"


class EntryQuerySet(models.QuerySet["Entry"]):
    """Reads of the entries."""

    def in_the_game(self) -> Self:
        """Those that are judged, or were: excluded and withdrawn ones never come into a ranking."""
        return self.filter(state__in=IN_THE_GAME)

    def in_order(self) -> Self:
        """In the order of the presentations."""
        return self.select_related("team", "work").order_by(
            models.F("presentation_order").asc(nulls_last=True), "team__table_number", "pk"
        )


class Entry(models.Model):
    """What a team hands in: a work with its datasets, in a category."""

    hackathon = models.ForeignKey(
        Hackathon, on_delete=models.CASCADE, related_name="entries", verbose_name=_("hackathon")
    )
    team = models.OneToOneField(Team, on_delete=models.CASCADE, related_name="entry", verbose_name=_("squadra"))
    work = models.OneToOneField(Work, on_delete=models.PROTECT, related_name="entry", verbose_name=_("riuso"))
    category = models.CharField(_("categoria"), max_length=60, blank=True)
    state = models.CharField(_("stato"), max_length=10, choices=EntryState.choices, default=EntryState.DRAFT)
    submitted_at = models.DateTimeField(_("consegnata"), null=True, blank=True)
    excluded_reason = models.CharField(_("motivo della non ammissione"), max_length=500, blank=True)
    presentation_order = models.PositiveSmallIntegerField(_("ordine di presentazione"), null=True, blank=True)
    is_demo = models.BooleanField(_("dati dimostrativi"), default=False)

    objects = EntryQuerySet.as_manager()

    class Meta:
        verbose_name = _("candidatura")
        verbose_name_plural = _("candidature")

    def __str__(self) -> str:
        return f"{self.hackathon_id}: {self.team_id}"
