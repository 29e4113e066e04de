"""Rows of the publishing room."""

from typing import Self

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from opentusk.catalog.models import Dataset


class GuideQuerySet(models.QuerySet["Guide"]):
    """Reads of the guided publications."""

    def with_dataset(self) -> Self:
        """With the dataset and its body at hand."""
        return self.select_related("dataset__rights_holder")

    def about(self, datasets: models.QuerySet[Dataset]) -> Self:
        """Those of these datasets."""
        return self.filter(dataset__in=datasets)

    def unfinished(self) -> Self:
        """Those whose dataset has never been public."""
        return self.filter(dataset__status=Dataset.Status.DRAFT, dataset__published_at__isnull=True)

    def to_fetch(self) -> Self:
        """Those whose file is still at its address."""
        return self.filter(fetching=Guide.Fetching.WAITING)


class Guide(models.Model):
    """The guided publication of one dataset: how it began, and what was typed and not saved yet.

    `typed` holds the fields of the form as the browser sent them, against the description with the checksum
    `typed_from`; saving empties it and leaves the fingerprint of what was saved in `saved_typed`. `follows_title`:
    nobody has chosen the name in the address, so it follows the title until the dataset is public.
    """

    class Way(models.TextChoices):
        """What the person had in hand."""

        FILE = "file", _("un file")
        COPY = "copy", _("un indirizzo, con il file copiato nel portale")
        LINK = "link", _("un indirizzo, con il file che resta dov'è")
        SERVICE = "service", _("un servizio web")
        OTHER = "other", _("una bozza fatta altrove")

    class Fetching(models.TextChoices):
        """How far the copy of a file from its address is."""

        NONE = "", _("niente da copiare")
        WAITING = "waiting", _("in corso")
        FAILED = "failed", _("non riuscita")

    dataset = models.OneToOneField(Dataset, on_delete=models.CASCADE, related_name="guide", verbose_name=_("dataset"))
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("cominciata da"),
    )
    way = models.CharField(_("che cosa c'era"), max_length=10, choices=Way.choices, default=Way.FILE)
    file_name = models.CharField(_("nome del file"), max_length=200, blank=True)
    address = models.CharField(_("indirizzo del file"), max_length=2000, blank=True)
    fetching = models.CharField(_("copia"), max_length=10, choices=Fetching.choices, default=Fetching.NONE, blank=True)
    fault = models.CharField(_("perché la copia non è riuscita"), max_length=80, blank=True)
    typed = models.JSONField(_("scritto e non ancora salvato"), default=dict, blank=True)
    typed_from = models.CharField(_("impronta della scheda di partenza"), max_length=64, blank=True)
    typed_at = models.DateTimeField(_("scritto il"), null=True, blank=True)
    saved_typed = models.CharField(_("impronta di ciò che è stato salvato"), max_length=64, blank=True)
    follows_title = models.BooleanField(_("l'indirizzo segue il titolo"), default=True)
    described_at = models.DateTimeField(_("descrizione salvata"), null=True, blank=True)
    created_at = models.DateTimeField(_("cominciata"), default=timezone.now)

    objects = GuideQuerySet.as_manager()

    class Meta:
        verbose_name = _("pubblicazione guidata")
        verbose_name_plural = _("pubblicazioni guidate")

    def __str__(self) -> str:
        return str(self.dataset_id)
