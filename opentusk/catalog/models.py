"""Rows of the catalogue."""

import uuid
from datetime import datetime
from typing import Self

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from opentusk.bodies.models import Agent
from opentusk.files.models import FileSeries, FileVersion


class DatasetQuerySet(models.QuerySet["Dataset"]):
    """Reads of the catalogue."""

    def published(self) -> Self:
        """Datasets that everybody may see."""
        return self.filter(status=Dataset.Status.PUBLISHED)

    def in_feeds(self) -> Self:
        """Published datasets that go to the national catalogue: no duplicates, and no territorial data.

        Those reach it from the national repertory of territorial data (RNDT), and would be there twice (rule M14).
        """
        return self.published().filter(duplicate_of__isnull=True, is_territorial=False)

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

    def by_title(self) -> Self:
        """In the order of their titles."""
        return self.order_by("title", "pk")

    def latest_work_first(self) -> Self:
        """Drafts, then the rest, the last edited first: the order of an editor's desk."""
        return self.order_by(models.Case(models.When(status="draft", then=0), default=1), "-metadata_modified_at", "pk")

    def begun_by_people(self) -> Self:
        """Drafts that are people's work: neither harvested nor invented."""
        return self.filter(status=Dataset.Status.DRAFT, origin="", is_demo=False)

    def due(self, now: datetime) -> Self:
        """Drafts whose time to be published has come; those of a body that may not publish wait with it."""
        drafts = self.filter(status=Dataset.Status.DRAFT, publish_at__lte=now)
        return drafts.filter(rights_holder__status=Agent.Status.ACTIVE)

    def in_series(self, iri: str) -> Self:
        """Datasets of one series, by its IRI."""
        return self.filter(record__in_series__icontains=f'"{iri}"')

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
    is_territorial = models.BooleanField(_("dato territoriale: va al RNDT"), default=False)
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
    publish_at = models.DateTimeField(_("da pubblicare il"), null=True, blank=True, db_index=True)
    publish_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("pubblicazione chiesta da"),
    )
    reserve = models.TextField(_("pubblicato con riserva: limiti"), blank=True)
    reserve_until = models.DateField(_("limiti superati entro il"), null=True, blank=True)
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

    def waiting_for(self) -> list[str]:
        """What keeps it, or a version of its files, from the public, each kind once, in words."""
        kinds = Hold.objects.still_open().filter(dataset=self).values_list("kind", flat=True)
        return [str(Hold.Kind(kind).label) for kind in dict.fromkeys(kinds)]

    @property
    def is_harvested(self) -> bool:
        """Whether it came from another catalogue."""
        return bool(self.origin)


class DistributionQuerySet(models.QuerySet["Distribution"]):
    """Reads of the distributions."""

    def with_file(self) -> Self:
        """Those whose file is offered from here, with its series and newest public version at hand."""
        return self.with_series().filter(is_copy=False)

    def with_series(self) -> Self:
        """Those of whose file something is kept here, copies of files that stay elsewhere included."""
        return self.filter(series__isnull=False).select_related("series", "series__latest__stored").order_by("position")


class Distribution(models.Model):
    """One file or address of a dataset: a projection of the record, with the number that never changes.

    With a `series` its file is kept here, and what the record says of the file follows the versions. A file given to
    a dataset that is public already is described in `waiting` until its first version is released. With `is_copy` the
    file stays elsewhere and what the record says of it is its owner's word; the copy kept here only feeds its table.
    """

    uuid = models.UUIDField(_("UUID"), default=uuid.uuid4, unique=True, editable=False)
    dataset = models.ForeignKey(
        Dataset, on_delete=models.CASCADE, related_name="distributions", verbose_name=_("dataset")
    )
    position = models.PositiveIntegerField(_("posizione"))
    iri = models.CharField(_("IRI"), max_length=500)
    access_url = models.CharField(_("URL di accesso"), max_length=2000)
    format = models.CharField(_("formato"), max_length=40, blank=True)
    series = models.OneToOneField(
        FileSeries,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="distribution",
        verbose_name=_("serie di versioni del file"),
    )
    is_copy = models.BooleanField(_("copia di un file che sta altrove"), default=False)
    waiting = models.JSONField(_("descrizione del file non ancora pubblico"), null=True, blank=True)

    objects = DistributionQuerySet.as_manager()

    class Meta:
        verbose_name = _("distribuzione")
        verbose_name_plural = _("distribuzioni")
        constraints = [models.UniqueConstraint(fields=["dataset", "iri"], name="one_row_per_distribution")]
        indexes = [models.Index(fields=["access_url"], name="distribution_by_address")]

    def __str__(self) -> str:
        return str(self.uuid)


