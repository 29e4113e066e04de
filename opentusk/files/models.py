"""Rows of the files room."""

import uuid
from datetime import datetime
from pathlib import Path
from typing import Self

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from opentusk.bodies.models import Agent
from opentusk.files import disk


class StoredFileQuerySet(models.QuerySet["StoredFile"]):
    """Reads of the stored files."""

    def unused_since(self, limit: datetime) -> Self:
        """Files that no row of any room holds, and that nobody has given again after `limit`."""
        found = self.filter(received_at__lt=limit)
        for relation in StoredFile._meta.get_fields(include_hidden=True):
            if isinstance(relation, models.ManyToOneRel):
                holders = relation.related_model._default_manager.filter(**{f"{relation.field.name}__isnull": False})
                found = found.exclude(pk__in=holders.values(relation.field.name))
        return found


class StoredFile(models.Model):
    """The bytes of a file, kept once whoever gave them, under their SHA-256."""

    sha256 = models.CharField(_("impronta SHA-256"), max_length=64, unique=True)
    size = models.BigIntegerField(_("dimensione in byte"))
    media_type = models.CharField(_("tipo, dal contenuto"), max_length=200)
    extension = models.CharField(_("estensione"), max_length=20, blank=True)
    created_at = models.DateTimeField(_("ricevuto la prima volta"), default=timezone.now)
    received_at = models.DateTimeField(_("ricevuto l'ultima volta"), default=timezone.now)

    objects = StoredFileQuerySet.as_manager()

    class Meta:
        verbose_name = _("file conservato")
        verbose_name_plural = _("file conservati")

    def __str__(self) -> str:
        return self.sha256

    @property
    def path(self) -> Path:
        """Where the bytes are; nobody may write there."""
        return disk.shelf_path(self.sha256)


class UploadQuerySet(models.QuerySet["Upload"]):
    """Reads of the uploads."""

    def of_user(self, user_id: int | None) -> Self:
        """The uploads that one person began."""
        return self.filter(user=user_id)

    def unfinished(self) -> Self:
        """Uploads that still wait for bytes."""
        return self.filter(state=Upload.State.OPEN)

    def newest_first(self) -> Self:
        """The last one touched first."""
        return self.order_by("-touched_at", "-pk")

    def untouched_since(self, limit: datetime) -> Self:
        """Uploads that nobody went on with."""
        return self.filter(touched_at__lt=limit)


