"""Rows of the tables room."""

from dataclasses import replace
from pathlib import Path
from typing import Self
from uuid import UUID, uuid5

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from opentusk.catalog.models import Dataset, Distribution
from opentusk.files.models import FileVersion
from opentusk.kit.queries.shapes import TableRef
from opentusk.kit.tables.json_shapes import from_json
from opentusk.kit.tables.shapes import Column, Examination
from opentusk.quality.models import PrivacyCase


class TableQuerySet(models.QuerySet["Table"]):
    """Reads of the tables."""

    def public(self) -> Self:
        """Tables that everybody may read: their latest version is out and their dataset is published."""
        return self.filter(
            latest__is_public=True,
            latest__file_version__state=FileVersion.State.PUBLIC,
            distribution__dataset__status=Dataset.Status.PUBLISHED,
        )

    def of_dataset(self, dataset: Dataset) -> Self:
        """The tables of a dataset, in the order of its files and of the sheets in them."""
        return self.filter(distribution__dataset=dataset).order_by("distribution__position", "position", "pk")

    def of_file(self, distribution: Distribution) -> Self:
        """The tables of one file."""
        return self.filter(distribution=distribution).order_by("position", "pk")

    def with_latest(self) -> Self:
        """With the public version, the file and the dataset at hand."""
        return self.select_related("latest__file_version", "distribution__dataset__rights_holder")


class Table(models.Model):
    """One table of a file, through all its versions: its address and its dictionary never change with them.

    `dictionary` maps the API name of a column to its title, description and unit, as the producer wrote them.
    `accepted` (codes of proposals) and `choices` (encoding, delimiter, types by column) say how people want it read;
    they hold for the next files too, so that nobody is asked twice.
    """

    uuid = models.UUIDField(_("UUID"), unique=True, editable=False)
    distribution = models.ForeignKey(
        Distribution, on_delete=models.CASCADE, related_name="tables", verbose_name=_("distribuzione")
    )
    key = models.CharField(_("posto nel file"), max_length=300, blank=True)
    position = models.PositiveIntegerField(_("posizione"), default=0)
    title = models.CharField(_("titolo"), max_length=300, blank=True)
    latest = models.ForeignKey(
        "TableVersion",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("ultima versione pubblica"),
    )
    dictionary = models.JSONField(_("dizionario dei dati"), default=dict, blank=True)
    accepted = models.JSONField(_("proposte accettate"), default=list, blank=True)
    choices = models.JSONField(_("scelte di lettura"), default=dict, blank=True)
    created_at = models.DateTimeField(_("creata"), default=timezone.now)

    objects = TableQuerySet.as_manager()

    class Meta:
        verbose_name = _("tabella")
        verbose_name_plural = _("tabelle")
        constraints = [models.UniqueConstraint(fields=["distribution", "key"], name="one_table_per_place_in_file")]

    def __str__(self) -> str:
        return str(self.uuid)


def table_uuid(distribution: UUID, key: str, *, is_first: bool) -> UUID:
    """The number of a table: the first of a file has the file's own, the others are derived from it and their place."""
    return distribution if is_first else uuid5(distribution, key)


def file_of(version: FileVersion) -> Distribution | None:
    """The distribution whose file this is; None once it was taken out of its dataset."""
    return Distribution.objects.filter(series=version.series_id).select_related("dataset__rights_holder").first()


class TableVersionQuerySet(models.QuerySet["TableVersion"]):
    """Reads of the versions."""

    def public(self) -> Self:
        """Versions that everybody may read, of tables of published datasets."""
        return self.filter(
            is_public=True,
            file_version__state=FileVersion.State.PUBLIC,
            table__distribution__dataset__status=Dataset.Status.PUBLISHED,
        )

    def newest_first(self) -> Self:
        """The last made first."""
        return self.order_by("-number")

    def releasable(self) -> Self:
        """Versions of public files: the catalogue takes back a file that somebody holds."""
        return self.filter(file_version__state=FileVersion.State.PUBLIC)

    def made(self) -> Self:
        """Versions whose Parquet files are on the disk."""
        return self.exclude(folder="")


