"""Rows of the editorial room."""

import uuid
from typing import Self

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from opentusk.bodies.models import Agent
from opentusk.catalog.models import Dataset


class DeclarationQuerySet(models.QuerySet["Declaration"]):
    """Reads of the declarations."""

    def newest_first(self) -> Self:
        """The last signed first."""
        return self.order_by("-signed_at", "-pk")


class Declaration(models.Model):
    """The legal check-list of a dataset, answered and signed by a person (rule P5).

    The newest speaks for the dataset as long as no hold asks for another; the others are kept.
    """

    dataset = models.ForeignKey(
        Dataset, on_delete=models.CASCADE, related_name="declarations", verbose_name=_("dataset")
    )
    edition = models.CharField(_("edizione delle domande"), max_length=20)
    answers = models.JSONField(_("risposte"), default=dict)
    signed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("firmata da"),
    )
    signer = models.CharField(_("firmatario, in parole"), max_length=200)
    signed_at = models.DateTimeField(_("firmata il"), default=timezone.now)
    columns = models.JSONField(_("impronte delle colonne, per file"), default=dict, blank=True)

    objects = DeclarationQuerySet.as_manager()

    class Meta:
        verbose_name = _("dichiarazione")
        verbose_name_plural = _("dichiarazioni")
        indexes = [models.Index(fields=["dataset", "-signed_at"], name="declaration_newest")]

    def __str__(self) -> str:
        return f"{self.dataset_id} {self.signed_at:%Y-%m-%d}"

    @property
    def facts(self) -> dict[str, object]:
        """What an entry says of it."""
        return {"declaration": self.pk, "edition": self.edition}


class Series(models.Model):
    """Datasets of the same thing, one for each period: `in_series` of their records is its IRI."""

    uuid = models.UUIDField(_("UUID"), default=uuid.uuid4, unique=True, editable=False)
    agent = models.ForeignKey(
        Agent, on_delete=models.PROTECT, related_name="dataset_series", verbose_name=_("titolare")
    )
    title = models.CharField(_("titolo"), max_length=500)
    created_at = models.DateTimeField(_("creata"), default=timezone.now)

    class Meta:
        verbose_name = _("serie di dataset")
        verbose_name_plural = _("serie di dataset")

    def __str__(self) -> str:
        return self.title
