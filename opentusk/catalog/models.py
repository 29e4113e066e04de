"""Rows of the catalogue."""

import uuid
from typing import Self

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from opentusk.bodies.models import Agent


class DatasetQuerySet(models.QuerySet["Dataset"]):
    """Reads of the catalogue."""

    def published(self) -> Self:
        """Datasets that everybody may see."""
        return self.filter(status=Dataset.Status.PUBLISHED)

    def in_feeds(self) -> Self:
        """Published datasets that go to the national catalogue: no duplicates, no demonstration rows when mixed."""
        return self.published().filter(duplicate_of__isnull=True)

    def withdrawn(self) -> Self:
        """Tombstones."""
        return self.filter(status=Dataset.Status.WITHDRAWN)

    def of(self, agent: Agent) -> Self:
        """Datasets of one titolare."""
        return self.filter(rights_holder=agent)

    def about_theme(self, iri: str) -> Self:
        """Datasets of one theme, a full IRI: the themes are a JSON list, searched as text on either database."""
        return self.filter(record__theme__icontains=f'"{iri}"')

    def from_origin(self, origin: str) -> Self:
        """Datasets that came from one source."""
        # The unique index leaves out rows without origin, and is used only by a query that says so too.
        return self.filter(origin=origin).exclude(origin="")

    def named(self, name: str) -> Self:
        """The dataset with this identifier or this address."""
        return self.filter(models.Q(identifier=name) | models.Q(slug=name))

    def with_holder(self) -> Self:
        """With the titolare at hand."""
        return self.select_related("rights_holder")

    def latest_work_first(self) -> Self:
        """Drafts, then the rest, the last edited first: the order of an editor's desk."""
        return self.order_by(models.Case(models.When(status="draft", then=0), default=1), "-metadata_modified_at", "pk")

    def in_feed_order(self) -> Self:
        """The order that never moves, so that a harvester that pages through loses nothing."""
        return self.order_by("pk")


class Dataset(models.Model):
    """A dataset: its record, and the projections that queries need."""

    class Status(models.TextChoices):
        """Who may see it."""

        DRAFT = "draft", _("bozza")
        PUBLISHED = "published", _("pubblicato")
        WITHDRAWN = "withdrawn", _("ritirato")

    uuid = models.UUIDField(_("UUID"), default=uuid.uuid4, unique=True, editable=False)
    identifier = models.CharField(_("identificativo"), max_length=200, unique=True)
    slug = models.SlugField(_("indirizzo"), max_length=200, unique=True)
    status = models.CharField(_("stato"), max_length=10, choices=Status.choices, default=Status.DRAFT)
    rights_holder = models.ForeignKey(
        Agent, on_delete=models.PROTECT, related_name="datasets", verbose_name=_("titolare")
    )
    record = models.JSONField(_("record"))
    checksum = models.CharField(_("impronta del record"), max_length=64)
    title = models.CharField(_("titolo"), max_length=500)
    modified = models.CharField(_("data dei dati"), max_length=40, blank=True)
    frequency = models.CharField(_("frequenza"), max_length=40, blank=True)
    problems = models.JSONField(_("problemi dell'ultima verifica"), default=list, blank=True)

    origin = models.CharField(_("origine"), max_length=80, blank=True)
    origin_id = models.CharField(_("chiave all'origine"), max_length=500, blank=True)
    origin_checksum = models.CharField(_("impronta all'origine"), max_length=64, blank=True)
    origin_facts = models.JSONField(_("provenienza"), default=dict, blank=True)
    corrections = models.JSONField(_("correzioni locali"), default=dict, blank=True)
    duplicate_of = models.ForeignKey(
        "self",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="duplicates",
        verbose_name=_("doppione di"),
    )

    created_at = models.DateTimeField(_("creato"), default=timezone.now)
    metadata_modified_at = models.DateTimeField(_("metadati modificati"), default=timezone.now)
    published_at = models.DateTimeField(_("pubblicato"), null=True, blank=True)
    withdrawn_at = models.DateTimeField(_("ritirato"), null=True, blank=True)
    withdrawal_reason = models.CharField(_("motivo del ritiro"), max_length=500, blank=True)
    is_kept_away = models.BooleanField(_("ritirato da una persona"), default=False)
    successor = models.ForeignKey(
        "self",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="predecessors",
        verbose_name=_("sostituito da"),
    )
    is_demo = models.BooleanField(_("dati dimostrativi"), default=False)

    objects = DatasetQuerySet.as_manager()

    class Meta:
        verbose_name = _("dataset")
        verbose_name_plural = _("dataset")
        constraints = [
            models.UniqueConstraint(
                fields=["origin", "origin_id"], condition=~models.Q(origin=""), name="one_dataset_per_origin_key"
            ),
            models.CheckConstraint(
                condition=~models.Q(status="published") | models.Q(published_at__isnull=False),
                name="published_since_some_time",
            ),
            models.CheckConstraint(
                condition=~models.Q(status="withdrawn") | models.Q(withdrawn_at__isnull=False),
                name="withdrawn_since_some_time",
            ),
        ]
        indexes = [
            models.Index(fields=["status", "id"], name="dataset_feed_order"),
            models.Index(fields=["rights_holder", "status"], name="dataset_of_holder"),
        ]

    def __str__(self) -> str:
        return self.identifier

    @property
    def is_published(self) -> bool:
        """Whether everybody may see it."""
        return self.status == self.Status.PUBLISHED

    @property
    def is_withdrawn(self) -> bool:
        """Whether only its tombstone is left."""
        return self.status == self.Status.WITHDRAWN

    @property
    def is_harvested(self) -> bool:
        """Whether it came from another catalogue."""
        return bool(self.origin)


class Distribution(models.Model):
    """One file or address of a dataset: a projection of the record, with the number that never changes."""

    uuid = models.UUIDField(_("UUID"), default=uuid.uuid4, unique=True, editable=False)
    dataset = models.ForeignKey(
        Dataset, on_delete=models.CASCADE, related_name="distributions", verbose_name=_("dataset")
    )
    position = models.PositiveIntegerField(_("posizione"))
    iri = models.CharField(_("IRI"), max_length=500)
    access_url = models.CharField(_("URL di accesso"), max_length=2000)
    format = models.CharField(_("formato"), max_length=40, blank=True)

    class Meta:
        verbose_name = _("distribuzione")
        verbose_name_plural = _("distribuzioni")
        constraints = [models.UniqueConstraint(fields=["dataset", "iri"], name="one_row_per_distribution")]
        indexes = [models.Index(fields=["access_url"], name="distribution_by_address")]

    def __str__(self) -> str:
        return str(self.uuid)
