"""How a body joins: one row for each time it asks, with the acts that prove it."""

from datetime import datetime
from typing import Self

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from opentusk.bodies.models import Agent
from opentusk.bodies.tokens import new_key


class AccreditationStatus(models.TextChoices):
    """How far a request to join has come."""

    REQUESTED = "requested", _("richiesta")
    UNDER_REVIEW = "under_review", _("in istruttoria")
    INTEGRATION_REQUESTED = "integration_requested", _("integrazione richiesta")
    ACT_UPLOADED = "act_uploaded", _("atto caricato")
    SCHEME_SIGNED = "scheme_signed", _("schema firmato")
    TRANSMITTED = "transmitted", _("trasmessa e protocollata")
    ACTIVE = "active", _("attiva")
    SUSPENDED = "suspended", _("sospesa")
    ENDED = "ended", _("cessata")
    REJECTED = "rejected", _("respinta")


# The body may ask anew after these.
CLOSED = (AccreditationStatus.ENDED, AccreditationStatus.REJECTED)
JOINED = (AccreditationStatus.ACTIVE, AccreditationStatus.SUSPENDED)


class AccreditationQuerySet(models.QuerySet["Accreditation"]):
    """Reads of the requests to join."""

    def confirmed(self) -> Self:
        """Those whose e-mail address was proved."""
        return self.filter(confirmed_at__isnull=False)

    def open(self) -> Self:
        """Confirmed and not closed: no other may be begun for the same body."""
        return self.confirmed().exclude(status__in=CLOSED)

    def under_way(self) -> Self:
        """Confirmed, and not yet at an end of any kind."""
        return self.open().exclude(status__in=JOINED)

    def of_subject(self, code: str) -> Self:
        """Those of the body with this IPA code or VAT number."""
        return self.filter(subject_code=code.lower())

    def in_force_for(self, agent: Agent) -> Self:
        """The one by which this body is in, or is suspended."""
        return self.filter(agent=agent, status__in=JOINED)

    def waiting_since(self, moment: datetime) -> Self:
        """Under way, where nothing moved and nobody was reminded since then."""
        return self.under_way().filter(waits_since__lt=moment)

    def newest_first(self) -> Self:
        """Latest first."""
        return self.order_by("-pk")

    def longest_waiting_first(self) -> Self:
        """Those that have been in their state for longest come first."""
        return self.order_by("status_since", "pk")