class TableVersion(models.Model):
    """One state of the data of a table. A file with the same values in another dress makes no new one.

    `steps` and `examination` are what the reading found (`kit.tables.json_shapes`); `changes` what differs from the
    version before; `accepted` the codes of the proposals and `choices` what a person overruled. `folder` holds the
    Parquet files under TABLES_DIR; "" when they were dropped, because the original can make them again.
    """

    table = models.ForeignKey(Table, on_delete=models.CASCADE, related_name="versions", verbose_name=_("tabella"))
    number = models.PositiveIntegerField(_("numero"))
    file_version = models.ForeignKey(
        FileVersion, on_delete=models.CASCADE, related_name="table_versions", verbose_name=_("versione del file")
    )
    steps = models.JSONField(_("passi"), default=list)
    examination = models.JSONField(_("esame"))
    changes = models.JSONField(_("differenze dalla versione prima"), default=dict, blank=True)
    accepted = models.JSONField(_("proposte accettate"), default=list, blank=True)
    choices = models.JSONField(_("scelte di lettura"), default=dict, blank=True)
    folder = models.CharField(_("cartella"), max_length=120, blank=True)
    rows = models.PositiveBigIntegerField(_("righe"))
    content_hash = models.CharField(_("impronta dei dati"), max_length=64)
    schema_hash = models.CharField(_("impronta delle colonne"), max_length=64)
    is_public = models.BooleanField(_("pubblica"), default=False)
    released_at = models.DateTimeField(_("resa pubblica"), null=True, blank=True)
    made_at = models.DateTimeField(_("fatta"), default=timezone.now)

    objects = TableVersionQuerySet.as_manager()

    class Meta:
        verbose_name = _("versione di una tabella")
        verbose_name_plural = _("versioni delle tabelle")
        constraints = [models.UniqueConstraint(fields=["table", "number"], name="one_row_per_table_version")]

    def __str__(self) -> str:
        return f"{self.table_id} v{self.number}"

    @property
    def parquet(self) -> Path:
        """The file of the typed rows."""
        return Path(settings.TABLES_DIR) / self.folder / str(self.examination["parquet"])

    def found(self) -> Examination:
        """Everything the reading found out."""
        return from_json(self.examination, folder=Path(settings.TABLES_DIR) / self.folder)

    def columns(self) -> tuple[Column, ...]:
        """The columns, described as the producer did. Those that a person cleared are personal no longer."""
        words, columns = self.table.dictionary, self.found().columns
        is_any_personal = any(column.is_personal for column in columns)
        cleared = PrivacyCase.objects.cleared_columns(self.file_version) if is_any_personal else frozenset()
        return tuple(
            replace(
                column,
                is_personal=column.is_personal and column.name not in cleared,
                **words.get(column.name, {}),
            )
            for column in columns
        )

    def ref(self) -> TableRef:
        """The table as the queries know it; they never show a column that holds personal data."""
        return TableRef(key=self.folder, parquet=self.parquet, columns=self.columns())


class FileReadingQuerySet(models.QuerySet["FileReading"]):
    """Reads of the readings."""

    def of_dataset(self, dataset: Dataset) -> Self:
        """The readings of the files of a dataset, the newest version of each file first."""
        found = self.filter(file_version__series__distribution__dataset=dataset)
        return found.select_related("file_version__series__distribution").order_by("-file_version__number")

    def of_file(self, distribution: Distribution) -> Self:
        """The readings of one file, the newest version first."""
        found = self.filter(file_version__series__distribution=distribution)
        return found.select_related("file_version__stored").order_by("-file_version__number")


class FileReading(models.Model):
    """The reading of one version of a file: which steps were done, and why it stopped.

    `steps` are {step, table, state, at, code, detail} in the order they happened. `only` are the tables to read anew,
    by their place in the file; empty means all. `outcome` maps each table to what became of it.
    """

    class State(models.TextChoices):
        """How far it is."""

        WAITING = "waiting", _("in attesa")
        RUNNING = "running", _("in corso")
        DONE = "done", _("letto")
        UNREADABLE = "unreadable", _("non leggibile come tabella")

    file_version = models.OneToOneField(
        FileVersion, on_delete=models.CASCADE, related_name="reading", verbose_name=_("versione del file")
    )
    state = models.CharField(_("stato"), max_length=12, choices=State.choices, default=State.WAITING)
    steps = models.JSONField(_("passi"), default=list)
    only = models.JSONField(_("tabelle da rileggere"), default=list, blank=True)
    outcome = models.JSONField(_("esito"), default=dict, blank=True)
    code = models.CharField(_("motivo"), max_length=80, blank=True)
    detail = models.TextField(_("dettaglio"), blank=True)
    attempts = models.PositiveIntegerField(_("tentativi"), default=0)
    started_at = models.DateTimeField(_("iniziata"), null=True, blank=True)
    finished_at = models.DateTimeField(_("finita"), null=True, blank=True)

    objects = FileReadingQuerySet.as_manager()

    class Meta:
        verbose_name = _("lettura di un file")
        verbose_name_plural = _("letture dei file")

    def __str__(self) -> str:
        return f"{self.file_version_id}: {self.state}"

    @property
    def is_over(self) -> bool:
        """Whether there is nothing left to do."""
        return self.state in {self.State.DONE, self.State.UNREADABLE}
