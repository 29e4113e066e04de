"""The library: documents that age, with their versions."""

from datetime import date
from typing import Self

from django.db import models
from django.utils import timezone
from django.utils.crypto import get_random_string
from django.utils.translation import gettext_lazy as _

from opentusk.bodies.models import Agent
from opentusk.files.models import StoredFile


def new_key() -> str:
    """Part of a version's address: nobody guesses it, and with it the class is asked anyway."""
    return get_random_string(24)


class DocumentQuerySet(models.QuerySet["Document"]):
    """Reads of the documents."""

    def saying(self, words: str) -> Self:
        """Those with the words in title or summary."""
        return self.filter(models.Q(title__icontains=words) | models.Q(summary__icontains=words))

    def to_review(self, today: date) -> Self:
        """Those whose day of review has come."""
        return self.filter(review_on__lte=today)

    def in_order(self) -> Self:
        """By title, with owner and versions at hand."""
        return self.select_related("owner").prefetch_related("versions__file").order_by("title", "pk")


class Document(models.Model):
    """A good practice, procedure, template or guide that a body keeps up to date."""

    class Kind(models.TextChoices):
        """What it is."""

        GOOD_PRACTICE = "good_practice", _("buona pratica")
        PROCEDURE = "procedure", _("procedura")
        TEMPLATE = "template", _("modello")
        GUIDE = "guide", _("guida")

    class Access(models.TextChoices):
        """Who may download it."""

        PUBLIC = "public", _("tutti")
        COMMUNITY = "community", _("la comunità")
        STAFF = "staff", _("la redazione")

    kind = models.CharField(_("genere"), max_length=14, choices=Kind.choices)
    title = models.CharField(_("titolo"), max_length=200)
    summary = models.TextField(_("a che cosa serve"), max_length=2_000, blank=True)
    owner = models.ForeignKey(Agent, on_delete=models.PROTECT, related_name="+", verbose_name=_("ente che lo cura"))
    access = models.CharField(_("per chi"), max_length=10, choices=Access.choices, default=Access.COMMUNITY)
    review_on = models.DateField(_("da rivedere entro"), null=True, blank=True)
    review_asked_at = models.DateTimeField(_("revisione chiesta"), null=True, blank=True)
    created_at = models.DateTimeField(_("aggiunto"), default=timezone.now)
    is_demo = models.BooleanField(_("dati dimostrativi"), default=False)

    objects = DocumentQuerySet.as_manager()

    class Meta:
        verbose_name = _("documento della comunità")
        verbose_name_plural = _("documenti della comunità")

    def __str__(self) -> str:
        return self.title

    @property
    def is_old(self) -> bool:
        """Whether its day of review has come."""
        return self.review_on is not None and self.review_on <= timezone.localdate()


class DocumentVersion(models.Model):
    """One version of a document."""

    document = models.ForeignKey(
        Document, on_delete=models.CASCADE, related_name="versions", verbose_name=_("documento")
    )
    number = models.PositiveIntegerField(_("numero"))
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+", verbose_name=_("file"))
    file_name = models.CharField(_("nome del file"), max_length=200)
    note = models.CharField(_("che cosa cambia"), max_length=500, blank=True)
    key = models.CharField(_("chiave"), max_length=24, unique=True, default=new_key)
    added_at = models.DateTimeField(_("aggiunta"), default=timezone.now)

    class Meta:
        verbose_name = _("versione di un documento")
        verbose_name_plural = _("versioni dei documenti")
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(fields=["document", "number"], name="one_document_version_per_number")]

    def __str__(self) -> str:
        return f"{self.document_id} v{self.number}"