class Accreditation(models.Model):
    """A request to join and what became of it. It counts only when its requester has proved the e-mail address."""

    Status = AccreditationStatus

    key = models.CharField(_("chiave"), max_length=32, unique=True, default=new_key, editable=False)
    subject_code = models.CharField(_("codice IPA o partita IVA"), max_length=40, db_index=True)
    is_in_ipa = models.BooleanField(_("presente in IPA"), default=True)
    name = models.CharField(_("denominazione"), max_length=300)
    public_interest = models.TextField(_("attività di interesse pubblico"), blank=True)
    requester_name = models.CharField(_("chi chiede"), max_length=200)
    requester_email = models.EmailField(_("e-mail di chi chiede"))
    requester_function = models.CharField(_("funzione di chi chiede"), max_length=200)
    has_body_email = models.BooleanField(_("l'e-mail è dell'ente"), default=False)
    delegated_by = models.CharField(_("chi lo incarica"), max_length=300, blank=True)
    status = models.CharField(
        _("stato"), max_length=24, choices=AccreditationStatus.choices, default=AccreditationStatus.REQUESTED
    )
    created_at = models.DateTimeField(_("inviata"), default=timezone.now)
    confirmed_at = models.DateTimeField(_("e-mail confermata"), null=True, blank=True)
    status_since = models.DateTimeField(_("in questo stato dal"), default=timezone.now)
    waits_since = models.DateTimeField(_("ultimo movimento o sollecito"), default=timezone.now)
    checks = models.JSONField(_("controlli fatti"), default=list, blank=True)
    existing_catalogues = models.TextField(_("cataloghi esistenti"), blank=True)
    message = models.TextField(_("ultima comunicazione"), blank=True)
    act_number = models.CharField(_("numero dell'atto"), max_length=60, blank=True)
    act_date = models.DateField(_("data dell'atto"), null=True, blank=True)
    act_organ = models.CharField(_("organo che ha adottato l'atto"), max_length=200, blank=True)
    signer_name = models.CharField(_("chi ha firmato lo schema"), max_length=200, blank=True)
    signer_role = models.CharField(_("carica di chi ha firmato"), max_length=200, blank=True)
    signed_on = models.DateField(_("data della firma"), null=True, blank=True)
    scheme_version = models.CharField(_("versione dello schema"), max_length=40, blank=True)
    accepted = models.JSONField(_("impegni presi"), default=list, blank=True)
    protocol_number = models.CharField(_("numero di protocollo"), max_length=60, blank=True)
    protocol_date = models.DateField(_("data di protocollo"), null=True, blank=True)
    referente_name = models.CharField(_("referente open data"), max_length=200, blank=True)
    referente_email = models.EmailField(_("e-mail del referente"), blank=True)
    rtd_name = models.CharField(_("responsabile per la transizione digitale"), max_length=200, blank=True)
    rtd_email = models.EmailField(_("e-mail dell'RTD"), blank=True)
    dpo_email = models.EmailField(_("e-mail del DPO"), blank=True)
    contact_name = models.CharField(_("punto di contatto"), max_length=200, blank=True)
    contact_email = models.EmailField(_("e-mail del punto di contatto"), blank=True)
    agent = models.ForeignKey(
        Agent,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="accreditations",
        verbose_name=_("ente"),
    )
    is_demo = models.BooleanField(_("dati dimostrativi"), default=False)

    objects = AccreditationQuerySet.as_manager()

    class Meta:
        verbose_name = _("adesione")
        verbose_name_plural = _("adesioni")
        constraints = [
            models.UniqueConstraint(
                fields=["subject_code"],
                condition=models.Q(confirmed_at__isnull=False) & ~models.Q(status__in=("ended", "rejected")),
                name="one_open_accreditation",
            ),
            models.CheckConstraint(
                condition=~models.Q(status__in=("active", "suspended", "ended")) | models.Q(agent__isnull=False),
                name="joined_accreditation_has_agent",
            ),
        ]
        indexes = [models.Index(fields=["status", "status_since"], name="accreditation_by_status")]

    def __str__(self) -> str:
        return f"{self.subject_code} ({self.status})"

    @property
    def is_open(self) -> bool:
        """Whether it still counts."""
        return self.confirmed_at is not None and self.status not in CLOSED

    @property
    def has_people(self) -> bool:
        """Whether those who must be known before the body can work are named."""
        return all((self.referente_name, self.referente_email, self.rtd_name, self.contact_name, self.contact_email))


class DocumentQuerySet(models.QuerySet["AccreditationDocument"]):
    """Reads of the documents."""

    def in_order(self) -> Self:
        """As they came."""
        return self.order_by("pk")


class AccreditationDocument(models.Model):
    """A file of a request to join, kept privately. One that replaces another is a new row: nothing is lost."""

    class Kind(models.TextChoices):
        """What it proves."""

        ACT = "act", _("atto di adesione")
        SCHEME = "scheme", _("schema firmato")
        RECEIPT = "receipt", _("ricevuta della trasmissione")
        OTHER = "other", _("altro documento")

    accreditation = models.ForeignKey(
        Accreditation, on_delete=models.CASCADE, related_name="documents", verbose_name=_("adesione")
    )
    kind = models.CharField(_("genere"), max_length=8, choices=Kind.choices)
    filename = models.CharField(_("nome del file"), max_length=200)
    sha256 = models.CharField(_("impronta SHA-256"), max_length=64)
    byte_size = models.PositiveIntegerField(_("dimensione in byte"))
    media_type = models.CharField(_("tipo"), max_length=100)
    uploaded_by = models.CharField(_("caricato da"), max_length=200)
    uploaded_at = models.DateTimeField(_("caricato"), default=timezone.now)

    objects = DocumentQuerySet.as_manager()

    class Meta:
        verbose_name = _("documento di adesione")
        verbose_name_plural = _("documenti di adesione")

    def __str__(self) -> str:
        return f"{self.kind} {self.filename}"