class Upload(models.Model):
    """A file that arrives in pieces: what was announced, and how much is here."""

    class State(models.TextChoices):
        """Whether it is all here."""

        OPEN = "open", _("in corso")
        DONE = "done", _("completo")

    uuid = models.UUIDField(_("UUID"), default=uuid.uuid4, unique=True, editable=False)
    agent = models.ForeignKey(Agent, on_delete=models.CASCADE, related_name="+", verbose_name=_("ente"))
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="uploads", verbose_name=_("persona")
    )
    name = models.CharField(_("nome del file"), max_length=200)
    size = models.BigIntegerField(_("dimensione annunciata"))
    received = models.BigIntegerField(_("byte ricevuti"), default=0)
    state = models.CharField(_("stato"), max_length=10, choices=State.choices, default=State.OPEN)
    stored = models.ForeignKey(
        StoredFile, on_delete=models.PROTECT, null=True, blank=True, related_name="uploads", verbose_name=_("file")
    )
    created_at = models.DateTimeField(_("iniziato"), default=timezone.now)
    touched_at = models.DateTimeField(_("ultimo pezzo"), default=timezone.now)

    objects = UploadQuerySet.as_manager()

    class Meta:
        verbose_name = _("caricamento")
        verbose_name_plural = _("caricamenti")
        indexes = [models.Index(fields=["touched_at"], name="upload_by_touch")]
        constraints = [
            models.CheckConstraint(condition=models.Q(received__lte=models.F("size")), name="upload_within_size"),
            models.CheckConstraint(
                condition=models.Q(state="open") | models.Q(stored__isnull=False), name="done_upload_has_its_file"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.uuid} {self.received}/{self.size}"

    @property
    def path(self) -> Path:
        """Where the pieces are put together."""
        return disk.upload_path(self.uuid)

    @property
    def offset(self) -> int:
        """How many bytes are here: never more than the disk has, whatever the row remembers."""
        if self.is_done:
            return self.size
        return min(self.received, disk.size_of(self.path))

    @property
    def is_done(self) -> bool:
        """Whether the whole file is here and stored."""
        return self.state == self.State.DONE


class FileSeries(models.Model):
    """One file over time: its versions, and the address that always gives the newest public one."""

    uuid = models.UUIDField(_("UUID"), default=uuid.uuid4, unique=True, editable=False)
    agent = models.ForeignKey(Agent, on_delete=models.PROTECT, related_name="file_series", verbose_name=_("ente"))
    name = models.CharField(_("nome nell'indirizzo"), max_length=200)
    latest = models.ForeignKey(
        "FileVersion",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("ultima versione pubblica"),
    )
    created_at = models.DateTimeField(_("creata"), default=timezone.now)
    closed_at = models.DateTimeField(_("ritirata"), null=True, blank=True)
    closed_reason = models.TextField(_("motivo del ritiro"), blank=True)
    successor_address = models.CharField(_("al suo posto"), max_length=2000, blank=True)

    class Meta:
        verbose_name = _("serie di versioni di un file")
        verbose_name_plural = _("serie di versioni dei file")

    def __str__(self) -> str:
        return f"{self.uuid} {self.name}"

    @property
    def is_closed(self) -> bool:
        """Whether its file was taken away."""
        return self.closed_at is not None


class FileVersionQuerySet(models.QuerySet["FileVersion"]):
    """Reads of the versions."""

    def public(self) -> Self:
        """Versions that everybody may read."""
        return self.filter(state=FileVersion.State.PUBLIC)

    def pending(self) -> Self:
        """Versions that wait."""
        return self.filter(state=FileVersion.State.PENDING)

    def not_refused(self) -> Self:
        """Versions that are public, were, or may become so."""
        return self.exclude(state=FileVersion.State.REFUSED)

    def newest_first(self) -> Self:
        """The last version first."""
        return self.order_by("-number")

    def with_file(self) -> Self:
        """With the stored file and the series at hand."""
        return self.select_related("stored", "series", "series__agent")


class FileVersion(models.Model):
    """One version of a file: certain bytes, under a number that is never given again."""

    class State(models.TextChoices):
        """Who may read it."""

        PENDING = "pending", _("in verifica")
        PUBLIC = "public", _("pubblica")
        REFUSED = "refused", _("rifiutata")
        CLOSED = "closed", _("ritirata")

    series = models.ForeignKey(FileSeries, on_delete=models.CASCADE, related_name="versions", verbose_name=_("serie"))
    number = models.PositiveIntegerField(_("numero"))
    stored = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="versions", verbose_name=_("file"))
    name = models.CharField(_("nome del file"), max_length=200)
    state = models.CharField(_("stato"), max_length=10, choices=State.choices, default=State.PENDING)
    made_at = models.DateTimeField(_("caricata"), default=timezone.now)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("caricata da"),
    )
    author = models.CharField(_("autore, in parole"), max_length=200)
    note = models.TextField(_("nota"), blank=True)
    released_at = models.DateTimeField(_("pubblicata"), null=True, blank=True)

    objects = FileVersionQuerySet.as_manager()

    class Meta:
        verbose_name = _("versione di un file")
        verbose_name_plural = _("versioni dei file")
        constraints = [
            models.UniqueConstraint(fields=["series", "number"], name="one_version_per_number"),
            models.CheckConstraint(
                condition=~models.Q(state__in=["public", "closed"]) | models.Q(released_at__isnull=False),
                name="public_version_since_some_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.series_id} v{self.number}"

    @property
    def is_public(self) -> bool:
        """Whether everybody may read it."""
        return self.state == self.State.PUBLIC

    @property
    def is_pending(self) -> bool:
        """Whether it waits for checks, decisions, or the publication of its dataset."""
        return self.state == self.State.PENDING
