"""The bodies themselves."""

import uuid
from typing import Self

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from opentusk.kit.records import Agent as AgentRecord
from opentusk.kit.records import ContactPoint as ContactPointRecord


class AgentQuerySet(models.QuerySet["Agent"]):
    """Reads of the bodies."""

    def active(self) -> Self:
        """Bodies that may publish."""
        return self.filter(status=Agent.Status.ACTIVE)

    def joined(self) -> Self:
        """Bodies that joined the portal, whatever became of them since."""
        return self.filter(joined_on__isnull=False)

    def by_name(self) -> Self:
        """In the order of their names."""
        return self.order_by("name")

    def with_published_count(self) -> Self:
        """With `dataset_count`: how many datasets of theirs everybody may see."""
        published = models.Count("datasets", filter=models.Q(datasets__status="published"))
        return self.annotate(dataset_count=published)

    def busiest_first(self) -> Self:
        """Those that publish, the one with most datasets first; asks for `with_published_count`."""
        return self.filter(dataset_count__gt=0).order_by("-dataset_count", "name")


class Agent(models.Model):
    """A public body, or a company with public functions, that is titolare of data."""

    class Kind(models.TextChoices):
        """What kind of body it is."""

        REGION = "region", _("Regione")
        MUNICIPALITY = "municipality", _("Comune")
        PROVINCE = "province", _("Provincia o Città metropolitana")
        HEALTH = "health", _("Azienda sanitaria")
        UNIVERSITY = "university", _("Università e ricerca")
        AGENCY = "agency", _("Agenzia o ente regionale")
        CHAMBER = "chamber", _("Camera di commercio")
        COMPANY = "company", _("Società o gestore di servizi pubblici")
        OTHER = "other", _("Altro ente")

    class Status(models.TextChoices):
        """Whether its people may publish."""

        ACTIVE = "active", _("attivo")
        SUSPENDED = "suspended", _("sospeso")
        ENDED = "ended", _("cessato")

    uuid = models.UUIDField(_("UUID"), default=uuid.uuid4, unique=True, editable=False)
    ipa_code = models.CharField(_("codice IPA"), max_length=40, unique=True)
    slug = models.SlugField(_("indirizzo"), max_length=120, unique=True)
    name = models.CharField(_("nome"), max_length=300)
    kind = models.CharField(_("tipo"), max_length=20, choices=Kind.choices, default=Kind.OTHER)
    status = models.CharField(_("stato"), max_length=10, choices=Status.choices, default=Status.ACTIVE)
    status_since = models.DateField(_("in questo stato dal"), null=True, blank=True)
    status_reason = models.CharField(_("motivo dello stato"), max_length=500, blank=True)
    # Empty for a body that we know only because another catalogue names it.
    joined_on = models.DateField(_("data di adesione"), null=True, blank=True)
    is_in_ipa = models.BooleanField(_("presente in IPA"), default=False)
    istat_code = models.CharField(_("codice ISTAT del territorio"), max_length=10, blank=True)
    territory = models.CharField(_("territorio"), max_length=120, blank=True)
    description = models.TextField(_("descrizione"), blank=True)
    image_url = models.CharField(_("indirizzo del logo"), max_length=500, blank=True)
    site = models.URLField(_("sito"), max_length=500, blank=True)
    contact_name = models.CharField(_("punto di contatto"), max_length=200, blank=True)
    contact_email = models.EmailField(_("e-mail del punto di contatto"), blank=True)
    contact_phone = models.CharField(_("telefono del punto di contatto"), max_length=60, blank=True)
    is_demo = models.BooleanField(_("dati dimostrativi"), default=False)
    created_at = models.DateTimeField(_("creato"), default=timezone.now)

    objects = AgentQuerySet.as_manager()

    class Meta:
        verbose_name = _("ente")
        verbose_name_plural = _("enti")
        constraints = [
            models.CheckConstraint(condition=~models.Q(ipa_code=""), name="agent_has_ipa_code"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def has_joined(self) -> bool:
        """Whether the body ever joined; others are known because somebody's catalogue names them."""
        return self.joined_on is not None

    @property
    def is_active(self) -> bool:
        """Whether the body may publish."""
        return self.status == self.Status.ACTIVE

    def to_record(self) -> AgentRecord:
        """The body as the metadata name it."""
        return AgentRecord(identifier=self.ipa_code, name=self.name)

    def contact_record(self) -> ContactPointRecord | None:
        """The office that answers, when the body has said which."""
        if not self.contact_email:
            return None
        return ContactPointRecord(
            fn=self.contact_name or self.name,
            has_email=self.contact_email,
            has_telephone=self.contact_phone,
            has_url=self.site,
        )
