"""Jurors, their sheets, and the result."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from opentusk.bodies.tokens import new_key
from opentusk.hackathon.models.contests import Criterion, Entry, Hackathon, Team
from opentusk.hackathon.states import JurorState, SheetState


class Juror(models.Model):
    """Somebody who judges, let in by a secret address and a code; only their hashes are kept.

    Both are made of `key` and of the portal's own secret, so that the letter can be written by the worker, and again.
    """

    hackathon = models.ForeignKey(
        Hackathon, on_delete=models.CASCADE, related_name="jurors", verbose_name=_("hackathon")
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="juries",
        verbose_name=_("persona"),
    )
    office = models.CharField(_("in quale veste"), max_length=200)
    email = models.EmailField(_("e-mail"), blank=True)
    is_president = models.BooleanField(_("presiede"), default=False)
    state = models.CharField(_("stato"), max_length=10, choices=JurorState.choices, default=JurorState.INVITED)
    token_hash = models.CharField(_("impronta dell'indirizzo segreto"), max_length=64, unique=True)
    code_hash = models.CharField(_("impronta del codice"), max_length=64)
    key = models.CharField(_("chiave"), max_length=32, default=new_key, editable=False)
    language = models.CharField(_("lingua"), max_length=5, default="it")
    invited_at = models.DateTimeField(_("invitato"), default=timezone.now)

    class Meta:
        verbose_name = _("giurato")
        verbose_name_plural = _("giurati")
        constraints = [
            models.UniqueConstraint(
                fields=["hackathon"],
                condition=models.Q(is_president=True) & ~models.Q(state="replaced"),
                name="one_president",
            )
        ]

    def __str__(self) -> str:
        return f"{self.hackathon_id}: {self.office}"

    @property
    def may_judge(self) -> bool:
        """Whether conflicts were declared, and nobody has taken the place."""
        return self.state == JurorState.DECLARED


class Conflict(models.Model):
    """A juror does not judge a team."""

    class Source(models.TextChoices):
        """Who says so."""

        DECLARED = "declared", _("dichiarato")
        AUTOMATIC = "automatic", _("rilevato")

    juror = models.ForeignKey(Juror, on_delete=models.CASCADE, related_name="conflicts", verbose_name=_("giurato"))
    team = models.ForeignKey(Team, on_delete=models.CASCADE, related_name="conflicts", verbose_name=_("squadra"))
    source = models.CharField(_("origine"), max_length=10, choices=Source.choices, default=Source.DECLARED)
    reason = models.CharField(_("motivo"), max_length=300, blank=True)
    waived_note = models.CharField(_("perché non conta"), max_length=300, blank=True)
    noted_at = models.DateTimeField(_("scritto"), default=timezone.now)

    class Meta:
        verbose_name = _("conflitto di interessi")
        verbose_name_plural = _("conflitti di interessi")
        constraints = [models.UniqueConstraint(fields=["juror", "team"], name="one_conflict_per_team")]

    def __str__(self) -> str:
        return f"{self.juror_id} ✕ {self.team_id}"


class Sheet(models.Model):
    """One juror's marks of one entry. A replaced juror's sheets are void: they stay, and count no more."""

    juror = models.ForeignKey(Juror, on_delete=models.CASCADE, related_name="sheets", verbose_name=_("giurato"))
    entry = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="sheets", verbose_name=_("candidatura"))
    state = models.CharField(_("stato"), max_length=10, choices=SheetState.choices, default=SheetState.DRAFT)
    note = models.TextField(_("appunti"), max_length=2_000, blank=True)
    is_void = models.BooleanField(_("annullata"), default=False)
    changed_at = models.DateTimeField(_("modificata"), default=timezone.now)

    class Meta:
        verbose_name = _("scheda")
        verbose_name_plural = _("schede")
        constraints = [models.UniqueConstraint(fields=["juror", "entry"], name="one_sheet_per_juror_and_entry")]

    def __str__(self) -> str:
        return f"{self.juror_id} → {self.entry_id}"


class Score(models.Model):
    """One mark."""

    sheet = models.ForeignKey(Sheet, on_delete=models.CASCADE, related_name="scores", verbose_name=_("scheda"))
    criterion = models.ForeignKey(Criterion, on_delete=models.PROTECT, related_name="+", verbose_name=_("criterio"))
    value = models.DecimalField(_("voto"), max_digits=5, decimal_places=2)

    class Meta:
        verbose_name = _("voto")
        verbose_name_plural = _("voti")
        constraints = [models.UniqueConstraint(fields=["sheet", "criterion"], name="one_score_per_criterion")]

    def __str__(self) -> str:
        return f"{self.sheet_id} {self.criterion_id}: {self.value}"


class Decision(models.Model):
    """The president says who of equal entries comes first, and why."""

    hackathon = models.ForeignKey(
        Hackathon, on_delete=models.CASCADE, related_name="decisions", verbose_name=_("hackathon")
    )
    category = models.CharField(_("categoria"), max_length=60, blank=True)
    order = models.JSONField(_("ordine"), default=list)
    reason = models.TextField(_("motivo"), max_length=2_000)
    decided_at = models.DateTimeField(_("deciso"), default=timezone.now)

    class Meta:
        verbose_name = _("decisione di chi presiede")
        verbose_name_plural = _("decisioni di chi presiede")
        constraints = [models.UniqueConstraint(fields=["hackathon", "category"], name="one_decision_per_category")]

    def __str__(self) -> str:
        return f"{self.hackathon_id} {self.category}"


class RankedEntry(models.Model):
    """The place of an entry, as it was deliberated: exact values as fractions, and the words that people read."""

    hackathon = models.ForeignKey(
        Hackathon, on_delete=models.CASCADE, related_name="ranking", verbose_name=_("hackathon")
    )
    entry = models.OneToOneField(Entry, on_delete=models.PROTECT, related_name="ranked", verbose_name=_("candidatura"))
    category = models.CharField(_("categoria"), max_length=60, blank=True)
    rank = models.PositiveSmallIntegerField(_("posto"))
    value = models.CharField(_("valore esatto"), max_length=200)
    points = models.CharField(_("punti"), max_length=20)
    sheets = models.PositiveSmallIntegerField(_("schede"))
    decided_by = models.CharField(_("deciso da"), max_length=40, blank=True)

    class Meta:
        verbose_name = _("posto in classifica")
        verbose_name_plural = _("classifica")
        ordering = ["category", "rank", "entry__team__name"]

    def __str__(self) -> str:
        return f"{self.category} {self.rank}: {self.entry_id}"


class Award(models.Model):
    """A prize or a mention."""

    hackathon = models.ForeignKey(
        Hackathon, on_delete=models.CASCADE, related_name="awards", verbose_name=_("hackathon")
    )
    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="awards", verbose_name=_("candidatura"))
    category = models.CharField(_("categoria"), max_length=60, blank=True)
    rank = models.PositiveSmallIntegerField(_("posto"), null=True, blank=True)
    label = models.CharField(_("premio"), max_length=200)
    motivation = models.TextField(_("motivazione"), max_length=2_000, blank=True)
    is_demo = models.BooleanField(_("dati dimostrativi"), default=False)

    class Meta:
        verbose_name = _("premio")
        verbose_name_plural = _("premi")

    def __str__(self) -> str:
        return self.label
