"""Rows of the consultation room."""

import uuid
from datetime import datetime
from typing import Self

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class ConsultationQuerySet(models.QuerySet["Consultation"]):
    """Reads of the consultations."""

    def public(self) -> Self:
        """Those that everybody may know of."""
        return self.exclude(state=Consultation.State.DRAFT)

    def newest_first(self) -> Self:
        """The last to open first."""
        return self.order_by(models.F("opens_at").desc(nulls_first=True), "-pk")


class Consultation(models.Model):
    """A consultation on the basket of an edition. Whether it is open is a matter of its instants, not of a job."""

    class State(models.TextChoices):
        """What people decided about it; open and closed follow from the clock."""

        DRAFT = "draft", _("bozza")
        SCHEDULED = "scheduled", _("in programma")
        REPORTED = "reported", _("con il rapporto finale")

    class Phase(models.TextChoices):
        """Where it is at an instant."""

        DRAFT = "draft", _("bozza")
        SCHEDULED = "scheduled", _("in programma")
        OPEN = "open", _("aperta")
        CLOSED = "closed", _("chiusa")
        REPORTED = "reported", _("conclusa, con il rapporto")

    slug = models.SlugField(_("indirizzo"), max_length=120, unique=True)
    edition = models.SlugField(_("edizione"), max_length=60)
    title = models.CharField(_("titolo"), max_length=300)
    intro = models.TextField(_("presentazione"), blank=True)
    afterwards = models.TextField(_("che cosa succede dopo, chi risponde ed entro quando"), blank=True)
    opens_at = models.DateTimeField(_("apre"), null=True, blank=True)
    closes_at = models.DateTimeField(_("chiude"), null=True, blank=True)
    allow_new = models.BooleanField(_("si possono proporre nuove voci"), default=True)
    allow_comment = models.BooleanField(_("si può commentare"), default=True)
    allow_endorse = models.BooleanField(_("si può sostenere"), default=True)
    hide_counts = models.BooleanField(_("i sostegni si vedono solo alla fine"), default=False)
    state = models.CharField(_("stato"), max_length=10, choices=State.choices, default=State.DRAFT)
    is_demo = models.BooleanField(_("dati dimostrativi"), default=False)
    created_at = models.DateTimeField(_("creata"), default=timezone.now)

    objects = ConsultationQuerySet.as_manager()

    class Meta:
        verbose_name = _("consultazione")
        verbose_name_plural = _("consultazioni")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state="draft") | models.Q(opens_at__isnull=False, closes_at__isnull=False),
                name="scheduled_between_instants",
            ),
            models.CheckConstraint(
                condition=models.Q(opens_at__isnull=True)
                | models.Q(closes_at__isnull=True)
                | models.Q(opens_at__lt=models.F("closes_at")),
                name="consultation_opens_first",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def phase(self, now: datetime) -> "Consultation.Phase":
        """Where it is at an instant: open from the opening, that instant included, to the closing, excluded."""
        if self.state != self.State.SCHEDULED or self.opens_at is None or self.closes_at is None:
            return self.Phase(self.state)
        if now < self.opens_at:
            return self.Phase.SCHEDULED
        return self.Phase.OPEN if now < self.closes_at else self.Phase.CLOSED

    def is_open(self, now: datetime) -> bool:
        """Whether people take part at this instant."""
        return self.phase(now) == self.Phase.OPEN

    def shows_counts(self, now: datetime) -> bool:
        """Whether everybody sees how many support what."""
        return not self.hide_counts or self.phase(now) in {self.Phase.CLOSED, self.Phase.REPORTED}


class ThematicProposal(models.Model):
    """A theme of the consultation: its content is computed from the basket, only the words around it are kept."""

    consultation = models.ForeignKey(
        Consultation, on_delete=models.CASCADE, related_name="proposals", verbose_name=_("consultazione")
    )
    theme = models.CharField(_("tema"), max_length=10)
    intro = models.TextField(_("presentazione"), blank=True)
    answer = models.TextField(_("risposta ufficiale"), blank=True)
    answer_published_at = models.DateTimeField(_("risposta pubblicata"), null=True, blank=True)

    class Meta:
        verbose_name = _("proposta per tema")
        verbose_name_plural = _("proposte per tema")
        constraints = [models.UniqueConstraint(fields=["consultation", "theme"], name="one_proposal_per_theme")]

    def __str__(self) -> str:
        return f"{self.consultation_id} {self.theme}"


class MilestoneReport(models.Model):
    """A report: figures at an instant, hashed, never changed. `counts` is the canonical JSON that the hash is of."""

    class Kind(models.TextChoices):
        """What it reports on."""

        DATALAB = "datalab", _("dopo i datalab")
        CONSULTATION = "consultation", _("dopo la consultazione")

    uuid = models.UUIDField(_("UUID"), default=uuid.uuid4, unique=True, editable=False)
    edition = models.SlugField(_("edizione"), max_length=60)
    consultation = models.OneToOneField(
        Consultation,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="report",
        verbose_name=_("consultazione"),
    )
    kind = models.CharField(_("genere"), max_length=12, choices=Kind.choices)
    as_of = models.DateTimeField(_("alla data"))
    counts = models.TextField(_("numeri"))
    sha256 = models.CharField(_("impronta"), max_length=64)
    made_at = models.DateTimeField(_("fatto"), default=timezone.now)
    is_demo = models.BooleanField(_("dati dimostrativi"), default=False)

    class Meta:
        verbose_name = _("rapporto")
        verbose_name_plural = _("rapporti")

    def __str__(self) -> str:
        return f"{self.edition} {self.kind} {self.as_of:%Y-%m-%d}"


class ImportRecord(models.Model):
    """Something taken over from another platform, once: where it came from and what became of it."""

    instance_host = models.CharField(_("piattaforma"), max_length=200)
    type = models.CharField(_("genere"), max_length=40)
    remote_id = models.CharField(_("identificativo all'origine"), max_length=200)
    content_hash = models.CharField(_("impronta"), max_length=64)
    url = models.CharField(_("indirizzo all'origine"), max_length=1_000, blank=True)
    target = models.CharField(_("diventato"), max_length=80, blank=True)
    needs_review = models.BooleanField(_("cambiato all'origine: da rivedere"), default=False)
    review_text = models.TextField(_("testo all'origine"), blank=True)
    seen_at = models.DateTimeField(_("visto"), default=timezone.now)
    vanished_at = models.DateTimeField(_("sparito all'origine"), null=True, blank=True)

    class Meta:
        verbose_name = _("voce importata")
        verbose_name_plural = _("voci importate")
        constraints = [
            models.UniqueConstraint(fields=["instance_host", "type", "remote_id"], name="one_record_per_remote_thing")
        ]

    def __str__(self) -> str:
        return f"{self.instance_host} {self.type} {self.remote_id}"