class HoldQuerySet(models.QuerySet["Hold"]):
    """Reads of the holds."""

    def still_open(self) -> Self:
        """Holds that nobody has lifted."""
        return self.filter(lifted_at__isnull=True)

    def on_dataset(self, dataset: Dataset) -> Self:
        """Holds on the dataset as a whole, none on single versions."""
        return self.filter(dataset=dataset, version__isnull=True)

    def of_kind(self, kind: str) -> Self:
        """Holds for one reason."""
        return self.filter(kind=kind)

    def oldest_first(self) -> Self:
        """The one that waits longest first."""
        return self.order_by("opened_at", "pk")


class Hold(models.Model):
    """A reason why a dataset, or one version of a file of it, may not become public yet. Kept after it is lifted."""

    class Kind(models.TextChoices):
        """Who must do something about it."""

        EXAMINATION = "examination", _("il file è in esame")
        PERSONAL_DATA = "personal_data", _("possibili dati personali")
        DECLARATION = "declaration", _("dichiarazione da firmare")
        REVIEW = "review", _("revisione di una seconda persona")
        SCHEMA_CHANGE = "schema_change", _("colonne cambiate")
        UPDATE = "update", _("nuovi dati da confermare")

    dataset = models.ForeignKey(Dataset, on_delete=models.CASCADE, related_name="holds", verbose_name=_("dataset"))
    version = models.ForeignKey(
        FileVersion,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="holds",
        verbose_name=_("versione del file"),
    )
    kind = models.CharField(_("tipo"), max_length=20, choices=Kind.choices)
    facts = models.JSONField(_("fatti"), default=dict, blank=True)
    opened_at = models.DateTimeField(_("aperto"), default=timezone.now)
    opened_by = models.CharField(_("aperto da"), max_length=200)
    lifted_at = models.DateTimeField(_("sciolto"), null=True, blank=True)
    lifted_by = models.CharField(_("sciolto da"), max_length=200, blank=True)
    reason = models.TextField(_("motivo"), blank=True)

    objects = HoldQuerySet.as_manager()

    class Meta:
        verbose_name = _("blocco alla pubblicazione")
        verbose_name_plural = _("blocchi alla pubblicazione")
        constraints = [
            models.UniqueConstraint(
                fields=["dataset", "kind"],
                condition=models.Q(lifted_at__isnull=True, version__isnull=True),
                name="one_open_hold_per_dataset",
            ),
            models.UniqueConstraint(
                fields=["version", "kind"],
                condition=models.Q(lifted_at__isnull=True, version__isnull=False),
                name="one_open_hold_per_version",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.dataset_id}/{self.version_id or '*'}"

    @property
    def is_open(self) -> bool:
        """Whether it still holds."""
        return self.lifted_at is None


class ReviewPolicy(models.Model):
    """A body that wants a second person to look before a dataset of its own becomes public."""

    agent = models.OneToOneField(Agent, on_delete=models.CASCADE, related_name="review_policy", verbose_name=_("ente"))
    since = models.DateTimeField(_("dal"), default=timezone.now)

    class Meta:
        verbose_name = _("regola di revisione")
        verbose_name_plural = _("regole di revisione")

    def __str__(self) -> str:
        return str(self.agent_id)
